import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommunicationThread } from '../../../src/api/threads/schema.ts';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  addAttachment,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  type MessageOverrides,
} from '../../support/factories.ts';
import { callerWith, expectProblem } from '../../support/http.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

async function company() {
  const tenant = await createTenant(t.db);
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}/communications/emails`;
  return {
    ...tenant,
    caller,
    base,
    message: (overrides: MessageOverrides = {}) => createMessage(t.db, t.ring, tenant.companyId, overrides),
    ids: async (query = ''): Promise<string[]> => {
      const response = await caller.get(`${base}?${query}`);
      expect(response.statusCode, response.body).toBe(200);
      const { count, data } = response.json();
      expect(count).toBe(data.length);
      return data.map(({ id }: CommunicationThread) => id);
    },
  };
}

const at = (minute: number) => new Date(Date.UTC(2026, 4, 12, 14, minute)).toISOString();
const A_CALL = { communicationType: 'call', source: 'vonage', body: null, bodyType: null } as const;

describe('GET /companies/{company_id}/communications/emails', () => {
  it('answers an empty envelope for a company without mail', async () => {
    const { caller, base, message } = await company();
    await message(A_CALL);
    expect((await caller.get(base)).json()).toEqual({ count: 0, page: 1, page_size: 20, next_cursor: null, data: [] });
  });

  it('lists conversations whose latest message is an email, one row each: that message, newest first', async () => {
    const { ids, message } = await company();
    const first = await message({ timestamp: at(1) });
    const alone = await message({ timestamp: at(2) });
    const latest = await message({ threadGroupId: first.threadGroupId, timestamp: at(3) });
    expect(await ids()).toEqual([latest.id, alone.id]);
  });

  it('leaves out a conversation whose latest message is something else, or an email logged by hand', async () => {
    const { ids, message } = await company();
    const called = await message({ timestamp: at(1) });
    await message({ ...A_CALL, threadGroupId: called.threadGroupId, timestamp: at(2) });
    const logged = await message({ timestamp: at(1) });
    await message({ source: 'manual', threadGroupId: logged.threadGroupId, timestamp: at(2) });
    await message({ source: 'manual', communicationType: 'email' });
    const back = await message({ ...A_CALL, timestamp: at(3) });
    const email = await message({ threadGroupId: back.threadGroupId, source: 'import', timestamp: at(4) });
    expect(await ids()).toEqual([email.id]);
    await t.fold();
    expect(await ids()).toEqual([email.id]);
  });

  it('shows the very rows of the threads list', async () => {
    const { caller, base, message } = await company();
    await message({ hasAttachments: true });
    const emails = (await caller.get(base)).json();
    expect(emails).toEqual((await caller.get(base.replace('/emails', '/threads'))).json());
    expect(emails.data).toHaveLength(1);
  });

  it('is_ar_related=true only AR mail, false the rest, unclassified included', async () => {
    const { ids, message } = await company();
    const yes = await message({ isArRelated: true, timestamp: at(1) });
    const no = await message({ isArRelated: false, timestamp: at(2) });
    const unknown = await message({ isArRelated: null, timestamp: at(3) });
    expect(await ids('is_ar_related=true')).toEqual([yes.id]);
    expect(await ids('is_ar_related=false')).toEqual([unknown.id, no.id]);
    expect(await ids()).toEqual([unknown.id, no.id, yes.id]);
  });

  it('has the other filters of the threads list, and they choose by the latest message', async () => {
    const { companyId, ids, message } = await company();
    const customerId = await createCustomer(t.db, companyId, 'Globex');
    const contactId = await createContact(t.db, companyId, customerId);
    const invoiceId = await createInvoice(t.db, companyId, customerId);
    const first = await message({ timestamp: at(1), customerId, invoiceIds: [invoiceId], direction: 'outbound' });
    const latest = await message({
      threadGroupId: first.threadGroupId,
      timestamp: '2026-05-13T00:00:00.000Z',
      contactId,
      requiresResponse: true,
      isResolved: true,
      subject: 'Remittance',
    });
    await message({ timestamp: at(2) });
    for (const query of [
      `customer_id=${customerId}`,
      `invoice_id=${invoiceId}`,
      `contact_id=${contactId}`,
      'requires_response=1',
      'is_resolved=yes',
      'date_from=2026-05-13',
      'search=remit',
      'direction=inbound&is_resolved=TRUE',
    ])
      expect(await ids(query), query).toEqual([latest.id]);
    expect(await ids('direction=outbound')).toEqual([]);
    expect(await ids('date_to=2026-05-12&is_resolved=true')).toEqual([]);
  });

  it('knows no view, source or communication_type: they are ignored and named', async () => {
    const { caller, base, message } = await company();
    await message();
    const response = await caller.get(`${base}?view=message&source=manual&communication_type=call`);
    expect(response.json().count).toBe(1);
    expect(response.headers['x-ignored-parameters']).toBe('view,source,communication_type');
  });
});

describe('GET /companies/{company_id}/communications/emails/{thread_id}', () => {
  it('answers 200 with the email and all messages of the conversation, itself included, oldest first, each with its attachments', async () => {
    const { caller, base, companyId, message } = await company();
    const first = await message({ timestamp: at(1) });
    const group = { threadGroupId: first.threadGroupId };
    const latest = await message({ ...group, timestamp: at(3) });
    const call = await message({ ...group, ...A_CALL, timestamp: at(2) });
    const file = await addAttachment(t.db, companyId, first.id, { filename: 'a.pdf' });
    const inline = await addAttachment(t.db, companyId, latest.id, { filename: 'b.png', isInline: true });
    const attachment = { content_type: 'application/pdf', size_bytes: 1024 };

    const response = await caller.get(`${base}/${latest.id}`);
    expect(response.statusCode).toBe(200);
    const { messages, ...email } = response.json();
    expect(messages.map(({ id }: CommunicationThread) => id)).toEqual([first.id, call.id, latest.id]);
    expect(messages[2]).toEqual(email);
    expect(email.attachments).toEqual([{ ...attachment, id: inline, filename: 'b.png', is_inline: true }]);
    expect(messages[0].attachments).toEqual([{ ...attachment, id: file, filename: 'a.pdf', is_inline: false }]);
    const thread = (await caller.get(`${base.replace('/emails', '/threads')}/${latest.id}`)).json();
    expect(thread).toEqual({ ...email, messages: messages.slice(0, 2) });
  });

  it("takes any email's id, also where the conversation went on as something else, whose id is 404", async () => {
    const { caller, base, message } = await company();
    const email = await message({ timestamp: at(1) });
    const call = await message({ ...A_CALL, threadGroupId: email.threadGroupId, timestamp: at(2) });
    const { id, messages } = (await caller.get(`${base}/${email.id}`)).json();
    expect(id).toBe(email.id);
    expect(messages).toHaveLength(2);
    expectProblem(await caller.get(`${base}/${call.id}`), 'not_found');
  });

  it('404 for an id of something else, of a manual log, of nothing, and for no UUID', async () => {
    const { caller, base, message } = await company();
    const call = await message(A_CALL);
    const log = await message({ source: 'manual', communicationType: 'email' });
    for (const id of [call.id, log.id, newId(), 'nothing'])
      expectProblem(await caller.get(`${base}/${id}`), 'not_found');
  });
});
