import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { DISPUTE_REASONS, LOG_OUTCOMES } from '../../../src/domain/vocabulary.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { addMember, createCustomer, createInvoice, createTenant, createUser } from '../../support/factories.ts';
import { anId, callerWith, expectProblem } from '../../support/http.ts';
import { AHEAD, BEHIND, dayPassedOnlyAhead } from '../../support/zones.ts';

/** What a collector writes down (contract §5), on log-manual. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

async function company(timezone = 'UTC') {
  const tenant = await createTenant(t.db, { timezone });
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}/communications`;
  const customerId = await createCustomer(t.db, tenant.companyId, 'Acme Corp');
  const body = { communication_type: 'call', notes: 'Spoke.', customer_id: customerId };
  const count = async (table: string) => {
    const text = `SELECT count(*) AS count FROM ${table} WHERE company_id = $1`;
    return (await t.db.query<{ count: number }>({ text, values: [tenant.companyId] }))[0]?.count;
  };
  return {
    ...tenant,
    caller,
    base,
    customerId,
    count,
    post: (fields: object, headers = {}) => caller.post(`${base}/log-manual`, { ...body, ...fields }, headers),
  };
}

const NOTHING = { outcome: null, promise: null, dispute: null, assignee: null, follow_up_at: null };

describe('POST log-manual 201', () => {
  it('without any of them each is null, in the answer, the list and the detail', async () => {
    const { post, caller, base } = await company();
    const logged = (await post({})).json();
    expect(logged).toMatchObject(NOTHING);
    expect((await caller.get(`${base}/threads`)).json().data[0]).toMatchObject(NOTHING);
    expect((await caller.get(`${base}/threads/${logged.id}`)).json()).toMatchObject(NOTHING);
  });

  it('answers 201 with all of them, and the list and the detail show the same', async () => {
    const { post, caller, base, companyId, customerId } = await company();
    const assignee = await createUser(t.db, { name: 'Kim Lee' });
    await addMember(t.db, companyId, assignee, 'viewer');
    const [first, second] = [
      await createInvoice(t.db, companyId, customerId),
      await createInvoice(t.db, companyId, customerId),
    ];
    const response = await post({
      outcome: 'spoke',
      promise: { due_on: '2999-06-05', amount: '4210.50', currency: 'EUR', invoice_ids: [second, first, second] },
      dispute: { reason: 'quality', invoice_ids: [first] },
      follow_up_at: '2999-06-08T09:00:00+02:00',
      assignee_id: assignee.toUpperCase(),
    });
    expect(response.statusCode, response.body).toBe(201);
    const expected = {
      outcome: 'spoke',
      promise: {
        id: anId,
        status: 'open',
        due_on: '2999-06-05',
        amount: '4210.50',
        currency: 'EUR',
        invoice_ids: [second, first],
      },
      dispute: { reason: 'quality', invoice_ids: [first] },
      follow_up_at: '2999-06-08T07:00:00.000Z',
      assignee: { id: assignee, name: 'Kim Lee' },
      invoice_ids: [],
    };
    const logged = response.json();
    expect(logged).toMatchObject(expected);
    const { messages, ...detail } = (await caller.get(`${base}/threads/${logged.id}`)).json();
    expect(detail).toEqual(logged);
    expect(messages).toEqual([]);
    const { body: _, body_type: __, body_truncated: ___, attachments: ____, ...summary } = logged;
    expect((await caller.get(`${base}/threads`)).json().data).toEqual([summary]);
    expect((await caller.get(`${base}/threads?view=message`)).json().data).toEqual([summary]);
  });

  it.each([
    [{ promise: { due_on: '2026-06-05' } }, 'promise_to_pay'],
    [{ dispute: { reason: 'terms' } }, 'dispute'],
    [{ promise: { due_on: '2026-06-05' }, dispute: { reason: 'terms' } }, 'promise_to_pay'],
    [{ promise: { due_on: '2026-06-05' }, outcome: 'other' }, 'other'],
    [{ dispute: { reason: 'terms' }, outcome: 'refused' }, 'refused'],
    [{ follow_up_at: '2026-06-05T00:00:00Z' }, null],
  ])('%j has the outcome %s', async (fields, outcome) => {
    expect((await (await company()).post(fields)).json().outcome).toBe(outcome);
  });

  it('takes every outcome and every reason', async () => {
    const { post } = await company();
    for (const outcome of LOG_OUTCOMES) expect((await post({ outcome })).json().outcome).toBe(outcome);
    for (const reason of DISPUTE_REASONS)
      expect((await post({ dispute: { reason } })).json().dispute).toEqual({ reason, invoice_ids: [] });
  });

  it('a promise whose day has passed reads as broken at once, by the company’s own day', async () => {
    const dueOn = dayPassedOnlyAhead();
    const statusIn = async (timezone: string) =>
      (await (await company(timezone)).post({ promise: { due_on: dueOn } })).json().promise.status;
    expect(await statusIn(AHEAD)).toBe('broken');
    expect(await statusIn(BEHIND)).toBe('open');
  });

  it('null is not given', async () => {
    const { post } = await company();
    const nulls = { outcome: null, promise: null, dispute: null, follow_up_at: null, assignee_id: null };
    expect((await post(nulls)).json()).toMatchObject(NOTHING);
    const promise = { due_on: '2999-01-01', amount: null, currency: null, invoice_ids: null };
    expect((await post({ promise })).json().promise).toMatchObject({ amount: null, currency: null, invoice_ids: [] });
  });

  it('the same Idempotency-Key makes one promise', async () => {
    const { post, count } = await company();
    const send = () => post({ promise: { due_on: '2999-01-01' } }, { 'idempotency-key': 'once' });
    const [first, again] = [await send(), await send()];
    expect(again.body).toBe(first.body);
    expect(await count('promises')).toBe(1);
  });

  it('tells the feed and the audit trail of the promise', async () => {
    const { post, caller, base, userId } = await company();
    const { id, promise, thread_group_id } = (await post({ promise: { due_on: '2999-01-01' } })).json();
    const told = {
      id: expect.any(String),
      type: 'promise.created',
      thread_id: id,
      thread_group_id,
      note_id: null,
      promise_id: promise.id,
      subject_id: promise.id,
      user_id: userId,
      occurred_at: expect.any(String),
    };
    // The feed waits for every older transaction of the PostgreSQL, those of other tests too.
    await vi.waitFor(async () => expect((await caller.get(`${base}/events`)).json().data).toContainEqual(told), {
      timeout: 30_000,
      interval: 100,
    });
  });
});

describe('POST log-manual 400', () => {
  it('answers 400 that names every field that is malformed or refers to what isn’t there, and writes nothing', async () => {
    const { post, companyId, count } = await company();
    const other = await createInvoice(t.db, companyId, await createCustomer(t.db, companyId));
    const stranger = await createUser(t.db);
    const response = await post({
      outcome: 'maybe',
      promise: { due_on: '2026-02-30', amount: '0', currency: 'XYZ', invoice_ids: [other, newId(), 'x'] },
      dispute: { reason: 'mood', invoice_ids: [other] },
      follow_up_at: '2026-06-05',
      assignee_id: stranger,
    });
    expectProblem(response, 'validation_error', [
      'assignee_id',
      'dispute.invoice_ids[0]',
      'dispute.reason',
      'follow_up_at',
      'outcome',
      'promise.amount',
      'promise.currency',
      'promise.due_on',
      'promise.invoice_ids[0]',
      'promise.invoice_ids[1]',
      'promise.invoice_ids[2]',
    ]);
    for (const table of ['communication_threads', 'promises', 'promise_invoices', 'audit_events'])
      expect(await count(table)).toBe(0);
  });

  it('answers 400 that names what isn’t there in a body of the right form too', async () => {
    const { post } = await company();
    const response = await post({ promise: { due_on: '2026-06-05', invoice_ids: [newId()] }, assignee_id: newId() });
    expectProblem(response, 'validation_error', ['assignee_id', 'promise.invoice_ids[0]']);
    expectProblem(await post({ promise: {}, dispute: {} }), 'validation_error', ['dispute.reason', 'promise.due_on']);
    expectProblem(await post({ promise: 'soon', dispute: [] }), 'validation_error', ['dispute', 'promise']);
  });

  it.each(['-1', '0.00', '1e3', '1,5', '01', '.5', '5.', '1234567890123456', '1.1234567', ' 1', '', '１'])(
    'an amount of %j',
    async (amount) => {
      const { post } = await company();
      expectProblem(await post({ promise: { due_on: '2026-06-05', amount } }), 'validation_error', ['promise.amount']);
    },
  );

  it.each(['0.000001', '999999999999999.999999', '1250.00', '1'])(
    'but takes an amount of %j as told',
    async (amount) => {
      const { post } = await company();
      expect((await post({ promise: { due_on: '2026-06-05', amount } })).json().promise.amount).toBe(amount);
    },
  );

  it('what a promise or a dispute is about says not whose log it is (400)', async () => {
    const { caller, base, companyId, customerId } = await company();
    const invoice = await createInvoice(t.db, companyId, customerId);
    const body = {
      communication_type: 'call',
      notes: 'Spoke.',
      promise: { due_on: '2026-06-05', invoice_ids: [invoice] },
    };
    expectProblem(await caller.post(`${base}/log-manual`, body), 'validation_error', ['customer_id']);
  });
});
