import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import {
  ACTION_STATUSES,
  COMMUNICATION_TYPES,
  type CommunicationType,
  TOUCHPOINT_STATUSES,
} from '../../../src/domain/vocabulary.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createTenant,
  createTouchpoint,
} from '../../support/factories.ts';
import { run } from '../../support/global-setup.ts';
import { anId, aTime, callerWith, expectProblem } from '../../support/http.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

/** A company with a customer, and `log` to record something for it. */
async function company() {
  const tenant = await createTenant(t.db);
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}`;
  const customerId = await createCustomer(t.db, tenant.companyId, 'Acme Corp');
  const post = (body: object) => caller.post(`${base}/communications/log-manual`, body);
  return {
    ...tenant,
    caller,
    base,
    customerId,
    post,
    /** Records a call; the fields given replace its own. */
    log: (fields: object = {}) =>
      post({ communication_type: 'call', notes: 'Spoke.', customer_id: customerId, ...fields }),
    rows: async (table: string) => {
      const [row] = await t.db.query<{ count: number }>({
        text: `SELECT count(*) AS count FROM ${table} WHERE company_id = $1`,
        values: [tenant.companyId],
      });
      return row?.count;
    },
  };
}

type Company = Awaited<ReturnType<typeof company>>;

/** Refused, with every offending field named and nothing written anywhere. */
async function expectRefused({ rows, log }: Company, body: object, fields: string[]): Promise<void> {
  const before = await countEverything(rows);
  expectProblem(await log(body), 'validation_error', fields);
  expect(await countEverything(rows)).toEqual(before);
}

async function countEverything(rows: Company['rows']) {
  const tables = [
    'communication_threads',
    'communication_thread_invoices',
    'thread_count_deltas',
    'audit_events',
    'idempotency_keys',
  ];
  return Promise.all(tables.map(rows));
}

const A_LOG_TIME = '2026-05-12T14:30:00.000Z';

describe('POST log-manual: everything that is wrong is named at once', () => {
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

  it('only to who may write', async () => {
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

  it('null for an optional field means not given', async () => {
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
    it('are required, 1–20,000 characters after trimming', async () => {
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

  describe('customer_id', () => {
    it('may be left out when contact, invoices or a scheduled id says which one', async () => {
      const { companyId, customerId, post } = await company();
      for (const reference of [
        { contact_id: await createContact(t.db, companyId, customerId) },
        { invoice_ids: [await createInvoice(t.db, companyId, customerId)] },
        { scheduled_action_id: await createAction(t.db, companyId, customerId) },
        { scheduled_touchpoint_id: await createTouchpoint(t.db, companyId, customerId) },
      ]) {
        const response = await post({ communication_type: 'note', notes: 'x', ...reference });
        expect(response.statusCode, response.body).toBe(201);
        expect(response.json().customer_id).toBe(customerId);
      }
    });

    it('is required when nothing else says it', async () => {
      const here = await company();
      await expectRefused(here, { customer_id: undefined }, ['customer_id']);
      await expectRefused(here, { customer_id: undefined, invoice_ids: [] }, ['customer_id']);
      await expectRefused(here, { customer_id: newId() }, ['customer_id']);
      await expectRefused(here, { customer_id: `urn:uuid:${here.customerId}` }, ['customer_id']);
    });

    it('all references must agree with it, and with one another', async () => {
      const here = await company();
      const { companyId } = here;
      const other = await createCustomer(t.db, companyId, 'Globex');
      const contact = await createContact(t.db, companyId, other);
      const invoice = await createInvoice(t.db, companyId, other);
      const own = await createInvoice(t.db, companyId, here.customerId);
      const action = await createAction(t.db, companyId, other);
      const touchpoint = await createTouchpoint(t.db, companyId, other);
      await expectRefused(
        here,
        {
          contact_id: contact,
          invoice_ids: [own, invoice, newId()],
          scheduled_action_id: action,
          scheduled_touchpoint_id: touchpoint,
        },
        ['contact_id', 'invoice_ids[1]', 'invoice_ids[2]', 'scheduled_action_id', 'scheduled_touchpoint_id'],
      );
      await expectRefused(here, { customer_id: undefined, contact_id: contact, invoice_ids: [own] }, [
        'invoice_ids[0]',
      ]);
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

  describe('invoice_ids', () => {
    it('are at most 200, duplicates dropped, compared without case, order kept', async () => {
      const { companyId, customerId, log } = await company();
      const [one, two] = [
        await createInvoice(t.db, companyId, customerId),
        await createInvoice(t.db, companyId, customerId),
      ];
      const created = (await log({ invoice_ids: [two, one, two.toUpperCase(), one] })).json();
      expect(created.invoice_ids).toEqual([two, one]);
      const links = await t.db.query<{ invoice_id: string }>({
        text: 'SELECT invoice_id FROM communication_thread_invoices WHERE company_id = $1 ORDER BY position',
        values: [companyId],
      });
      expect(links.map((link) => link.invoice_id)).toEqual([two, one]);
    });

    it('200 are taken, 201 refused once, not entry by entry', async () => {
      const here = await company();
      const ids = [];
      for (let nth = 0; nth < 200; nth += 1) ids.push(await createInvoice(t.db, here.companyId, here.customerId));
      expect((await here.log({ invoice_ids: ids })).json().invoice_ids).toEqual(ids);
      await expectRefused(here, { invoice_ids: Array(201).fill('x') }, ['invoice_ids']);
    });

    it('every malformed entry is named by its place', async () => {
      const here = await company();
      const invoiceId = await createInvoice(t.db, here.companyId, here.customerId);
      await expectRefused(here, { invoice_ids: [invoiceId, 'x', 5, null] }, [
        'invoice_ids[1]',
        'invoice_ids[2]',
        'invoice_ids[3]',
      ]);
      for (const wrong of ['x', {}, 5, newId()]) await expectRefused(here, { invoice_ids: wrong }, ['invoice_ids']);
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
    ])('%s is refused', async (given) => {
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

    it('are at most 50 of 1–100 characters', async () => {
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

  describe('scheduled_action_id and scheduled_touchpoint_id', () => {
    const open = ACTION_STATUSES.filter((status) => status !== 'completed' && status !== 'cancelled');
    it.each(open)(
      'an action that is %s becomes completed at the timestamp of the log, with a link to it',
      async (status) => {
        const { companyId, customerId, log } = await company();
        const id = await createAction(t.db, companyId, customerId, status);
        const created = (await log({ scheduled_action_id: id, timestamp: A_LOG_TIME })).json();
        expect(created.scheduled_action).toEqual({ id, status: 'completed', executed_at: A_LOG_TIME });
        const [action] = await t.db.query({
          text: 'SELECT status, executed_at, completed_by_thread_id FROM scheduled_actions WHERE company_id = $1 AND id = $2',
          values: [companyId, id],
        });
        expect(action).toEqual({ status: 'completed', executed_at: A_LOG_TIME, completed_by_thread_id: created.id });
      },
    );

    const ready = TOUCHPOINT_STATUSES.filter((status) => status !== 'completed' && status !== 'cancelled');
    it.each(ready)(
      'a touchpoint that is %s becomes completed at the timestamp of the log, with a link to it',
      async (status) => {
        const { companyId, customerId, log } = await company();
        const id = await createTouchpoint(t.db, companyId, customerId, status);
        const created = (await log({ scheduled_touchpoint_id: id, timestamp: A_LOG_TIME })).json();
        expect(created.scheduled_touchpoint).toEqual({ id, status: 'completed', completed_at: A_LOG_TIME });
        const [touchpoint] = await t.db.query({
          text: 'SELECT status, completed_at, completed_by_thread_id FROM scheduled_touchpoints WHERE company_id = $1 AND id = $2',
          values: [companyId, id],
        });
        expect(touchpoint).toEqual({
          status: 'completed',
          completed_at: A_LOG_TIME,
          completed_by_thread_id: created.id,
        });
      },
    );

    it('both may be given', async () => {
      const { companyId, customerId, log } = await company();
      const action = await createAction(t.db, companyId, customerId);
      const touchpoint = await createTouchpoint(t.db, companyId, customerId);
      const created = (
        await log({ scheduled_action_id: action.toUpperCase(), scheduled_touchpoint_id: touchpoint })
      ).json();
      expect(created.scheduled_action).toMatchObject({ id: action, status: 'completed' });
      expect(created.scheduled_touchpoint).toMatchObject({ id: touchpoint, status: 'completed' });
    });

    it('already completed: the log is kept and the first completion stands', async () => {
      const { companyId, customerId, log } = await company();
      const action = await createAction(t.db, companyId, customerId, 'completed');
      const touchpoint = await createTouchpoint(t.db, companyId, customerId);
      const first = (await log({ scheduled_touchpoint_id: touchpoint, timestamp: A_LOG_TIME })).json();
      const response = await log({ scheduled_action_id: action, scheduled_touchpoint_id: touchpoint });
      expect(response.statusCode).toBe(201);
      expect(response.json()).toMatchObject({
        scheduled_action: { id: action, status: 'completed', executed_at: '2026-01-02T03:04:05.678Z' },
        scheduled_touchpoint: { id: touchpoint, status: 'completed', completed_at: A_LOG_TIME },
      });
      const [row] = await t.db.query({
        text: 'SELECT completed_by_thread_id AS by, completed_at AS at FROM scheduled_touchpoints WHERE company_id = $1',
        values: [companyId],
      });
      expect(row).toEqual({ by: first.id, at: A_LOG_TIME });
    });

    it('cancelled: 400, and nothing is written, not even the other completion', async () => {
      const here = await company();
      const action = await createAction(t.db, here.companyId, here.customerId, 'cancelled');
      const touchpoint = await createTouchpoint(t.db, here.companyId, here.customerId, 'pending');
      await expectRefused(here, { scheduled_action_id: action, scheduled_touchpoint_id: touchpoint }, [
        'scheduled_action_id',
      ]);
      const [row] = await t.db.query({
        text: 'SELECT status, completed_at FROM scheduled_touchpoints WHERE company_id = $1',
        values: [here.companyId],
      });
      expect(row).toEqual({ status: 'pending', completed_at: null });
      const gone = await createTouchpoint(t.db, here.companyId, here.customerId, 'cancelled');
      await expectRefused(here, { scheduled_action_id: action, scheduled_touchpoint_id: gone }, [
        'scheduled_action_id',
        'scheduled_touchpoint_id',
      ]);
    });

    it('many at once for one action: every log is kept, one of them completed it', async () => {
      const { companyId, customerId, log, rows } = await company();
      const action = await createAction(t.db, companyId, customerId);
      const responses = await Promise.all(
        Array.from({ length: 6 }, (_, nth) =>
          log({ scheduled_action_id: action, timestamp: `2026-05-12T14:30:0${nth}Z` }),
        ),
      );
      // A busy machine may shed one of them; then nothing of it is written.
      const kept = responses.filter((response) => response.statusCode !== 503);
      expect(new Set(kept.map((response) => response.statusCode))).toEqual(new Set([201]));
      expect(await rows('communication_threads')).toBe(kept.length);
      const [row] = await t.db.query<{ executed_at: string; by: string }>({
        text: 'SELECT executed_at, completed_by_thread_id AS by FROM scheduled_actions WHERE company_id = $1',
        values: [companyId],
      });
      const winner = kept.map((response) => response.json()).find(({ id }) => id === row?.by);
      expect(winner?.timestamp).toBe(row?.executed_at);
      for (const response of kept) expect(response.json().scheduled_action.executed_at).toBe(row?.executed_at);
    });

    it('all or nothing: when the last statement fails, nothing of it stays', async () => {
      const here = await company();
      const { companyId, customerId, log, rows } = here;
      const action = await createAction(t.db, companyId, customerId);
      const before = await countEverything(rows);
      await run(t.database.superuserUrl, [
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
        'CREATE TRIGGER refuse BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION refuse()',
      ]);
      try {
        expectProblem(await log({ scheduled_action_id: action }), 'internal_error');
      } finally {
        await run(t.database.superuserUrl, ['DROP TRIGGER refuse ON audit_events', 'DROP FUNCTION refuse']);
      }
      expect(await countEverything(rows)).toEqual(before);
      expect((await log({ scheduled_action_id: action })).statusCode).toBe(201);
    });
  });

  it('names every offending field at once, those of the query too', async () => {
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
