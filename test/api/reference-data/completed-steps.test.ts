import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createTenant } from '../../support/factories.ts';
import { type Caller, callerWith, expectProblem } from '../../support/http.ts';

/** Actions and touchpoints that are completed by a log, or by another program (contract §4). */

let t: TestApp;
let tenant: Awaited<ReturnType<typeof createTenant>>;
let member: Caller;
let base: string;
const customerId = newId();

beforeAll(async () => {
  t = await startTestApp();
  tenant = await createTenant(t.db);
  member = callerWith(t.app, tenant.token);
  base = `/api/companies/${tenant.companyId}`;
  await make(`/customers/${customerId}`, { name: 'Acme', external_id: 'D-acme' });
});
afterAll(() => t.close());

const put = (path: string, payload: object) => member.send({ method: 'PUT', url: `${base}${path}`, payload });
const batch = (collection: string, data: unknown) => member.post(`${base}/${collection}/batch`, { data });
const get = async (path: string) => (await member.get(`${base}${path}`)).json();
const outcomes = (response: { json(): { data: { outcome: string }[] } }) =>
  response.json().data.map(({ outcome }) => outcome);

async function make(path: string, payload: object) {
  const response = await put(path, payload);
  expect(response.statusCode, response.body).toBe(201);
  return response.json();
}

describe('an action or touchpoint that another program completes', () => {
  const STEPS = {
    actions: {
      fields: { action_type: 'call' },
      open: 'scheduled',
      completedAt: 'executed_at',
      link: 'scheduled_action_id',
    },
    touchpoints: {
      fields: { step_type: 'call' },
      open: 'pending',
      completedAt: 'completed_at',
      link: 'scheduled_touchpoint_id',
    },
  };
  const logs = async () => (await get(`/communications/threads?customer_id=${customerId}&page_size=1`)).count;
  const logOf = (link: string, id: string) =>
    member.post(`${base}/communications/log-manual`, {
      communication_type: 'call',
      notes: 'Spoke.',
      timestamp: '2026-05-12T14:30:00Z',
      [link]: id,
    });

  it.each(Object.entries(STEPS))(
    '%s: over PUT writes no log; a log of it is kept and the first completion stands',
    async (collection, { fields, open, completedAt, link }) => {
      const id = newId();
      const step = { customer_id: customerId, ...fields };
      await make(`/${collection}/${id}`, { ...step, status: open });
      const before = await logs();
      const done = { ...step, status: 'completed', [completedAt]: '2026-05-01T08:00:00Z' };
      expect((await put(`/${collection}/${id}`, done)).json()).toMatchObject({
        status: 'completed',
        [completedAt]: '2026-05-01T08:00:00.000Z',
        completed_by_thread_id: null,
      });
      expect(await logs()).toBe(before);

      expect((await logOf(link, id)).statusCode).toBe(201);
      expect(await logs()).toBe(before + 1);
      expect(await get(`/${collection}/${id}`)).toMatchObject({
        [completedAt]: '2026-05-01T08:00:00.000Z',
        completed_by_thread_id: null,
      });
    },
  );

  it.each(Object.entries(STEPS))(
    '%s: that a log completed first is completed once, whichever way it is told again',
    async (collection, { fields, open, completedAt, link }) => {
      const id = newId();
      const step = { customer_id: customerId, ...fields };
      await make(`/${collection}/${id}`, { ...step, status: open, external_id: `E-${id}` });
      const log = (await logOf(link, id)).json();
      const before = await logs();
      const completion = {
        status: 'completed',
        [completedAt]: '2026-05-12T14:30:00.000Z',
        completed_by_thread_id: log.id,
      };
      expect(await get(`/${collection}/${id}`)).toMatchObject(completion);
      for (const status of ['completed', 'cancelled', open]) {
        expect((await put(`/${collection}/${id}`, { ...step, status })).json()).toMatchObject(completion);
        expect(outcomes(await batch(collection, [{ external_id: `E-${id}`, ...step, status }]))).toEqual(['unchanged']);
      }
      expect(await logs()).toBe(before);
      expect(await get(`/${collection}/${id}`)).toMatchObject(completion);
    },
  );

  it('completed without a time: now; the time of one that is not completed: 400', async () => {
    const step = { customer_id: customerId, action_type: 'call' };
    const made = await make(`/actions/${newId()}`, { ...step, status: 'completed' });
    expect(Math.abs(Date.parse(made.executed_at) - Date.now())).toBeLessThan(60_000);
    const early = { ...step, status: 'scheduled', executed_at: '2026-05-01T08:00:00Z' };
    expectProblem(await batch('actions', [{ external_id: 'early', ...early }]), 'validation_error', [
      'data[0].executed_at',
    ]);
  });
});
