import { ANSWERED, asked, OPEN, OURS, playInAnyOrder, sent } from '../support/any-order.ts';
import { AR, answers, header, id, JANE, JOE, MARIA, ours, SHARED } from '../support/mail-stories.ts';

/** Contacts who are added after the deliveries, in any order of these, and then matched again. */

const NORA = { name: 'Nora New', email: 'nora@elsewhere.example' };
const later = { customer: 'Alder Foods', contact: NORA };
const NORAS = { ...OPEN, contact: 'Nora New' };

playInAnyOrder({
  'the address for replies is a contact’s': {
    told: [{ ...asked, from: [{ email: 'tool@portal.example' }], reply_to: [NORA] }],
    later,
    rows: [NORAS],
    conversations: 1,
  },
  'a group of ours rewrote the address': {
    told: [
      {
        ...asked,
        from: [{ name: "'Nora New' via AR", email: AR.email }],
        reply_to: [{ email: 'ar@harborline.example' }],
        ...header('X-Original-From', 'Nora New <nora@elsewhere.example>'),
      },
    ],
    later,
    rows: [NORAS],
    conversations: 1,
  },
  'a plus address of the contact’s': {
    told: [{ ...asked, from: [{ email: 'nora+ap@elsewhere.example' }] }],
    later,
    rows: [NORAS],
    conversations: 1,
  },
  'a report that names the contact as not reached': {
    told: [
      {
        ...asked,
        from: [{ name: 'Mail Delivery System', email: 'MAILER-DAEMON@mx.example' }],
        subject: 'Undelivered Mail Returned to Sender',
        body: '<p>nora@elsewhere.example: user unknown</p>',
      },
    ],
    later,
    rows: [{ ...ANSWERED, contact: 'Nora New', is_ar_related: false }],
    conversations: 1,
  },
  'our mail to the contact and to another customer': {
    told: [{ ...asked, ...ours, to: [NORA, JOE], body: '<p>Please pay INV-7001.</p>' }],
    later,
    rows: [{ direction: 'outbound', customer: 'Birch Motors' }],
    conversations: 1,
  },
  'questions of the contact and of a colleague of hers, one of them answered': {
    told: [
      { ...asked, from: [NORA], body: '<p>INV-7001?</p>' },
      {
        ...asked,
        id: 'b',
        at: 50,
        from: [{ email: 'boss@elsewhere.example' }],
        body: '<p>INV-7002?</p>',
        ...id('b@e'),
      },
      { ...sent, to: [{ email: 'boss@elsewhere.example' }], at: 100 },
      { ...asked, id: 'c', at: 200, from: [NORA], body: '<p>And INV-7002?</p>', ...answers('c@e', 's@h') },
    ],
    later,
    rows: [ANSWERED, ANSWERED, OURS, NORAS],
    conversations: 1,
  },
  'our answer from another mailbox to the contact': {
    isPlayedInOrder: true,
    told: [
      { ...asked, from: [NORA], body: '<p>INV-7001?</p>' },
      { ...sent, box: 'jane', from: [JANE], to: [NORA], cc: [AR], thread_id: 'j', at: 100 },
      { ...sent, id: 's2', from: [JANE], to: [NORA], cc: [AR], folders: ['INBOX'], at: 102 },
    ],
    later,
    rows: [{ ...ANSWERED, contact: 'Nora New' }, OURS],
    conversations: 1,
  },
  'the conversation is another customer’s too': {
    told: [
      { ...asked, from: [NORA], body: '<p>INV-7001?</p>' },
      { ...asked, id: 'j', from: [JOE], at: 50, body: '<p>INV-8001?</p>', ...id('j@b') },
    ],
    later,
    rows: [{ direction: 'inbound' }, { ...OPEN, customer: 'Birch Motors' }],
    conversations: 1,
  },
  'a shared address becomes clear by the conversation': {
    told: [
      { ...asked, from: [SHARED], subject: 'Hello', body: '<p>When is it due?</p>' },
      { ...asked, id: 'n', from: [NORA], at: 50, subject: 'Re: Hello', body: '<p>The invoice?</p>', ...id('n@e') },
    ],
    later: { customer: 'Cedar Health', contact: NORA },
    rows: [
      { customer: 'Cedar Health', contact: 'AP' },
      { customer: 'Cedar Health', contact: 'Nora New' },
    ],
    conversations: 1,
  },
  'nobody is added who is in the mail': {
    told: [{ ...asked, from: [{ email: 'x@stranger.example' }], cc: [MARIA] }],
    later,
    rows: [{ ...OPEN, contact: 'Maria Alder' }],
    conversations: 1,
  },
});
