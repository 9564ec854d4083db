import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signNylas } from '../../../src/ingest/nylas/signature.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createContact, createCustomer, createInvoice, createMessage } from '../../support/factories.ts';
import {
  connectMailbox,
  createCorrespondence,
  expectCountsToFit,
  getEmail,
  getList,
  ledgerOf,
  ledgerRow,
  mail,
  NYLAS_SECRET,
  OWN_ADDRESS,
  postNylas,
} from '../../support/ingest.ts';
import { nylasDelivery } from '../../support/nylas-samples.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ nylasWebhookSecrets: [NYLAS_SECRET, 'the-next-secret'] });
});
afterAll(() => t.close());

const post = (payload: Buffer | string, headers: Record<string, string>, url = '/api/webhooks/nylas') =>
  t.app.inject({ method: 'POST', url, payload, headers });

describe('GET /api/webhooks/nylas', () => {
  it('answers 200 with the challenge exactly, as text, in one piece', async () => {
    const challenge = 'a+b <i>ü</i>/1e5 ';
    const response = await t.app.inject({ url: '/api/webhooks/nylas', query: { challenge } });
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe(challenge);
    expect(response.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(Buffer.byteLength(challenge)),
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers).not.toHaveProperty('transfer-encoding');
  });

  it('answers 400 without one', async () => {
    expect((await t.app.inject({ url: '/api/webhooks/nylas' })).statusCode).toBe(400);
  });
});

describe('POST /api/webhooks/nylas: signature', () => {
  it('takes plain and gzip bytes, under both prefixes, with either live secret', async () => {
    const { grantId } = await createCorrespondence(t.db);
    const plain = nylasDelivery(mail(grantId), NYLAS_SECRET);
    const packed = nylasDelivery(mail(grantId), 'the-next-secret', { gzip: true });
    expect((await post(plain.bytes, plain.headers)).json()).toEqual({ state: 'applied', reason: null });
    expect((await post(packed.bytes, packed.headers, '/api/v1/webhooks/nylas/')).json().state).toBe('applied');
  });

  it('answers 401 on any doubt, and the ledger knows nothing of it', async () => {
    const { grantId } = await createCorrespondence(t.db);
    const event = mail(grantId);
    const { bytes, headers } = nylasDelivery(event, NYLAS_SECRET);
    const other = Buffer.concat([bytes, Buffer.from(' ')]);
    const unsigned = { 'content-type': 'application/json' };
    const packed = gzipSync(bytes);
    const doubts = [
      post(bytes, unsigned),
      post(bytes, { ...unsigned, 'x-nylas-signature': '' }),
      post(bytes, { ...unsigned, 'x-nylas-signature': signNylas(bytes, 'wrong') }),
      post(bytes, { ...unsigned, 'x-nylas-signature': signNylas(bytes, '') }),
      post(other, headers),
      // Signed before it was packed: what counts is what travels.
      post(packed, { ...headers, 'content-encoding': 'gzip' }),
      post('', headers),
    ];
    for (const response of await Promise.all(doubts)) {
      expect(response.statusCode).toBe(401);
      expect(response.json()).toMatchObject({ code: 'invalid_signature', status: 401 });
    }
    expect(await ledgerRow(t.db, event.id)).toBeUndefined();
  });

  it('takes up to 5 MiB; more is 413', async () => {
    const { grantId } = await createCorrespondence(t.db);
    const fits = nylasDelivery(mail(grantId, { body: 'x'.repeat(5 * 1024 * 1024 - 2_000) }), NYLAS_SECRET);
    expect((await post(fits.bytes, fits.headers)).statusCode).toBe(200);
    const tooBig = nylasDelivery(mail(grantId, { body: 'x'.repeat(5 * 1024 * 1024) }), NYLAS_SECRET);
    expect((await post(tooBig.bytes, tooBig.headers)).statusCode).toBe(413);
  });

  it('answers 503 while no secret is set, but the challenge already', async () => {
    const bare = await startTestApp({ nylasWebhookSecrets: [] });
    const { bytes, headers } = nylasDelivery(mail('g'), NYLAS_SECRET);
    const refused = await bare.app.inject({ method: 'POST', url: '/api/webhooks/nylas', payload: bytes, headers });
    const challenged = await bare.app.inject({ url: '/api/webhooks/nylas?challenge=x' });
    await bare.close();
    expect([refused.statusCode, refused.json().code, challenged.statusCode]).toEqual([503, 'unavailable', 200]);
  });
});

