import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createCustomer, createTenant } from '../support/factories.ts';

/** Ciphertext changed behind the server's back, in the database itself, is never opened and never leaks. */
let t: TestApp;
let logged = '';
const sink = new Writable({
  write(chunk, _encoding, done) {
    logged += chunk;
    done();
  },
});
type Tenant = { companyId: string; token: string; customerId: string };
let ours: Tenant;
let theirs: Tenant;
let logs: string[];
let notes: string[];

beforeAll(async () => {
  t = await startTestApp({}, { log: pino({ level: 'trace' }, sink) });
});
afterAll(() => t.close());
beforeEach(async () => {
  ours = await createDesk();
  theirs = await createDesk();
  logs = [await log(ours, 'ours one'), await log(ours, 'ours two'), await log(theirs, 'theirs')];
  notes = [
    await note(ours, logs[0], 'note one'),
    await note(ours, logs[0], 'note two'),
    await note(theirs, logs[2], 'theirs'),
  ];
  logged = '';
});

async function createDesk(): Promise<Tenant> {
  const { companyId, token } = await createTenant(t.db);
  return { companyId, token, customerId: await createCustomer(t.db, companyId) };
}

async function post({ companyId, token }: Tenant, path: string, payload: object): Promise<string> {
  const answer = await t.app.inject({
    method: 'POST',
    url: `/api/companies/${companyId}/${path}`,
    headers: { authorization: `Token ${token}` },
    payload,
  });
  return answer.json().id;
}
const log = (tenant: Tenant, text: string) =>
  post(tenant, 'communications/log-manual', {
    communication_type: 'call',
    customer_id: tenant.customerId,
    notes: text,
  });
const note = (tenant: Tenant, threadId: string | undefined, content: string) =>
  post(tenant, 'thread-notes', { thread_id: threadId, content });

const get = ({ companyId, token }: Tenant, path: string) =>
  t.app.inject({ url: `/api/companies/${companyId}/${path}`, headers: { authorization: `Token ${token}` } });

const LOG = 'FROM communication_threads WHERE company_id = $1 AND id = $2';
const NOTE = 'FROM thread_notes WHERE company_id = $1 AND id = $2';

/** The first log's notes become what this SQL says. */
async function spoilLog(sql: string, values: () => unknown[] = () => []): Promise<void> {
  await t.db.query({
    text: `UPDATE communication_threads SET notes = (${sql}) WHERE company_id = $${values().length + 1} AND id = $${values().length + 2}`,
    values: [...values(), ours.companyId, logs[0]],
  });
}

describe.each<[string, () => Promise<void>]>([
  ['moved from another row', () => spoilLog(`SELECT notes ${LOG}`, () => [ours.companyId, logs[1]])],
  ['moved from another company', () => spoilLog(`SELECT notes ${LOG}`, () => [theirs.companyId, logs[2]])],
  ['moved from another column', () => spoilLog(`SELECT content ${NOTE}`, () => [ours.companyId, notes[0]])],
  ['flipped by a bit in its text', () => spoilLog('set_bit(notes, 8 * 33, 1 - get_bit(notes, 8 * 33))')],
  ['flipped by a bit in its nonce', () => spoilLog('set_bit(notes, 8 * 5, 1 - get_bit(notes, 8 * 5))')],
  ['cut by a byte', () => spoilLog('substring(notes FROM 1 FOR octet_length(notes) - 1)')],
  ['cut to nothing', () => spoilLog(`'\\x'::bytea`)],
])('notes %s', (_how, spoil) => {
  it.each([
    ['the list', () => 'communications/threads?view=message'],
    ['the detail', () => `communications/threads/${logs[0]}`],
  ])('are never opened: %s answers 500 that says nothing, and the log names the row', async (_where, path) => {
    await spoil();
    const answer = await get(ours, path());
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'internal_error', detail: 'Something went wrong on our side.' });
    expect(logged).toContain(`"rowId":"${logs[0]}"`);
    for (const secret of ['ours one', 'ours two', 'theirs', 'note one']) {
      expect(answer.body).not.toContain(secret);
      expect(logged).not.toContain(secret);
    }
  });
});

it('the rest of the company stays readable', async () => {
  await spoilLog(`'\\x'::bytea`);
  expect((await get(ours, `communications/threads/${logs[1]}`)).json().notes).toBe('ours two');
  expect((await get(theirs, 'communications/threads')).json().data[0].notes).toBe('theirs');
});

it('a thread note moved from another company is not opened, in the whole list and in a page', async () => {
  await t.db.query({
    text: `UPDATE thread_notes SET content = (SELECT content ${NOTE}) WHERE company_id = $3 AND id = $4`,
    values: [theirs.companyId, notes[2], ours.companyId, notes[0]],
  });
  for (const path of ['thread-notes', 'thread-notes?page=1']) {
    const answer = await get(ours, path);
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('theirs');
  }
});

it('a text under a key that this server has not got yet is "come back later"', async () => {
  await spoilLog(`set_byte(notes, 4, 9)`);
  const answer = await get(ours, `communications/threads/${logs[0]}`);
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('1');
  expect(logged).toContain('"reason":"unknown_key"');
});
