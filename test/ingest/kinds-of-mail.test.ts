import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createContact, createCustomer, createInvoice, createTenant } from '../support/factories.ts';
import { connectMailbox, expectCountsToFit, getList, mail, postNylas } from '../support/ingest.ts';

/**
 * Kinds of mail that users of such products reported in public, played through the whole ingest: what comes in, and what a
 * collector must then see. To teach it another one, add a story.
 */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const AR = { name: 'Harborline AR', email: 'ar@harborline.example' };
const JANE = { name: 'Jane', email: 'jane@harborline.example' };
const SAM = { name: 'Sam', email: 'sam@harborline.example' };
const MARIA = { name: 'Maria Alder', email: 'maria@alder.example' };
const ALDER_AP = { name: 'AP', email: 'ap@alder.example' };
const JOE = { name: 'Joe Birch', email: 'joe@birch.example' };
const SHARED = { name: 'AP', email: 'ap@sharedservices.example' };

/** A mail of a story: seconds after its beginning, the mailbox that tells of it, and what differs from a question of Maria's. */
type Told = { at?: number; box?: 'ar' | 'jane'; type?: string; announced?: number } & Record<string, unknown>;
type Row = Record<string, unknown>;
type Story = [what: string, told: Told[], rows: Row[], conversations?: number];

const id = (value: string) => ({ headers: [{ name: 'Message-ID', value: `<${value}>` }] });
const answers = (own: string, parent: string) => ({
  headers: [
    { name: 'Message-ID', value: `<${own}>` },
    { name: 'In-Reply-To', value: `<${parent}>` },
    { name: 'References', value: `<${parent}>` },
  ],
});
const header = (name: string, value: string) => ({ headers: [{ name, value }] });
const ours = { from: [AR], to: [MARIA], folders: ['SENT'] };
const REMITTANCE = '<p>We pay INV-7001 today.</p>';
const QUESTION = '<p>When must we pay INV-7001?</p>';
const ANSWER = '<p>By Friday, thank you.</p>';

async function tell(story: Told[]) {
  const tenant = await createTenant(t.db);
  const grants = {
    ar: await connectMailbox(t.db, tenant, { email: AR.email }),
    jane: await connectMailbox(t.db, tenant, { email: JANE.email, sync: 'known_contacts' }),
  };
  const customers = [
    ['Alder Foods', ['INV-7001', 'INV-7002'], [MARIA, ALDER_AP]],
    ['Birch Motors', ['INV-8001'], [JOE]],
    ['Cedar Health', ['C-9001'], [SHARED]],
    ['Dogwood Health', ['D-9101'], [SHARED]],
  ] as const;
  for (const [name, numbers, contacts] of customers) {
    const customerId = await createCustomer(t.db, tenant.companyId, name);
    for (const number of numbers) await createInvoice(t.db, tenant.companyId, customerId, number);
    for (const contact of contacts) await createContact(t.db, tenant.companyId, customerId, contact);
  }
  const start = Math.floor(Date.now() / 1000) - 86_400;
  for (const [nth, { at = nth * 100, box = 'ar', type, announced = at + 3, ...object }] of story.entries()) {
    const given = {
      from: [MARIA],
      to: [AR],
      subject: 'Question on INV-7001',
      body: QUESTION,
      folders: ['INBOX'],
      ...object,
    };
    const event = mail(
      grants[box],
      { date: start + at, ...given },
      { time: start + announced, ...(type ? { type } : {}) },
    );
    expect((await postNylas(t, event)).status).toBe(200);
  }
  await expectCountsToFit(t, tenant.companyId);
  const rows = (await getList(t, tenant, 'threads?view=message&ordering=timestamp')).data;
  return { rows, start };
}