describe('POST /api/webhooks/nylas: a mail becomes a row', () => {
  it('shows it in the emails list, whole, with customer, contact and invoice', async () => {
    const tenant = await createCorrespondence(t.db);
    const invoiceId = await createInvoice(t.db, tenant.companyId, tenant.customerId, 'INV-1001');
    await createInvoice(t.db, tenant.companyId, await createCustomer(t.db, tenant.companyId, 'Other'), 'INV-1002');
    const event = mail(tenant.grantId, {
      subject: 'Überfällig 🙂',
      body: '<p>We paid <b>INV-1001</b> and inv 1002 \u202Eabc\u0000</p><blockquote type="cite">old <script>x()</script></blockquote><img src="cid:logo">',
      from: [{ name: 'Ann', email: 'Ann.Reed+ap@ACME.example' }],
      to: [{ name: 'Accounts', email: OWN_ADDRESS }],
      cc: [{ email: 'boss@acme.example' }],
      attachments: [
        { id: 'a1', filename: 'remittance.pdf', content_type: 'application/pdf', size: 7, is_inline: false },
        { id: 'a2', filename: 'logo.png', content_type: 'image/png', size: 8, is_inline: true, content_id: 'logo' },
      ],
      date: 1_760_000_000,
    });
    expect(await postNylas(t, event)).toEqual({ status: 200, state: 'applied', reason: null });

    const list = await getList(t, tenant, 'emails');
    expect(list.count).toBe(1);
    expect(list.data[0]).toMatchObject({
      company_id: tenant.companyId,
      customer_id: tenant.customerId,
      customer_name: 'Acme Corp',
      contact_id: tenant.contactId,
      communication_type: 'email',
      source: 'nylas',
      direction: 'inbound',
      subject: 'Überfällig 🙂',
      preview: 'We paid INV-1001 and inv 1002 \u202Eabc\uFFFD',
      from: { name: 'Ann', email: 'Ann.Reed+ap@ACME.example' },
      to: [{ name: 'Accounts', email: OWN_ADDRESS }],
      cc: [{ name: '', email: 'boss@acme.example' }],
      requires_response: true,
      is_resolved: false,
      is_ar_related: true,
      invoice_ids: [invoiceId],
      message_count: 1,
      has_attachments: true,
      timestamp: '2025-10-09T08:53:20.000Z',
    });
    const [message] = (await getEmail(t, tenant, list.data[0]?.id ?? '')).messages;
    expect(message).toMatchObject({
      body: event.data.object.body.replace('\u0000', '\uFFFD'),
      body_type: 'text/html',
      attachments: [
        { filename: 'remittance.pdf', content_type: 'application/pdf', size_bytes: 7, is_inline: false },
        { filename: 'logo.png', content_type: 'image/png', size_bytes: 8, is_inline: true },
      ],
    });
    expect((await getList(t, tenant, 'threads?search=acme+remitt')).count).toBe(0);
    expect((await getList(t, tenant, 'threads?search=acme+paid')).count).toBe(1);
    const [audited] = await t.db.query<{ action: string; actor_kind: string }>({
      text: 'SELECT action, actor_kind FROM audit_events WHERE company_id = $1',
      values: [tenant.companyId],
    });
    expect(audited).toEqual({ action: 'thread.created', actor_kind: 'provider' });
    await expectCountsToFit(t, tenant.companyId);
  });

  it('keeps the ledger row of an applied event without its bytes', async () => {
    const { grantId, companyId } = await createCorrespondence(t.db);
    const event = mail(grantId);
    await postNylas(t, event);
    expect(await ledgerRow(t.db, event.id)).toMatchObject({
      provider: 'nylas',
      type: 'message.created',
      state: 'applied',
      reason: null,
      company_id: companyId,
      deliveries: 1,
      payload: null,
    });
  });

  it('changes nothing on a replay, an hour later or at the same moment', async () => {
    const tenant = await createCorrespondence(t.db);
    const event = mail(tenant.grantId);
    const states = await Promise.all(Array.from({ length: 8 }, () => postNylas(t, event)));
    expect(states.map(({ state }) => state).toSorted()).toEqual(['applied', ...Array(7).fill('duplicate')]);
    expect(await postNylas(t, { ...event, webhook_delivery_attempt: 2 })).toMatchObject({ state: 'duplicate' });
    // The same message under another event id.
    expect(await postNylas(t, { ...event, id: `${event.id}-b` })).toMatchObject({ reason: 'same_message' });
    expect((await getList(t, tenant, 'threads?view=message')).count).toBe(1);
    expect(await ledgerRow(t.db, event.id)).toMatchObject({ state: 'applied', deliveries: 9 });
    await expectCountsToFit(t, tenant.companyId);
  });

  it('counts what it leaves out, with the reason', async () => {
    const { grantId } = await createCorrespondence(t.db);
    const before = await ledgerOf(t.db);
    const draft = mail(grantId, { folders: ['DRAFT'] });
    const answers = [
      await postNylas(t, mail('no-such-grant')),
      await postNylas(t, mail(grantId, { date: 1_600_000_000 }, { type: 'message.updated', time: 1_700_000_000 })),
      await postNylas(t, JSON.parse(readFileSync('demo/webhooks/nylas-5-grant-expired.json', 'utf8'))),
      await postNylas(t, draft),
    ];
    expect(answers.map(({ status, state, reason }) => [status, state, reason])).toEqual([
      [200, 'skipped', 'unknown_grant'],
      [200, 'skipped', 'event_type'],
      [200, 'skipped', 'event_type'],
      [200, 'skipped', 'draft'],
    ]);
    const after = await ledgerOf(t.db);
    const grown = (line: string) => (after[line] ?? 0) - (before[line] ?? 0);
    expect(grown('nylas skipped event_type')).toBe(2);
    expect(grown('nylas skipped unknown_grant')).toBe(1);
    expect(await ledgerRow(t.db, draft.id)).toMatchObject({ payload: null, thread_id: null });
  });

  it('keeps what it cannot read, with the reason', async () => {
    const unreadable = await postNylas(t, 'not JSON at all');
    expect(unreadable).toMatchObject({ status: 200, state: 'failed', reason: 'is not JSON' });
    const [row] = await t.db.query<{ payload: Buffer }>({
      text: `SELECT payload FROM webhook_events WHERE reason = 'is not JSON'`,
    });
    expect(row?.payload.toString()).toBe('not JSON at all');
  });

  it('stores a truncated message without its body and says so, until somebody brings the body', async () => {
    const tenant = await createCorrespondence(t.db);
    const { body: _, ...object } = mail(tenant.grantId, { snippet: 'Please find the scans of the invoice' }).data
      .object;
    const event = mail(tenant.grantId, { ...object, body: undefined }, { type: 'message.created.truncated' });
    expect(await postNylas(t, event)).toMatchObject({ state: 'applied' });
    const row = () =>
      t.db.query({
        text: 'SELECT body, body_type, preview, is_truncated FROM communication_threads WHERE company_id = $1',
        values: [tenant.companyId],
      });
    const preview = 'Please find the scans of the invoice';
    expect(await row()).toEqual([{ body: null, body_type: null, preview, is_truncated: true }]);
    const whole = mail(tenant.grantId, { ...object, body: '<p>The scans.</p>' });
    expect(await postNylas(t, whole)).toMatchObject({ state: 'applied', reason: 'same_message' });
    const body = '<p>The scans.</p>';
    expect(await row()).toEqual([{ body, body_type: 'text/html', preview: 'The scans.', is_truncated: false }]);
    await expectCountsToFit(t, tenant.companyId);
  });

  it('reads the type as a prefix and a set', async () => {
    const { grantId } = await createCorrespondence(t.db);
    const cleaned = mail(grantId, { body: 'Paid.' }, { type: 'message.created.transformed.cleaned' });
    expect(await postNylas(t, cleaned)).toMatchObject({ state: 'applied' });
  });

  it('survives ids and fields of any size and sort', async () => {
    const tenant = await createCorrespondence(t.db);
    const odd = [
      mail(tenant.grantId, { subject: null, from: null, to: 'x', date: 'soon', body: null, attachments: 7 }),
      mail(tenant.grantId, { subject: 's'.repeat(300_000), to: Array(3_000).fill({ email: 'a@b.example' }) }),
      mail(tenant.grantId, { body: '\uD800 \u0000 <div'.repeat(1000) }, { id: 'e'.repeat(5_000) }),
      mail(tenant.grantId, { thread_id: 't'.repeat(9_000) }),
      mail(tenant.grantId, { date: -5, thread_id: null, folders: [{ name: 'INBOX' }] }),
    ];
    for (const event of odd) expect(await postNylas(t, event)).toMatchObject({ status: 200, state: 'applied' });
    expect((await getList(t, tenant, 'emails')).count).toBe(odd.length);
  });
});

