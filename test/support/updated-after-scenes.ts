import { request as httpRequest } from 'node:http';
import pg from 'pg';
import { expect } from 'vitest';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { newId } from '../../src/domain/ids.ts';
import type { ImportFile } from '../../src/transfer/import/source.ts';
import { startTestApp, type TestApp } from './app.ts';
import {
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  createTouchpoint,
} from './factories.ts';
import { run } from './global-setup.ts';
import { settle } from './settle.ts';
import { startWorkers, type Workers } from './workers.ts';

/** Companies in which `updated_after` is raced: two rows of everything, one process and two workers. */

export let t: TestApp;
export let owner: Db;
let workers: Workers | undefined;

/** Starts one process and a server with two workers on one database. */
export async function startScenes(): Promise<void> {
  const encryptionKeys = generateEncryptionKey(1);
  t = await startTestApp({}, { encryptionKeys });
  owner = connect({ url: t.database.ownerUrl, poolSize: 2, purpose: 'batch', onError: () => undefined });
  const settings = { ENCRYPTION_KEYS: encryptionKeys, RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'info' };
  workers = await startWorkers(t.database, settings, 110_000);
}

export async function closeScenes(): Promise<void> {
  workers?.server.kill('SIGTERM');
  if (workers) await new Promise((resolve) => workers?.server.once('exit', resolve));
  await owner.close();
  await t.close();
}

export type Answer = {
  status: number;
  etag: string | undefined;
  body: { data: { id: string }[] } & Record<string, unknown>;
};
export type Call = { token: string; method?: string; url: string; payload?: object; headers?: Record<string, string> };
export type Ask = (call: Call) => Promise<Answer>;

/** Of a 304. */
export const NOTHING = { data: [] };

/** In this process, or over a connection of its own, which one of two workers takes. */
export const SERVERS: Record<string, Ask> = {
  'one process': async ({ token, method = 'GET', url, payload, headers }) => {
    const response = await t.app.inject({
      method: method as 'GET',
      url,
      headers: { authorization: `Token ${token}`, ...headers },
      ...(payload ? { payload } : {}),
    });
    return {
      status: response.statusCode,
      etag: response.headers.etag as string | undefined,
      body: response.body === '' ? NOTHING : response.json(),
    };
  },
  'two workers': ({ token, method = 'GET', url, payload, headers }) =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(new URL(url, workers?.address), {
        method,
        agent: false,
        headers: {
          authorization: `Token ${token}`,
          ...(payload ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
      });
      sent.once('error', reject);
      sent.once('response', async (response) => {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        const { statusCode: status = 0, headers: received } = response;
        resolve({ status, etag: received.etag, body: text === '' ? NOTHING : JSON.parse(text) });
      });
      sent.end(payload && JSON.stringify(payload));
    }),
};

/** Two of everything that a list shows: one is changed by a transaction that is held open, the other through the API. */
export type Scene = { companyId: string; userId: string; token: string; ids: Record<string, [string, string]> };

export async function createScene(ask: Ask): Promise<Scene> {
  const tenant = await createTenant(t.db, { role: 'admin' });
  const { companyId, token } = tenant;
  const pair = async (create: () => Promise<string>): Promise<[string, string]> => [await create(), await create()];
  const customers = await pair(() => createCustomer(t.db, companyId));
  const [customerId] = customers;
  const messages: [string, string] = [
    (await createMessage(t.db, t.ring, companyId, { customerId })).id,
    (await createMessage(t.db, t.ring, companyId)).id,
  ];
  const post = async (path: string, payload: object) => {
    const answer = await ask({ token, method: 'POST', url: `/api/companies/${companyId}/${path}`, payload });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body as unknown as { id: string; promise: { id: string } };
  };
  const log = { communication_type: 'call', customer_id: customerId, notes: 'x', promise: { due_on: '2999-01-01' } };
  const ids = {
    customers,
    messages,
    contacts: await pair(() => createContact(t.db, companyId, customerId)),
    invoices: await pair(() => createInvoice(t.db, companyId, customerId)),
    actions: await pair(() => createAction(t.db, companyId, customerId)),
    touchpoints: await pair(() => createTouchpoint(t.db, companyId, customerId)),
    notes: await pair(async () => (await post('thread-notes', { thread_id: messages[0], content: 'x' })).id),
    promises: await pair(async () => (await post('communications/log-manual', log)).promise.id),
  };
  await forgetTheBeginning(companyId);
  return { ...tenant, ids };
}

