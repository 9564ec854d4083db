import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { ResponseCache } from '../../src/http/lists/response-cache.ts';
import { PATIENT, SETTINGS, startTestApp, type TestApp } from '../support/app.ts';
import {
  addMember,
  createCustomer,
  createMessage,
  createPromise,
  createTenant,
  createUser,
  createUserToken,
  noteUsesAhead,
} from '../support/factories.ts';
import { type Caller, callerWith, expectProblem } from '../support/http.ts';
import { openConnections, tapWire, type Wire } from '../support/wire.ts';
import { AHEAD, BEHIND, dayPassedOnlyAhead } from '../support/zones.ts';

/** A list that is asked again is sent as it was, when nothing has changed, and never otherwise. */

let t: TestApp;
let wire: Wire;
let db: Db;
let app: FastifyInstance;

beforeAll(async () => {
  t = await startTestApp();
  wire = await tapWire(t.database.serverUrl);
  db = connect({ url: wire.url, poolSize: 1, onError: () => undefined, limits: PATIENT });
  app = await buildApp({ db, ring: t.ring, settings: SETTINGS, log: false });
  await openConnections(db);
});
afterAll(async () => {
  await app.close();
  await db.close();
  await wire.close();
  await t.close();
});
afterEach(() => void vi.restoreAllMocks());

async function company() {
  const tenant = await createTenant(t.db);
  const customerId = await createCustomer(t.db, tenant.companyId);
  for (let nth = 0; nth < 3; nth += 1) await createMessage(t.db, t.ring, tenant.companyId, { customerId });
  const base = `/api/companies/${tenant.companyId}`;
  const caller = callerWith(app, tenant.token);
  await noteUsesAhead(t.db);
  return { ...tenant, customerId, base, list: `${base}/communications/threads`, caller };
}

const LISTS = ['communications/threads?page_size=2', 'communications/emails?colour=blue', 'thread-notes?page=1'];

it.each(LISTS)('%s, asked a third time: the same answer for one statement', async (list) => {
  const { base, caller } = await company();
  await caller.get(`${base}/${list}`);
  const first = await caller.get(`${base}/${list}`);
  let again = first;
  const traffic = await wire.during(async () => {
    again = await caller.get(`${base}/${list}`);
  });
  expect(traffic).toEqual({ statements: 1, roundTrips: 1 });
  expect(again.statusCode).toBe(200);
  expect(again.body).toBe(first.body);
  expect(headersOf(again)).toEqual(headersOf(first));
  expect(again.headers['content-length']).toBe(String(Buffer.byteLength(again.body)));
});

/** What differs from answer to answer left aside. */
function headersOf({ headers }: Awaited<ReturnType<Caller['get']>>) {
  const {
    date,
    'x-request-id': requestId,
    'ratelimit-remaining': remaining,
    'ratelimit-reset': reset,
    ...same
  } = headers;
  return same;
}

it('shows a new log, a change and a note in the next answer, whichever server they were made at', async () => {
  const { base, list, caller, token, customerId } = await company();
  const elsewhere = callerWith(t.app, token);
  const logged = { communication_type: 'call', customer_id: customerId, notes: 'Promised Friday.' };
  expect((await caller.get(list)).json().count).toBe(3);
  expect((await caller.get(list)).json().count).toBe(3);
  const made = await elsewhere.post(`${base}/communications/log-manual`, logged);
  expect(made.statusCode, made.body).toBe(201);
  const grown = (await caller.get(list)).json();
  expect(grown.count).toBe(4);
  expect(grown.data[0].notes).toBe('Promised Friday.');

  const { id } = grown.data[0];
  const payload = { is_resolved: true };
  await elsewhere.send({ method: 'PATCH', url: `${list}/${id}`, payload });
  expect((await caller.get(list)).json().data[0].is_resolved).toBe(true);

  expect((await caller.get(`${base}/thread-notes?page=1`)).json().count).toBe(0);
  await elsewhere.post(`${base}/thread-notes`, { thread_id: id, content: 'Second call tomorrow.' });
  expect((await caller.get(`${base}/thread-notes?page=1`)).json().count).toBe(1);
});

it('is for those alone who may see the list: 401 for a revoked token or none, 403 for a stranger', async () => {
  const { list, caller, token } = await company();
  await caller.get(list);
  await caller.get(list);
  expectProblem(await callerWith(app, (await createTenant(t.db)).token).get(list), 'permission_denied');
  expectProblem(await callerWith(app).get(list), 'not_authenticated');
  await callerWith(t.app, token).post('/api/auth/logout', {});
  expectProblem(await caller.get(list), 'not_authenticated');
});

it('still answers 304, HEAD and an If-Match of another version as ever', async () => {
  const { list, caller } = await company();
  await caller.get(list);
  const { headers, body } = await caller.get(list);
  const etag = String(headers.etag);
  expect((await caller.get(list, { 'if-none-match': etag })).statusCode).toBe(304);
  expectProblem(await caller.get(list, { 'if-match': 'W/"another"' }), 'precondition_failed');
  expect((await caller.get(list, { 'if-none-match': 'W/"another"' })).body).toBe(body);
  const head = await caller.send({ method: 'HEAD', url: list });
  expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
});

