import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createCustomer, createTenant } from '../support/factories.ts';
import { connectPhone, expectCountsToFit, getList, postVonage } from '../support/ingest.ts';

/** One call is one row, with the outcome of the counterpart's leg. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

let sequence = 0;

async function createCallers() {
  const tenant = await createTenant(t.db);
  sequence += 1;
  const tail = String(sequence).padStart(3, '0');
  const own = `131255501${tail.slice(1)}`;
  const customer = `131255502${tail.slice(1)}`;
  await connectPhone(t.db, tenant.companyId, `+${own}`);
  const customerId = await createCustomer(t.db, tenant.companyId, 'Alder Foods');
  await t.db.query({
    text: `INSERT INTO contacts (company_id, id, customer_id, name, phone) VALUES ($1, $2, $3, 'Maria', $4)`,
    values: [tenant.companyId, newId(), customerId, `+${customer}`],
  });
  const ids = { conversation: `CON-${newId()}`, other: `CON-${newId()}`, first: newId(), second: newId() };
  return { ...tenant, customerId, own, customer, ...ids };
}

const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 12, 0, second)).toISOString();
const AGENT = '13125559999';

describe('a call of two legs', () => {
  it('is what became of the customer’s, in whatever order the events come', async () => {
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
    ]) {
      const c = await createCallers();
      const leg = (uuid: string, to: string, status: string, more: object) => ({
        ...{ uuid, conversation_uuid: c.conversation, from: c.own, to, status, direction: 'outbound', ...more },
      });
      const events = [
        leg(c.first, AGENT, 'answered', { timestamp: at(0), start_time: at(0) }),
        leg(c.second, c.customer, 'ringing', { timestamp: at(2) }),
        leg(c.second, c.customer, 'unanswered', { timestamp: at(45) }),
        leg(c.first, AGENT, 'completed', { timestamp: at(50), start_time: at(0), end_time: at(50), duration: '50' }),
      ];
      for (const nth of order) await postVonage(t, events[nth] ?? {});
      const rows = (await getList(t, c, 'threads?view=message')).data;
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        customer_id: c.customerId,
        direction: 'outbound',
        subject: 'Call with Maria',
        call: { status: 'unanswered', to_number: `+${c.customer}`, duration_seconds: null },
      });
      await expectCountsToFit(t, c.companyId);
    }
  });

  it('stays one row when it is transferred to another conversation', async () => {
    const c = await createCallers();
    const base = { from: c.customer, to: c.own, direction: 'inbound' };
    await postVonage(t, {
      ...base,
      uuid: c.first,
      conversation_uuid: c.conversation,
      status: 'answered',
      timestamp: at(0),
    });
    const transfer = { conversation_uuid_from: c.conversation, conversation_uuid_to: c.other, uuid: c.first };
    await postVonage(t, { ...transfer, timestamp: at(5) });
    const agent = { from: c.own, to: AGENT, direction: 'outbound', uuid: c.second, conversation_uuid: c.other };
    await postVonage(t, { ...agent, status: 'answered', timestamp: at(6) });
    const rows = (await getList(t, c, 'threads?view=message')).data;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ customer_id: c.customerId, direction: 'inbound' });
  });
});

describe('an event that names another company’s conversation', () => {
  it('belongs to the company of its number', async () => {
    const [a, b] = [await createCallers(), await createCallers()];
    const event = { conversation_uuid: a.conversation, status: 'completed', direction: 'inbound', timestamp: at(0) };
    await postVonage(t, { ...event, uuid: a.first, from: a.customer, to: a.own });
    await postVonage(t, { ...event, uuid: b.first, from: b.customer, to: b.own });
    expect((await getList(t, a, 'threads?view=message')).data).toMatchObject([{ customer_id: a.customerId }]);
    expect((await getList(t, b, 'threads?view=message')).data).toMatchObject([{ customer_id: b.customerId }]);
  });
});
