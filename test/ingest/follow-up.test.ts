import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createContact, createCustomer, createInvoice, createPromise } from '../support/factories.ts';
import { callerWith } from '../support/http.ts';
import {
  connectMailbox,
  connectPhone,
  createCorrespondence,
  expectCountsToFit,
  mail,
  OWN_ADDRESS,
  postNylas,
  postVonage,
} from '../support/ingest.ts';

/** What comes in wakes a conversation; who looks after it goes on to its latest message (contract §5). */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const LATER = '2999-01-01T00:00:00.000Z';
const NOON = 1_760_000_000;
const ANN = [{ name: 'Ann Reed', email: 'ann.reed@acme.example' }];
const OURS = [{ name: 'AR', email: OWN_ADDRESS }];

/** A conversation by mail that began at noon, snoozed and assigned. */
async function snoozed({ isOurs = false } = {}) {
  const tenant = await createCorrespondence(t.db);
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}/communications`;
  const conversation = newId();
  const receive = async (
    minutes: number,
    { isOurs = false, ...object }: { isOurs?: boolean; [field: string]: unknown } = {},
  ) => {
    const parties = isOurs ? { from: OURS, to: ANN } : { from: ANN, to: OURS };
    const event = mail(tenant.grantId, { thread_id: conversation, date: NOON + minutes * 60, ...parties, ...object });
    expect(await postNylas(t, event)).toMatchObject({ state: 'applied' });
  };
  await receive(0, { isOurs });
  const messages = async () => (await caller.get(`${base}/threads?view=message&ordering=timestamp`)).json().data;
  const snooze = async (id: string, change: object = { follow_up_at: LATER, assignee_id: tenant.userId }) => {
    const response = await caller.send({ method: 'PATCH', url: `${base}/threads/${id}`, payload: change });
    expect(response.statusCode, response.body).toBe(200);
  };
  await snooze((await messages())[0].id);
  const states = async () =>
    (await messages()).map((row: { follow_up_at: string | null; assignee: { id: string } | null }) => [
      row.follow_up_at,
      row.assignee?.id ?? null,
    ]);
  return {
    ...tenant,
    caller,
    base,
    receive,
    messages,
    snooze,
    states,
    asleep: [LATER, tenant.userId],
    awake: [null, tenant.userId],
  };
}

describe('a snoozed conversation', () => {
  it('is woken by a mail that comes in and is the latest, and stays with who looks after it', async () => {
    const c = await snoozed();
    expect((await c.caller.get(`${c.base}/threads?is_snoozed=true`)).json().count).toBe(1);
    await c.receive(5);
    expect(await c.states()).toEqual([c.awake, c.awake]);
    expect((await c.caller.get(`${c.base}/threads?is_snoozed=true`)).json().count).toBe(0);
    expect((await c.caller.get(`${c.base}/emails?assignee_id=me&is_snoozed=false`)).json().count).toBe(1);
    await expectCountsToFit(t, c.companyId);
  });

  it('sleeps on when an older mail comes in late, or when we write', async () => {
    const c = await snoozed();
    await c.receive(-5);
    expect(await c.states()).toEqual([c.asleep, c.asleep]);
    await c.receive(5, { isOurs: true });
    expect(await c.states()).toEqual([c.asleep, c.asleep, c.asleep]);
    await c.receive(2);
    expect(await c.states()).toEqual([c.asleep, c.asleep, c.asleep, c.asleep]);
    await c.receive(6);
    expect(await c.states()).toEqual([c.awake, c.awake, c.awake, c.awake, c.awake]);
  });

  it('is told to those who follow, and an unchanged list is no longer said to be so', async () => {
    const c = await snoozed();
    const url = `${c.base}/threads?is_snoozed=true`;
    const { watermark } = (await c.caller.get(`${c.base}/threads?updated_after=2020-01-01T00:00:00Z`)).json();
    const etag = String((await c.caller.get(url)).headers.etag);
    await c.receive(5);
    expect((await c.caller.get(url, { 'if-none-match': etag })).statusCode).toBe(200);
    const followed = (await c.caller.get(`${c.base}/threads?view=message&updated_after=${watermark}`)).json();
    expect(followed.data.map((row: { follow_up_at: string | null }) => row.follow_up_at)).toEqual([null, null]);
  });
});

describe('conversations that a late mail shows to be one', () => {
  const id = (name: string) => ({ headers: [{ name: 'Message-ID', value: `<${name}@acme.example>` }] });
  const answering = (...names: string[]) => ({
    headers: [
      { name: 'Message-ID', value: `<${newId()}@acme.example>` },
      { name: 'References', value: names.map((name) => `<${name}@acme.example>`).join(' ') },
    ],
  });

  it.each([
    ['wakes when the latest came in', false],
    ['sleeps on when we wrote the latest of each', true],
  ])('%s; who looks after the newer one stays', async (_, isOurs) => {
    const c = await snoozed();
    const [one, two] = [newId(), newId()];
    await c.receive(10, { thread_id: 'one', ...id(one) });
    await c.receive(20, { thread_id: 'two', isOurs, ...id(two) });
    const [, first, second] = await c.messages();
    await c.snooze(first.id);
    await c.snooze(second.id, { assignee_id: null, follow_up_at: null });
    const other = await connectMailbox(t.db, c, { email: 'sam@northwind.example' });
    await c.receive(30, { grant_id: other, thread_id: 'three', isOurs, ...answering(one, two) });
    const rows = (await c.messages()).slice(1);
    expect(new Set(rows.map((row: { thread_group_id: string }) => row.thread_group_id)).size).toBe(1);
    expect((await c.states()).slice(1)).toEqual(Array.from({ length: 3 }, () => (isOurs ? c.asleep : c.awake)));
    await expectCountsToFit(t, c.companyId);
  });
});

describe('a call', () => {
  const THEIRS = '+13125550222';
  let sequence = 100;

  async function called({ isOurs = false } = {}) {
    const c = await snoozed({ isOurs });
    sequence += 1;
    const own = `+13125550${sequence}`;
    await connectPhone(t.db, c.companyId, own);
    const numbers = { from: THEIRS.slice(1), to: own.slice(1), direction: 'inbound' };
    const call = { ...numbers, uuid: newId(), conversation_uuid: `CON-${newId()}` };
    const at = (minutes: number) => new Date((NOON + minutes * 60) * 1000).toISOString();
    const event = (minutes: number, more: object = {}) =>
      postVonage(t, { ...call, status: 'answered', timestamp: at(minutes), start_time: at(minutes), ...more });
    return { ...c, event, at };
  }

  it.each([
    ['sleeps on when that leaves our mail as the latest', true],
    ['wakes when that leaves a mail that came in', false],
  ])('began earlier than it seemed: its conversation %s', async (_, isOurs) => {
    const c = await called({ isOurs });
    await c.event(5);
    const [first, call] = await c.messages();
    // Beside the mail, as an import may have it.
    const change = (set: string, id: string, ...values: unknown[]) =>
      t.db.query({
        text: `UPDATE communication_threads SET ${set} WHERE company_id = $1 AND id = $2`,
        values: [c.companyId, id, ...values],
      });
    await change('is_latest = false, message_count = NULL, follow_up_at = NULL, assignee_id = NULL', first.id);
    await change(
      'thread_group_id = $3, message_count = 2, follow_up_at = $4, assignee_id = $5',
      call.id,
      ...[first.thread_group_id, LATER, c.userId],
    );
    t.app.responseCache.clear();
    expect(await c.states()).toEqual([c.asleep, c.asleep]);
    await c.event(-5, { status: 'completed', end_time: c.at(6), duration: '60' });
    const state = isOurs ? c.asleep : c.awake;
    expect((await c.messages()).map(({ id }: { id: string }) => id)).toEqual([call.id, first.id]);
    expect(await c.states()).toEqual([state, state]);
  });

  it('that is found to be another customer’s takes its promise and its dispute along', async () => {
    const c = await called();
    await c.event(1);
    const call = (await c.messages()).find((row: { communication_type: string }) => row.communication_type === 'call');
    const invoice = await createInvoice(t.db, c.companyId, c.customerId);
    await t.db.query({
      text: `UPDATE communication_threads
             SET customer_id = $3, contact_id = $4, dispute = jsonb_build_object('reason', 'price', 'invoice_ids', ARRAY[$5::text])
             WHERE company_id = $1 AND id = $2`,
      values: [c.companyId, call.id, c.customerId, c.contactId, invoice],
    });
    const about = { customerId: c.customerId, threadId: call.id, invoiceIds: [invoice] };
    const promiseId = await createPromise(t.db, c.companyId, about);
    const other = await createCustomer(t.db, c.companyId, 'Birch Ltd');
    const contactId = await createContact(t.db, c.companyId, other);
    await t.db.query({
      text: 'UPDATE contacts SET phone = $3 WHERE company_id = $1 AND id = $2',
      values: [c.companyId, contactId, THEIRS],
    });
    await c.event(1, { status: 'completed', end_time: c.at(2), duration: '60' });
    const promise = (await c.caller.get(`/api/companies/${c.companyId}/promises/${promiseId}`)).json();
    expect(promise).toMatchObject({ customer_id: other, customer_name: 'Birch Ltd', invoice_ids: [] });
    const told = { type: 'promise.updated', promise_id: promiseId, thread_id: call.id, user_id: null };
    await vi.waitFor(
      async () =>
        expect((await c.caller.get(`${c.base}/events`)).json().data).toContainEqual(expect.objectContaining(told)),
      { timeout: 30_000, interval: 100 },
    );
    const shown = (await c.caller.get(`${c.base}/threads/${call.id}`)).json();
    expect(shown).toMatchObject({ customer_id: other, dispute: { reason: 'price', invoice_ids: [] } });
  });
});

describe('the feed and the audit trail', () => {
  it('tell of a promise made and changed, and of what changed of a conversation', async () => {
    const c = await snoozed();
    const log = { customer_id: c.customerId, communication_type: 'call', notes: 'They pay.' };
    const { id, promise } = (
      await c.caller.post(`${c.base}/log-manual`, { ...log, promise: { due_on: '2999-06-05' } })
    ).json();
    await c.caller.send({
      method: 'PATCH',
      url: `/api/companies/${c.companyId}/promises/${promise.id}`,
      payload: { status: 'kept' },
    });
    await c.snooze(id, { follow_up_at: LATER });
    const types = async () =>
      (await c.caller.get(`${c.base}/events`))
        .json()
        .data.map((event: { type: string; thread_id: string }) => [event.type, event.thread_id === id]);
    // The feed waits for every older transaction of the PostgreSQL, those of other tests too.
    await vi.waitFor(
      async () =>
        expect(await types()).toEqual([
          ['thread.created', false],
          ['thread.updated', false],
          ['thread.created', true],
          ['promise.created', true],
          ['promise.updated', true],
          ['thread.updated', true],
        ]),
      { timeout: 30_000, interval: 100 },
    );
    const trail = await t.db.query<{
      action: string;
      subject_id: string;
      user_id: string | null;
      details: object | null;
    }>({
      text: `SELECT action, subject_id, user_id, details FROM audit_events
             WHERE company_id = $1 AND user_id IS NOT NULL ORDER BY id`,
      values: [c.companyId],
    });
    expect(trail).toEqual([
      {
        action: 'thread.updated',
        subject_id: expect.any(String),
        user_id: c.userId,
        details: expect.objectContaining({ fields: ['follow_up_at', 'assignee_id'] }),
      },
      { action: 'thread.created', subject_id: id, user_id: c.userId, details: { source: 'manual' } },
      { action: 'promise.created', subject_id: promise.id, user_id: c.userId, details: { thread_id: id } },
      {
        action: 'promise.updated',
        subject_id: promise.id,
        user_id: c.userId,
        details: { thread_id: id, fields: ['status'] },
      },
      {
        action: 'thread.updated',
        subject_id: id,
        user_id: c.userId,
        details: expect.objectContaining({ fields: ['follow_up_at'] }),
      },
    ]);
  });
});
