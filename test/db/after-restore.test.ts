import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebhookDeliveries } from '../../src/api/webhook-endpoints/deliver.ts';
import { migrate } from '../../src/db/migrate.ts';
import { newId } from '../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createPromise,
  createTenant,
  createTouchpoint,
} from '../support/factories.ts';
import { run } from '../support/global-setup.ts';
import { callerWith } from '../support/http.ts';
import { Receiver, until } from '../support/receiver.ts';

/** A database that was restored into a new server: its rows are from transactions that this one hasn't reached. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ webhookAllowPrivate: true });
});
afterAll(() => t.close());

it('tells its events again in their order, and what changes from then on', async () => {
  const tenant = await createTenant(t.db);
  const headers = { authorization: `Token ${tenant.token}` };
  const { id } = await createMessage(t.db, t.ring, tenant.companyId);
  const addNote = async (content: string) => {
    const url = `/api/companies/${tenant.companyId}/thread-notes`;
    const created = await t.app.inject({ method: 'POST', url, headers, payload: { thread_id: id, content } });
    return created.json().id;
  };
  const noteIds = [await addNote('One.'), await addNote('Two.')];
  for (const statement of [
    `UPDATE audit_events SET transaction_id = (pg_current_xact_id()::text::bigint + 1000000 + n)::text::xid8
     FROM (SELECT id AS event_id, row_number() OVER (ORDER BY id) AS n FROM audit_events) o WHERE id = event_id`,
    `UPDATE communication_threads SET changed_in = (pg_current_xact_id()::text::bigint + 1000000)::text::xid8`,
  ])
    await run(t.database.ownerUrl, [statement]);
  const events = async () => {
    const url = `/api/companies/${tenant.companyId}/communications/events`;
    return (await t.app.inject({ url, headers })).json().data.map((event: { note_id: string }) => event.note_id);
  };
  expect(await events()).toEqual([]);

  await migrate({ ownerUrl: t.database.ownerUrl, serverRole: 'comms_test_server' });

  noteIds.push(await addNote('Three.'));
  await expect.poll(events, { timeout: 10_000 }).toEqual(noteIds);
  const list = `/api/companies/${tenant.companyId}/communications/threads?updated_after=2000-01-01T00:00:00Z`;
  const { watermark } = (await t.app.inject({ url: list, headers })).json();
  const next = await t.app.inject({ url: list.replace('2000-01-01T00:00:00Z', watermark), headers });
  expect(next.json().data).toEqual([]);
});

it('shows each changed row once, in every list that is followed', async () => {
  const tenant = await createTenant(t.db);
  const { companyId } = tenant;
  const customerId = await createCustomer(t.db, companyId);
  const { id: threadId } = await createMessage(t.db, t.ring, companyId, { customerId });
  await createContact(t.db, companyId, customerId);
  await createInvoice(t.db, companyId, customerId);
  await createAction(t.db, companyId, customerId);
  await createTouchpoint(t.db, companyId, customerId);
  await createPromise(t.db, companyId, { customerId, threadId });
  const caller = callerWith(t.app, tenant.token);
  const company = `/api/companies/${companyId}`;
  await caller.post(`${company}/thread-notes`, { thread_id: threadId, content: 'Seen.' });
  const numbered = await t.db.query<{ table: string; column: string }>({
    text: `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
           WHERE table_schema = 'public' AND udt_name = 'xid8' AND column_name IN ('changed_in', 'transaction_id')`,
  });
  expect(numbered.length).toBeGreaterThanOrEqual(9);
  const ahead = '(pg_current_xact_id()::text::bigint + 1000000)::text::xid8';
  // As `pg_restore` does: what notes the changing transaction is not there yet.
  for (const { table, column } of numbered)
    await run(t.database.superuserUrl, [
      'SET session_replication_role = replica',
      `UPDATE ${table} SET ${column} = ${ahead}`,
    ]);

  await migrate({ ownerUrl: t.database.ownerUrl, serverRole: 'comms_test_server' });

  for (const { table, column } of numbered) {
    const [row] = await t.db.query<{ rows: number; ahead: number }>({
      text: `SELECT count(*)::int AS rows, count(*) FILTER (WHERE ${column} >= pg_snapshot_xmax(pg_current_snapshot()))::int AS ahead
             FROM ${table}`,
    });
    expect(row?.rows, table).toBeGreaterThan(0);
    expect(row?.ahead, table).toBe(0);
  }
  const lists = ['communications/threads', 'communications/emails', 'thread-notes', 'promises'];
  for (const list of [...lists, 'customers', 'contacts', 'invoices', 'actions', 'touchpoints']) {
    const follow = (mark: string) => caller.get(`${company}/${list}?updated_after=${mark}`);
    const first = (await follow('2000-01-01T00:00:00Z')).json();
    expect(first.count, list).toBe(1);
    await expect.poll(async () => (await follow(first.watermark)).json().data, { timeout: 10_000 }).toEqual([]);
  }
});

it('refuses a watermark of before, once its transactions are counted past it (400)', async () => {
  const tenant = await createTenant(t.db);
  const { companyId } = tenant;
  const caller = callerWith(t.app, tenant.token);
  const follow = (mark: string) =>
    caller.get(`/api/companies/${companyId}/communications/threads?updated_after=${mark}`);
  const horizon = async () => {
    const text = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid';
    return BigInt((await t.db.query<{ xid: string }>({ text }))[0]?.xid ?? 0);
  };
  const { watermark } = (await follow('2000-01-01T00:00:00Z')).json();
  const marked = await horizon();
  /** An event that is written so much later, by the transaction of that number. */
  const writeEvent = (minutes: number, transactionId: bigint) => {
    const hex = (Date.now() + minutes * 60_000).toString(16).padStart(12, '0');
    return t.db.query({
      text: `INSERT INTO audit_events (company_id, id, transaction_id, actor_kind, action)
             VALUES ($1, $2, $3::text::xid8, 'operator', 'import.completed')`,
      values: [companyId, `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${newId().slice(-12)}`, String(transactionId)],
    });
  };
  await writeEvent(0, marked - 50n);
  await writeEvent(3, marked + 50n);
  expect((await follow(watermark)).statusCode).toBe(200);
  // In a restored database the next event has a smaller number than what was marked before the dump.
  await writeEvent(2, marked - 50n);
  const refused = await follow(watermark);
  expect([refused.statusCode, Object.keys(refused.json().errors)]).toEqual([400, ['updated_after']]);
});