it('tells apart what callers ask for as theirs', async () => {
  const { companyId, userId, list, caller } = await company();
  const other = await createUser(t.db);
  await addMember(t.db, companyId, other);
  const colleague = callerWith(app, await createUserToken(t.db, other));
  const mine = await createMessage(t.db, t.ring, companyId, { assigneeId: userId });
  const theirs = await createMessage(t.db, t.ring, companyId, { assigneeId: other });
  const url = `${list}?assignee_id=me`;
  const idsOf = async (reader: Caller) => (await reader.get(url)).json().data.map(({ id }: { id: string }) => id);
  for (let nth = 0; nth < 3; nth += 1) {
    expect(await idsOf(caller)).toEqual([mine.id]);
    expect(await idsOf(colleague)).toEqual([theirs.id]);
  }
  const etag = String((await caller.get(url)).headers.etag);
  expect((await caller.get(url, { 'if-none-match': etag })).statusCode).toBe(304);
  expect((await colleague.get(url, { 'if-none-match': etag })).json().data).toMatchObject([{ id: theirs.id }]);
  expectProblem(await callerWith(app).get(url), 'not_authenticated');
  expectProblem(await callerWith(app, (await createTenant(t.db)).token).get(url), 'permission_denied');
});

it('shows a promise as broken with the company’s new day, and a conversation whose snooze has ended', async () => {
  const { companyId, customerId, base, list, caller } = await company();
  const moveTo = (zone: string) =>
    t.db.query({ text: 'UPDATE companies SET timezone = $2 WHERE id = $1', values: [companyId, zone] });
  await moveTo(BEHIND);
  const dueOn = dayPassedOnlyAhead();
  const { id: threadId } = await createMessage(t.db, t.ring, companyId, { customerId, source: 'manual' });
  await createPromise(t.db, companyId, { customerId, threadId, dueOn });
  const statusIn: Record<string, (row: { status: string; promise: { status: string } }) => string> = {
    [list]: ({ promise }) => promise.status,
    [`${base}/promises`]: ({ status }) => status,
    [`${base}/promises?status=open,broken`]: ({ status }) => status,
  };
  for (const [url, statusOf] of Object.entries(statusIn)) {
    await moveTo(BEHIND);
    await caller.get(url);
    const { headers, ...before } = await caller.get(url);
    expect(statusOf(before.json().data[0])).toBe('open');
    await moveTo(AHEAD);
    const after = await caller.get(url, { 'if-none-match': String(headers.etag) });
    expect(after.statusCode, url).toBe(200);
    expect(statusOf(after.json().data[0])).toBe('broken');
  }

  const followUpAt = new Date(Date.now() + 5_000).toISOString();
  await createMessage(t.db, t.ring, companyId, { followUpAt });
  const snoozed = `${list}?is_snoozed=true`;
  await caller.get(snoozed);
  const { headers, ...before } = await caller.get(snoozed);
  expect(before.json()).toMatchObject({ count: 1, data: [{ follow_up_at: followUpAt }] });
  await vi.waitFor(
    async () => {
      const after = await caller.get(snoozed, { 'if-none-match': String(headers.etag) });
      expect(after.json()).toMatchObject({ count: 0, data: [] });
    },
    { timeout: 30_000, interval: 200 },
  );
});

it('shows what was changed behind its back after a minute', async () => {
  const { companyId, customerId, list, caller } = await company();
  const nameOf = async () => (await caller.get(list)).json().data[0].customer_name;
  await nameOf();
  const before = await nameOf();
  await t.db.query({
    text: 'UPDATE customers SET name = $3 WHERE company_id = $1 AND id = $2',
    values: [companyId, customerId, 'Renamed by hand'],
  });
  expect(await nameOf()).toBe(before);
  const now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now + 61_000);
  expect(await nameOf()).toBe('Renamed by hand');
});

it('keeps what is asked for again, not what a thousand others were asked for since', () => {
  const kept = new ResponseCache();
  expect([kept.admits('/a'), kept.admits('/a')]).toEqual([false, true]);
  for (let nth = 0; nth < 999; nth += 1) kept.admits(`/${nth}`);
  expect(kept.admits('/a')).toBe(true);
  for (let nth = 0; nth < 1_000; nth += 1) kept.admits(`/${nth}`);
  expect(kept.admits('/a')).toBe(false);
});

it('keeps the answers asked for last, in sixteen mebibytes, and none of a quarter of one', () => {
  const kept = new ResponseCache();
  const answer = { version: '1', etag: 'W/"1"', headers: {}, body: Buffer.alloc(100_000) };
  for (let nth = 0; nth < 200; nth += 1) {
    kept.set(`/${nth}`, answer);
    kept.get('/0');
  }
  const found = Array.from({ length: 200 }, (_, nth) => nth).filter((nth) => kept.get(`/${nth}`));
  expect(found.length).toBeGreaterThan(160);
  expect(found.length).toBeLessThanOrEqual(167);
  expect([found[0], found.at(-1)]).toEqual([0, 199]);
  kept.set('/large', { ...answer, body: Buffer.alloc(262_144) });
  expect(kept.get('/large')).toBeUndefined();
});