describe('POST /api/webhooks/nylas: who speaks', () => {
  it('takes the mailbox’s own address or its folder of sent mail for outbound', async () => {
    const tenant = await createCorrespondence(t.db);
    const to = [{ email: 'ann.reed@acme.example' }];
    await postNylas(t, mail(tenant.grantId, { from: [{ email: 'AR+x@northwind.example' }], to }));
    await postNylas(t, mail(tenant.grantId, { from: [{ email: 'alias@northwind.example' }], to, folders: ['SENT'] }));
    await postNylas(t, mail(tenant.grantId));
    const directions = (await getList(t, tenant, 'emails')).data.map(({ direction }) => direction);
    expect(directions).toEqual(['inbound', 'outbound', 'outbound']);
    expect((await getList(t, tenant, `emails?contact_id=${tenant.contactId}`)).count).toBe(3);
  });

  it('finds the contact among several recipients and the customer of an unknown colleague by the conversation', async () => {
    const tenant = await createCorrespondence(t.db);
    const from = [{ email: OWN_ADDRESS }];
    const several = [{ email: 'nobody@else.example' }, { email: 'Ann.Reed@acme.example' }];
    await postNylas(t, mail(tenant.grantId, { from, to: several, thread_id: 'k' }));
    await postNylas(t, mail(tenant.grantId, { from: [{ email: 'colleague@acme.example' }], thread_id: 'k' }));
    await postNylas(t, mail(tenant.grantId, { from: [{ email: 'stranger@acme.example' }] }));
    const rows = (await getList(t, tenant, 'threads?view=message')).data;
    expect(rows.map(({ customer_id, contact_id }) => [customer_id, contact_id])).toEqual([
      [null, null],
      [tenant.customerId, null],
      [tenant.customerId, tenant.contactId],
    ]);
  });
});

