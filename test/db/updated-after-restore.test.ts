import { afterAll, beforeAll, expect, it } from 'vitest';
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
import { settle } from '../support/settle.ts';

/** `updated_after` on a database that was restored into a new server, whose transactions are numbered anew. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

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
  await t.db.query({
    text: 'INSERT INTO message_departures (company_id, subject_id) VALUES ($1, $2)',
    values: [companyId, customerId],
  });
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
  // A watermark is older than any transaction that is open, and tests of other files have open ones.
  await settle(t.db);
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
