import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommunicationThread } from '../../../src/api/threads/schema.ts';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  addAttachment,
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createTouchpoint,
} from '../../support/factories.ts';
import { expectProblem } from '../../support/http.ts';
import { createThreadsCompany } from '../../support/threads-company.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const company = (options: { timezone?: string } = {}) => createThreadsCompany(t, options);
const at = (minute: number) => new Date(Date.UTC(2026, 4, 12, 14, minute)).toISOString();

describe('GET /companies/{company_id}/communications/threads', () => {
  it('answers 200 with an empty envelope for a company without messages', async () => {
    const { caller, base } = await company();
    const response = await caller.get(base);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.headers.link).toBeUndefined();
    expect(response.json()).toEqual({ count: 0, page: 1, page_size: 20, next_cursor: null, data: [] });
  });

  it('shows every field of an email, and nothing else', async () => {
    const { caller, base, companyId, message } = await company();
    const customerId = await createCustomer(t.db, companyId, 'Acme Corp');
    const contactId = await createContact(t.db, companyId, customerId, { name: 'Dana Reyes' });
    const invoices = [
      await createInvoice(t.db, companyId, customerId, 'INV-1001'),
      await createInvoice(t.db, companyId, customerId, 'INV-1002'),
    ].reverse();
    const email = await message({
      customerId,
      contactId,
      requiresResponse: true,
      isArRelated: true,
      hasAttachments: true,
      strategyTags: ['escalation', 'a second'],
      cc: [{ name: '', email: 'boss@acme.example' }],
      timestamp: '2026-05-12T14:30:00.120Z',
      createdAt: '2026-05-12T14:30:05.000Z',
      invoiceIds: invoices,
    });
    const { data } = (await caller.get(base)).json();
    expect(data).toEqual([
      {
        id: email.id,
        company_id: companyId,
        thread_group_id: email.threadGroupId,
        customer_id: customerId,
        customer_name: 'Acme Corp',
        contact_id: contactId,
        contact_name: 'Dana Reyes',
        communication_type: 'email',
        source: 'nylas',
        direction: 'inbound',
        subject: 'Invoice INV-1001',
        preview: 'We will pay on Friday.',
        notes: null,
        from: { name: 'Dana Reyes', email: 'dana@acme.example' },
        to: [{ name: 'AR', email: 'ar@northbrook.example' }],
        cc: [{ name: '', email: 'boss@acme.example' }],
        call: null,
        requires_response: true,
        is_resolved: false,
        is_ar_related: true,
        strategy_tags: ['escalation', 'a second'],
        invoice_ids: invoices,
        invoices: [
          { id: invoices[0], number: 'INV-1002' },
          { id: invoices[1], number: 'INV-1001' },
        ],
        scheduled_action: null,
        scheduled_touchpoint: null,
        message_count: 1,
        has_attachments: true,
        logged_by: null,
        outcome: null,
        promise: null,
        dispute: null,
        assignee: null,
        follow_up_at: null,
        timestamp: '2026-05-12T14:30:00.120Z',
        created_at: '2026-05-12T14:30:05.000Z',
        updated_at: '2026-05-12T14:30:05.000Z',
      },
    ]);
  });

  it('shows a call of a provider with what is known of it', async () => {
    const { caller, base, message } = await company();
    const call = {
      status: 'completed',
      from_number: '+13125550123',
      to_number: '+13125550199',
      started_at: '2026-05-12T14:30:00.000Z',
      ended_at: null,
      duration_seconds: 250,
    };
    await message({
      communicationType: 'call',
      source: 'vonage',
      call,
      from: null,
      to: [],
      body: null,
      bodyType: null,
    });
    const { data } = (await caller.get(base)).json();
    expect(data[0]).toMatchObject({ communication_type: 'call', source: 'vonage', call, from: null, to: [], cc: [] });
  });

  it('decrypts the notes of manual logs, in lists too, and shows who logged it and what it completed', async () => {
    const { caller, base, companyId, userId, message } = await company();
    const customerId = await createCustomer(t.db, companyId);
    const actionId = await createAction(t.db, companyId, customerId, 'completed');
    const touchpointId = await createTouchpoint(t.db, companyId, customerId, 'ready');
    await message({
      source: 'manual',
      communicationType: 'call',
      customerId,
      loggedById: userId,
      scheduledActionId: actionId,
      scheduledTouchpointId: touchpointId,
      plainNotes: 'Spoke with Zoë 📞.',
    });
    const { data } = (await caller.get(base)).json();
    expect(data[0]).toMatchObject({
      notes: 'Spoke with Zoë 📞.',
      preview: null,
      from: null,
      to: [],
      cc: [],
      call: null,
      requires_response: false,
      is_ar_related: null,
      scheduled_action: { id: actionId, status: 'completed', executed_at: '2026-01-02T03:04:05.678Z' },
      scheduled_touchpoint: { id: touchpointId, status: 'ready', completed_at: null },
      logged_by: { id: userId, name: 'Sam Ortiz' },
    });
  });

  it('names who logged it by username when the user has no name', async () => {
    const { caller, base, userId, message } = await company();
    await t.db.query({ text: `UPDATE users SET name = '' WHERE id = $1`, values: [userId] });
    const [user] = await t.db.query<{ username: string }>({
      text: 'SELECT username FROM users WHERE id = $1',
      values: [userId],
    });
    await message({ source: 'manual', loggedById: userId });
    const { data } = (await caller.get(base)).json();
    expect(data[0].logged_by).toEqual({ id: userId, name: user?.username });
  });

  it('never carries body, body_type or attachments', async () => {
    const { caller, base, companyId, message } = await company();
    const email = await message();
    await addAttachment(t.db, companyId, email.id);
    const { data } = (await caller.get(base)).json();
    expect(Object.keys(data[0])).not.toEqual(expect.arrayContaining(['body']));
    expect(data[0]).not.toHaveProperty('body_type');
    expect(data[0]).not.toHaveProperty('attachments');
  });

  describe('view', () => {
    it('thread (default): one row per thread group, its latest message, with the number of its messages', async () => {
      const { caller, base, ids, message } = await company();
      const first = await message({ timestamp: at(1) });
      const alone = await message({ timestamp: at(2) });
      const latest = await message({ threadGroupId: first.threadGroupId, timestamp: at(3) });
      expect(await ids('')).toEqual([latest.id, alone.id]);
      expect(await ids('view=thread')).toEqual([latest.id, alone.id]);
      const { data } = (await caller.get(base)).json();
      expect(data.map((thread: CommunicationThread) => thread.message_count)).toEqual([2, 1]);
    });

    it('message: every message, each with the number of messages of its group', async () => {
      const { caller, base, message } = await company();
      const first = await message({ timestamp: at(1) });
      const latest = await message({ threadGroupId: first.threadGroupId, timestamp: at(3) });
      const late = await message({ threadGroupId: first.threadGroupId, timestamp: at(2) });
      const { count, data } = (await caller.get(`${base}?view=message`)).json();
      expect(count).toBe(3);
      expect(data.map((thread: CommunicationThread) => thread.id)).toEqual([latest.id, late.id, first.id]);
      expect(data.map((thread: CommunicationThread) => thread.message_count)).toEqual([3, 3, 3]);
    });

    it('makes the rows first, then the filters choose among them: an older message never brings its conversation up', async () => {
      const { ids, message } = await company();
      const open = await message({ timestamp: at(1), isResolved: false, direction: 'inbound' });
      await message({ threadGroupId: open.threadGroupId, timestamp: at(2), isResolved: true, direction: 'outbound' });
      expect(await ids('is_resolved=false')).toEqual([]);
      expect(await ids('direction=inbound')).toEqual([]);
      expect(await ids('view=message&is_resolved=false')).toEqual([open.id]);
    });

    it('orders newest first, by timestamp descending, then by id descending', async () => {
      const { ids, message } = await company();
      const [low, high] = [newId(), newId()].sort();
      await message({ id: String(low), timestamp: at(5) });
      await message({ id: String(high), timestamp: at(5) });
      const newer = await message({ timestamp: at(6) });
      expect(await ids('')).toEqual([newer.id, high, low]);
    });
  });

  describe('filters', () => {
    it('customer_id matches a conversation when any of its messages is linked; view=message each message by itself', async () => {
      const { companyId, ids, message } = await company();
      const [acme, other] = [await createCustomer(t.db, companyId), await createCustomer(t.db, companyId)];
      const first = await message({ customerId: acme, timestamp: at(1) });
      const latest = await message({ customerId: other, threadGroupId: first.threadGroupId, timestamp: at(2) });
      expect(await ids(`customer_id=${acme}`)).toEqual([latest.id]);
      expect(await ids(`customer_id=${other}`)).toEqual([latest.id]);
      expect(await ids(`customer_id=${acme}&view=message`)).toEqual([first.id]);
      expect(await ids(`customer_id=${acme.toUpperCase()}`)).toEqual([latest.id]);
    });

    it('invoice_id matches a conversation when any of its messages is linked; view=message each message by itself', async () => {
      const { companyId, ids, message } = await company();
      const invoice = await createInvoice(t.db, companyId, await createCustomer(t.db, companyId));
      const first = await message({ timestamp: at(1), invoiceIds: [invoice] });
      const latest = await message({ threadGroupId: first.threadGroupId, timestamp: at(2) });
      await message();
      expect(await ids(`invoice_id=${invoice}`)).toEqual([latest.id]);
      expect(await ids(`invoice_id=${invoice}&view=message`)).toEqual([first.id]);
    });

    it('contact_id is about the row itself, in both views', async () => {
      const { companyId, ids, message } = await company();
      const customer = await createCustomer(t.db, companyId);
      const contactId = await createContact(t.db, companyId, customer);
      const first = await message({ contactId, timestamp: at(1) });
      await message({ threadGroupId: first.threadGroupId, timestamp: at(2) });
      const latest = await message({ contactId, timestamp: at(3) });
      expect(await ids(`contact_id=${contactId}`)).toEqual([latest.id]);
      expect(await ids(`contact_id=${contactId}&view=message`)).toEqual([latest.id, first.id]);
    });

    it('a well-formed id that does not exist gives an empty list', async () => {
      const { ids, message } = await company();
      await message();
      for (const name of ['customer_id', 'contact_id', 'invoice_id'])
        expect(await ids(`${name}=${newId()}`)).toEqual([]);
    });

    it('communication_type takes several with commas, any of them; blanks around commas and repetition are fine', async () => {
      const { ids, message } = await company();
      const email = await message({ timestamp: at(1) });
      const sms = await message({ communicationType: 'sms', source: 'import', timestamp: at(2) });
      const meeting = await message({ communicationType: 'meeting', source: 'import', timestamp: at(3) });
      expect(await ids('communication_type=sms')).toEqual([sms.id]);
      expect(await ids('communication_type=email,sms')).toEqual([sms.id, email.id]);
      expect(await ids('communication_type=%20email%20,%20sms%20,')).toEqual([sms.id, email.id]);
      expect(await ids('communication_type=email&communication_type=meeting')).toEqual([meeting.id, email.id]);
    });

    it('communication_type=manual also matches everything logged by hand, whatever its type', async () => {
      const { ids, message } = await company();
      const call = await message({ communicationType: 'call', source: 'manual', timestamp: at(1) });
      const typed = await message({ communicationType: 'manual', source: 'import', timestamp: at(2) });
      await message({ communicationType: 'call', source: 'vonage', timestamp: at(3) });
      expect(await ids('communication_type=manual')).toEqual([typed.id, call.id]);
      const sms = await message({ communicationType: 'sms', source: 'import', timestamp: at(4) });
      expect(await ids('communication_type=manual,sms')).toEqual([sms.id, typed.id, call.id]);
      await t.fold();
      expect(await ids('communication_type=manual')).toEqual([typed.id, call.id]);
    });

    it('source, direction, requires_response and is_resolved choose by the row itself, together', async () => {
      const { ids, message } = await company();
      const nylas = await message({ timestamp: at(1), requiresResponse: true });
      const imported = await message({ timestamp: at(2), source: 'import', direction: 'outbound', isResolved: true });
      expect(await ids('source=nylas')).toEqual([nylas.id]);
      expect(await ids('direction=outbound')).toEqual([imported.id]);
      expect(await ids('requires_response=true')).toEqual([nylas.id]);
      expect(await ids('requires_response=false')).toEqual([imported.id]);
      expect(await ids('is_resolved=true')).toEqual([imported.id]);
      expect(await ids('is_resolved=false&source=nylas&direction=inbound')).toEqual([nylas.id]);
      expect(await ids('is_resolved=true&source=nylas')).toEqual([]);
    });

    it('is_ar_related=true is only AR; false takes unclassified rows in', async () => {
      const { ids, message } = await company();
      const yes = await message({ isArRelated: true, timestamp: at(1) });
      const no = await message({ isArRelated: false, timestamp: at(2) });
      const unknown = await message({ isArRelated: null, timestamp: at(3) });
      expect(await ids('is_ar_related=true')).toEqual([yes.id]);
      expect(await ids('is_ar_related=false')).toEqual([unknown.id, no.id]);
      expect(await ids('')).toEqual([unknown.id, no.id, yes.id]);
    });
  });

  describe('date_from and date_to', () => {
    it('are whole days, both inclusive', async () => {
      const { ids, message } = await company();
      const first = await message({ timestamp: '2026-05-12T00:00:00.000Z' });
      const last = await message({ timestamp: '2026-05-12T23:59:59.999Z' });
      await message({ timestamp: '2026-05-11T23:59:59.999Z' });
      const next = await message({ timestamp: '2026-05-13T00:00:00.000Z' });
      expect(await ids('date_from=2026-05-12&date_to=2026-05-12')).toEqual([last.id, first.id]);
      expect(await ids('date_from=2026-05-12')).toEqual([next.id, last.id, first.id]);
    });

    it("are days of the company's time zone, those of 23 and 25 hours too", async () => {
      const { ids, message } = await company({ timezone: 'America/New_York' });
      // Clocks went forward on 2026-03-08 and back on 2026-11-01.
      const before = await message({ timestamp: '2026-03-08T04:59:59.999Z' });
      const first = await message({ timestamp: '2026-03-08T05:00:00.000Z' });
      const last = await message({ timestamp: '2026-03-09T03:59:59.999Z' });
      const after = await message({ timestamp: '2026-03-09T04:00:00.000Z' });
      expect(await ids('date_from=2026-03-08&date_to=2026-03-08')).toEqual([last.id, first.id]);
      expect(await ids('date_to=2026-03-07')).toEqual([before.id]);
      expect(await ids('date_from=2026-03-09')).toEqual([after.id]);
      const long = [
        await message({ timestamp: '2026-11-01T04:00:00.000Z' }),
        await message({ timestamp: '2026-11-02T04:59:59.999Z' }),
      ];
      await message({ timestamp: '2026-11-02T05:00:00.000Z' });
      expect(await ids('date_from=2026-11-01&date_to=2026-11-01')).toEqual(long.reverse().map(({ id }) => id));
    });

    it('begin with the first midnight where clocks go back over it', async () => {
      const { ids, message } = await company({ timezone: 'Atlantic/Azores' });
      // At 01:00 UTC on 2026-10-25 local time went from 01:00 back to 00:00: that day has two midnights.
      const first = await message({ timestamp: '2026-10-25T00:00:00.000Z' });
      const second = await message({ timestamp: '2026-10-25T01:00:00.000Z' });
      await message({ timestamp: '2026-10-24T23:59:59.999Z' });
      expect(await ids('date_from=2026-10-25')).toEqual([second.id, first.id]);
    });

    it('reach from year 1 to year 9999', async () => {
      const { caller, base, ids, message } = await company();
      const old = await message({ timestamp: '0001-01-01T00:00:00.000Z' });
      const far = await message({ timestamp: '9999-12-31T00:00:00.000Z' });
      expect(await ids('date_from=0001-01-01&date_to=9999-12-31')).toEqual([far.id, old.id]);
      const { data } = (await caller.get(base)).json();
      expect(data.map((thread: CommunicationThread) => thread.timestamp)).toEqual([far.timestamp, old.timestamp]);
    });

    it('date_from after date_to, a day that no calendar has and a date-time are refused with 400', async () => {
      const { caller, base } = await company();
      expectProblem(await caller.get(`${base}?date_from=2026-05-13&date_to=2026-05-12`), 'validation_error', [
        'date_from',
      ]);
      expectProblem(await caller.get(`${base}?date_from=2026-02-29`), 'validation_error', ['date_from']);
      expectProblem(await caller.get(`${base}?date_to=2026-05-12T00:00:00Z`), 'validation_error', ['date_to']);
      expectProblem(await caller.get(`${base}?date_from=12.05.2026&date_to=x`), 'validation_error', [
        'date_from',
        'date_to',
      ]);
    });
  });

  describe('search', () => {
    it('finds by words of subject, preview, customer name, and names and addresses of from, to and cc', async () => {
      const { companyId, ids, message } = await company();
      const email = await message({
        subject: 'Überfällige Rechnung',
        preview: 'remittance attached',
        customerId: await createCustomer(t.db, companyId, 'Globex'),
        from: { name: 'Dana Reyes', email: 'dana.reyes@acme.example' },
        to: [{ name: 'Receivables', email: 'ar@northbrook.example' }],
        cc: [{ name: 'Chief', email: 'cfo@acme.example' }],
      });
      await message({ subject: 'Something else', preview: null, from: null, to: [] });
      for (const word of [
        'überfällige',
        'remittance',
        'globex',
        'reyes',
        'dana',
        'receivables',
        'northbrook',
        'chief',
        'cfo',
      ])
        expect(await ids(`search=${encodeURIComponent(word)}`), word).toEqual([email.id]);
    });

    it('each word must begin a word, in any case; all of them must be there, in any order', async () => {
      const { ids, message } = await company();
      const email = await message({ subject: 'Payment promised', preview: null });
      expect(await ids('search=PAY')).toEqual([email.id]);
      expect(await ids('search=prom%20pay')).toEqual([email.id]);
      expect(await ids('search=ayment')).toEqual([]);
      expect(await ids('search=payment%20refused')).toEqual([]);
    });

    it('takes INV-1001 as `inv` followed by `1001`, and an address as its words in order', async () => {
      const { ids, message } = await company();
      const blank = { preview: null, from: null, to: [] };
      const hyphen = await message({ ...blank, subject: 'About INV-1001', timestamp: at(1) });
      const split = await message({ ...blank, subject: 'INV 1001', timestamp: at(2) });
      await message({ ...blank, subject: '1001 INV', timestamp: at(3) });
      await message({ ...blank, subject: 'INV of 1001', timestamp: at(4) });
      expect(await ids('search=INV-1001')).toEqual([split.id, hyphen.id]);
      const email = await message({ ...blank, subject: '', from: { name: '', email: 'dana@acme.example' } });
      await message({ ...blank, subject: 'acme dana example' });
      expect(await ids('search=dana%40acme.example')).toEqual([email.id]);
      expect(await ids('search=dana%40acme')).toEqual([email.id]);
    });

    it('never joins words of two fields', async () => {
      const { ids, message } = await company();
      await message({ subject: 'About INV', preview: '1001 again', from: null, to: [] });
      expect(await ids('search=INV-1001')).toEqual([]);
    });

    it('compares after NFKC and lower-casing; marks belong to words', async () => {
      const { ids, message } = await company();
      const email = await message({ subject: 'ＩＮＶＯＩＣＥ ﬁnal Cafe\u0301 हिन्दी', preview: null });
      for (const word of ['invoice', 'final', 'CAFÉ', 'हिन्दी'])
        expect(await ids(`search=${encodeURIComponent(word)}`), word).toEqual([email.id]);
    });

    it('never looks into notes, which are encrypted', async () => {
      const { ids, message } = await company();
      await message({ source: 'manual', plainNotes: 'a secretword', subject: 'Call' });
      expect(await ids('search=secretword')).toEqual([]);
    });

    it('takes up to 32 words; more are 400, and none finds nothing', async () => {
      const { caller, base, ids, message } = await company();
      const email = await message({ subject: 'a b' });
      expect(await ids(`search=${'a+'.repeat(32)}`)).toEqual([email.id]);
      expectProblem(await caller.get(`${base}?search=${'a+'.repeat(33)}`), 'validation_error', ['search']);
      for (const text of ['---', '%E2%80%8B', '-%20%C2%AD']) expect(await ids(`search=${text}`), text).toEqual([]);
    });

    it('takes what would be an operator elsewhere as text', async () => {
      const { caller, base } = await company();
      for (const text of ["a' & b", 'a:* | !b', 'a\\', "'); DROP TABLE users; --", '<-> a', '%25_a'])
        expect((await caller.get(`${base}?search=${encodeURIComponent(text)}`)).statusCode, text).toBe(200);
    });
  });
});
