import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { newId } from '../../src/domain/ids.ts';
import { importLines } from '../../src/transfer/import/import.ts';
import { type ImportFile, spool } from '../../src/transfer/import/source.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  createTouchpoint,
} from '../support/factories.ts';
import { run } from '../support/global-setup.ts';
import { toText } from '../support/import-world.ts';
import { startWorkers, type Workers } from '../support/workers.ts';

/**
 * `updated_after` on every list that takes it, against writers whose transactions begin, write down what they did and
 * commit in the worst order (contract §1: none missed, whatever committed late or was imported meanwhile). A second
 * connection holds a transaction open on purpose; random writers follow.
 */

let t: TestApp;
let owner: Db;
let workers: Workers | undefined;
beforeAll(async () => {
  const encryptionKeys = generateEncryptionKey(1);
  t = await startTestApp({}, { encryptionKeys });
  owner = connect({ url: t.database.ownerUrl, poolSize: 2, purpose: 'batch', onError: () => undefined });
  const settings = { ENCRYPTION_KEYS: encryptionKeys, RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'info' };
  workers = await startWorkers(t.database, settings, 110_000);
});
afterAll(async () => {
  workers?.server.kill('SIGTERM');
  if (workers) await new Promise((resolve) => workers?.server.once('exit', resolve));
  await owner.close();
  await t.close();
});

type Answer = { status: number; etag: string | undefined; body: { data: { id: string }[] } & Record<string, unknown> };
type Call = { token: string; method?: string; url: string; payload?: object; headers?: Record<string, string> };
type Ask = (call: Call) => Promise<Answer>;

/** Of a 304. */
const NOTHING = { data: [] };

