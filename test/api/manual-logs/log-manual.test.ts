import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { COMMUNICATION_TYPES, type CommunicationType } from '../../../src/domain/vocabulary.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createAction, createContact, createCustomer, createInvoice, createTenant } from '../../support/factories.ts';
import { anId, aTime, callerWith, expectProblem } from '../../support/http.ts';
import { createLogCompany, expectRefused } from '../../support/log-company.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const company = () => createLogCompany(t);
const A_LOG_TIME = '2026-05-12T14:30:00.000Z';

describe('POST log-manual: everything that is wrong is named at once (400)', () => {
  it('what is malformed and what isn’t there, each in its place', async () => {
    const here = await company();
    const other = await createCustomer(t.db, here.companyId, 'Other');
    const body = {
      customer_id: here.customerId,
      contact_id: await createContact(t.db, here.companyId, other),
      invoice_ids: [await createInvoice(t.db, here.companyId, other), 'x', newId()],
      scheduled_action_id: await createAction(t.db, here.companyId, here.customerId, 'cancelled'),
      scheduled_touchpoint_id: 'x',
      notes: '',
    };
    await expectRefused(here, body, [
      'contact_id',
      'invoice_ids[0]',
      'invoice_ids[1]',
      'invoice_ids[2]',
      'notes',
      'scheduled_action_id',
      'scheduled_touchpoint_id',
    ]);
  });

  it('a customer that nothing tells is missed, but not where what would tell is malformed', async () => {
    const { post } = await company();
    expectProblem(await post({ notes: 'Spoke.' }), 'validation_error', ['communication_type', 'customer_id']);
    expectProblem(await post({ notes: 'Spoke.', contact_id: 'x' }), 'validation_error', [
      'communication_type',
      'contact_id',
    ]);
    expectProblem(await post([]), 'validation_error', ['body']);
  });

  it('only to who may write; others get 403', async () => {
    const { caller, base, customerId } = await company();
    const stranger = await company();
    const body = { customer_id: customerId, contact_id: newId(), notes: '' };
    expectProblem(await stranger.caller.post(`${base}/communications/log-manual`, body), 'permission_denied');
    expectProblem(await caller.post(`${base}/communications/log-manual`, body), 'validation_error', [
      'communication_type',
      'contact_id',
      'notes',
    ]);
  });
});

