import { ANSWER, answers, id, ours, playStories, QUESTION, SAM } from '../support/mail-stories.ts';

/** Mails that were skipped when they arrived, and that a later mail shows to be worth keeping. */

const STRANGER = { name: 'Accountant', email: 'books@elsewhere.example' };
const reminder = { ...ours, ...id('r@harborline'), subject: 'INV-7001', body: '<p>Please pay INV-7001.</p>' };
const reply = { box: 'jane' as const, from: [STRANGER], ...answers('s@elsewhere', 'r@harborline'), body: QUESTION };
const inTrash = { ...ours, ...answers('a@harborline', 'q@alder'), body: ANSWER, folders: ['TRASH'] };
const asked = id('q@alder');
const thanks = { ...answers('t@alder', 'a@harborline'), subject: 'Re: Question', body: '<p>Thank you.</p>' };

playStories({
  'an answer of an unknown person in a mailbox of known contacts': [
    [
      'delivered before the mail that it answers',
      [reply, { ...reminder, at: 50 }],
      [{ direction: 'outbound' }, { contact_name: null, customer_name: 'Alder Foods', requires_response: true }],
      1,
    ],
    [
      'that another unknown person’s answer waits for',
      [
        { ...reply, from: [{ email: 'boss@elsewhere.example' }], ...answers('u@elsewhere', 's@elsewhere') },
        reply,
        { ...reminder, at: 50 },
      ],
      [{ direction: 'outbound' }, {}, {}],
    ],
    ['to a mail that never comes', [reply, { ...reminder, ...id('other@harborline') }], [{ direction: 'outbound' }]],
  ],
  'a mail of the company that is first seen in the trash': [
    ['was a draft', [asked, inTrash], [{ requires_response: true }]],
    [
      'was sent, as the answer that was stored before shows',
      [asked, { ...thanks, at: 300 }, { ...inTrash, at: 200 }],
      [{ requires_response: false }, { direction: 'outbound' }, { direction: 'inbound' }],
    ],
    [
      'was sent, as an answer that comes later shows',
      [asked, inTrash, thanks],
      [{ requires_response: false }, { direction: 'outbound' }, { direction: 'inbound' }],
    ],
    [
      'was sent, as servers passed it on',
      [
        asked,
        {
          ...inTrash,
          headers: [
            ...inTrash.headers,
            { name: 'Received', value: 'from a (a [10.0.0.1]) by mx.harborline.example with ESMTPSA id 1' },
          ],
        },
      ],
      [{ requires_response: false }, { direction: 'outbound' }],
    ],
    [
      'was a draft of Gmail’s API',
      [
        asked,
        {
          ...inTrash,
          headers: [
            ...inTrash.headers,
            { name: 'Received', value: 'from 1 named unknown by gmailapi.google.com with HTTPREST' },
          ],
        },
      ],
      [{ requires_response: true }],
    ],
    [
      'was a draft, and a colleague’s mail names another one',
      [asked, inTrash, { ...ours, from: [SAM], to: [SAM], ...answers('x@h', 'y@h') }],
      [{ requires_response: true }, {}],
    ],
  ],
});
