import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import type { PromiseStatus } from '../../../src/domain/vocabulary.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  addMember,
  createCustomer,
  createInvoice,
  createMany,
  createMessage,
  createPromise,
  createTenant,
  createUser,
  createUserToken,
} from '../../support/factories.ts';
import { anId, aTime, callerWith, expectProblem } from '../../support/http.ts';
import { settle } from '../../support/settle.ts';
import { AHEAD, BEHIND, dayPassedOnlyAhead } from '../../support/zones.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

async function company(timezone = 'UTC') {
  const tenant = await createTenant(t.db, { timezone });
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}/promises`;
  const customerId = await createCustomer(t.db, tenant.companyId, 'Acme Corp');
  const add = async (
    given: { dueOn?: string; status?: PromiseStatus; invoiceIds?: string[]; customerId?: string } = {},
  ) => {
    const owner = given.customerId ?? customerId;
    const { id } = await createMessage(t.db, t.ring, tenant.companyId, { source: 'manual', customerId: owner });
    return createPromise(t.db, tenant.companyId, { ...given, customerId: owner, threadId: id });
  };
  const list = async (query = '') => (await caller.get(`${base}?${query}`)).json();
  const ids = async (query = '') => (await list(query)).data.map(({ id }: { id: string }) => id);
  const patch = (id: string, payload: object, headers = {}) =>
    caller.send({ method: 'PATCH', url: `${base}/${id}`, payload, headers });
  return { ...tenant, caller, base, customerId, add, list, ids, patch };
}

const log = (promise: object, customerId: string) => ({
  communication_type: 'call',
  notes: 'They pay.',
  customer_id: customerId,
  promise,
});

describe('GET promises', () => {
  it('200 by the day on which they are due, each whole, and alone the same', async () => {
    const { caller, base, customerId, companyId, userId, add, list } = await company();
    await add({ dueOn: '2999-06-07' });
    const invoiceId = await createInvoice(t.db, companyId, customerId);
    const promise = { due_on: '2999-06-05', amount: '12.50', currency: 'EUR', invoice_ids: [invoiceId] };
    const logged = (
      await caller.post(`/api/companies/${companyId}/communications/log-manual`, log(promise, customerId))
    ).json();
    expect(logged).toMatchObject({ id: anId });
    const answer = await list();
    expect(answer).toMatchObject({ count: 2, page: 1, next_cursor: null });
    expect(answer.data[0]).toEqual({
      id: logged.promise.id,
      company_id: companyId,
      customer_id: customerId,
      customer_name: 'Acme Corp',
      thread_id: logged.id,
      status: 'open',
      ...promise,
      created_by: { id: userId, name: 'Sam Ortiz' },
      created_at: aTime,
      updated_at: aTime,
    });
    expect(answer.data[1]).toMatchObject({ id: anId, due_on: '2999-06-07', amount: null, created_by: null });
    expect((await caller.get(`${base}/${logged.promise.id}`)).json()).toEqual(answer.data[0]);
  });

  it('filters by status, customer, invoice and day, and counts what is broken as it reads', async () => {
    const { companyId, add, ids, list } = await company();
    const other = await createCustomer(t.db, companyId);
    const invoice = await createInvoice(t.db, companyId, other);
    const broken = await add({ dueOn: '2020-01-01' });
    const kept = await add({ dueOn: '2020-01-02', status: 'kept' });
    const cancelled = await add({ dueOn: '2020-01-03', status: 'cancelled' });
    const open = await add({ dueOn: '2999-01-01', customerId: other, invoiceIds: [invoice] });
    expect(await ids('status=broken')).toEqual([broken]);
    expect(await ids('status=open')).toEqual([open]);
    expect(await ids('status=broken,kept')).toEqual([broken, kept]);
    expect(await ids('status=cancelled')).toEqual([cancelled]);
    expect(await list('status=broken')).toMatchObject({ count: 1, data: [{ status: 'broken' }] });
    expect(await ids(`customer_id=${other.toUpperCase()}`)).toEqual([open]);
    expect(await ids(`invoice_id=${invoice}`)).toEqual([open]);
    expect(await ids(`invoice_id=${newId()}`)).toEqual([]);
    expect(await ids('due_from=2020-01-02&due_to=2020-01-03')).toEqual([kept, cancelled]);
  });

  it('reads as broken from the first moment after its day in the company’s zone', async () => {
    for (const [zone, status] of [
      [AHEAD, 'broken'],
      [BEHIND, 'open'],
    ] as const) {
      const { add, ids } = await company(zone);
      const id = await add({ dueOn: dayPassedOnlyAhead() });
      expect(await ids(`status=${status}`)).toEqual([id]);
      expect(await ids(`status=${status === 'open' ? 'broken' : 'open'}`)).toEqual([]);
    }
  });

  it('walks by cursor, no promise twice and none left out, also on one day', async () => {
    const { add, list } = await company();
    for (const dueOn of ['0001-01-01', '2999-01-01', '2999-01-01', '2999-01-01', '9999-12-31']) await add({ dueOn });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await list(`page_size=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.data.map(({ id }: { id: string }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual((await list()).data.map(({ id }: { id: string }) => id));
    expect(new Set(seen).size).toBe(5);
  });

  it('updated_after gives what changed since', async () => {
    const { add, list, patch } = await company();
    const [first] = [await add(), await add()];
    const { watermark } = await list('updated_after=2020-01-01T00:00:00Z');
    await patch(first, { status: 'kept' });
    const { data } = await list(`updated_after=${watermark}&status=kept`);
    expect(data).toMatchObject([{ id: first, status: 'kept' }]);
  });

  it.each([
    ['little', 0],
    ['very much', 20_500],
  ])(
    'updated_after gives what has become broken since, which no write says, where %s else changed',
    async (_, more) => {
      const { add, list, caller, companyId } = await company();
      const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
      const [yesterday, before] = [hoursAgo(24).slice(0, 10), hoursAgo(48).slice(0, 10)];
      const broken = await add({ dueOn: yesterday });
      for (const other of [{ dueOn: before }, { dueOn: '2999-01-01' }, { dueOn: yesterday, status: 'kept' as const }])
        await add(other);
      await t.db.query({
        text: `UPDATE companies SET created_at = '2020-01-01' WHERE id = $1`,
        values: [companyId],
      });
      for (const table of ['promises', 'communication_threads'])
        await t.db.query({
          text: `UPDATE ${table} SET created_at = '2020-01-01', updated_at = '2020-01-01' WHERE company_id = $1`,
          values: [companyId],
        });
      await settle(t.db);
      if (more > 0) await createMany(t.db, companyId, more);

      const today = `${hoursAgo(0).slice(0, 10)}T00:00:00.000Z`;
      const { data } = await list(`updated_after=${hoursAgo(25)}`);
      expect(data).toMatchObject([{ id: broken, status: 'broken', updated_at: today }]);
      for (const filter of ['threads?view=thread', 'threads?view=message']) {
        const url = `/api/companies/${companyId}/communications/${filter}&date_to=2998-12-31&source=manual`;
        const { data: threads } = (await caller.get(`${url}&updated_after=${hoursAgo(25)}`)).json();
        expect(threads).toMatchObject([{ promise: { id: broken, status: 'broken' }, updated_at: today }]);
        expect(threads[0].promise).not.toHaveProperty('brokenAt');
      }
    },
  );

  it('400 for what is malformed', async () => {
    const { caller, base } = await company();
    expectProblem(await caller.get(`${base}?status=late&customer_id=x&due_from=soon`), 'validation_error', [
      'customer_id',
      'due_from',
      'status[0]',
    ]);
    expectProblem(await caller.get(`${base}?due_from=2026-02-01&due_to=2026-01-01`), 'validation_error', ['due_from']);
  });

  it('404 for another company’s, 401 and 403 before it', async () => {
    const [here, there] = [await company(), await company()];
    const id = await there.add();
    expectProblem(await here.caller.get(`${here.base}/${id}`), 'not_found');
    expectProblem(await here.patch(id, { status: 'kept' }), 'not_found');
    expectProblem(await here.caller.get(there.base), 'permission_denied');
    expectProblem(await callerWith(t.app).get(here.base), 'not_authenticated');
    expect(await here.ids(`customer_id=${there.customerId}`)).toEqual([]);
  });
});