it('sends webhook endpoints what they had not been sent, once and in order, and then what comes', async () => {
  const tenant = await createTenant(t.db, { role: 'admin' });
  const caller = callerWith(t.app, tenant.token);
  const company = `/api/companies/${tenant.companyId}`;
  const { id: threadId } = await createMessage(t.db, t.ring, tenant.companyId);
  const addNote = async () =>
    (await caller.post(`${company}/thread-notes`, { thread_id: threadId, content: 'Seen.' })).json().id as string;
  const receiver = await Receiver.start();
  const { id, secret } = (await caller.post(`${company}/webhook-endpoints`, { url: receiver.url })).json();
  receiver.secret = secret;
  const noteIds = [await addNote()];
  // What a server had no time to write down before it stopped is sent again.
  const isRecorded = async () =>
    (await caller.get(`${company}/webhook-endpoints/${id}/deliveries`)).json().data.length === 1;
  await delivering(() => until(isRecorded, 'the first is taken before the dump'));
  expect(receiver.taken).toHaveLength(1);
  noteIds.push(await addNote(), await addNote());
  const ahead = (column: string) => `(${column}::text::bigint + 1000000)::text::xid8`;
  await run(t.database.ownerUrl, [
    `UPDATE audit_events SET transaction_id = ${ahead('transaction_id')}`,
    `UPDATE webhook_endpoints SET position_transaction = ${ahead('position_transaction')}`,
    `UPDATE communication_threads SET changed_in = ${ahead('changed_in')}`,
  ]);

  await migrate({ ownerUrl: t.database.ownerUrl, serverRole: 'comms_test_server' });

  noteIds.push(await addNote());
  await delivering(() => until(() => receiver.taken.length >= 4, 'the others are taken'));
  await receiver.close();
  expect(receiver.taken.map(({ body }) => body.data.note_id)).toEqual(noteIds);
  expect(receiver.taken.every(({ isGenuine }) => isGenuine)).toBe(true);
});

/** A server's deliveries, while something is waited for. */
async function delivering(wait: () => Promise<void>): Promise<void> {
  const deliveries = new WebhookDeliveries({
    db: t.db,
    ring: t.ring,
    log: { warn: () => undefined },
    rules: { allowPrivate: true },
  });
  const timer = setInterval(() => void deliveries.startDue().catch(() => undefined), 50);
  try {
    await wait();
  } finally {
    clearInterval(timer);
    await deliveries.stop();
  }
}