/** In this process, or over a connection of its own, which one of two workers takes. */
const SERVERS: Record<string, Ask> = {
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
type Scene = { companyId: string; userId: string; token: string; ids: Record<string, [string, string]> };

async function createScene(ask: Ask): Promise<Scene> {
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
async function forgetTheBeginning(companyId: string): Promise<void> {
  await run(t.database.ownerUrl, [
    `UPDATE companies SET created_at = '2020-01-01Z' WHERE id = '${companyId}'`,
    `DELETE FROM audit_events WHERE company_id = '${companyId}'`,
  ]);
  await settle();
}

/** Everything on this PostgreSQL that is older than now has ended, whichever test's it was. */
async function settle(): Promise<void> {
  const [now] = await t.db.query<{ xid: string }>({ text: 'SELECT pg_current_xact_id()::text AS xid' });
  const isOver = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS over';
  for (let over = false; !over; await pause(10))
    over = (await t.db.query<{ over: boolean }>({ text: isOver, values: [now?.xid] }))[0]?.over ?? false;
}

type List = {
  path: string;
  /** What is written: the first of these by the open transaction, the second through the API. */
  of: string;
  table: string;
  /** What the list shows then; what was written itself unless said otherwise. */
  shown?: string;
  method: 'PATCH' | 'PUT';
  change(scene: Scene, nth: number): { url: string; payload: object };
};

const ofCustomer = (scene: Scene) => ({ customer_id: scene.ids.customers?.[0] });
const tagged = (nth: number) => ({ strategy_tags: [`tag-${nth}`] });
const second = (scene: Scene, of: string) => scene.ids[of]?.[1] ?? '';

const LISTS: Record<string, List> = {
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
async function openTransaction(scene: Scene, list: List) {
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

async function recordEvent(client: pg.Client, companyId: string, subjectId: string, eventId: string): Promise<void> {
  await client.query(
    `INSERT INTO audit_events (company_id, id, actor_kind, action, subject_id, details)
     VALUES ($1, $2, 'operator', 'thread.updated', $3, '{}')`,
    [companyId, eventId, subjectId],
  );
  await client.query('INSERT INTO thread_count_deltas (company_id, thread_notes) VALUES ($1, 0)', [companyId]);
}

let changes = 0;

/** Changes the second row through the API. */
async function change(ask: Ask, scene: Scene, list: List): Promise<void> {
  changes += 1;
  const { url, payload } = list.change(scene, changes);
  const { companyId, token } = scene;
  const answer = await ask({ token, method: list.method, url: `/api/companies/${companyId}/${url}`, payload });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

type Page = { ids: string[]; watermark: string; etag: string | undefined; status: number };

async function readPage(
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

const shownBy = (scene: Scene, list: List): [string, string] => [
  scene.ids[list.shown ?? list.of]?.[0] ?? '',
  scene.ids[list.path.startsWith('communications') ? 'messages' : list.of]?.[1] ?? '',
];

describe.each(Object.entries(SERVERS))('%s', (_, ask) => {
  describe.each(Object.entries(LISTS))('%s', (_, list) => {
    it('from a time: a change whose transaction began first and wrote its event last', async () => {
      const scene = await createScene(ask);
      const since = new Date().toISOString();
      const slow = await openTransaction(scene, list);
      await slow.write();
      await change(ask, scene, list);
      await slow.record();
      await slow.commit();
      await settle();
      const { ids } = await readPage(ask, scene, list.path, since);
      expect(ids).toEqual(expect.arrayContaining(shownBy(scene, list)));
    });

    it('on a chain that begins with a time while the change is open, though its event is long written', async () => {
      const scene = await createScene(ask);
      const [late, other] = shownBy(scene, list);
      const since = new Date().toISOString();
      const slow = await openTransaction(scene, list);
      await slow.write();
      await slow.record();
      await change(ask, scene, list);
      const first = await readPage(ask, scene, list.path, since);
      await slow.commit();
      const next = await readPage(ask, scene, list.path, first.watermark);
      expect(first.ids).toContain(other);
      expect(first.ids).not.toContain(late);
      expect(next.ids).toContain(late);
    });

    it('on a chain of watermarks, with 304s and cached responses in between', async () => {
      const scene = await createScene(ask);
      const [late, other] = shownBy(scene, list);
      const { watermark: mark } = await readPage(ask, scene, list.path, new Date().toISOString());
      const slow = await openTransaction(scene, list);
      await slow.write();
      await slow.record();
      await change(ask, scene, list);
      let during = await readPage(ask, scene, list.path, mark);
      // Often enough that every worker has the response in its cache.
      for (let nth = 0; nth < 8; nth += 1) {
        during = await readPage(ask, scene, list.path, mark);
        expect(during.ids).toContain(other);
        expect(during.ids).not.toContain(late);
      }
      const ifNoneMatch = { 'if-none-match': during.etag ?? '' };
      expect((await readPage(ask, scene, list.path, mark, ifNoneMatch)).status).toBe(304);
      await slow.commit();
      for (let nth = 0; nth < 4; nth += 1) {
        const again = await readPage(ask, scene, list.path, mark, nth % 2 ? {} : ifNoneMatch);
        expect(again.status).toBe(200);
        expect(again.ids).toEqual(expect.arrayContaining([late, other]));
      }
      expect((await readPage(ask, scene, list.path, during.watermark)).ids).toContain(late);
    });

    it('though it commits while the list is being read', async () => {
      const scene = await createScene(ask);
      const [late] = shownBy(scene, list);
      const since = new Date().toISOString();
      await change(ask, scene, list);
      const slow = await openTransaction(scene, list);
      await slow.write();
      // The reader stops where it looks for the first event since, before its rows or after them.
      const blocker = new pg.Client({ connectionString: t.database.ownerUrl });
      await blocker.connect();
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE');
      const reading = readPage(ask, scene, list.path, since);
      await aReaderWaits();
      await slow.commit();
      await blocker.query('COMMIT');
      await blocker.end();
      const first = await reading;
      const next = await readPage(ask, scene, list.path, first.watermark);
      expect([...first.ids, ...next.ids]).toContain(late);
    });
  });

  it('an import that stages its rows while somebody else writes', async () => {
    const scene = await createScene(ask);
    const { companyId } = scene;
    const list = LISTS.threads as List;
    const imported = newId();
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const source = await spool(
      Readable.from([
        toText([
          {
            type: 'thread',
            id: imported,
            company_id: companyId,
            thread_group_id: newId(),
            communication_type: 'email',
            direction: 'inbound',
            timestamp: '2026-05-12T14:30:00.000Z',
          },
        ]),
      ]),
    );
    const since = new Date().toISOString();
    let importing: Promise<unknown> | undefined;
    await new Promise<void>((onStaged) => {
      importing = importLines(owner, t.ring, heldBack(source, gate, onStaged));
    });
    await change(ask, scene, list);
    const during = await readPage(ask, scene, list.path, since);
    goOn();
    await importing;
    await source.close();
    await settle();
    expect(during.ids).toContain(second(scene, 'messages'));
    expect((await readPage(ask, scene, list.path, since)).ids).toEqual(
      expect.arrayContaining([imported, second(scene, 'messages')]),
    );
    expect((await readPage(ask, scene, list.path, during.watermark)).ids).toContain(imported);
  });
});

/** The file's first reading stops before its end, with its lines staged and its transaction open. */
function heldBack(source: ImportFile, gate: Promise<void>, onStaged: () => void): ImportFile {
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

async function aReaderWaits(): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity a
                   WHERE a.datname = current_database() AND a.wait_event_type = 'Lock' AND a.query LIKE '%min(a.transaction_id)%'`;
  while ((await t.db.query({ text: waiting })).length === 0) await pause(5);
}

describe('where a time begins', () => {
  const MINUTE_MS = 60_000;

  /** The id of an event that a process wrote at a time by its own clock. */
  function eventIdAt(milliseconds: number): string {
    const hex = milliseconds.toString(16).padStart(12, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${newId().slice(-12)}`;
  }

  async function writtenAt(milliseconds: number): Promise<{ scene: Scene; id: string }> {
    const scene = await createScene(SERVERS['one process'] as Ask);
    const slow = await openTransaction(scene, LISTS.threads as List);
    await slow.write();
    await slow.record(eventIdAt(milliseconds));
    await slow.commit();
    await settle();
    return { scene, id: scene.ids.messages?.[0] ?? '' };
  }

  const readFrom = async (scene: Scene, time: string) =>
    (await readPage(SERVERS['one process'] as Ask, scene, 'communications/threads', time)).ids;

  it('in the millisecond of the event, however many digits the time has, and not one later', async () => {
    const now = Date.now();
    const { scene, id } = await writtenAt(now);
    const bound = new Date(now + MINUTE_MS).toISOString();
    for (const time of [bound, bound.replace('Z', '999999Z'), bound.replace('Z', '000+00:00')])
      expect(await readFrom(scene, time), time).toEqual([id]);
    expect(await readFrom(scene, new Date(now + MINUTE_MS + 1).toISOString())).toEqual([]);
  });

  it('though the clock of the process that wrote it is almost a minute behind the client’s', async () => {
    const { scene, id } = await writtenAt(Date.now() - MINUTE_MS + 5_000);
    expect(await readFrom(scene, new Date().toISOString())).toEqual([id]);
  });

  it('though that clock is ahead', async () => {
    const { scene, id } = await writtenAt(Date.now() + MINUTE_MS);
    expect(await readFrom(scene, new Date().toISOString())).toEqual([id]);
  });
});

/**
 * Chains that each begin with a time while others write. The time lies a minute ahead, so that an answer begins with the
 * events of this very moment: what was written in the minute before would hide that something is missing.
 */
describe.each(Object.entries(SERVERS))('a few seconds of three writers, an import and readers: %s', (_, ask) => {
  it('misses nothing that was sent after a chain began', async () => {
    const tenant = await createTenant(t.db, { role: 'admin' });
    const { companyId, token } = tenant;
    const threads = Array.from({ length: THREADS }, () => newId());
    await t.db.query({
      text: `INSERT INTO communication_threads (company_id, id, thread_group_id, is_latest, message_count, "timestamp", communication_type, source, direction)
             SELECT $1, id, id, true, 1, now(), 'email', 'nylas', 'inbound' FROM unnest($2::uuid[]) AS id`,
      values: [companyId, threads],
    });
    await forgetTheBeginning(companyId);

    /** When each write was sent. */
    const sentAt = new Map<string, number>();
    const isOver = () => sentAt.size >= WRITES;
    const writer = async () => {
      while (!isOver()) {
        const id = threads.pop() ?? '';
        const began = Date.now();
        const url = `/api/companies/${companyId}/communications/threads/${id}`;
        const answer = await ask({ token, method: 'PATCH', url, payload: { strategy_tags: ['x'] } });
        if (answer.status === 200) sentAt.set(id, began);
        else {
          // While the import holds the company's lock.
          expect(answer.status).toBe(503);
          threads.push(id);
          await pause(20);
        }
      }
    };
    const importer = async () => {
      while (!isOver()) {
        const began = Date.now();
        const id = newId();
        const line = {
          type: 'thread',
          id,
          company_id: companyId,
          thread_group_id: newId(),
          communication_type: 'email',
          direction: 'inbound',
          timestamp: new Date().toISOString(),
        };
        const source = await spool(Readable.from([toText([line])]));
        await importLines(
          owner,
          t.ring,
          heldBack(source, pause(150), () => undefined),
        );
        await source.close();
        sentAt.set(id, began);
        await pause(300);
      }
    };
    const chains: { began: number; seen: Set<string>; mark: string }[] = [];
    const reader = async () => {
      while (!isOver()) {
        // No earlier than the millisecond of the events that it is to see.
        const began = Date.now() + 1;
        chains.push({ began, seen: new Set(), mark: new Date(began + 60_000).toISOString() });
        for (const chain of chains.slice(-3)) await goOn(chain);
        await pause(5);
      }
    };
    const goOn = async (chain: (typeof chains)[number]) => {
      const query = `communications/threads?page_size=100&updated_after=${encodeURIComponent(chain.mark)}`;
      let cursor: unknown;
      do {
        const at = cursor === undefined ? '' : `&cursor=${cursor}`;
        const { status, body } = await ask({ token, url: `/api/companies/${companyId}/${query}${at}` });
        expect(status, JSON.stringify(body)).toBe(200);
        for (const { id } of body.data) chain.seen.add(id);
        if (cursor === undefined) chain.mark = body.watermark as string;
        cursor = body.next_cursor ?? undefined;
      } while (cursor !== undefined);
    };
    await Promise.all([writer(), writer(), writer(), importer(), reader()]);
    await settle();
    let due = 0;
    const missed: string[] = [];
    for (const chain of chains) {
      await goOn(chain);
      const expected = [...sentAt].filter(([, at]) => at > chain.began).map(([id]) => id);
      due += expected.length;
      missed.push(...expected.filter((id) => !chain.seen.has(id)));
    }
    expect(due).toBeGreaterThan(WRITES);
    expect(missed).toEqual([]);
  });
});

/** Some seconds on a machine with nothing else to do. */
const WRITES = 150;
const THREADS = 2 * WRITES;
