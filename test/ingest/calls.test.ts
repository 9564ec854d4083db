import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { rematchAll } from '../../src/ingest/rematch.ts';
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

describe('a call by a click to a number that is no contact’s', () => {
  it.each([
    ['unanswered', undefined, AGENT],
    ['busy', undefined, AGENT],
    ['completed', '31', AGENT],
    ['completed', '31', 'agent_ann'],
  ])('is with the number that was called last, and what became of it: %s, %s s', async (status, duration, agent) => {
    const c = await createCallers();
    const stranger = `1415555${c.own.slice(-4)}`;
    const call = { conversation_uuid: c.conversation, from: c.own, direction: 'outbound' };
    const events = [
      { ...call, uuid: c.first, to: agent, status: 'answered', timestamp: at(0), start_time: at(0) },
      { ...call, uuid: c.second, to: stranger, status: 'ringing', timestamp: at(3) },
      { ...call, uuid: c.second, to: stranger, status, timestamp: at(40), duration },
      { ...call, uuid: c.first, to: agent, status: 'completed', timestamp: at(50), end_time: at(50), duration: '50' },
    ];
    for (const event of events) await postVonage(t, event);
    const rows = (await getList(t, c, 'threads?view=message')).data;
    expect(rows).toMatchObject([
      {
        direction: 'outbound',
        customer_id: null,
        subject: `Call with +${stranger}`,
        call: { status, to_number: `+${stranger}`, duration_seconds: duration === undefined ? null : 31 },
      },
    ]);
  });

  it('is with a contact that is added later, and what became of their leg', async () => {
    const c = await createCallers();
    const stranger = `1415557${c.own.slice(-4)}`;
    const call = { conversation_uuid: c.conversation, from: c.own, direction: 'outbound' };
    await postVonage(t, {
      ...call,
      uuid: c.first,
      to: stranger,
      status: 'completed',
      timestamp: at(0),
      duration: '60',
    });
    await postVonage(t, { ...call, uuid: c.second, to: AGENT, status: 'unanswered', timestamp: at(9) });
    expect((await getList(t, c, 'threads?view=message')).data).toMatchObject([{ call: { to_number: `+${AGENT}` } }]);
    await t.db.query({
      text: `INSERT INTO contacts (company_id, id, customer_id, name, phone) VALUES ($1, $2, $3, 'Late', $4)`,
      values: [c.companyId, newId(), c.customerId, `+${stranger}`],
    });
    await rematchAll(t.db);
    expect((await getList(t, c, 'threads?view=message')).data).toMatchObject([
      {
        subject: 'Call with Late',
        customer_id: c.customerId,
        call: { status: 'completed', to_number: `+${stranger}`, duration_seconds: 60 },
      },
    ]);
    await expectCountsToFit(t, c.companyId);
  });

  it('called by a stranger: with the caller, however many agents were rung', async () => {
    const c = await createCallers();
    const stranger = `1415556${c.own.slice(-4)}`;
    const call = { conversation_uuid: c.conversation };
    const caller = { ...call, uuid: c.first, from: stranger, to: c.own, direction: 'inbound' };
    const agent = { ...call, uuid: c.second, from: c.own, to: AGENT, direction: 'outbound' };
    await postVonage(t, { ...agent, status: 'timeout', timestamp: at(20) });
    await postVonage(t, { ...caller, status: 'answered', timestamp: at(1) });
    await postVonage(t, { ...caller, status: 'completed', timestamp: at(30), duration: '29' });
    expect((await getList(t, c, 'threads?view=message')).data).toMatchObject([
      { direction: 'inbound', call: { status: 'completed', from_number: `+${stranger}`, duration_seconds: 29 } },
    ]);
  });
});

it('a call that turns out to have begun earlier is found at that time, under the subject that it keeps', async () => {
  const c = await createCallers();
  const call = { uuid: c.first, conversation_uuid: c.conversation, from: c.customer, to: c.own, direction: 'inbound' };
  await postVonage(t, { ...call, status: 'ringing', timestamp: at(9) });
  const other = await createCustomer(t.db, c.companyId, 'Beech Foods');
  await t.db.query({
    text: 'UPDATE communication_threads SET customer_id = $2, contact_id = NULL WHERE company_id = $1',
    values: [c.companyId, other],
  });
  await t.db.query({ text: `UPDATE contacts SET name = 'Mary' WHERE company_id = $1`, values: [c.companyId] });
  await postVonage(t, { ...call, status: 'answered', timestamp: at(10), start_time: at(0) });
  const rows = (await getList(t, c, 'threads?view=message&search=maria')).data;
  expect(rows).toMatchObject([{ customer_id: other, subject: 'Call with Maria', timestamp: at(0) }]);
  await expectCountsToFit(t, c.companyId);
});

