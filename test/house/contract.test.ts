import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import Fastify, { type InjectOptions, type LightMyRequestResponse, type RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../scripts/openapi-document.ts';
import { connect } from '../../src/db/client.ts';
import type { Access } from '../../src/http/auth/guard.ts';
import type { Dependencies } from '../../src/routes.ts';
import { registerApi, registerService } from '../../src/routes.ts';
import { SETTINGS, startTestApp, type TestApp } from '../support/app.ts';
import { CALLS, createWorld, type World } from '../support/every-operation.ts';

/** Every registered route, walked: what the house promises of each, whoever adds the next one. */

/** A route as `routes.ts` registers it under `/api` or at the root. */
type Route = { method: string; path: string; operationId: string; access: Access | undefined; options: RouteOptions };

/** They have no rule of a domain to keep, so no service function either. */
const WITHOUT_SERVICE = ['healthz', 'readyz', 'metrics', 'answerNylasChallenge'];

let routes: Route[];
beforeAll(async () => {
  routes = await registeredRoutes();
});

async function registeredRoutes(): Promise<Route[]> {
  const found: Route[] = [];
  const app = Fastify({ exposeHeadRoutes: false });
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  app.addHook('onRoute', (options) => {
    const { operationId = '' } = (options.schema ?? {}) as { operationId?: string };
    const path = options.url.replace(/:(\w+)/g, '{$1}');
    found.push({ method: String(options.method), path, operationId, access: options.config?.access, options });
  });
  const db = connect({ url: 'postgres://nobody@127.0.0.1:1/none', poolSize: 1, onError: () => undefined });
  const deps = { db, settings: SETTINGS } as Dependencies;
  await app.register(async (api) => registerApi(api, deps), { prefix: '/api' });
  registerService(app, deps);
  await app.ready();
  await app.close();
  return found;
}

const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`;

describe('every route', () => {
  it('is one operation with a name of its own', () => {
    const names = routes.map(({ operationId }) => operationId);

    expect(routes.filter(({ operationId }) => !/^[a-z][A-Za-z]+$/.test(operationId)).map(nameOf)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(routes.length).toBeGreaterThanOrEqual(11);
  });

  it('says who may call it: `public`, or a token, and below a company its members', () => {
    for (const route of routes) {
      const isCompany = route.path.includes('{company_id}');
      const allowed = isCompany ? ['read', 'write', 'admin'] : ['public', 'token'];
      expect(allowed, nameOf(route)).toContain(route.access);
      const isAdmins = route.path.includes('/webhook-endpoints');
      if (isCompany && route.method === 'GET') expect(route.access, nameOf(route)).toBe(isAdmins ? 'admin' : 'read');
      if (['PATCH', 'DELETE'].includes(route.method))
        expect(route.access, nameOf(route)).toBe(isAdmins ? 'admin' : 'write');
    }
  });

  it('is public only where the contract says so', () => {
    expect(
      routes
        .filter(({ access }) => access === 'public')
        .map(nameOf)
        .sort(),
    ).toEqual(
      [
        'GET /api/webhooks/nylas',
        'GET /healthz',
        ...(routes.some(({ path }) => path === '/metrics') ? ['GET /metrics'] : []),
        'GET /readyz',
        'POST /api/auth/login/',
        'POST /api/webhooks/nylas',
        'POST /api/webhooks/vonage',
      ].sort(),
    );
  });

  it('has schemas for what it takes and for a success, which no column can leak past', () => {
    for (const route of routes) {
      const schema = route.options.schema as { params?: object; body?: object; response?: Record<string, object> };
      const successes = Object.keys(schema.response ?? {}).filter((status) => Number(status) < 300);
      // A PUT makes or sets.
      expect(successes, nameOf(route)).toHaveLength(route.method === 'PUT' ? 2 : 1);
      if (route.path.includes('{')) expect(schema.params, nameOf(route)).toBeDefined();
      if (route.method === 'PATCH') expect(schema.body, nameOf(route)).toBeDefined();
    }
  });

  it('is named after the function of its domain that does it', async () => {
    const rows = new Map(readmeRows().map((row) => [row.endpoint, row.file]));
    for (const route of routes.filter(({ operationId }) => !WITHOUT_SERVICE.includes(operationId))) {
      // One function for all collections, which `definitions.ts` tells apart.
      if (COLLECTIONS.some((name) => route.path.includes(`/{company_id}/${name}`))) continue;
      const folder = rows.get(nameOf(route))?.replace(/routes\.ts$/, '');
      expect(folder, `${nameOf(route)} in README`).toBeDefined();
      // A provider's delivery is recorded by the room of provider events, everything else beside its route.
      const folders = route.path.includes('/webhooks/') ? [folder ?? '', 'src/ingest/'] : [folder ?? ''];
      const exported = folders.map(sourceOf).join('\n');
      expect(exported, nameOf(route)).toMatch(new RegExp(`export (async )?function\\*? ${route.operationId}\\b`));
    }
  });
});

const COLLECTIONS = ['customers', 'contacts', 'invoices', 'actions', 'touchpoints'];

/** The text of all files of a folder and those below, but the routes and the schemas. */
function sourceOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/(routes|schema)\.ts$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

describe("README's endpoint table", () => {
  it('names every route once, and nothing else', () => {
    const documented = readmeRows().map(({ endpoint }) => endpoint);

    expect(documented.filter((endpoint) => !/ \/(docs|openapi\.json)$/.test(endpoint)).sort()).toEqual(
      routes.map(nameOf).sort(),
    );
  });

  it('names the file in which the operation stands', () => {
    for (const { endpoint, file } of readmeRows()) {
      const route = routes.find((candidate) => nameOf(candidate) === endpoint);
      if (route)
        expect(readFileSync(file, 'utf8'), endpoint).toMatch(
          new RegExp(`operationId: '${route.operationId}'|\`${route.operationId}\``),
        );
    }
  });
});