/** As if the company were old and nothing had been written down lately: a time is generous by a minute otherwise. */
export async function forgetTheBeginning(companyId: string): Promise<void> {
  await run(t.database.ownerUrl, [
    `UPDATE companies SET created_at = '2020-01-01Z' WHERE id = '${companyId}'`,
    `DELETE FROM audit_events WHERE company_id = '${companyId}'`,
  ]);
  await settle(t.db);
}

export type List = {
  path: string;
  /** What is written: the first of these by the open transaction, the second through the API. */
  of: string;
  table: string;
  /** What the list shows then; what was written itself unless said otherwise. */
  shown?: string;
  method: 'PATCH' | 'PUT';
  change(scene: Scene, nth: number): { url: string; payload: object };
};

export const ofCustomer = (scene: Scene) => ({ customer_id: scene.ids.customers?.[0] });
export const tagged = (nth: number) => ({ strategy_tags: [`tag-${nth}`] });
export const second = (scene: Scene, of: string) => scene.ids[of]?.[1] ?? '';

export const LISTS: Record<string, List> = {
  threads: {
    path: 'communications/threads',
    of: 'messages',
    table: 'communication_threads',
    method: 'PATCH',
    change: (s, nth) => ({ url: `communications/threads/${second(s, 'messages')}`, payload: tagged(nth) }),
  },
  'every message': {
    path: 'communications/threads?view=message',
    of: 'messages',
    table: 'communication_threads',
    method: 'PATCH',
    change: (s, nth) => ({ url: `communications/threads/${second(s, 'messages')}`, payload: tagged(nth) }),
  },
  'threads of a renamed customer': {
    path: 'communications/threads',
    of: 'customers',
    table: 'customers',
    shown: 'messages',
    method: 'PATCH',
    change: (s, nth) => ({ url: `communications/threads/${second(s, 'messages')}`, payload: tagged(nth) }),
  },
  emails: {
    path: 'communications/emails',
    of: 'messages',
    table: 'communication_threads',
    method: 'PATCH',
    change: (s, nth) => ({ url: `communications/threads/${second(s, 'messages')}`, payload: tagged(nth) }),
  },
  'thread notes': {
    path: 'thread-notes',
    of: 'notes',
    table: 'thread_notes',
    method: 'PATCH',
    change: (s, nth) => ({ url: `thread-notes/${second(s, 'notes')}`, payload: { content: `Note ${nth}` } }),
  },
  customers: {
    path: 'customers',
    of: 'customers',
    table: 'customers',
    method: 'PUT',
    change: (s, nth) => ({ url: `customers/${second(s, 'customers')}`, payload: { name: `Zenith ${nth}` } }),
  },
  contacts: {
    path: 'contacts',
    of: 'contacts',
    table: 'contacts',
    method: 'PUT',
    change: (s, nth) => ({
      url: `contacts/${second(s, 'contacts')}`,
      payload: { ...ofCustomer(s), name: `Lee ${nth}` },
    }),
  },
  invoices: {
    path: 'invoices',
    of: 'invoices',
    table: 'invoices',
    method: 'PUT',
    change: (s, nth) => ({
      url: `invoices/${second(s, 'invoices')}`,
      payload: { ...ofCustomer(s), number: `X-${nth}` },
    }),
  },
  actions: {
    path: 'actions',
    of: 'actions',
    table: 'scheduled_actions',
    method: 'PUT',
    change: (s, nth) => ({
      url: `actions/${second(s, 'actions')}`,
      payload: { ...ofCustomer(s), action_type: 'call', status: 'scheduled', description: `Call ${nth}` },
    }),
  },
  touchpoints: {
    path: 'touchpoints',
    of: 'touchpoints',
    table: 'scheduled_touchpoints',
    method: 'PUT',
    change: (s, nth) => ({
      url: `touchpoints/${second(s, 'touchpoints')}`,
      payload: { ...ofCustomer(s), step_type: 'call', status: 'pending', label: `Day ${nth}` },
    }),
  },
  promises: {
    path: 'promises',
    of: 'promises',
    table: 'promises',
    method: 'PATCH',
    change: (s, nth) => ({
      url: `promises/${second(s, 'promises')}`,
      payload: { due_on: `2999-01-${10 + (nth % 20)}` },
    }),
  },
};

