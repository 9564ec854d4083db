import type { FastifyInstance, InjectOptions } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createToken } from '../../src/crypto/token.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { newId } from '../../src/domain/ids.ts';
import { PATIENT, SETTINGS, startTestApp, type TestApp } from '../support/app.ts';
import {
  addMember,
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  createUser,
  createUserToken,
  noteUsesAhead,
} from '../support/factories.ts';
import { callerWith } from '../support/http.ts';
import { openConnections } from '../support/wire.ts';

/**
 * A caller who is refused learns nothing from the time it takes: PostgreSQL reads the same blocks whatever company, filter
 * or word was asked for, and none of a company's.
 */

/** Where callers are looked up. */
const CALLERS = ['tokens', 'users', 'memberships'];

let t: TestApp;
let db: Db;
let app: FastifyInstance;
let statistics: pg.Client;
let other: { companyId: string; customer: string; invoice: string; thread: string };
let own: { companyId: string; token: string; viewer: string };

beforeAll(async () => {
  t = await startTestApp();
  const tenant = await createTenant(t.db);
  const viewer = await createUser(t.db);
  await addMember(t.db, tenant.companyId, viewer, 'viewer');
  own = { companyId: tenant.companyId, token: tenant.token, viewer: await createUserToken(t.db, viewer) };
  const { companyId } = await createTenant(t.db);
  const customer = await createCustomer(t.db, companyId);
  const invoice = await createInvoice(t.db, companyId, customer);
  let thread = '';
  for (let nth = 0; nth < 30; nth += 1)
    thread = (await createMessage(t.db, t.ring, companyId, { customerId: customer, subject: 'zanzibar' })).id;
  other = { companyId, customer, invoice, thread };
  db = connect({ url: t.database.serverUrl, poolSize: 1, onError: () => undefined, limits: PATIENT });
  app = await buildApp({ db, ring: t.ring, settings: SETTINGS, log: false });
  await noteUsesAhead(t.db);
  await openConnections(db);
  statistics = new pg.Client({ connectionString: t.database.ownerUrl });
  await statistics.connect();
});
afterAll(async () => {
  await statistics.end();
  await app.close();
  await db.close();
  await t.close();
});

const READS = (company: string): InjectOptions[] =>
  [
    'communications/threads',
    'communications/threads?page_size=500',
    'communications/threads?search=zanzibar',
    'communications/threads?search=nothing',
    'communications/threads?view=message&page=2',
    `communications/threads?customer_id=${other.customer}`,
    `communications/threads?invoice_id=${other.invoice}`,
    'communications/threads?date_from=2020-01-01&date_to=2100-01-01',
    'communications/threads?updated_after=2020-01-01T00:00:00Z',
    'communications/threads?cursor=x',
    'communications/threads?page=0',
    `communications/threads/${other.thread}`,
    `communications/threads/${newId()}`,
    'communications/emails',
    'communications/emails?search=zanzibar',
    'thread-notes',
    'thread-notes?page=1',
    `thread-notes?thread_id=${other.thread}`,
    'communications/events',
    ...['customers', 'contacts', 'invoices', 'actions', 'touchpoints'].flatMap((list) => [
      list,
      `${list}?updated_after=2020-01-01T00:00:00Z`,
      `${list}?external_id=A,B`,
      `${list}/${other.customer}`,
    ]),
    'customers?search=acme',
    'customers?ordering=-waiting_since&has_open=true',
    `contacts?customer_id=${other.customer}`,
    'invoices?number=INV-1&search=inv',
    'members',
    'promises',
    `promises?customer_id=${other.customer}&status=open,broken`,
    `promises/${newId()}`,
    'webhook-endpoints',
    `webhook-endpoints/${newId()}/deliveries`,
  ].map((path) => ({ method: 'GET', url: `/api/companies/${company}/${path}` }));

