import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebhookDeliveries } from '../../src/api/webhook-endpoints/deliver.ts';
import { migrate } from '../../src/db/migrate.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createMessage, createTenant } from '../support/factories.ts';
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
