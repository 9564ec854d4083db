import {
  ALDER_AP,
  ANSWER,
  AR,
  answers,
  header,
  id,
  JANE,
  JOE,
  MARIA,
  ours,
  playStories,
  SAM,
  SHARED,
} from '../support/mail-stories.ts';

/** Whom a mail of ours must reach to answer a customer's question. */

const LAWYER = { email: 'law@firm.example' };
const BOSS = { email: 'boss@alder.example' };
const GMAIL = { email: 'maria.alder@gmail.com' };
const OTHER_GMAIL = { email: 'haulage@gmail.com' };
const asked = { thread_id: 'a' };
const sent = { ...ours, thread_id: 'a', body: ANSWER };
const OPEN = [{ requires_response: true }, {}];
const ANSWERED = [{ requires_response: false }, {}];

playStories({
  'who is answered': [
    ['nobody, by a mail to our lawyer', [asked, { ...sent, to: [LAWYER] }], OPEN],
    ['nobody, by a mail to a carrier at a public provider', [asked, { ...sent, to: [OTHER_GMAIL] }], OPEN],
    ['nobody, by a mail to our lawyer with a colleague in copy', [asked, { ...sent, to: [LAWYER], cc: [SAM] }], OPEN],
    ['nobody, by a blind copy to our lawyer', [asked, { ...sent, to: [AR], bcc: [LAWYER] }], OPEN],
    ['nobody, by a mail to another customer and our lawyer', [asked, { ...sent, to: [JOE], cc: [LAWYER] }], OPEN],
    [
      'nobody, by a mail to another customer whom the question had in copy',
      [
        { ...asked, cc: [JOE] },
        { ...sent, to: [JOE] },
      ],
      OPEN,
    ],
    ['nobody, by a mail to a shared address of other customers', [asked, { ...sent, to: [SHARED] }], OPEN],
    [
      'nobody, by a mail to a colleague who has no mailbox and had a copy',
      [
        { ...asked, cc: [SAM] },
        { ...sent, to: [SAM, LAWYER] },
      ],
      OPEN,
    ],
    ['the asker, with our lawyer in copy', [asked, { ...sent, cc: [LAWYER] }], ANSWERED],
    ['the asker, below our lawyer', [asked, { ...sent, to: [LAWYER], cc: [MARIA] }], ANSWERED],
    ['the asker, in other letters', [asked, { ...sent, to: [{ email: 'Maria@ALDER.example' }] }], ANSWERED],
    ['the asker, by a plus address', [asked, { ...sent, to: [{ email: 'maria+ap@alder.example' }] }], ANSWERED],
    [
      'the asker’s address for replies',
      [
        { ...asked, reply_to: [{ email: 'desk@tool.example' }] },
        { ...sent, to: [{ email: 'desk@tool.example' }] },
      ],
      ANSWERED,
    ],
    ['a contact of the same customer', [asked, { ...sent, to: [ALDER_AP] }], ANSWERED],
    ['an unknown person at the asker’s domain', [asked, { ...sent, to: [BOSS] }], ANSWERED],
    [
      'an unknown person at the domain of the customer’s contacts',
      [{ thread_id: 'a' }, { ...asked, from: [GMAIL], body: '<p>Is INV-7002 paid?</p>' }, { ...sent, to: [BOSS] }],
      [{ requires_response: false }, { requires_response: false }, {}],
    ],
    [
      'an unknown person whom the question had in copy',
      [
        { ...asked, cc: [{ email: 'books@accountant.example' }] },
        { ...sent, to: [{ email: 'books@accountant.example' }] },
      ],
      ANSWERED,
    ],
    [
      'an asker without a customer',
      [
        { ...asked, from: [GMAIL], body: '<p>When is the invoice due?</p>' },
        { ...sent, to: [GMAIL] },
      ],
      ANSWERED,
    ],
    [
      'an asker at Gmail, by another spelling of the address',
      [
        { ...asked, from: [GMAIL], body: '<p>When is the invoice due?</p>' },
        { ...sent, to: [{ email: 'MariaAlder+ap@googlemail.com' }] },
      ],
      ANSWERED,
    ],
    [
      'not an asker without a customer, by a mail to another at the same public provider',
      [
        { ...asked, from: [GMAIL], body: '<p>When is the invoice due?</p>' },
        { ...sent, to: [OTHER_GMAIL] },
      ],
      OPEN,
    ],
    [
      'the asker, after our lawyer answered us',
      [
        asked,
        { ...sent, to: [LAWYER] },
        { ...asked, from: [LAWYER], body: '<p>Do not answer INV-7001.</p>' },
        { ...sent, to: [LAWYER], body: '<p>Thanks.</p>' },
      ],
      [{ requires_response: true }, {}, { requires_response: false }, {}],
    ],
  ],
  'an answer that the mailbox keeps in another conversation': [
    [
      'with another subject',
      [
        { thread_id: 'a', ...id('q1@a') },
        { ...ours, thread_id: 'b', subject: 'Your account', body: ANSWER, ...answers('a1@h', 'q1@a') },
      ],
      ANSWERED,
      1,
    ],
    [
      'that arrives first',
      [
        {
          ...ours,
          thread_id: 'b',
          subject: 'Your account',
          body: ANSWER,
          at: 300,
          announced: 301,
          ...answers('a2@h', 'q2@a'),
        },
        { thread_id: 'a', at: 100, announced: 900, ...id('q2@a') },
      ],
      ANSWERED,
      1,
    ],
    [
      'the customer’s: an old mail answered under another subject is another matter',
      [
        { ...ours, thread_id: 'a', body: '<p>Please pay INV-7001.</p>', ...id('q3@h') },
        { thread_id: 'b', subject: 'Payment', body: '<p>When is INV-7001 due?</p>', ...answers('a3@a', 'q3@h') },
      ],
      [{}, { requires_response: true, invoices: ['INV-7001'] }],
      2,
    ],
    [
      'to somebody else: it is no answer',
      [
        { thread_id: 'a', ...id('q4@a') },
        { ...ours, to: [JOE], thread_id: 'b', subject: 'Fwd', body: ANSWER, ...answers('a4@h', 'q4@a') },
      ],
      [{ requires_response: true }, { customer_name: 'Birch Motors' }],
      2,
    ],
    [
      'a forward to a colleague: it is no answer',
      [
        { thread_id: 'a', ...id('q5@a') },
        { ...ours, to: [SAM], thread_id: 'b', subject: 'Fwd', body: ANSWER, ...answers('a5@h', 'q5@a') },
      ],
      OPEN,
      2,
    ],
    [
      'a Message-ID that the sender gave two questions proves nothing',
      [
        { thread_id: 'a', ...id('q6@a') },
        { thread_id: 'b', at: 9_000, subject: 'Another on INV-7002', body: '<p>And INV-7002?</p>', ...id('q6@a') },
        { ...ours, thread_id: 'c', at: 9_900, subject: 'Your account', body: ANSWER, ...answers('a6@h', 'q6@a') },
      ],
      [{ requires_response: true }, { requires_response: true }, {}],
      3,
    ],
    [
      'our automatic reply: it is no answer',
      [
        { thread_id: 'a', ...id('q7@a') },
        {
          ...ours,
          thread_id: 'b',
          subject: 'Automatic reply: Question',
          body: '<p>I am away.</p>',
          ...answers('a7@h', 'q7@a'),
        },
      ],
      OPEN,
    ],
    [
      'two questions, of which it answers one',
      [
        { thread_id: 'a', ...id('q8@a') },
        { thread_id: 'c', subject: 'INV-7002', body: '<p>Is INV-7002 due?</p>', ...id('q9@a') },
        { ...ours, thread_id: 'b', subject: 'Your account', body: ANSWER, ...answers('a8@h', 'q8@a') },
      ],
      [{ requires_response: false }, { requires_response: true }, {}],
      2,
    ],
    [
      'a copy to a colleague’s mailbox',
      [
        { thread_id: 'a', ...header('X', 'y') },
        { ...sent, to: [MARIA], cc: [JANE] },
      ],
      ANSWERED,
    ],
  ],
});
