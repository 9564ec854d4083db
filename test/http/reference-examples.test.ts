import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createUserToken } from '../support/factories.ts';
import { callerWith } from '../support/http.ts';
import { type ImportWorld, startImportWorld } from '../support/import-world.ts';

/** What `/docs` shows can be tried in the demo as it stands: its examples are of the demo's company. */

type Example = { schema?: { $ref?: string; examples?: unknown[] } };
type Parameter = { name: string; in: string; schema: { examples: string[] } };
type Operation = { operationId: string; parameters?: Parameter[]; requestBody?: { content: Record<string, Example> } };

let world: ImportWorld;
let token: string;
let operations: { method: string; path: string; operation: Operation }[];
let bodies: Record<string, { examples: unknown[] }>;

beforeAll(async () => {
  world = await startImportWorld();
  await world.import(readFileSync('demo/demo.ndjson'));
  const [dana] = await world.owner.query<{ id: string }>({ text: "SELECT id FROM users WHERE username = 'dana'" });
  token = await createUserToken(world.db, dana?.id ?? '');
  const { paths, components } = (await callerWith(world.app).get('/openapi.json')).json();
  bodies = components.schemas;
  operations = Object.entries<Record<string, Operation>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
});
afterAll(() => world.close());

/** The answer to an operation with the ids and the body that the reference shows. */
async function execute(operationId: string) {
  const found = operations.find(({ operation }) => operation.operationId === operationId);
  if (!found) throw new Error(`There is no operation ${operationId}.`);
  const { method, path, operation } = found;
  const inPath = operation.parameters?.filter((parameter) => parameter.in === 'path');
  const ids = new Map(inPath?.map(({ name, schema }) => [name, schema.examples[0] ?? '']));
  const url = path.replace(/\{(\w+)\}/g, (_, name) => ids.get(name) ?? '');
  const { schema } = operation.requestBody?.content['application/json'] ?? {};
  const body = schema?.examples?.[0] ?? bodies[schema?.$ref?.split('/').at(-1) ?? '']?.examples[0];
  return callerWith(world.app, token).send({
    method: method.toUpperCase() as 'GET',
    url,
    ...(body === undefined ? {} : { payload: body as object }),
  });
}

it.each([
  'listThreads',
  'getThread',
  'listEmails',
  'getEmailThread',
  'listThreadNotes',
  'getThreadNote',
  'listCustomers',
  'getCustomer',
  'getContact',
  'getInvoice',
  'getAction',
  'getTouchpoint',
  'listMembers',
])('%s answers 200 with the ids that it shows', async (operationId) => {
  const response = await execute(operationId);
  expect(response.statusCode, response.body).toBe(200);
});

it.each([
  ['logManualCommunication', 201],
  ['createThreadNote', 201],
  ['updateThread', 200],
])('%s answers %i to the body that it shows', async (operationId, status) => {
  const response = await execute(operationId);
  expect(response.statusCode, response.body).toBe(status);
});