describe('POST /api/webhooks/nylas: a private mailbox', () => {
  it('keeps mail with a contact or of a known conversation; of the rest nothing but a count', async () => {
    const tenant = await createCorrespondence(t.db);
    const email = 'priya@northwind.example';
    const grantId = await connectMailbox(t.db, tenant, { email, sync: 'known_contacts' });
    const doctor = mail(grantId, {
      subject: 'Your blood test',
      from: [{ name: 'Dr Secret', email: 'doctor@clinic.example' }],
      to: [{ email }],
      reply_to: [{ email: 'ann.reed@acme.example' }],
      body: '<p>Everything is well.</p>',
    });
    expect(await postNylas(t, doctor)).toMatchObject({ status: 200, state: 'skipped', reason: 'no_known_contact' });
    const row = await ledgerRow(t.db, doctor.id);
    expect(row).toMatchObject({ state: 'skipped', company_id: tenant.companyId, payload: null, thread_id: null });
    expect(JSON.stringify(row)).not.toMatch(/blood|Secret|clinic|well/);
    expect(await postNylas(t, doctor)).toMatchObject({ state: 'duplicate' });

    const withContact = mail(grantId, { to: [{ email }, { email: 'ANN.reed+x@acme.example' }], thread_id: 'c1' });
    expect(await postNylas(t, withContact)).toMatchObject({ state: 'applied' });
    const inConversation = mail(grantId, { from: [{ email: 'ceo@acme.example' }], to: [{ email }], thread_id: 'c1' });
    expect(await postNylas(t, inConversation)).toMatchObject({ state: 'applied' });
    expect((await getList(t, tenant, 'threads?view=message')).count).toBe(2);
  });
});