describe('PATCH promises/{promise_id}', () => {
  it('200 sets what is given, and the thread and the lists show it at once', async () => {
    const { caller, companyId, base, add, patch } = await company();
    const id = await add({ dueOn: '2020-01-01' });
    const before = (await caller.get(`${base}/${id}`)).json();
    const response = await patch(id, { due_on: '2999-01-02', amount: '7.00', currency: 'CHF' });
    expect(response.statusCode, response.body).toBe(200);
    expect(response.json()).toEqual({
      ...before,
      status: 'open',
      due_on: '2999-01-02',
      amount: '7.00',
      currency: 'CHF',
      updated_at: aTime,
    });
    const threads = `/api/companies/${companyId}/communications/threads`;
    const shown = (await caller.get(`${threads}/${before.thread_id}`)).json();
    expect(shown.promise).toEqual({
      id,
      status: 'open',
      due_on: '2999-01-02',
      amount: '7.00',
      currency: 'CHF',
      invoice_ids: [],
    });
    expect(shown.updated_at).toBe(response.json().updated_at);
    expect((await patch(id, { amount: null, status: 'cancelled' })).json()).toMatchObject({
      status: 'cancelled',
      amount: null,
      currency: 'CHF',
    });
  });

  it('what stays equal leaves no trace; what changes is in the feed', async () => {
    const { caller, companyId, add, patch } = await company();
    const id = await add();
    const events = async () => (await caller.get(`/api/companies/${companyId}/communications/events`)).json().data;
    const { updated_at } = (await patch(id, { status: 'open', amount: null })).json();
    expect(await events()).toEqual([]);
    expect((await patch(id, {})).json().updated_at).toBe(updated_at);
    await patch(id, { status: 'kept' });
    // The feed waits for every older transaction of the PostgreSQL, those of other tests too.
    const told = [{ type: 'promise.updated', promise_id: id, thread_id: anId }];
    await vi.waitFor(async () => expect(await events()).toMatchObject(told), { timeout: 30_000, interval: 100 });
  });

  it('400 naming every field; broken is nothing to set', async () => {
    const { add, patch } = await company();
    const id = await add();
    const body = { status: 'broken', due_on: null, amount: '-1', currency: 'euro' };
    expectProblem(await patch(id, { ...body, due_on: '2026-13-01' }), 'validation_error', [
      'amount',
      'currency',
      'due_on',
      'status',
    ]);
  });

  it('403 for a viewer, 412 for another version', async () => {
    const { companyId, base, add, patch } = await company();
    const id = await add();
    const viewer = await createUser(t.db);
    await addMember(t.db, companyId, viewer, 'viewer');
    const reader = callerWith(t.app, await createUserToken(t.db, viewer));
    expect((await reader.get(`${base}/${id}`)).statusCode).toBe(200);
    expectProblem(
      await reader.send({ method: 'PATCH', url: `${base}/${id}`, payload: { status: 'kept' } }),
      'permission_denied',
    );
    expectProblem(await patch(id, { status: 'kept' }, { 'if-match': 'W/"another"' }), 'precondition_failed');
  });
});