type Write = ['POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object];

/** Their references are another company's, or nobody's. */
const WRITES = (company: string): InjectOptions[] => {
  const log = { communication_type: 'call', notes: 'x' };
  const writes: Write[] = [
    ['POST', 'communications/log-manual', { ...log, customer_id: other.customer }],
    ['POST', 'communications/log-manual', { ...log, invoice_ids: [other.invoice, newId()] }],
    ['POST', 'communications/log-manual', { ...log, customer_id: newId() }],
    ['POST', 'communications/log-manual', { communication_type: 'pigeon', customer_id: other.customer }],
    ['POST', 'thread-notes', { thread_id: other.thread, content: 'x' }],
    ['POST', 'thread-notes', { thread_id: newId(), content: 'x' }],
    ['POST', 'thread-notes', { thread_id: other.thread }],
    ['PATCH', `communications/threads/${other.thread}`, { customer_id: other.customer }],
    ['PATCH', `communications/threads/${other.thread}`, { customer_id: 'x', assignee_id: newId() }],
    ['PATCH', `thread-notes/${newId()}`, { content: 'x' }],
    ['DELETE', `thread-notes/${newId()}`],
    ['PATCH', `promises/${newId()}`, { status: 'kept' }],
    ['PUT', `customers/${other.customer}`, { name: 'Acme' }],
    ['PUT', `invoices/${other.invoice}`, { customer_id: other.customer, number: 'INV-1' }],
    ['PUT', `contacts/${newId()}`, { customer_external_id: 'A', name: 'Lee' }],
    ['POST', 'customers/batch', { data: [{ external_id: 'A', name: 'Acme' }] }],
    ['POST', 'invoices/batch', { data: [{ external_id: 'A', customer_external_id: 'B', number: 'INV-1' }] }],
    ['DELETE', `customers/${other.customer}`],
  ];
  return writes.map(([method, path, payload]) => ({
    method,
    url: `/api/companies/${company}/${path}`,
    ...(payload ? { payload } : {}),
  }));
};

type Blocks = Record<string, number>;

/** Blocks of each table and its indexes that PostgreSQL read for a request. */
async function blocksOf(request: InjectOptions, token: string, status: number): Promise<Blocks> {
  const before = await blocksSoFar();
  const response = await callerWith(app, token).send(request);
  expect(response.statusCode, `${request.method} ${request.url} ${response.body}`).toBe(status);
  const after = await blocksSoFar();
  const read = Object.entries(after).map(([table, blocks]) => [table, blocks - (before[table] ?? 0)] as const);
  return Object.fromEntries(read.filter(([, blocks]) => blocks > 0));
}

async function blocksSoFar(): Promise<Blocks> {
  const flush = { text: 'SELECT pg_stat_force_next_flush()' };
  await db.query(flush);
  await db.withShared((connection) => connection.query(flush));
  await db.withLookUps((connection) => connection.query(flush));
  const { rows } = await statistics.query<{ table: string; blocks: number }>(`
    SELECT relname AS table,
           (COALESCE(heap_blks_read, 0) + COALESCE(heap_blks_hit, 0)
            + COALESCE(idx_blks_read, 0) + COALESCE(idx_blks_hit, 0))::int AS blocks
    FROM pg_statio_user_tables`);
  return Object.fromEntries(rows.map(({ table, blocks }) => [table, blocks]));
}

function expectOnlyCallers(blocks: Blocks, what: string): void {
  expect(
    Object.keys(blocks).filter((table) => !CALLERS.includes(table)),
    what,
  ).toEqual([]);
}

const madeUp = createToken().token;

it('200 for a member does read the company, so that the measurement shows what it should', async () => {
  const [list] = READS(own.companyId);
  expect(Object.keys(await blocksOf(list as InjectOptions, own.token, 200))).toContain('communication_threads');
});

describe('a refusal', () => {
  it.each([
    ['401 for a token that does not exist', () => madeUp, 401],
    ['403 for a token of another company', () => own.token, 403],
  ] as const)('%s reads the same blocks whatever was asked for', async (_, token, status) => {
    const requests = [other.companyId, newId()].flatMap((company) => [...READS(company), ...WRITES(company)]);
    // The first requests of each kind on a connection prepare their statements.
    for (const request of requests) await callerWith(app, token()).send(request);
    const sums = new Map<number, string>();
    for (const request of requests) {
      const blocks = await blocksOf(request, token(), status);
      expectOnlyCallers(blocks, `${request.method} ${request.url}`);
      sums.set(
        Object.values(blocks).reduce((sum, count) => sum + count, 0),
        `${request.url}`,
      );
    }
    expect([...sums].length, JSON.stringify([...sums])).toBe(1);
  });

  it('403 for a role that may only read reads no reference of a write', async () => {
    for (const request of WRITES(own.companyId)) {
      await callerWith(app, own.viewer).send(request);
      expectOnlyCallers(await blocksOf(request, own.viewer, 403), `${request.url}`);
    }
  });

  it('leaves the connections to the requests beside it', async () => {
    const list = (company: string, token: string) =>
      callerWith(app, token).get(`/api/companies/${company}/communications/threads`);
    const three = () => [list(own.companyId, own.token), list(other.companyId, own.token), list(own.companyId, madeUp)];
    const mixed = Array.from({ length: 20 }, three).flat();
    const statuses = (await Promise.all(mixed)).map(({ statusCode }) => statusCode);
    expect(statuses).toEqual(mixed.map((_request, nth) => [200, 403, 401][nth % 3]));
  });
});