describe('POST /api/webhooks/nylas: invoices, AR and what awaits an answer', () => {
  it('lets a reply inherit the links of its conversation, in whatever order both arrive', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const tenant = await createCorrespondence(t.db);
      const invoiceId = await createInvoice(t.db, tenant.companyId, tenant.customerId, 'INV-77');
      const { grantId } = tenant;
      const reminder = mail(grantId, {
        from: [{ email: OWN_ADDRESS }],
        to: [{ email: 'ann.reed@acme.example' }],
        subject: 'Invoice INV-77',
        thread_id: 'k',
      });
      const reply = mail(grantId, { subject: '', body: '<p>Will do, thanks.</p>', thread_id: 'k' });
      for (const nth of order) await postNylas(t, [reminder, reply][nth]);
      const [latest] = (await getList(t, tenant, 'emails')).data;
      expect(latest).toMatchObject({
        direction: 'inbound',
        invoice_ids: [invoiceId],
        is_ar_related: true,
        requires_response: true,
        message_count: 2,
      });
      await expectCountsToFit(t, tenant.companyId);
    }
  });

  it('clears requires_response when an outbound message joins after it, in whatever order both arrive', async () => {
    for (const order of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const tenant = await createCorrespondence(t.db);
      const { grantId } = tenant;
      const mails = [
        mail(grantId, { subject: 'Your invoice is wrong', thread_id: 'k' }),
        mail(grantId, { from: [{ email: OWN_ADDRESS }], to: [{ email: 'ann.reed@acme.example' }], thread_id: 'k' }),
        mail(grantId, { subject: 'The invoice again', thread_id: 'k' }),
      ];
      for (const nth of order) await postNylas(t, mails[nth]);
      const rows = (await getList(t, tenant, 'threads?view=message')).data;
      expect(rows.map(({ requires_response }) => requires_response)).toEqual([true, false, false]);
      expect((await getList(t, tenant, 'threads?requires_response=true')).count).toBe(1);
      await expectCountsToFit(t, tenant.companyId);
    }
  });

  it('leaves marked what a person marked again after an answer, until the next one', async () => {
    const tenant = await createCorrespondence(t.db);
    const from = [{ email: OWN_ADDRESS }];
    const to = [{ email: 'ann.reed@acme.example' }];
    await postNylas(t, mail(tenant.grantId, { subject: 'Your invoice is wrong', thread_id: 'k' }));
    await postNylas(t, mail(tenant.grantId, { from, to, thread_id: 'k' }));
    const [answer, question] = (await getList(t, tenant, 'threads?view=message')).data;
    const marked = await t.app.inject({
      method: 'PATCH',
      url: `/api/companies/${tenant.companyId}/communications/threads/${question?.id}`,
      headers: { authorization: `Token ${tenant.token}` },
      payload: { requires_response: true },
    });
    expect(marked.statusCode).toBe(200);
    await postNylas(t, mail(tenant.grantId, { subject: 'Fine', body: '', thread_id: 'k' }));
    const waiting = async () => (await getList(t, tenant, 'threads?view=message&requires_response=true')).data;
    expect((await waiting()).map(({ id }) => id)).toEqual([answer?.id, question?.id]);
    await postNylas(t, mail(tenant.grantId, { from, to, thread_id: 'k' }));
    expect(await waiting()).toEqual([]);
    await expectCountsToFit(t, tenant.companyId);
  });

  it('expects no answer to programs, and takes no automatic reply for AR mail', async () => {
    const tenant = await createCorrespondence(t.db);
    await createInvoice(t.db, tenant.companyId, tenant.customerId, 'INV-9');
    const away = { subject: 'Automatic reply: Invoice INV-9', body: '<p>Back on Monday.</p>' };
    await postNylas(t, mail(tenant.grantId, away));
    await postNylas(t, mail(tenant.grantId, { body: '<p>See you at the fair.</p>', subject: 'The fair' }));
    await postNylas(t, mail(tenant.grantId, { body: '', subject: '' }));
    const rows = (await getList(t, tenant, 'emails')).data;
    expect(rows.map(({ is_ar_related, requires_response }) => [is_ar_related, requires_response])).toEqual([
      [null, false],
      [false, false],
      [false, false],
    ]);
  });
});

