import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lintFromString, loadConfig } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../scripts/openapi-document.ts';
import { PROBLEMS } from '../../src/domain/errors.ts';

/** The OpenAPI document, read as its users read it. */

type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; items?: Schema; $ref?: string };
type Parameter = { name: string; in: string; description?: string; style?: string; explode?: boolean; schema: Schema };
type Content = { schema: Schema; examples?: Record<string, { $ref?: string; value?: unknown }> };
type Response = {
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, Content>;
};
type Operation = {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: (Parameter & { $ref?: string })[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Response & { $ref?: string }>;
};
type Document = {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string }[];
  components: { schemas: Record<string, Schema>; examples: Record<string, { value: { code: string } }> };
};

let document: Document;
let operations: { name: string; path: string; operation: Operation }[];
beforeAll(async () => {
  document = (await openApiDocument()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
});

function resolve<Part>(part: Part & { $ref?: string }): Part {
  if (!part.$ref) return part;
  const steps = part.$ref.replace('#/', '').split('/');
  return steps.reduce<unknown>(
    (whole, step) => (whole as Record<string, unknown>)[step.replaceAll('~1', '/')],
    document,
  ) as Part;
}

function parametersOf(operation: Operation): Parameter[] {
  return (operation.parameters ?? []).map((parameter) => resolve(parameter));
}

function responsesOf(operation: Operation): [status: number, Response][] {
  return Object.entries(operation.responses).map(([status, response]) => [Number(status), resolve(response)]);
}

/** Every named field of every component, body and answer, with where it stands. */
function* fieldsOf(where: string, schema: Schema): Generator<[where: string, Schema]> {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    yield [`${where}.${name}`, field];
    yield* fieldsOf(`${where}.${name}`, field);
  }
  if (schema.items) yield* fieldsOf(`${where}[]`, schema.items);
}

describe('an independent checker', () => {
  it("finds the document valid under Redocly's recommended rules, with nothing left to explain", async () => {
    const problems = await lintFromString({
      source: JSON.stringify(document),
      absoluteRef: '/openapi.json',
      config: await loadConfig({ configPath: fileURLToPath(new URL('../../redocly.yaml', import.meta.url)) }),
    });

    expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual(
      [],
    );
  });

  it('sees a final slash only where the original documents one', () => {
    expect(Object.keys(document.paths).filter((path) => path.endsWith('/'))).toEqual([
      '/api/auth/login/',
      '/api/auth/logout/',
    ]);
  });
});