describe('POST /companies/{company_id}/communications/log-manual', () => {
  it('201 with the whole CommunicationThread in detail form, without messages, and its Location', async () => {
    const { companyId, customerId, userId, caller, log } = await company();
    const contactId = await createContact(t.db, companyId, customerId, { name: 'Dana Reyes' });
    const invoices = [
      await createInvoice(t.db, companyId, customerId, 'INV-1001'),
      await createInvoice(t.db, companyId, customerId, 'INV-1002'),
    ];
    const response = await log({
      notes: '  Spoke with AP manager. She confirmed payment will process on June 5.\n',
      contact_id: contactId,
      invoice_ids: invoices,
      direction: 'inbound',
      subject: 'About June',
      timestamp: '2026-05-12T16:30:00.1239+02:00',
      is_resolved: true,
      strategy_tags: ['promise-to-pay'],
    });
    expect(response.statusCode, response.body).toBe(201);
    expect(response.headers['cache-control']).toBe('no-store');
    const created = response.json();
    expect(created).toEqual({
      id: anId,
      company_id: companyId,
      thread_group_id: anId,
      customer_id: customerId,
      customer_name: 'Acme Corp',
      contact_id: contactId,
      contact_name: 'Dana Reyes',
      communication_type: 'call',
      source: 'manual',
      direction: 'inbound',
      subject: 'About June',
      preview: null,
      notes: 'Spoke with AP manager. She confirmed payment will process on June 5.',
      from: null,
      to: [],
      cc: [],
      call: null,
      requires_response: false,
      is_resolved: true,
      is_ar_related: null,
      strategy_tags: ['promise-to-pay'],
      invoice_ids: invoices,
      invoices: [
        { id: invoices[0], number: 'INV-1001' },
        { id: invoices[1], number: 'INV-1002' },
      ],
      scheduled_action: null,
      scheduled_touchpoint: null,
      outcome: null,
      promise: null,
      dispute: null,
      assignee: null,
      follow_up_at: null,
      message_count: 1,
      has_attachments: false,
      logged_by: { id: userId, name: 'Sam Ortiz' },
      timestamp: '2026-05-12T14:30:00.123Z',
      created_at: aTime,
      updated_at: created.created_at,
      body: null,
      body_type: null,
      body_truncated: false,
      attachments: [],
    });
    expect(created.id[14]).toBe('7');
    expect(response.headers.location).toBe(`threads/${created.id}`);
    const { messages, ...read } = (
      await caller.get(`/api/companies/${companyId}/communications/${response.headers.location}`)
    ).json();
    expect(read).toEqual(created);
    expect(messages).toEqual([]);
  });

  it('defaults: outbound, now, not resolved, no tags, no invoices', async () => {
    const { log } = await company();
    const before = new Date().toISOString();
    const created = (await log()).json();
    expect(created).toMatchObject({ direction: 'outbound', is_resolved: false, strategy_tags: [], invoice_ids: [] });
    expect(created.timestamp >= before && created.timestamp <= new Date().toISOString()).toBe(true);
  });

  it('201: null for an optional field means not given', async () => {
    const { log } = await company();
    const response = await log({
      direction: null,
      subject: null,
      contact_id: null,
      invoice_ids: null,
      timestamp: null,
      is_resolved: null,
      strategy_tags: null,
      scheduled_action_id: null,
      scheduled_touchpoint_id: null,
    });
    expect(response.statusCode, response.body).toBe(201);
    expect(response.json()).toMatchObject({
      direction: 'outbound',
      subject: 'Call with Acme Corp',
      is_resolved: false,
    });
  });

  it('a new manual log is a thread group of its own, at once in lists and counts', async () => {
    const { base, caller, log } = await company();
    const [one, other] = [(await log()).json(), (await log()).json()];
    expect(one.thread_group_id).not.toBe(other.thread_group_id);
    const list = (await caller.get(`${base}/communications/threads?communication_type=manual`)).json();
    expect(list.count).toBe(2);
    expect(list.data).toHaveLength(2);
  });

  it('leaves one line in the audit trail: ids and names of fields, never a text', async () => {
    const { companyId, userId, log } = await company();
    const created = (await log({ notes: 'a secret note' })).json();
    const events = await t.db.query<Record<string, unknown>>({
      text: 'SELECT * FROM audit_events WHERE company_id = $1',
      values: [companyId],
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ user_id: userId, action: 'thread.created', subject_id: created.id });
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('stores nothing of the notes in the clear', async () => {
    const { companyId, log } = await company();
    await log({ notes: 'xyzzy in the clear' });
    const [row] = await t.db.query<{ row: string; notes: Buffer }>({
      text: `SELECT t::text AS row, notes FROM communication_threads t WHERE company_id = $1`,
      values: [companyId],
    });
    expect(row?.row).not.toContain('xyzzy');
    expect(row?.row).not.toContain(Buffer.from('xyzzy').toString('hex'));
    expect(row?.notes.includes('xyzzy')).toBe(false);
  });

  describe('communication_type', () => {
    it('is required and one of the closed list; else 400 that lists it', async () => {
      const here = await company();
      await expectRefused(here, { communication_type: undefined }, ['communication_type']);
      for (const wrong of ['fax', 'Call', '', ' call', 5, true, ['call'], {}, null])
        await expectRefused(here, { communication_type: wrong }, ['communication_type']);
      expect((await here.log({ communication_type: 'fax' })).json().errors).toEqual({
        communication_type: ['Must be one of email, call, meeting, note, sms, letter, manual, other.'],
      });
    });

    it.each(COMMUNICATION_TYPES)('%s is taken', async (type) => {
      const { log } = await company();
      expect((await log({ communication_type: type })).json()).toMatchObject({
        communication_type: type,
        source: 'manual',
      });
    });
  });

  describe('notes', () => {
    it('are required, 1–20,000 characters after trimming; else 400', async () => {
      const here = await company();
      for (const wrong of [undefined, null, '', ' \t\n ', 5, 'a'.repeat(20_001), '📞'.repeat(20_001)])
        await expectRefused(here, { notes: wrong }, ['notes']);
      for (const right of ['a', 'a'.repeat(20_000), `  ${'é'.repeat(20_000)}  `, '📞'.repeat(20_000)]) {
        const response = await here.log({ notes: right });
        expect(response.statusCode).toBe(201);
        expect(response.json().notes).toBe(right.trim());
      }
    });
  });

  describe('subject', () => {
    const wordings: Record<CommunicationType, string> = {
      email: 'Email with Acme Corp',
      call: 'Call with Acme Corp',
      meeting: 'Meeting with Acme Corp',
      note: 'Note on Acme Corp',
      sms: 'Text message with Acme Corp',
      letter: 'Letter to Acme Corp',
      manual: 'Communication with Acme Corp',
      other: 'Communication with Acme Corp',
    };
    it.each(COMMUNICATION_TYPES)("if left out, %s has a wording that ends with the customer's name", async (type) => {
      const { log } = await company();
      expect((await log({ communication_type: type })).json().subject).toBe(wordings[type]);
    });

    it('the generated one is cut to 500 characters, never inside one', async () => {
      const { companyId, log } = await company();
      const customer = await createCustomer(t.db, companyId, '📞'.repeat(600));
      const { subject } = (await log({ customer_id: customer })).json();
      expect(subject).toBe(`Call with ${'📞'.repeat(490)}`);
    });

    it('is at most 500 characters, trimmed; a blank one is as if left out', async () => {
      const here = await company();
      await expectRefused(here, { subject: 'a'.repeat(501) }, ['subject']);
      expect((await here.log({ subject: ` ${'📞'.repeat(500)} ` })).json().subject).toBe('📞'.repeat(500));
      expect((await here.log({ subject: ' ' })).json().subject).toBe('Call with Acme Corp');
    });
  });

  describe('timestamp', () => {
    it.each([
      ['2026-05-12T14:30:00Z', A_LOG_TIME],
      ['2026-05-12t14:30:00z', A_LOG_TIME],
      ['2026-05-12T14:30:00', A_LOG_TIME],
      ['2026-05-12T09:30:00.000-05:00', A_LOG_TIME],
      ['2026-05-12T14:30:00.123999Z', '2026-05-12T14:30:00.123Z'],
      ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
      ['9999-12-31T23:59:59.9996Z', '9999-12-31T23:59:59.999Z'],
      ['0099-03-01T00:00:00Z', '0099-03-01T00:00:00.000Z'],
    ])('%s is read back as %s', async (given, kept) => {
      const { base, caller, log } = await company();
      const created = (await log({ timestamp: given })).json();
      expect(created.timestamp).toBe(kept);
      const { data } = (await caller.get(`${base}/communications/threads`)).json();
      expect(data[0].timestamp).toBe(kept);
    });

    it.each([
      '2026-05-12',
      '2026-05-12T14:30',
      '2026-05-12T14:30:60Z',
      '2026-05-12T24:00:00Z',
      '2026-02-29T00:00:00Z',
      '0001-01-01T00:00:00+14:00',
      '9999-12-31T23:59:59-00:01',
      '0000-12-31T00:00:00Z',
      '10000-01-01T00:00:00Z',
      '-0001-01-01T00:00:00Z',
      'now',
      '',
      1_778_596_200,
    ])('%s is refused with 400', async (given) => {
      await expectRefused(await company(), { timestamp: given }, ['timestamp']);
    });

    it.each([
      ['2026-06-30T23:59:60Z', 'Second 60'],
      ['0000-12-31T00:00:00Z', 'years 1 to 9999'],
      ['2026-05-12', 'RFC 3339'],
    ])('%s is refused for what it is', async (given, said) => {
      const { log } = await company();
      expect((await log({ timestamp: given })).json().errors.timestamp).toEqual([expect.stringContaining(said)]);
    });
  });

  describe('strategy_tags', () => {
    it('are trimmed, duplicates dropped, order kept', async () => {
      const { log } = await company();
      expect((await log({ strategy_tags: [' b ', 'a', 'b', 'A', 'a '] })).json().strategy_tags).toEqual([
        'b',
        'a',
        'A',
      ]);
    });

    it('are at most 50 of 1–100 characters; else 400', async () => {
      const here = await company();
      const most = Array.from({ length: 50 }, (_, nth) => `${nth}${'📞'.repeat(98)}`);
      expect((await here.log({ strategy_tags: most })).json().strategy_tags).toEqual(most);
      await expectRefused(here, { strategy_tags: [...most, 'one more'] }, ['strategy_tags']);
      await expectRefused(here, { strategy_tags: ['ok', ' ', 'a'.repeat(101), 5] }, [
        'strategy_tags[1]',
        'strategy_tags[2]',
        'strategy_tags[3]',
      ]);
      await expectRefused(here, { strategy_tags: 'a' }, ['strategy_tags']);
    });
  });

  it('400 names every offending field at once, those of the query too', async () => {
    const { base, caller } = await company();
    const response = await caller.post(`${base}/communications/log-manual?x=%00`, {
      communication_type: 'fax',
      direction: 'up',
      subject: 5,
      contact_id: 'x',
      is_resolved: 'true',
      timestamp: 'noon',
      scheduled_action_id: 1,
    });
    expectProblem(response, 'validation_error', [
      'communication_type',
      'contact_id',
      'direction',
      'is_resolved',
      'notes',
      'scheduled_action_id',
      'subject',
      'timestamp',
      'x',
    ]);
  });

  it('403 for a viewer, and nothing is written', async () => {
    const { companyId, token } = await createTenant(t.db, { role: 'viewer' });
    const customer_id = await createCustomer(t.db, companyId);
    const url = `/api/companies/${companyId}/communications/log-manual`;
    const response = await callerWith(t.app, token).post(url, { communication_type: 'call', notes: 'x', customer_id });
    expectProblem(response, 'permission_denied');
    const rows = await t.db.query({
      text: 'SELECT 1 FROM communication_threads WHERE company_id = $1',
      values: [companyId],
    });
    expect(rows).toEqual([]);
  });
});