const STORIES: Record<string, Story[]> = {
  'one mail, or two': [
    [
      'a reused junk id, other customers',
      [id('@'), { ...id('@'), from: [JOE], body: '<p>INV-8001 is wrong.</p>' }],
      [{ customer_name: 'Alder Foods' }, { customer_name: 'Birch Motors' }],
      2,
    ],
    [
      'an id of the ERP for every mail',
      [
        { ...id('1@erp'), body: REMITTANCE },
        { ...id('1@erp'), at: 5, subject: 'Remittance 2', body: '<p>We pay INV-7002 today.</p>' },
      ],
      [{}, {}],
    ],
    [
      'a move to a folder, other provider id',
      [{ ...id('m1@a') }, { ...id('m1@a'), at: 0, announced: 500, folders: ['Label_9'] }],
      [{}],
    ],
    ['two mailboxes seconds apart, no headers', [{ to: [AR, JANE] }, { to: [AR, JANE], box: 'jane', at: 4 }], [{}]],
    [
      'two mailboxes, the gateway tags one',
      [{ to: [AR, JANE] }, { to: [AR, JANE], box: 'jane', at: 2, subject: 'EXTERNAL: Question on INV-7001' }],
      [{}],
    ],
    ['two different mails in one second', [{}, { at: 0, body: '<p>Forget it, INV-7001 is paid.</p>' }], [{}, {}]],
    ['the same words of two people in one second', [{}, { at: 0, from: [ALDER_AP] }], [{}, {}]],
    [
      'a reminder sent to two customers at once',
      [
        { ...ours, body: '<p>Please pay.</p>', subject: 'Reminder' },
        { ...ours, at: 0, to: [JOE], body: '<p>Please pay.</p>', subject: 'Reminder' },
      ],
      [{ customer_name: 'Alder Foods' }, { customer_name: 'Birch Motors' }],
      2,
    ],
    [
      'the journal’s copy of a mail, with its headers',
      [{ ...id('j1@a') }, { ...id('j1@a'), box: 'jane', at: 1, to: [AR], folders: ['INBOX'] }],
      [{}],
    ],
  ],
  'what known_contacts keeps': [
    [
      'a reply from a private address',
      [
        { box: 'jane', from: [JANE], to: [MARIA], folders: ['SENT'], ...id('k1@h'), thread_id: 'p1' },
        {
          box: 'jane',
          from: [{ name: 'M', email: 'maria.private@gmail.com' }],
          to: [JANE],
          ...answers('k2@g', 'k1@h'),
          thread_id: 'p2',
        },
      ],
      [{ direction: 'outbound' }, { direction: 'inbound', customer_name: 'Alder Foods', requires_response: true }],
    ],
    [
      'a report without headers, by its words',
      [
        {
          box: 'jane',
          from: [{ name: 'Mail', email: 'system@isp.example' }],
          to: [JANE],
          subject: 'Unzustellbar: INV-7001',
          body: '<p>Ihre Nachricht an maria@alder.example konnte nicht zugestellt werden.</p>',
        },
      ],
      [{ customer_name: 'Alder Foods', requires_response: false }],
    ],
    [
      'a mail that a group address rewrote',
      [{ box: 'jane', from: [{ name: "'Maria Alder' via AR", email: AR.email }], reply_to: [MARIA], to: [AR] }],
      [{ direction: 'inbound', customer_name: 'Alder Foods' }],
    ],
    ['nothing of strangers', [{ box: 'jane', from: [{ email: 'x@stranger.example' }], to: [JANE] }], []],
  ],
  'direction and counterpart': [
    [
      'a form of our website',
      [
        {
          from: [{ name: 'Website', email: 'web@harborline.example' }],
          reply_to: [JOE],
          to: [AR],
          body: '<p>INV-8001 is wrong.</p>',
          subject: 'Contact form',
        },
      ],
      [{ direction: 'inbound', customer_name: 'Birch Motors', requires_response: true }],
    ],
    [
      'X-Original-Sender of a mailing list',
      [{ from: [AR], ...header('X-Original-Sender', 'joe@birch.example'), to: [AR], body: '<p>INV-8001?</p>' }],
      [{ direction: 'inbound', customer_name: 'Birch Motors', from: { name: '', email: 'joe@birch.example' } }],
    ],
    [
      'a colleague without a mailbox',
      [{ from: [SAM], to: [MARIA], cc: [AR] }],
      [{ direction: 'outbound', customer_name: 'Alder Foods' }],
    ],
    [
      'our own mail that asks for answers elsewhere',
      [{ ...ours, reply_to: [{ email: 'collections@agency.example' }] }],
      [{ direction: 'outbound', customer_name: 'Alder Foods' }],
    ],
    [
      'a quoted address',
      [{ from: [{ name: 'Maria', email: "'maria@alder.example'" }] }],
      [{ direction: 'inbound', customer_name: 'Alder Foods', contact_name: 'Maria Alder' }],
    ],
    [
      'an encoded name',
      [{ from: [{ name: '=?utf-8?B?TcO8bGxlcg==?=', email: MARIA.email }] }],
      [{ from: { name: 'Müller', email: MARIA.email } }],
    ],
  ],
  'several customers': [
    [
      'a shared address, an invoice',
      [{ from: [SHARED], subject: 'D-9101', body: '<p>Paid D-9101.</p>' }],
      [{ customer_name: 'Dogwood Health' }],
    ],
    [
      'a shared address, nothing else',
      [{ from: [SHARED], subject: 'Hello', body: '<p>Hello.</p>' }],
      [{ customer_name: null }],
    ],
    [
      'a shared address, a plus address of the mailbox',
      [{ from: [SHARED], to: [{ email: 'ar+cedar@harborline.example' }], subject: 'C-9001', body: '<p>C-9001</p>' }],
      [{ customer_name: 'Cedar Health' }],
    ],
    [
      'invoices stay with their customer',
      [
        { thread_id: 'v', from: [MARIA] },
        { thread_id: 'v', from: [JOE], to: [AR], subject: 'Re: Question', body: '<p>And ours?</p>' },
      ],
      [
        { customer_name: 'Alder Foods', invoices: ['INV-7001'] },
        { customer_name: 'Birch Motors', invoices: [] },
      ],
    ],
  ],
  'what answers': [
    [
      'an answer to the asker',
      [{ thread_id: 'a' }, { ...ours, thread_id: 'a', body: ANSWER }],
      [{ requires_response: false }, {}],
    ],
    [
      'an answer to another of the same customer',
      [{ thread_id: 'a' }, { ...ours, to: [ALDER_AP], thread_id: 'a', body: ANSWER }],
      [{ requires_response: false }, {}],
    ],
    [
      'a forward to a colleague',
      [{ thread_id: 'a' }, { ...ours, to: [SAM], thread_id: 'a', subject: 'WG: Question', body: ANSWER }],
      [{ requires_response: true }, {}],
    ],
    [
      'a forward to a colleague, the asker in copy of nothing',
      [{ thread_id: 'a' }, { ...ours, to: [SAM, JANE], thread_id: 'a', body: ANSWER }],
      [{ requires_response: true }, {}],
    ],
    [
      'a mail to another customer',
      [{ thread_id: 'a' }, { ...ours, to: [JOE], thread_id: 'a', body: '<p>See INV-8001.</p>' }],
      [{ requires_response: true }, {}],
    ],
    [
      'our own absence',
      [
        { thread_id: 'a' },
        { ...ours, thread_id: 'a', subject: 'Abwesenheit: Question', body: '<p>Ich bin im Urlaub.</p>' },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'our own receipt',
      [
        { thread_id: 'a' },
        {
          ...ours,
          thread_id: 'a',
          subject: 'Gelesen: Question',
          body: '<p>Ihre Nachricht An: AR wurde am Montag gelesen.</p>',
        },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'our own thumb',
      [{ thread_id: 'a' }, { ...ours, thread_id: 'a', subject: 'Re: Question', body: '<p>👍</p>' }],
      [{ requires_response: true }, {}],
    ],
    [
      'our system’s confirmation',
      [
        { thread_id: 'a' },
        {
          ...ours,
          from: [{ email: 'noreply@harborline.example' }],
          thread_id: 'a',
          subject: 'We received your mail',
          body: '<p>This is an automated message.</p>',
        },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'our acceptance of a meeting',
      [
        { thread_id: 'a' },
        {
          ...ours,
          thread_id: 'a',
          subject: 'Zugesagt: Call',
          body: '',
          attachments: [{ id: 'i', filename: 'invite.ics', content_type: 'text/calendar; method=REPLY', size: 9 }],
        },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'a mail that waits to be sent',
      [{ thread_id: 'a' }, { ...ours, folders: ['Postausgang'], thread_id: 'a', body: ANSWER }],
      [{ requires_response: true }],
    ],
    [
      'a note to ourselves',
      [{ thread_id: 'a' }, { ...ours, to: [AR], thread_id: 'a', body: ANSWER }],
      [{ requires_response: true }, {}],
    ],
    [
      'an answer that arrives first',
      [
        { ...ours, thread_id: 'a', body: ANSWER, at: 300, announced: 301 },
        { thread_id: 'a', at: 100, announced: 900 },
      ],
      [{ requires_response: false }, {}],
    ],
  ],
  'a report about a delivery': [
    [
      'says whom the mail did not reach',
      [
        {
          from: [{ name: 'Mail Delivery System', email: 'MAILER-DAEMON@mx.isp.example' }],
          subject: 'Undelivered Mail Returned to Sender',
          body: `<pre>This is the mail system at host mx.isp.example.\n${'I am sorry to have to inform you that your message could not be delivered. '.repeat(4)}\n&lt;maria@alder.example&gt;: host said: 550 5.1.1 unknown</pre>`,
        },
      ],
      [
        {
          customer_name: 'Alder Foods',
          requires_response: false,
          preview: expect.stringContaining('Not delivered to maria@alder.example'),
        },
      ],
    ],
    [
      'of Exchange in Spanish',
      [
        {
          from: [
            {
              name: 'Microsoft Outlook',
              email: 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@harborline.onmicrosoft.example',
            },
          ],
          subject: 'No se puede entregar: INV-8001',
          body: '<p>No se pudo entregar el mensaje a joe@birch.example.</p>',
        },
      ],
      [
        {
          customer_name: 'Birch Motors',
          requires_response: false,
          direction: 'inbound',
          preview: expect.stringContaining('joe@birch.example'),
        },
      ],
    ],
    [
      'of Domino',
      [
        {
          from: [{ email: 'postmaster@alder.example' }],
          subject: 'DELIVERY FAILURE: User maria (maria@alder.example) not listed in Domino Directory',
          body: '<p>Your message</p>',
        },
      ],
      [{ customer_name: 'Alder Foods', requires_response: false }],
    ],
    [
      'goods that were not delivered are a person’s matter',
      [{ subject: 'Not delivered: goods of INV-7001', body: '<p>Three boxes are missing on INV-7001.</p>' }],
      [{ customer_name: 'Alder Foods', requires_response: true }],
    ],
  ],
  'time and text': [
    ['a clock that runs ahead', [{ at: 3_000, announced: 60 }], [{ timestamp: 60 }]],
    [
      'a body that comes later',
      [
        { id: 'late', type: 'message.created.truncated', body: undefined, snippet: 'When must' },
        { id: 'late', at: 0, type: 'message.updated' },
      ],
      [{ preview: 'When must we pay INV-7001?' }],
    ],
    [
      'until then the snippet',
      [{ body: undefined, type: 'message.created.truncated', snippet: 'When must' }],
      [{ preview: 'When must' }],
    ],
    [
      'a document marked inline',
      [
        {
          subject: 'See attached',
          body: '<p>Hello</p>',
          attachments: [
            {
              id: 'p',
              filename: 'remittance.pdf',
              content_type: 'application/pdf',
              size: 9,
              is_inline: true,
              content_id: 'x',
            },
          ],
        },
      ],
      [{ has_attachments: true, is_ar_related: true }],
    ],
    [
      'a picture that the body shows',
      [
        {
          body: '<p>Hello</p><img src="cid:logo@1">',
          subject: 'Hi',
          attachments: [
            {
              id: 'p',
              filename: 'logo.png',
              content_type: 'image/png',
              size: 9,
              is_inline: true,
              content_id: '<logo@1>',
            },
          ],
        },
      ],
      [{ has_attachments: false }],
    ],
    [
      'an image that the body does not show',
      [
        {
          body: '<p>Hello</p>',
          attachments: [
            {
              id: 'p',
              filename: 'cheque.jpg',
              content_type: 'image/jpeg',
              size: 9,
              is_inline: true,
              content_id: '<c@1>',
            },
          ],
        },
      ],
      [{ has_attachments: true }],
    ],
    [
      'a packed attachment',
      [
        {
          body: '<p>Hello</p>',
          attachments: [{ id: 'w', filename: 'winmail.dat', content_type: 'application/ms-tnef', size: 900 }],
        },
      ],
      [{ has_attachments: true }],
    ],
  ],
  'more of each kind': [
    [
      'a recall of Outlook',
      [
        {
          subject: 'Recall: Question on INV-7001',
          body: '<p>Maria Alder would like to recall the message, "Question on INV-7001".</p>',
        },
      ],
      [{ requires_response: false }],
    ],
    [
      'an answer of a customer’s colleague',
      [
        { thread_id: 'z' },
        {
          thread_id: 'z',
          from: [{ email: 'boss@elsewhere.example' }],
          body: '<p>Please answer Maria on INV-7001.</p>',
          subject: 'Re[2]: Question on INV-7001',
        },
      ],
      [{}, { customer_name: 'Alder Foods', contact_name: null }],
      1,
    ],
    [
      'one mail that arrived by three ways',
      [
        { to: [AR, JANE], ...id('t1@a') },
        { box: 'jane', to: [AR, JANE], ...id('t1@a'), at: 3 },
        { to: [AR, JANE], ...id('t1@a'), at: 9, subject: '[EXT] Question on INV-7001', folders: ['Archive'] },
      ],
      [{}],
    ],
    [
      'a reminder sent again on purpose',
      [
        { ...ours, subject: 'Reminder', body: '<p>Please pay INV-7001.</p>', ...id('r1@h') },
        { ...ours, subject: 'Reminder', body: '<p>Please pay INV-7001.</p>', ...id('r2@h'), at: 60 },
      ],
      [{}, {}],
    ],
    [
      'a reminder sent again without headers, a day later',
      [
        { ...ours, subject: 'Reminder', body: '<p>Please pay INV-7001.</p>' },
        { ...ours, subject: 'Reminder', body: '<p>Please pay INV-7001.</p>', at: 80_000 },
      ],
      [{}, {}],
    ],
    [
      'an answer in copy only',
      [{ thread_id: 'a' }, { ...ours, to: [SAM], cc: [MARIA], thread_id: 'a', body: ANSWER }],
      [{ requires_response: false }, {}],
    ],
    [
      'an answer by bcc',
      [{ thread_id: 'a' }, { ...ours, to: [], bcc: [MARIA], thread_id: 'a', body: ANSWER }],
      [{ requires_response: false }, {}],
    ],
    [
      'a forward to the customer’s lawyer',
      [{ thread_id: 'a' }, { ...ours, to: [{ email: 'law@firm.example' }], thread_id: 'a', body: ANSWER }],
      [{ requires_response: false }, {}],
    ],
    [
      'our newsletter in the conversation',
      [
        { thread_id: 'a' },
        {
          ...ours,
          thread_id: 'a',
          ...header('List-Unsubscribe', '<mailto:x@harborline.example>'),
          subject: 'News',
          body: '<p>News.</p>',
        },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'our own out of office with a header',
      [
        { thread_id: 'a' },
        {
          ...ours,
          thread_id: 'a',
          ...header('X-Auto-Response-Suppress', 'All'),
          subject: 'Re: Question',
          body: '<p>Dies ist eine automatische Antwort.</p>',
        },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'a delivery delay',
      [
        {
          from: [{ email: 'MAILER-DAEMON@mx.isp.example' }],
          subject: 'Delivery Status Notification (Delay)',
          body: '<p>joe@birch.example: still trying.</p>',
        },
      ],
      [{ customer_name: 'Birch Motors', requires_response: false }],
    ],
    [
      'a report whose recipient is in the headers',
      [
        {
          from: [{ email: 'x@relay.example' }],
          subject: 'Failure',
          ...header('X-Failed-Recipients', 'joe@birch.example'),
          body: '<p>See attachment.</p>',
        },
      ],
      [{ customer_name: 'Birch Motors', preview: 'Not delivered to joe@birch.example: See attachment.' }],
    ],
    [
      'a report that names a customer’s contact and us',
      [
        {
          from: [{ email: 'postmaster@harborline.example' }],
          subject: 'Undeliverable: INV-8001',
          body: '<p>Sent by ar@harborline.example. Not delivered: joe@birch.example</p>',
        },
      ],
      [{ direction: 'inbound', customer_name: 'Birch Motors' }],
    ],
    [
      'a portal that writes for a customer',
      [{ from: [{ name: 'Maria Alder', email: 'noreply@portal.example' }], reply_to: [MARIA] }],
      [{ customer_name: 'Alder Foods', requires_response: true }],
    ],
    [
      'a payment advice of a bank',
      [
        {
          from: [{ email: 'advice@bank.example' }],
          subject: 'INV-7001',
          body: '<p>INV-7001 was paid. Please do not reply to this email.</p>',
        },
      ],
      [{ requires_response: false }],
    ],
    [
      'a reaction in Dutch',
      [{ subject: 'Re: INV-7001', body: '<p>👍 Maria heeft gereageerd via Gmail</p>' }],
      [{ requires_response: false }],
    ],
    [
      'a mail without a body',
      [{ body: '', subject: 'Invoice INV-7001' }],
      [{ requires_response: true, preview: null, customer_name: 'Alder Foods' }],
    ],
    [
      'a mail without a sender',
      [{ from: [], body: '<p>INV-7001</p>' }],
      [{ direction: 'inbound', customer_name: null }],
    ],
    [
      'a plus address of a contact',
      [{ from: [{ email: 'maria+invoices@alder.example' }] }],
      [{ customer_name: 'Alder Foods', contact_name: 'Maria Alder' }],
    ],
    [
      'an international domain in another case',
      [{ from: [{ email: 'MARIA@ALDER.EXAMPLE' }] }],
      [{ contact_name: 'Maria Alder' }],
    ],
    [
      'a colleague below our domain',
      [{ from: [{ email: 'sam@eu.harborline.example' }], to: [MARIA] }],
      [{ direction: 'outbound', customer_name: 'Alder Foods' }],
    ],
    [
      'a mail among the sent ones of a localised mailbox',
      [{ from: [{ email: 'old@brand.example' }], to: [MARIA], folders: ['Odeslaná pošta'] }],
      [{ direction: 'outbound', customer_name: 'Alder Foods' }],
    ],
    ['a draft in Slovene', [{ ...ours, folders: ['Osnutki'] }], []],
    [
      'plain text that was announced as HTML',
      [{ id: 'plain', body: 'Dear team,\n\nsee <https://alder.example/pay> for INV-7001.\n\n> old' }],
      [{ preview: 'Dear team, see <https://alder.example/pay> for INV-7001.' }],
    ],
    [
      'a shared address in its own conversation',
      [
        { thread_id: 's', from: [SHARED], subject: 'C-9001', body: '<p>C-9001 is paid.</p>' },
        { thread_id: 's', from: [SHARED], subject: 'Re: C-9001', body: '<p>Thanks.</p>' },
      ],
      [{ customer_name: 'Cedar Health' }, { customer_name: 'Cedar Health' }],
    ],
    [
      'a shared address that names invoices of both',
      [{ from: [SHARED], subject: 'C-9001 and D-9101', body: '<p>Paid.</p>' }],
      [{ customer_name: null }],
    ],
    [
      'a mail to two customers',
      [{ ...ours, to: [MARIA, JOE], subject: 'Holiday', body: '<p>We close.</p>' }],
      [{ customer_name: null }],
    ],
  ],
};

describe.each(Object.entries(STORIES))('%s', (_kind, stories) => {
  it.each(stories)('%s', async (_what, told, expected, conversations) => {
    const { rows, start } = await tell(told);
    const seen = rows.map((row) => ({
      ...row,
      invoices: (row.invoices as { number: string }[]).map(({ number }) => number),
      timestamp: Date.parse(String(row.timestamp)) / 1000 - start,
    }));
    expect(seen).toMatchObject(expected);
    if (conversations !== undefined) expect(new Set(rows.map((row) => row.thread_group_id)).size).toBe(conversations);
  });
});