describe('POST /api/webhooks/nylas: conversations', () => {
  it('knows a mail that two mailboxes saw, by its Message-ID or by sender, time, subject and recipients', async () => {
    const tenant = await createCorrespondence(t.db);
    const second = await connectMailbox(t.db, tenant, { email: 'sam@northwind.example' });
    const to = [{ email: OWN_ADDRESS }, { email: 'sam@northwind.example' }];
    const headers = [{ name: 'Message-ID', value: '<one@acme.example>' }];
    const first = mail(tenant.grantId, { to, headers, thread_id: 'a' });
    const { object } = first.data;
    await postNylas(t, first);
    const copy = mail(second, { ...object, grant_id: second, id: 'other-id', thread_id: 'b', date: object.date + 3 });
    expect(await postNylas(t, copy)).toMatchObject({ state: 'duplicate', reason: 'same_mail' });

    const bare = mail(tenant.grantId, { to, thread_id: 'c' });
    await postNylas(t, bare);
    const bareCopy = mail(second, { ...bare.data.object, grant_id: second, id: 'bare-2', thread_id: 'd' });
    expect(await postNylas(t, bareCopy)).toMatchObject({ reason: 'same_mail' });
    const later = mail(second, { ...bare.data.object, grant_id: second, id: 'bare-3', date: 1_770_000_000 });
    expect(await postNylas(t, later)).toMatchObject({ state: 'applied' });

    // The conversations of both mailboxes are one: a reply that only the second one got joins it.
    await postNylas(t, mail(second, { thread_id: 'b', to: [{ email: 'sam@northwind.example' }] }));
    const counts = (await getList(t, tenant, 'emails')).data.map(({ message_count }) => message_count);
    expect(counts.toSorted()).toEqual([1, 1, 2]);
    await expectCountsToFit(t, tenant.companyId);
  });

  it('makes one conversation of two when a late mail shows that they are one', async () => {
    const tenant = await createCorrespondence(t.db);
    const second = await connectMailbox(t.db, tenant, { email: 'sam@northwind.example' });
    await postNylas(t, mail(tenant.grantId, { thread_id: 'a' }));
    await postNylas(t, mail(second, { thread_id: 'b' }));
    expect((await getList(t, tenant, 'emails')).count).toBe(2);
    const headers = [{ name: 'Message-ID', value: '<link@acme.example>' }];
    const shared = mail(tenant.grantId, { thread_id: 'a', headers, date: 1_750_000_000 });
    await postNylas(t, shared);
    await postNylas(t, mail(second, { ...shared.data.object, grant_id: second, id: 'copy', thread_id: 'b' }));
    const list = await getList(t, tenant, 'emails');
    expect(list).toMatchObject({ count: 1, data: [{ message_count: 3 }] });
    await expectCountsToFit(t, tenant.companyId);
  });

  it('joins mails of two mailboxes by what they answer, whichever comes first', async () => {
    const question = { headers: [{ name: 'Message-ID', value: '<q@northwind.example>' }] };
    const answer = { headers: [{ name: 'In-Reply-To', value: '<q@northwind.example>' }] };
    for (const answerFirst of [false, true]) {
      const tenant = await createCorrespondence(t.db);
      const second = await connectMailbox(t.db, tenant, { email: 'sam@northwind.example' });
      const mails = [mail(tenant.grantId, question), mail(second, answer)];
      for (const event of answerFirst ? mails.toReversed() : mails) await postNylas(t, event);
      expect((await getList(t, tenant, 'emails')).count).toBe(1);
    }
  });

  it('leaves two conversations of one mailbox apart although one answers the other', async () => {
    const tenant = await createCorrespondence(t.db);
    await postNylas(t, mail(tenant.grantId, { headers: [{ name: 'Message-ID', value: '<q@x.example>' }] }));
    await postNylas(t, mail(tenant.grantId, { headers: [{ name: 'References', value: '<q@x.example>' }] }));
    expect((await getList(t, tenant, 'emails')).count).toBe(2);
  });

  it('finds the conversations that an import brought', async () => {
    const tenant = await createCorrespondence(t.db);
    const imported = await createMessage(t.db, t.ring, tenant.companyId, {
      timestamp: '2026-01-02T03:04:05.000Z',
      provider: { grantId: tenant.grantId, messageId: 'm', threadId: 'old', rfcMessageId: '<old@acme.example>' },
    });
    expect(await postNylas(t, mail(tenant.grantId, { id: 'm', thread_id: 'old' }))).toMatchObject({
      reason: 'same_message',
    });
    await postNylas(t, mail(tenant.grantId, { thread_id: 'old', date: 1_770_000_000 }));
    const [row] = (await getList(t, tenant, 'emails')).data;
    expect(row).toMatchObject({ thread_group_id: imported.threadGroupId, message_count: 2 });
  });

  it('keeps companies apart', async () => {
    const one = await createCorrespondence(t.db);
    const other = await createCorrespondence(t.db);
    const headers = [{ name: 'Message-ID', value: '<both@acme.example>' }];
    await postNylas(t, mail(one.grantId, { headers, id: 'same', thread_id: 'same' }));
    await postNylas(t, mail(other.grantId, { headers, id: 'same', thread_id: 'same' }));
    expect((await getList(t, one, 'emails')).count).toBe(1);
    expect((await getList(t, other, 'emails')).count).toBe(1);
    const [mine] = (await getList(t, one, 'emails')).data;
    expect(mine).toMatchObject({ contact_id: one.contactId, company_id: one.companyId });
  });

  it('prefers the conversation’s customer where an address belongs to contacts of two', async () => {
    const tenant = await createCorrespondence(t.db);
    const other = await createCustomer(t.db, tenant.companyId, 'Branch');
    await createContact(t.db, tenant.companyId, other, { name: 'Bea', email: 'bea@branch.example' });
    await createContact(t.db, tenant.companyId, other, { name: 'Ann too', email: 'ann.reed@acme.example' });
    await postNylas(t, mail(tenant.grantId, { from: [{ email: 'bea@branch.example' }], thread_id: 'k' }));
    await postNylas(t, mail(tenant.grantId, { thread_id: 'k' }));
    expect((await getList(t, tenant, 'emails')).data[0]).toMatchObject({ customer_id: other, contact_name: 'Ann too' });
  });
});