describe('a leg and a conversation that were stored as two calls', () => {
  async function twoRows() {
    const c = await createCallers();
    const leg = { uuid: c.first, from: c.customer, to: c.own, direction: 'inbound' };
    await postVonage(t, { ...leg, status: 'started', timestamp: at(0) });
    const conversation = {
      conversation_uuid: c.conversation,
      uuid: c.second,
      from: c.own,
      to: AGENT,
      direction: 'outbound',
    };
    await postVonage(t, { ...conversation, status: 'answered', timestamp: at(5) });
    const rows = (await getList(t, c, 'threads?view=message&ordering=timestamp')).data;
    expect(rows).toHaveLength(2);
    const tie = () =>
      postVonage(t, {
        ...leg,
        conversation_uuid: c.conversation,
        status: 'completed',
        timestamp: at(60),
        duration: '55',
      });
    const send = async (method: 'POST' | 'PATCH', path: string, payload: object) => {
      const url = `/api/companies/${c.companyId}/${path}`;
      const response = await t.app.inject({ method, url, payload, headers: { authorization: `Token ${c.token}` } });
      expect(response.statusCode).toBeLessThan(300);
    };
    return { ...c, rows, tie, send };
  }

  it('are one row with the counterpart’s outcome, once an event ties them', async () => {
    const c = await twoRows();
    expect(await c.tie()).toMatchObject({ state: 'applied' });
    const rows = (await getList(t, c, 'threads?view=message')).data;
    expect(rows).toMatchObject([
      {
        customer_id: c.customerId,
        direction: 'inbound',
        message_count: 1,
        call: { status: 'completed', from_number: `+${c.customer}`, duration_seconds: 55 },
      },
    ]);
    expect((await getList(t, c, 'threads')).data).toHaveLength(1);
    await expectCountsToFit(t, c.companyId);
    expect(await c.tie()).toMatchObject({ state: 'duplicate' });
  });

  it.each([0, 1])('keep what people left with either of them: %s', async (nth) => {
    const c = await twoRows();
    const noted = c.rows[nth]?.id;
    await c.send('POST', 'thread-notes', { thread_id: noted, content: 'Promised Friday.' });
    await c.send('PATCH', `communications/threads/${noted}`, { is_resolved: true, strategy_tags: ['vip'] });
    await c.send('PATCH', `communications/threads/${noted}`, {
      follow_up_at: '2030-01-01T00:00:00Z',
      assignee_id: c.userId,
    });
    await c.tie();
    const [row, ...others] = (await getList(t, c, 'threads?view=message')).data;
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      is_resolved: true,
      strategy_tags: ['vip'],
      follow_up_at: '2030-01-01T00:00:00.000Z',
      assignee: { id: c.userId },
      customer_id: c.customerId,
    });
    const url = `/api/companies/${c.companyId}/thread-notes?thread_id=${row?.id}`;
    const notes = await t.app.inject({ url, headers: { authorization: `Token ${c.token}` } });
    expect(notes.json().data).toMatchObject([{ content: 'Promised Friday.', thread_id: row?.id }]);
    await expectCountsToFit(t, c.companyId);
  });

  it('two conversations that a transfer joins late are one', async () => {
    const c = await createCallers();
    const leg = { uuid: c.first, from: c.customer, to: c.own, direction: 'inbound', status: 'answered' };
    await postVonage(t, { ...leg, conversation_uuid: c.conversation, timestamp: at(0) });
    const agent = { uuid: c.second, from: c.own, to: AGENT, direction: 'outbound', status: 'answered' };
    await postVonage(t, { ...agent, conversation_uuid: c.other, timestamp: at(6) });
    await postVonage(t, {
      ...{ conversation_uuid_from: c.conversation, conversation_uuid_to: c.other, uuid: c.first, timestamp: at(5) },
    });
    expect((await getList(t, c, 'threads?view=message')).data).toMatchObject([
      { customer_id: c.customerId, direction: 'inbound' },
    ]);
  });
});

it('a time after its arrival is cut to that', async () => {
  const c = await createCallers();
  const leg = { uuid: c.first, conversation_uuid: c.conversation, from: c.customer, to: c.own, direction: 'inbound' };
  const ahead = new Date(Date.now() + 3 * 86_400_000).toISOString();
  await postVonage(t, {
    ...leg,
    status: 'completed',
    timestamp: ahead,
    start_time: ahead,
    end_time: ahead,
    duration: '5',
  });
  const [row] = (await getList(t, c, 'threads?view=message')).data;
  const times = [row?.timestamp, (row?.call as { ended_at?: string } | undefined)?.ended_at];
  for (const time of times) expect(Math.abs(Date.parse(String(time)) - Date.now())).toBeLessThan(60_000);
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
