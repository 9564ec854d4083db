import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeThreadGroups } from '../../../src/conversations/merge.ts';
import { newId } from '../../../src/domain/ids.ts';
import { PROVIDER } from '../../../src/journal/audit.ts';
import {
  addMember,
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  createTouchpoint,
  createUser,
} from '../../support/factories.ts';
import { callerWith } from '../../support/http.ts';
import { type ImportWorld, startImportWorld } from '../../support/import-world.ts';

/** `updated_at` moves with everything that a row shows (contract §2), whoever changes it. */

let world: ImportWorld;
beforeAll(async () => {
  world = await startImportWorld();
});
afterAll(() => world.close());

type Row = Record<string, unknown> & { id: string; updated_at: string };

async function scene() {
  const tenant = await createTenant(world.db, { role: 'admin' });
  const { companyId } = tenant;
  const customerId = await createCustomer(world.db, companyId, 'Acme Corp');
  const contactId = await createContact(world.db, companyId, customerId);
  const invoiceId = await createInvoice(world.db, companyId, customerId, 'INV-1');
  const message = (overrides = {}) =>
    createMessage(world.db, world.ring, companyId, {
      customerId,
      contactId,
      invoiceIds: [invoiceId],
      createdAt: '2026-05-01T00:00:00.000Z',
      ...overrides,
    });
  const first = await message({ timestamp: '2026-05-01T00:00:00.000Z' });
  const { threadGroupId } = first;
  const latest = await message({ threadGroupId, timestamp: '2026-05-02T00:00:00.000Z' });
  const actionId = await createAction(world.db, companyId, customerId);
  const touchpointId = await createTouchpoint(world.db, companyId, customerId);
  const caller = callerWith(world.app, tenant.token);
  const base = `/api/companies/${companyId}`;
  const send = async (method: 'PUT' | 'PATCH' | 'POST', path: string, payload: object) => {
    const response = await caller.send({ method, url: `${base}/${path}`, payload });
    expect(response.statusCode, response.body).toBeLessThan(300);
    return response.json();
  };
  const log = await send('POST', 'communications/log-manual', {
    communication_type: 'call',
    notes: 'Spoke.',
    customer_id: customerId,
    scheduled_action_id: actionId,
    scheduled_touchpoint_id: touchpointId,
    promise: { due_on: '2999-01-01', invoice_ids: [invoiceId] },
  });
  const assigneeId = await createUser(world.db);
  await addMember(world.db, companyId, assigneeId);
  await send('PATCH', `communications/threads/${latest.id}`, { assignee_id: assigneeId });
  // As of long ago, so that what comes now is later by any clock.
  await world.owner.query({
    text: `UPDATE communication_threads SET updated_at = '2026-05-03' WHERE company_id = $1`,
    values: [companyId],
  });
  const rows = async (): Promise<Map<string, Row>> => {
    world.app.responseCache.clear();
    const { data } = (await caller.get(`${base}/communications/threads?view=message&page_size=100`)).json();
    return new Map(data.map((row: Row) => [row.id, row]));
  };
  /** The messages that changed since the call. */
  const follow = async () => {
    const list = `${base}/communications/threads?view=message&page_size=100&updated_after=`;
    const { watermark } = (await caller.get(`${list}2099-01-01T00:00:00Z`)).json();
    return async (): Promise<Row[]> => (await caller.get(`${list}${watermark}`)).json().data;
  };
  const tenantOf = { ...tenant, assigneeId, customerId, contactId, invoiceId, actionId, touchpointId };
  return { ...tenantOf, threadGroupId, first, latest, log, message, send, rows, follow };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const otherCustomer = ({ companyId }: Scene) => createCustomer(world.db, companyId, 'Globex');

const arriving = ({ threadGroupId }: Scene) => ({ threadGroupId, createdAt: new Date().toISOString() });

const CHANGES: Record<string, (s: Scene) => Promise<unknown>> = {
  'a customer is renamed': (s) => s.send('PUT', `customers/${s.customerId}`, { name: 'Acme Inc' }),
  'a contact is renamed': (s) =>
    s.send('PUT', `contacts/${s.contactId}`, {
      customer_id: s.customerId,
      name: 'Dana R.',
      email: 'dana@acme.example',
    }),
  'an invoice is renumbered': (s) =>
    s.send('PUT', `invoices/${s.invoiceId}`, { customer_id: s.customerId, number: 'X-9' }),
  'a file renames a customer': (s) =>
    world.import([{ type: 'customer', id: s.customerId, company_id: s.companyId, name: 'Acme Inc' }]),
  'a file renames who has logged a call': (s) =>
    world.import([{ type: 'user', id: s.userId, username: `dana-${s.userId}`, name: 'Dana Whitfield' }]),
  'a file renames the assignee, whom all messages of the conversation show': (s) =>
    world.import([{ type: 'user', id: s.assigneeId, username: `lee-${s.assigneeId}` }]),
  'a conversation gets another customer': async (s) =>
    s.send('PATCH', `communications/threads/${s.latest.id}`, { customer_id: await otherCustomer(s) }),
  'a newer message joins': (s) => s.message({ ...arriving(s), timestamp: '2026-05-04T00:00:00.000Z' }),
  'an older message joins': (s) => s.message({ ...arriving(s), timestamp: '2026-04-01T00:00:00.000Z' }),
  'two conversations become one': async (s) => {
    const { threadGroupId } = await s.message({ timestamp: '2026-05-01T12:00:00.000Z' });
    const groups = [s.threadGroupId, threadGroupId];
    await world.db.transaction(async (tx) => void mergeThreadGroups(tx, PROVIDER, s.companyId, groups));
  },
  'a conversation is resolved': (s) => s.send('PATCH', `communications/threads/${s.latest.id}`, { is_resolved: true }),
  'a conversation is assigned': (s) =>
    s.send('PATCH', `communications/threads/${s.latest.id}`, { assignee_id: s.userId }),
  'a follow-up is set': (s) =>
    s.send('PATCH', `communications/threads/${s.latest.id}`, { follow_up_at: '2999-01-01T00:00:00Z' }),
  'tags are set': (s) => s.send('PATCH', `communications/threads/${s.latest.id}`, { strategy_tags: ['x'] }),
  'an action is replaced': (s) =>
    s.send('PUT', `actions/${s.actionId}`, {
      customer_id: s.customerId,
      action_type: 'call',
      status: 'completed',
      executed_at: '2026-01-01T00:00:00Z',
    }),
  'a touchpoint is replaced in a batch': (s) =>
    s.send('POST', 'touchpoints/batch', {
      data: [
        {
          id: s.touchpointId,
          customer_id: s.customerId,
          step_type: 'call',
          status: 'completed',
          completed_at: '2026-01-01T00:00:00Z',
        },
      ],
    }),
  'a file cancels an action': (s) =>
    world.import([
      {
        type: 'scheduled_action',
        id: s.actionId,
        company_id: s.companyId,
        customer_id: s.customerId,
        action_type: 'call',
        status: 'cancelled',
      },
    ]),
  'a file changes a promise': (s) =>
    world.import([
      {
        type: 'promise',
        id: s.log.promise.id,
        company_id: s.companyId,
        customer_id: s.customerId,
        thread_id: s.log.id,
        status: 'kept',
        due_on: '2999-01-01',
      },
    ]),
  'a file moves a message to another conversation': (s) =>
    world.import([
      {
        type: 'thread',
        id: s.first.id,
        company_id: s.companyId,
        thread_group_id: newId(),
        communication_type: 'email',
        direction: 'inbound',
        timestamp: '2026-05-01T00:00:00Z',
      },
    ]),
  'a promise changes': (s) => s.send('PATCH', `promises/${s.log.promise.id}`, { due_on: '2999-02-01' }),
};

describe('updated_at of every row that shows something else moves, and updated_after returns the row, when', () => {
  it.each(Object.entries(CHANGES))('%s', async (_, make) => {
    const s = await scene();
    const before = await s.rows();
    const changedSince = await s.follow();
    await make(s);
    const after = await s.rows();
    const changed = [...before.values()].filter((row) => {
      const { updated_at: _stamp, ...shown } = after.get(row.id) as Row;
      const { updated_at: _former, ...former } = row;
      return JSON.stringify(shown) !== JSON.stringify(former);
    });
    expect(changed.length).toBeGreaterThan(0);
    for (const { id, updated_at } of changed)
      expect([id, (after.get(id)?.updated_at ?? '') > updated_at]).toEqual([id, true]);
    const followed = new Map((await changedSince()).map((row) => [row.id, row]));
    for (const { id } of changed) expect(followed.get(id)).toEqual(after.get(id));
  });

  it('and stays when nothing shows', async () => {
    const s = await scene();
    const before = await s.rows();
    await s.send('PUT', `customers/${s.customerId}`, { name: 'Acme Corp' });
    await world.import([{ type: 'user', id: s.userId, username: `other-${s.userId}`, name: 'Sam Ortiz' }]);
    await s.send('PATCH', `communications/threads/${s.latest.id}`, { customer_id: s.customerId, is_resolved: false });
    expect(await s.rows()).toEqual(before);
  });
});

describe('a promise', () => {
  it.each(['PUT', 'a file'])('moves with the name of its customer, which it shows: by %s', async (way) => {
    const s = await scene();
    const caller = callerWith(world.app, s.token);
    const path = `/api/companies/${s.companyId}/promises/${s.log.promise.id}`;
    const before = (await caller.get(path)).json();
    if (way === 'PUT') await s.send('PUT', `customers/${s.customerId}`, { name: 'Acme Inc' });
    else await world.import([{ type: 'customer', id: s.customerId, company_id: s.companyId, name: 'Acme Inc' }]);
    const after = (await caller.get(path)).json();
    expect([after.customer_name, after.updated_at > before.updated_at]).toEqual(['Acme Inc', true]);
  });
});

describe('a file with a changed promise or step and the messages that show it', () => {
  it('changes nothing when it is imported again', async () => {
    const s = await scene();
    const lines = (await world.export(s.companyId))
      .replace('"due_on":"2999-01-01"', '"due_on":"2999-03-01"')
      .replace(/("executed_at":")[^"]*/, '$12026-01-01T00:00:00.000Z');
    await world.import(lines);
    const { counts } = await world.import(lines);
    for (const { created, replaced } of Object.values(counts)) expect([created, replaced]).toEqual([0, 0]);
  });
});

describe('a conversation that was given to another customer and comes back', () => {
  it.each(['another customer', 'nobody'])('has its contact and its invoices again: by way of %s', async (way) => {
    const s = await scene();
    const second = await createInvoice(world.db, s.companyId, s.customerId);
    const theirs = await otherCustomer(s);
    const { id } = await s.message({ invoiceIds: [second, s.invoiceId] });
    const before = (await s.rows()).get(id);
    const give = (customerId: string | null) =>
      s.send('PATCH', `communications/threads/${id}`, { customer_id: customerId });
    for (let nth = 0; nth < 2; nth += 1) {
      const away = await give(way === 'nobody' ? null : theirs);
      expect(away).toMatchObject({ contact_id: null, invoice_ids: [] });
      if (way === 'nobody') await give(theirs);
      const back = await give(s.customerId);
      expect(back).toMatchObject({ contact_id: s.contactId, invoice_ids: [second, s.invoiceId] });
    }
    const { updated_at: _, ...shown } = (await s.rows()).get(id) as Row;
    const { updated_at: __, ...former } = before as Row;
    expect(shown).toEqual(former);
  });

  it('lacks what was deleted meanwhile', async () => {
    const s = await scene();
    const { id } = await s.message();
    await s.send('PATCH', `communications/threads/${id}`, { customer_id: null });
    const deleted = await createInvoice(world.db, s.companyId, s.customerId);
    await world.owner.query({
      text: 'UPDATE former_links SET invoice_ids = invoice_ids || $2 WHERE company_id = $1',
      values: [s.companyId, [deleted]],
    });
    await world.owner.query({ text: 'DELETE FROM invoices WHERE id = $1', values: [deleted] });
    const back = await s.send('PATCH', `communications/threads/${id}`, { customer_id: s.customerId });
    expect(back.invoice_ids).toEqual([s.invoiceId]);
  });
});
