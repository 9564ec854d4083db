import { AR, header, JOE, MARIA, ours, playStories, SAM, SHARED } from '../support/mail-stories.ts';

playStories({
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
});
