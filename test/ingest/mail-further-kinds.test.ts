import { ANSWER, AR, header, id, JANE, JOE, MARIA, ours, playStories, SAM, SHARED } from '../support/mail-stories.ts';

playStories({
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
});
