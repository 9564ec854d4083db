import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openEventStream, until } from '../support/event-stream.ts';
import { createCustomer, createMessage, createTenant } from '../support/factories.ts';
import { callerWith } from '../support/http.ts';
import { settle } from '../support/settle.ts';

/**
 * PostgreSQL numbers transactions over all companies. Nothing that a client is given shows a number, and nothing that a
 * client can make up asks for one: who could do either would count what other companies write.
 */

let t: TestApp;
let base: string;
let one: Awaited<ReturnType<typeof company>>;
let other: Awaited<ReturnType<typeof company>>;
beforeAll(async () => {
  t = await startTestApp();
  base = await t.app.listen({ host: '127.0.0.1', port: 0 });
  // Numbers of more than two digits, which would be found in any answer.
  for (let nth = 0; nth < 300; nth += 1) await t.db.query({ text: 'SELECT pg_current_xact_id()' });
  one = await company();
  other = await company();
});
afterAll(() => t.close());

async function company() {
  const tenant = await createTenant(t.db);
  const customerId = await createCustomer(t.db, tenant.companyId);
  const { id: threadId } = await createMessage(t.db, t.ring, tenant.companyId, { customerId });
  const caller = callerWith(t.app, tenant.token);
  const url = `/api/companies/${tenant.companyId}`;
  return {
    ...tenant,
    url,
    threadId,
    customerId,
    get: async (path: string) => {
      const response = await caller.get(`${url}/${path}`);
      return { status: response.statusCode, text: response.body, json: response.json() };
    },
    write: async () => {
      const payload = { thread_id: threadId, content: 'A note.' };
      const response = await caller.send({ method: 'POST', url: `${url}/thread-notes`, payload });
      expect(response.statusCode).toBe(201);
      return response.json().id as string;
    },
  };
}

const LISTS = [
  'communications/threads',
  'communications/emails',
  'thread-notes?page=1',
  'customers',
  'contacts',
  'invoices',
  'promises',
].map((path) => `${path}${path.includes('?') ? '&' : '?'}updated_after=2020-01-01T00:00:00Z`);

/** As a client could read a number in an answer: in digits, or in the bytes of anything that is encoded. */
function holdsNumber(text: string, number: bigint): boolean {
  const words = text.match(/[\w-]+/g) ?? [];
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(number);
  const needle = bytes.subarray(4);
  return words.some((word) => {
    if (word === number.toString() || word === number.toString(16)) return true;
    const readings = [Buffer.from(word, 'base64url'), Buffer.from(word.replaceAll('-', ''), 'hex')];
    return readings.some((reading) => reading.includes(needle) || reading.includes(Buffer.from(needle).reverse()));
  });
}

async function horizon(): Promise<bigint> {
  const [row] = await t.db.query<{ xid: string }>({
    text: 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid',
  });
  return BigInt(row?.xid ?? 0);
}

it('no answer holds the number of a transaction', async () => {
  const since = await horizon();
  await one.write();
  await settle(t.db);
  expect((await one.get('communications/events')).json.data).not.toEqual([]);
  const stream = await openEventStream(`${base}${one.url}/communications/events`, {
    authorization: `Token ${one.token}`,
  });
  await until(() => stream.text().includes('id: '), 'the stream says where it begins');
  stream.close();
  const answers = [stream.text()];
  for (const path of ['communications/events', 'communications/events?after=latest', ...LISTS])
    answers.push((await one.get(path)).text);

  for (let number = since; number <= (await horizon()); number += 1n)
    for (const answer of answers)
      expect([number, holdsNumber(answer, number), answer]).toEqual([number, false, answer]);
});

it('the position of one company stays where it is while another writes', async () => {
  await one.write();
  const latest = async () => (await one.get('communications/events?after=latest')).json.next_after;
  await settle(t.db);
  const [{ id: before }] = (await one.get('communications/events?limit=500')).json.data.slice(-1);
  expect(await latest()).toBe(before);
  for (let nth = 0; nth < 25; nth += 1) await other.write();
  expect(await latest()).toBe(before);
  const { json } = await one.get(`communications/events?after=${before}`);
  expect([json.data, json.next_after]).toEqual([[], before]);
});

it('a watermark is another one each time, and another company’s is none (400)', async () => {
  for (const path of LISTS) {
    const first = (await one.get(path)).json.watermark;
    t.app.responseCache.clear();
    const second = (await one.get(path)).json.watermark;
    expect(first).toMatch(/^[\w-]{82}$/);
    expect(first).not.toBe(second);
    const resume = (mark: string) => path.replace(/updated_after=.*/, `updated_after=${mark}`);
    expect((await one.get(resume(first))).status).toBe(200);
    const refused = await other.get(resume(first));
    expect([refused.status, Object.keys(refused.json.errors)]).toEqual([400, ['updated_after']]);
  }
});

it('a number that is made up is no position and no watermark (400)', async () => {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(await horizon());
  const watermark = Buffer.concat([Buffer.from([1]), number]).toString('base64url');
  for (const path of LISTS) {
    const { status } = await one.get(path.replace(/updated_after=.*/, `updated_after=${watermark}`));
    expect([path, status]).toEqual([path, 400]);
  }
  const position = Buffer.concat([number, Buffer.alloc(16)]).toString('base64url');
  expect((await one.get(`communications/events?after=${position}`)).status).toBe(400);
});

it('a position of the form with a number goes on behind its event, whatever the number is', async () => {
  await one.write();
  await one.write();
  await settle(t.db);
  const events: { id: string }[] = (await one.get('communications/events?limit=500')).json.data;
  expect(events.length).toBeGreaterThanOrEqual(2);
  const [last] = events.slice(-1);
  const [before] = events.slice(-2);
  for (const number of [0n, await horizon(), 1n << 60n]) {
    const bytes = Buffer.alloc(24);
    bytes.writeBigUInt64BE(number);
    bytes.write(before?.id.replaceAll('-', '') ?? '', 8, 'hex');
    const { json } = await one.get(`communications/events?after=${bytes.toString('base64url')}`);
    expect(json.data.map(({ id }: { id: string }) => id)).toEqual([last?.id]);
  }
});
