import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  addMember,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createPromise,
  createTenant,
  createUser,
  createUserToken,
} from '../../support/factories.ts';
import { expectProblem } from '../../support/http.ts';
import { expectCountsToFit } from '../../support/ingest.ts';

let t: TestApp;
let tenant: Awaited<ReturnType<typeof createTenant>>;

beforeAll(async () => {
  t = await startTestApp();
  tenant = await createTenant(t.db);
});
afterAll(() => t.close());

const address = (threadId: string) => `/api/companies/${tenant.companyId}/communications/threads/${threadId}`;

function patch(threadId: string, payload: unknown, headers: Record<string, string> = {}, token = tenant.token) {
  return t.app.inject({
    method: 'PATCH',
    url: address(threadId),
    headers: { authorization: `Token ${token}`, 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
}

function get(url: string, headers: Record<string, string> = {}) {
  return t.app.inject({ url, headers: { authorization: `Token ${tenant.token}`, ...headers } });
}

async function count(query: string): Promise<number> {
  const url = `/api/companies/${tenant.companyId}/communications/threads?${query}`;
  return (await get(url)).json().count;
}

/** Mail of a conversation that matched nobody: three messages, oldest first. */
async function createConversation(overrides = {}) {
  const first = await createMessage(t.db, t.ring, tenant.companyId, {
    timestamp: '2026-03-01T10:00:00.000Z',
    requiresResponse: true,
    ...overrides,
  });
  const rest = [];
  for (const day of ['02', '03'])
    rest.push(
      await createMessage(t.db, t.ring, tenant.companyId, {
        threadGroupId: first.threadGroupId,
        timestamp: `2026-03-${day}T10:00:00.000Z`,
        ...overrides,
      }),
    );
  return [first, ...rest].map((message) => message.id) as [string, string, string];
}

async function auditTrail(subjectId: string) {
  return t.db.query<{ action: string; user_id: string; details: Record<string, unknown> }>({
    text: 'SELECT action, user_id, details FROM audit_events WHERE company_id = $1 AND subject_id = $2 ORDER BY id',
    values: [tenant.companyId, subjectId],
  });
}

describe('PATCH /companies/{company_id}/communications/threads/{thread_id}', () => {
  it('answers 200: resolves the whole conversation, whichever message is named', async () => {
    const [oldest, middle, latest] = await createConversation();
    const before = { open: await count('is_resolved=false'), messages: await count('is_resolved=true&view=message') };

    const response = await patch(middle, { is_resolved: true });

    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ id: middle, is_resolved: true, message_count: 3 });
    expect(response.json().messages).toMatchObject([
      { id: oldest, is_resolved: true },
      { id: latest, is_resolved: true },
    ]);
    expect(await count('is_resolved=false')).toBe(before.open - 1);
    expect(await count('is_resolved=true&view=message')).toBe(before.messages + 3);
    await t.fold();
    expect(await count('is_resolved=true&view=message')).toBe(before.messages + 3);
  });

  it('clears requires_response on every message and counts only those that changed', async () => {
    const [oldest, , latest] = await createConversation();
    await patch(latest, { requires_response: true });
    const before = await count('requires_response=true&view=message');

    const response = await patch(oldest, { requires_response: false });

    expect(response.json()).toMatchObject({ requires_response: false, is_resolved: false });
    expect(await count('requires_response=true&view=message')).toBe(before - 3);
    const rows = await t.db.query({
      text: 'SELECT 1 FROM communication_threads WHERE company_id = $1 AND thread_group_id = $2 AND requires_response',
      values: [tenant.companyId, response.json().thread_group_id],
    });
    expect(rows).toEqual([]);
  });

  it('leaves what was logged by hand as it is, which asks for no response', async () => {
    const [mailed] = await createConversation({ requiresResponse: false });
    const { thread_group_id: threadGroupId } = (await get(address(mailed))).json();
    const logged = await createMessage(t.db, t.ring, tenant.companyId, { source: 'manual', threadGroupId });

    const response = await patch(logged.id, { requires_response: true });

    expect(response.json()).toMatchObject({ id: logged.id, requires_response: false });
    expect(response.json().messages).toMatchObject(Array.from({ length: 3 }, () => ({ requires_response: true })));
    await expectCountsToFit(t, tenant.companyId);
  });

  it('refuses with 400 to have a log made by hand ask for a response, and changes nothing', async () => {
    const { id } = await createMessage(t.db, t.ring, tenant.companyId, { source: 'manual' });

    const response = await patch(id, { requires_response: true, is_resolved: true });

    expect(response.statusCode).toBe(400);
    expect(response.json().errors).toEqual({ requires_response: ['A manual log can’t require a response.'] });
    expect((await patch(id, { requires_response: false })).json()).toMatchObject({ is_resolved: false });
  });

  it('replaces the strategy tags of the message alone: trimmed, without duplicates, in order', async () => {
    const [oldest, , latest] = await createConversation();

    const response = await patch(latest, { strategy_tags: [' promise-to-pay ', 'escalation', 'escalation'] });

    expect(response.json().strategy_tags).toEqual(['promise-to-pay', 'escalation']);
    expect((await get(address(oldest))).json().strategy_tags).toEqual([]);
    expect((await patch(latest, { strategy_tags: [] })).json().strategy_tags).toEqual([]);
  });

  it('gives mail that matched nobody to a customer, conversation and search included', async () => {
    const [oldest, , latest] = await createConversation();
    const customerId = await createCustomer(t.db, tenant.companyId, 'Zephyr Logistics');
    const threads = `/api/companies/${tenant.companyId}/communications/threads`;
    expect((await get(`${threads}?search=zephyr`)).json().count).toBe(0);

    const response = await patch(latest, { customer_id: customerId.toUpperCase() });

    expect(response.json()).toMatchObject({ customer_id: customerId, customer_name: 'Zephyr Logistics' });
    expect(response.json().messages).toMatchObject([
      { id: oldest, customer_id: customerId },
      { customer_id: customerId },
    ]);
    expect((await get(`${threads}?customer_id=${customerId}`)).json().data).toMatchObject([{ id: latest }]);
    expect((await get(`${threads}?search=zephyr%20friday&view=message`)).json().count).toBe(3);
  });

  it('takes a customer back with null, and what belongs to the customer goes with it', async () => {
    const customerId = await createCustomer(t.db, tenant.companyId, 'Quillon Foods');
    const contactId = await createContact(t.db, tenant.companyId, customerId);
    const invoiceId = await createInvoice(t.db, tenant.companyId, customerId);
    const message = await createMessage(t.db, t.ring, tenant.companyId, {
      customerId,
      contactId,
      invoiceIds: [invoiceId],
    });

    const response = await patch(message.id, { customer_id: null });

    expect(response.json()).toMatchObject({
      customer_id: null,
      customer_name: null,
      contact_id: null,
      contact_name: null,
      invoice_ids: [],
    });
    const found = await get(`/api/companies/${tenant.companyId}/communications/threads?search=quillon`);
    expect(found.json().count).toBe(0);
  });

  it('keeps contact and invoices that are the new customer’s own', async () => {
    const customerId = await createCustomer(t.db, tenant.companyId);
    const contactId = await createContact(t.db, tenant.companyId, customerId);
    const invoiceId = await createInvoice(t.db, tenant.companyId, customerId);
    const message = await createMessage(t.db, t.ring, tenant.companyId, { contactId, invoiceIds: [invoiceId] });

    const response = await patch(message.id, { customer_id: customerId });

    expect(response.json()).toMatchObject({ contact_id: contactId, invoice_ids: [invoiceId] });
  });

  it('leaves messages of the conversation that stand with another customer where they are', async () => {
    const other = await createCustomer(t.db, tenant.companyId, 'Other Corp');
    const customerId = await createCustomer(t.db, tenant.companyId, 'New Corp');
    const first = await createMessage(t.db, t.ring, tenant.companyId, { customerId: other });
    const second = await createMessage(t.db, t.ring, tenant.companyId, { threadGroupId: first.threadGroupId });

    await patch(second.id, { customer_id: customerId });

    expect((await get(address(first.id))).json().customer_id).toBe(other);
    expect((await get(address(second.id))).json().customer_id).toBe(customerId);
  });

  it('refuses with 400 to move what was logged by hand: it was logged for a customer', async () => {
    const [customerId, other] = [
      await createCustomer(t.db, tenant.companyId),
      await createCustomer(t.db, tenant.companyId),
    ];
    const log = await createMessage(t.db, t.ring, tenant.companyId, { source: 'manual', customerId });

    for (const target of [other, null]) {
      const response = await patch(log.id, { customer_id: target, is_resolved: true });
      expect(response.statusCode).toBe(400);
      expect(response.json().errors).toEqual({
        customer_id: ['A message that was logged for a customer stays with that customer.'],
      });
    }
    expect((await get(address(log.id))).json()).toMatchObject({ customer_id: customerId, is_resolved: false });
    expect((await patch(log.id, { customer_id: customerId })).statusCode).toBe(200);
  });

  it('refuses with 400 to move what tells of a promise or a dispute; the rest of its conversation goes', async () => {
    const [customerId, other] = [
      await createCustomer(t.db, tenant.companyId),
      await createCustomer(t.db, tenant.companyId),
    ];
    const [promising, disputing, plain] = await createConversation({ customerId, source: 'import' });
    await createPromise(t.db, tenant.companyId, { customerId, threadId: promising });
    await t.db.query({
      text: `UPDATE communication_threads SET dispute = '{"reason":"price","invoice_ids":[]}' WHERE company_id = $1 AND id = $2`,
      values: [tenant.companyId, disputing],
    });

    for (const id of [promising, disputing])
      expectProblem(await patch(id, { customer_id: other }), 'validation_error', ['customer_id']);
    expect((await patch(plain, { customer_id: other })).statusCode).toBe(200);
    for (const [id, owner] of [
      [promising, customerId],
      [disputing, customerId],
      [plain, other],
    ] as const)
      expect((await get(address(id))).json().customer_id).toBe(owner);
  });

  it('knows no customer of another company (400)', async () => {
    const stranger = await createTenant(t.db);
    const theirs = await createCustomer(t.db, stranger.companyId);
    const [, , latest] = await createConversation();

    const answers = [
      await patch(latest, { customer_id: theirs }),
      await patch(latest, { customer_id: '0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21' }),
    ];

    for (const answer of answers) {
      expect(answer.statusCode).toBe(400);
      expect(answer.json().errors).toEqual({ customer_id: ['No such customer.'] });
    }
  });

  it('writes nothing, not even a time, when everything stays equal', async () => {
    const [, , latest] = await createConversation();
    const before = (await get(address(latest))).json();

    for (const payload of [{}, { is_resolved: false }, { is_resolved: null }, { customer_id: null }])
      expect((await patch(latest, payload)).json()).toEqual(before);

    expect(await auditTrail(latest)).toEqual([]);
  });

  it('moves updated_at on what changed and leaves names, never texts, in the audit trail', async () => {
    const [, , latest] = await createConversation();
    const before = (await get(address(latest))).json();

    const after = (await patch(latest, { is_resolved: true, strategy_tags: ['secret-tag'] })).json();

    expect(after.updated_at > before.updated_at).toBe(true);
    expect(after.created_at).toBe(before.created_at);
    expect(await auditTrail(latest)).toEqual([
      {
        action: 'thread.updated',
        user_id: tenant.userId,
        details: { thread_group_id: before.thread_group_id, fields: ['is_resolved', 'strategy_tags'] },
      },
    ]);
  });

  it('400 gives every offending field its message', async () => {
    const [, , latest] = await createConversation();

    const response = await patch(latest, {
      is_resolved: 'true',
      requires_response: 1,
      strategy_tags: ['x', ' ', 'y'.repeat(101)],
      customer_id: 'nobody',
    });

    expect(response.statusCode).toBe(400);
    expect(Object.keys(response.json().errors).sort()).toEqual([
      'customer_id',
      'is_resolved',
      'requires_response',
      'strategy_tags[1]',
      'strategy_tags[2]',
    ]);
  });

  it('400 names at once what is malformed, what isn’t there and what can’t be', async () => {
    const log = await createMessage(t.db, t.ring, tenant.companyId, { source: 'manual' });
    const stranger = await createUser(t.db);
    const unheard = { customer_id: stranger, assignee_id: stranger };
    expectProblem(await patch(log.id, { ...unheard, follow_up_at: 'soon' }), 'validation_error', [
      'assignee_id',
      'customer_id',
      'follow_up_at',
    ]);
    expectProblem(await patch(log.id, { ...unheard, requires_response: true }), 'validation_error', [
      'assignee_id',
      'customer_id',
      'requires_response',
    ]);
    const colleague = await createUser(t.db);
    await addMember(t.db, tenant.companyId, colleague, 'viewer');
    expect((await patch(log.id, { assignee_id: colleague.toUpperCase() })).json().assignee).toMatchObject({
      id: colleague,
    });
  });

  it('200 ignores fields that can not be changed and says so', async () => {
    const [, , latest] = await createConversation();
    const response = await patch(latest, { subject: 'Mine', id: 'x', is_resolved: true });
    expect(response.statusCode).toBe(200);
    expect(response.headers['x-ignored-parameters']).toBe('body.subject,body.id');
    expect(response.json().subject).toBe('Invoice INV-1001');
  });

  it('is refused to a viewer (403), to a stranger (403) and for an id of nobody (404)', async () => {
    const [, , latest] = await createConversation();
    const viewer = await createUser(t.db);
    await addMember(t.db, tenant.companyId, viewer, 'viewer');
    const stranger = await createTenant(t.db);
    const theirs = await createMessage(t.db, t.ring, stranger.companyId);

    expect((await patch(latest, { is_resolved: true }, {}, await createUserToken(t.db, viewer))).statusCode).toBe(403);
    expect((await patch(latest, { is_resolved: true }, {}, stranger.token)).statusCode).toBe(403);
    expect((await patch(theirs.id, { is_resolved: true })).statusCode).toBe(404);
    expect((await patch('0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21', {})).statusCode).toBe(404);
    expect((await get(address(latest))).json().is_resolved).toBe(false);
  });

  it('keeps the counts right when sixteen requests disagree at once', async () => {
    const [oldest, , latest] = await createConversation();
    const total = await count('view=message');

    await Promise.all(
      Array.from({ length: 16 }, (_, n) => patch(n % 3 ? latest : oldest, { is_resolved: n % 2 === 0 })),
    );

    const resolved = await count('view=message&is_resolved=true');
    expect(resolved + (await count('view=message&is_resolved=false'))).toBe(total);
    const [truth] = await t.db.query<{ count: number }>({
      text: 'SELECT count(*) AS count FROM communication_threads WHERE company_id = $1 AND is_resolved',
      values: [tenant.companyId],
    });
    expect(resolved).toBe(truth?.count);
  });
});

describe('If-Match', () => {
  it('lets a change through (200) while the thread is as its ETag says, and answers the next ETag', async () => {
    const [, , latest] = await createConversation();
    const { etag } = (await get(address(latest))).headers as { etag: string };

    const changed = await patch(latest, { is_resolved: true }, { 'if-match': etag });

    expect(changed.statusCode).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
    expect((await get(address(latest))).headers.etag).toBe(changed.headers.etag);
    const again = await patch(latest, { is_resolved: false }, { 'if-match': `"other", ${changed.headers.etag}` });
    expect(again.statusCode).toBe(200);
  });

  it('answers 412 once the thread, or its conversation, has changed, and writes nothing', async () => {
    const [oldest, , latest] = await createConversation();
    const { etag } = (await get(address(latest))).headers as { etag: string };
    await patch(oldest, { strategy_tags: ['changed'] });

    const refused = await patch(latest, { is_resolved: true }, { 'if-match': etag });

    expect(refused.statusCode).toBe(412);
    expect(refused.json()).toMatchObject({ code: 'precondition_failed' });
    expect((await get(address(latest))).json().is_resolved).toBe(false);
  });

  it('takes * for anything that is there; 404 for what is not', async () => {
    const [, , latest] = await createConversation();
    expect((await patch(latest, { is_resolved: true }, { 'if-match': '*' })).statusCode).toBe(200);
    const nobody = '0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21';
    expect((await patch(nobody, { is_resolved: true }, { 'if-match': '*' })).statusCode).toBe(404);
  });

  it('lets exactly one of sixteen through who all saw the same version; the others get 412', async () => {
    const [, , latest] = await createConversation();
    const { etag } = (await get(address(latest))).headers as { etag: string };

    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => patch(latest, { strategy_tags: [`tag-${n}`] }, { 'if-match': etag })),
    );

    const statuses = answers.map((answer) => answer.statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(15);
  });
});