describe('every operation', () => {
  it('shows the body that it takes, signed deliveries too', () => {
    const withBody = operations
      .filter(({ name }) => /^(POST|PATCH)/.test(name))
      .filter(({ operation }) => !operation.requestBody);

    // They ignore theirs.
    expect(withBody.map(({ operation }) => operation.operationId).sort()).toEqual([
      'createStreamTicket',
      'logout',
      'rotateWebhookSecret',
      'testWebhookEndpoint',
    ]);
  });

  it('says in words what it does, under a tag that is described', () => {
    const tags = new Set(document.tags.map(({ name }) => name));
    for (const { name, operation } of operations) {
      expect(operation.summary, name).toMatch(/^[A-Z].{3,}/);
      expect(operation.description, name).toMatch(/^[A-Z].*[.)]$/s);
      for (const tag of operation.tags ?? []) expect(tags, name).toContain(tag);
      expect(operation.tags, name).toHaveLength(1);
    }
  });

  it('describes every parameter, with an example that a form is not filled with', () => {
    for (const { name, operation } of operations) {
      for (const parameter of parametersOf(operation)) {
        const where = `${name} ${parameter.name}`;
        expect(parameter.description, where).toMatch(/\S/);
        expect(parameter.schema.examples, where).toHaveLength(1);
        expect(parameter, where).not.toHaveProperty('example');
      }
    }
  });

  it('takes lists as one comma-separated value', () => {
    const lists = operations.flatMap(({ operation }) =>
      parametersOf(operation).filter(({ schema }) => schema.type === 'array'),
    );

    expect(lists.map(({ name }) => name)).toContain('communication_type');
    for (const list of lists) expect(list).toMatchObject({ in: 'query', style: 'form', explode: false });
  });

  it('takes and answers named components wherever it speaks JSON; a delivery is its provider’s to name', () => {
    for (const { name, operation } of operations) {
      const isDelivery = name.startsWith('POST /api/webhooks/');
      const contents = [
        isDelivery ? undefined : operation.requestBody,
        ...responsesOf(operation).map(([, response]) => response),
      ];
      for (const content of contents) {
        const schema = content?.content?.['application/json']?.schema;
        if (schema) expect(schema.$ref, name).toMatch(/^#\/components\/schemas\/[A-Z][A-Za-z]+$/);
      }
    }
  });

  it('describes each answer, errors as problem documents with an example of every code', () => {
    for (const { name, operation } of operations) {
      for (const [status, response] of responsesOf(operation)) {
        const where = `${name} ${status}`;
        expect(response.description, where).toMatch(/\S/);
        expect(Object.keys(response.headers ?? {}), where).toContain('X-Request-Id');
        if (status < 400) continue;
        const content = response.content?.['application/problem+json'];
        expect(content?.schema, where).toEqual({ $ref: '#/components/schemas/Problem' });
        const examples = Object.entries(content?.examples ?? {});
        expect(examples, where).not.toHaveLength(0);
        for (const [code, example] of examples) {
          expect(PROBLEMS[code as keyof typeof PROBLEMS][0], where).toBe(status);
          expect(resolve(example).value, where).toMatchObject({ code, status });
        }
      }
    }
  });

  it('names the headers that its kind of answer carries', () => {
    const headersOf = (operationId: string, status: number) => {
      const found = operations.find(({ operation }) => operation.operationId === operationId);
      const response = found && responsesOf(found.operation).find(([known]) => known === status)?.[1];
      return Object.keys(response?.headers ?? {});
    };

    expect(headersOf('listThreads', 200)).toEqual(
      expect.arrayContaining(['ETag', 'Link', 'X-Ignored-Parameters', 'RateLimit-Remaining']),
    );
    expect(headersOf('getThread', 304)).toContain('ETag');
    expect(headersOf('logManualCommunication', 201)).toEqual(
      expect.arrayContaining(['Location', 'Idempotency-Replayed', 'X-Ignored-Parameters']),
    );
    expect(headersOf('getThread', 401)).toContain('WWW-Authenticate');
    expect(headersOf('getThread', 429)).toContain('Retry-After');
    expect(headersOf('getThread', 503)).toContain('Retry-After');
  });
});

it('has the version of the package and of the changelog', () => {
  const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { version: string };

  expect(document.info.version).toBe(version);
  expect(read('CHANGELOG.md')).toContain(`## ${version}\n`);
});

describe('every field', () => {
  it('has a description, and an example of its own or of what it refers to', () => {
    const lacking: string[] = [];
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(schema.description, name).toMatch(/\S/);
      for (const [where, field] of fieldsOf(name, schema)) {
        if (typeof field.description !== 'string') lacking.push(`${where}: description`);
        const isComposed = field.properties ?? field.items?.$ref ?? field.items?.properties ?? field.anyOf;
        if (!isComposed && !Array.isArray(field.examples)) lacking.push(`${where}: example`);
      }
    }

    expect(lacking).toEqual([]);
  });

  it('stands in a component with an example of the whole', () => {
    const without = Object.entries(document.components.schemas)
      .filter(([, schema]) => !Array.isArray(schema.examples))
      .map(([name]) => name);

    // Parts that every example of their wholes shows.
    expect(without).toEqual(
      ['Attachment', 'EmailParty', 'Problem'].filter((name) => name in document.components.schemas),
    );
  });
});

describe('every example', () => {
  it('is valid under its schema', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
    ajv.addSchema({ $id: 'https://api.test/document', components: document.components });
    const wrong: string[] = [];
    let checked = 0;

    const visit = (part: unknown, pointer: string) => {
      if (typeof part !== 'object' || part === null) return;
      const { examples } = part as { examples?: unknown };
      if (Array.isArray(examples)) {
        const schema = JSON.parse(
          JSON.stringify(part).replaceAll('"#/components', '"https://api.test/document#/components'),
        );
        const validate = ajv.compile(schema);
        for (const example of examples) {
          checked += 1;
          if (!validate(example)) wrong.push(`${pointer}: ${ajv.errorsText(validate.errors)}`);
        }
      }
      for (const [key, value] of Object.entries(part)) if (key !== 'examples') visit(value, `${pointer}/${key}`);
    };
    visit(document, '');

    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(200);
    const isProblem = ajv.getSchema('https://api.test/document#/components/schemas/Problem');
    for (const { value } of Object.values(document.components.examples))
      expect(isProblem?.(value), value.code).toBe(true);
  });
});