/** A transaction on a connection of its own, step by step. */
export async function openTransaction(scene: Scene, list: List) {
  const client = new pg.Client({ connectionString: t.database.ownerUrl });
  await client.connect();
  await client.query('BEGIN');
  const row = scene.ids[list.of]?.[0] ?? '';
  return {
    write: async () => {
      const update = `UPDATE ${list.table} SET updated_at = now() WHERE company_id = $1 AND id = $2`;
      const { rowCount } = await client.query(update, [scene.companyId, row]);
      expect(rowCount).toBe(1);
    },
    /** As the server does with every write: an event, and a new version of the lists. */
    record: async (eventId = newId()) => {
      await recordEvent(client, scene.companyId, row, eventId);
    },
    commit: async () => {
      await client.query('COMMIT');
      await client.end();
    },
  };
}

export async function recordEvent(
  client: pg.Client,
  companyId: string,
  subjectId: string,
  eventId: string,
): Promise<void> {
  await client.query(
    `INSERT INTO audit_events (company_id, id, actor_kind, action, subject_id, details)
     VALUES ($1, $2, 'operator', 'thread.updated', $3, '{}')`,
    [companyId, eventId, subjectId],
  );
  await client.query('INSERT INTO thread_count_deltas (company_id, thread_notes) VALUES ($1, 0)', [companyId]);
}

let changes = 0;

/** Changes the second row through the API. */
export async function change(ask: Ask, scene: Scene, list: List): Promise<void> {
  changes += 1;
  const { url, payload } = list.change(scene, changes);
  const { companyId, token } = scene;
  const answer = await ask({ token, method: list.method, url: `/api/companies/${companyId}/${url}`, payload });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

export type Page = { ids: string[]; watermark: string; etag: string | undefined; status: number };

export async function readPage(
  ask: Ask,
  { companyId, token }: Pick<Scene, 'companyId' | 'token'>,
  path: string,
  mark: string,
  headers: Record<string, string> = {},
): Promise<Page> {
  const query = `${path}${path.includes('?') ? '&' : '?'}updated_after=${encodeURIComponent(mark)}&page_size=500`;
  const { status, etag, body } = await ask({ token, url: `/api/companies/${companyId}/${query}`, headers });
  return { status, etag, ids: (body.data ?? []).map(({ id }) => id), watermark: body.watermark as string };
}

export const shownBy = (scene: Scene, list: List): [string, string] => [
  scene.ids[list.shown ?? list.of]?.[0] ?? '',
  scene.ids[list.path.startsWith('communications') ? 'messages' : list.of]?.[1] ?? '',
];

/** The file's first reading stops before its end, with its lines staged and its transaction open. */
export function heldBack(source: ImportFile, gate: Promise<void>, onStaged: () => void): ImportFile {
  let isFirst = true;
  return {
    ...source,
    async *pieces() {
      const isStaging = isFirst;
      isFirst = false;
      for await (const piece of source.pieces()) {
        yield piece;
        if (!isStaging || piece.lineCount === 0) continue;
        onStaged();
        await gate;
      }
    },
  };
}