function readmeRows(): { endpoint: string; file: string }[] {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toContain('| Method and path | Does | Code |');
  return [...readme.matchAll(/^\| `([A-Z]+ \/[^`]*)` \| [^|]+ \| \[`([^`]+)`\]\(([^)]+)\) \|$/gm)].map(
    ([, endpoint = '', file = '', link]) => {
      expect(link, endpoint).toBe(file);
      return { endpoint, file };
    },
  );
}

describe('the running server', () => {
  type Document = {
    paths: Record<
      string,
      Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
    >;
  };
  let t: TestApp;
  let world: World;
  let document: Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
  beforeAll(async () => {
    document = (await openApiDocument()) as Document;
    ajv.addSchema({ $id: 'https://api.test/document', ...document });
    t = await startTestApp();
    world = await createWorld(t);
  });
  afterAll(() => t.close());

  function call(request: InjectOptions): Promise<LightMyRequestResponse> {
    return t.app.inject({ ...request, headers: { authorization: `Token ${world.token}`, ...request.headers } });
  }

  function validatorOf({ method, path }: Route, response: LightMyRequestResponse): ValidateFunction | undefined {
    const described = document.paths[path]?.[method.toLowerCase()]?.responses[response.statusCode];
    const [type = ''] = String(response.headers['content-type'] ?? '').split(';');
    if (!described?.content?.[type]) return undefined;
    const steps = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(response.statusCode),
      'content',
      type,
      'schema',
    ];
    const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    return ajv.getSchema(`https://api.test/document#/${pointer}`);
  }

  it('answers nothing but these routes, under both prefixes, and the reference', () => {
    const tree = t.app.printRoutes({ commonPrefix: false });

    const known = new Set(
      routes
        .flatMap(({ path }) => [path, path.replace(/^\/api\//, '/api/v1/')])
        .map((path) => path.replace(/\/$/, '').replaceAll(/\{\w+\}/g, ':id')),
    );
    const found = pathsOf(tree).filter((path) => !/^\/(docs|inbox|llms\.txt|openapi\.json)/.test(path));
    expect([...new Set(found)].sort()).toEqual([...known].sort());
  });

  it('answers every operation as the document says', async () => {
    const untried = routes.map(({ operationId }) => operationId).filter((operationId) => !(operationId in CALLS));
    expect(untried, 'add a call to test/support/every-operation.ts').toEqual([]);

    for (const operationId of Object.keys(CALLS)) {
      const route = routes.find((candidate) => candidate.operationId === operationId);
      if (!route) continue;
      for (const request of (await CALLS[operationId]?.(world)) ?? []) {
        const response = await call(request);
        const where = `${nameOf(route)} (${request.url}) ${response.statusCode} ${response.body.slice(0, 300)}`;
        expect(response.statusCode, where).toBeLessThan(300);
        if (operationId === 'createThreadNote') world.noteId = response.json().id;
        if ([202, 204].includes(response.statusCode)) {
          expect(response.body).toBe('');
          continue;
        }
        const validate = validatorOf(route, response);
        expect(validate, where).toBeDefined();
        const isJson = String(response.headers['content-type']).startsWith('application/json');
        expect(
          validate?.(isJson ? response.json() : response.body),
          `${where} ${ajv.errorsText(validate?.errors)}`,
        ).toBe(true);
      }
    }
  });

  it('refuses each of them with 401 without a token, as the document says', async () => {
    for (const route of routes.filter(({ access }) => access !== 'public')) {
      const url = route.path.replaceAll(/\{\w+\}/g, world.companyId);
      const response = await t.app.inject({ method: route.method as 'GET', url });

      expect(response.statusCode, nameOf(route)).toBe(401);
      expect(response.json(), nameOf(route)).toMatchObject({ code: 'not_authenticated' });
      const problem = ajv.getSchema('https://api.test/document#/components/schemas/Problem');
      expect(problem?.(response.json()), nameOf(route)).toBe(true);
    }
  });
});

/** The addresses of Fastify's route tree, without its fallbacks for other methods. */
function pathsOf(tree: string): string[] {
  const above: string[] = [];
  const paths: string[] = [];
  for (const line of tree.split('\n')) {
    const [, indent = '', rest = ''] = /^((?:[│ ] {3})*)[├└]── (.+)$/.exec(line) ?? [];
    if (!rest) continue;
    const [, segment = '', methods] = /^(\S*?)(?: \(([A-Z, -]+)\))?$/.exec(rest) ?? [];
    const depth = indent.length / 4;
    above[depth] = segment;
    if (methods)
      paths.push(
        above
          .slice(0, depth + 1)
          .join('')
          .replaceAll(/:\w+/g, ':id'),
      );
  }
  return paths;
}
