import { expect } from 'vitest';
import {
  ALDER_AP,
  AR,
  answers,
  header,
  id,
  JANE,
  JOE,
  MARIA,
  ours,
  playStories,
  SHARED,
} from '../support/mail-stories.ts';

/** Who wrote, and whose mail it is, as users of helpdesks and CRMs reported it in public. */

const asked = { id: 'q', thread_id: 'a', at: 0 };
const birch = { ...asked, subject: 'Question', body: '<p>When is INV-8001 due?</p>' };
const FROM_JOE = [{ direction: 'inbound', customer_name: 'Birch Motors', requires_response: true }];
const FROM_ALDER = [{ direction: 'inbound', customer_name: 'Alder Foods', requires_response: true }];
const headers = (...pairs: [string, string][]) => ({ headers: pairs.map(([name, value]) => ({ name, value })) });
const AGENCY = { name: 'Agency', email: 'desk@collect.example' };
const DAEMON = [{ name: 'Mail Delivery System', email: 'MAILER-DAEMON@mx.example' }];

playStories({
  'who wrote it': [
    [
      'our website’s form under a no-reply address',
      [{ ...birch, from: [{ name: 'Website', email: 'noreply@harborline.example' }], reply_to: [JOE] }],
      FROM_JOE,
    ],
    [
      'a no-reply address of ours whose answers come to us',
      [{ ...birch, from: [{ email: 'noreply@harborline.example' }], reply_to: [AR], to: [JOE] }],
      [{ direction: 'outbound', customer_name: 'Birch Motors', requires_response: false }],
    ],
    [
      'a Google group of ours that is the address for replies, too',
      [
        {
          ...birch,
          from: [{ name: "'Joe Birch' via Invoices", email: 'invoices@harborline.example' }],
          reply_to: [{ email: 'invoices@harborline.example' }],
          ...headers(
            ['X-Original-Sender', 'joe@birch.example'],
            ['Precedence', 'list'],
            ['List-ID', '<invoices.harborline.example>'],
            ['Mailing-list', 'list invoices@harborline.example; contact invoices+owners@harborline.example'],
          ),
        },
      ],
      FROM_JOE,
    ],
    [
      'a Google group of the customer’s',
      [
        {
          ...asked,
          from: [{ name: "'Maria Alder' via AP", email: ALDER_AP.email }],
          reply_to: [ALDER_AP],
          ...header('X-Original-From', '"Maria Alder" <maria@alder.example>'),
        },
      ],
      FROM_ALDER,
    ],
    [
      'a group of somebody else’s that rewrote From',
      [
        {
          ...asked,
          from: [{ name: "'Maria Alder' via Finance", email: 'finance@holding.example' }],
          ...header('X-Original-From', 'Maria Alder <maria@alder.example>'),
        },
      ],
      FROM_ALDER,
    ],
    [
      'an assistant on behalf of the customer',
      [{ ...asked, ...header('Sender', 'assistant@temp-agency.example') }],
      [{ ...FROM_ALDER[0], contact_name: 'Maria Alder' }],
    ],
    [
      'a colleague on behalf of the shared mailbox',
      [{ ...asked, ...ours, box: 'jane', ...header('Sender', 'Jane <jane@harborline.example>') }],
      [{ direction: 'outbound', customer_name: 'Alder Foods' }],
    ],
    [
      'an address that a forwarder rewrote by SRS',
      [{ ...asked, from: [{ name: 'Maria Alder', email: 'SRS0=HHH=TT=alder.example=maria@forward.example' }] }],
      FROM_ALDER,
    ],
    [
      'an address that a second forwarder rewrote by SRS',
      [{ ...asked, from: [{ email: 'SRS1=HHH=forward.example==HHH=TT=alder.example=maria@second.example' }] }],
      FROM_ALDER,
    ],
    [
      'an address signed by BATV',
      [{ ...asked, from: [{ name: 'Maria Alder', email: 'prvs=1234567890=maria@alder.example' }] }],
      FROM_ALDER,
    ],
    [
      'an address signed by BATV, the other way round',
      [{ ...asked, from: [{ email: 'maria=alder.example@relay.example' }], reply_to: [MARIA] }],
      FROM_ALDER,
    ],
    [
      'a service for signatures that writes for the customer',
      [
        {
          ...asked,
          from: [{ name: 'Maria Alder via SignIt', email: 'dse@signit.example' }],
          reply_to: [MARIA],
          body: '<p>Please sign.</p>',
        },
      ],
      [{ direction: 'inbound', customer_name: 'Alder Foods', contact_name: 'Maria Alder' }],
    ],
    [
      'a note to ourselves about a customer',
      [{ ...asked, from: [JANE], to: [AR], folders: ['INBOX'] }],
      [{ direction: 'outbound', requires_response: false }],
    ],
    [
      'an address with a display name in place of it',
      [{ ...asked, from: [{ name: 'joe@birch.example', email: 'maria@alder.example' }] }],
      FROM_ALDER,
    ],
    [
      'an address with blanks and angle brackets',
      [{ ...asked, from: [{ email: ' <Maria@Alder.Example> ' }] }],
      FROM_ALDER,
    ],
    [
      'several authors',
      [{ ...asked, from: [{ email: 'x@elsewhere.example' }, MARIA] }],
      [{ direction: 'inbound', customer_name: 'Alder Foods' }],
    ],
  ],
  'whose mail it is': [
    [
      'an accountant of two customers, who names an invoice of one and one of a stranger’s',
      [{ ...asked, from: [SHARED], subject: 'D-9101 and INV-7001', body: '<p>Which are due?</p>' }],
      [{ customer_name: 'Dogwood Health', invoices: ['D-9101'] }],
    ],
    [
      'an accountant of two customers who answers our mail without a number',
      [
        {
          ...ours,
          ...asked,
          from: [AR],
          to: [SHARED],
          folders: ['SENT'],
          subject: 'D-9101',
          body: '<p>Please pay D-9101.</p>',
          ...id('r@h'),
        },
        {
          ...asked,
          id: 'x',
          at: 60,
          from: [SHARED],
          subject: 'Re: your mail',
          body: '<p>By when?</p>',
          ...answers('x@s', 'r@h'),
        },
      ],
      [
        { customer_name: 'Dogwood Health' },
        { customer_name: 'Dogwood Health', contact_name: 'AP', requires_response: true, invoices: ['D-9101'] },
      ],
    ],
    [
      'our mail to an accountant with another customer in copy, which names the accountant’s invoice',
      [{ ...asked, ...ours, to: [SHARED], cc: [MARIA], subject: 'C-9001', body: '<p>Please pay C-9001.</p>' }],
      [{ customer_name: 'Cedar Health', invoices: ['C-9001'] }],
    ],
    [
      'our mail to a customer with another one in copy, which names no invoice',
      [{ ...asked, ...ours, to: [MARIA], cc: [JOE], subject: 'Hello', body: '<p>Hello.</p>' }],
      [{ customer_name: 'Alder Foods' }],
    ],
    [
      'a customer who puts another one in copy',
      [{ ...asked, cc: [JOE] }],
      [{ customer_name: 'Alder Foods', contact_name: 'Maria Alder' }],
    ],
    [
      'a collection agency in the customer’s conversation',
      [
        asked,
        {
          ...asked,
          id: 'x',
          at: 60,
          from: [AGENCY],
          subject: 'Re: Question',
          body: '<p>We act for Alder: INV-7001?</p>',
        },
      ],
      [{}, { customer_name: 'Alder Foods', contact_name: null, requires_response: true }],
      1,
    ],
    [
      'another customer who answers a mail that was passed on to him',
      [
        { ...asked, ...ours, body: '<p>Please pay INV-7001.</p>', ...id('r2@h') },
        {
          ...asked,
          id: 'x',
          at: 60,
          from: [JOE],
          thread_id: 'x',
          subject: 'Fwd: Reminder',
          body: '<p>Maria sent me this.</p>',
          ...answers('x2@b', 'r2@h'),
        },
      ],
      [{ invoices: ['INV-7001'] }, { customer_name: 'Birch Motors', invoices: [] }],
    ],
    [
      'a new subject under a closed matter',
      [
        { ...asked, ...ours, subject: 'INV-7001 is paid, thank you', body: '<p>Thanks.</p>', ...id('r3@h') },
        {
          ...asked,
          id: 'x',
          at: 600,
          thread_id: 'x',
          subject: 'Wrong delivery',
          body: '<p>INV-7002 is wrong.</p>',
          ...answers('x3@a', 'r3@h'),
        },
      ],
      [{}, { customer_name: 'Alder Foods', invoices: expect.arrayContaining(['INV-7002']), requires_response: true }],
    ],
    [
      'equal subjects of two customers, without headers',
      [
        { ...asked, subject: 'Invoice', body: '<p>Where is it?</p>' },
        { ...asked, id: 'x', at: 5, thread_id: 'x', from: [JOE], subject: 'Invoice', body: '<p>Where is it?</p>' },
      ],
      [{ customer_name: 'Alder Foods' }, { customer_name: 'Birch Motors' }],
      2,
    ],
    [
      'a conversation of two customers and a stranger who names an invoice',
      [
        asked,
        { ...asked, id: 'j', at: 50, from: [JOE], subject: 'Re: Question', body: '<p>And ours?</p>' },
        {
          ...asked,
          id: 'x',
          at: 90,
          from: [AGENCY],
          subject: 'Re: Question',
          body: '<p>When will INV-8001 be settled?</p>',
        },
      ],
      [{}, {}, { customer_name: 'Birch Motors', invoices: ['INV-8001'] }],
      1,
    ],
    [
      'a conversation of two customers and a stranger who names none',
      [
        asked,
        { ...asked, id: 'j', at: 50, from: [JOE], subject: 'Re: Question', body: '<p>And ours?</p>' },
        { ...asked, id: 'x', at: 90, from: [AGENCY], subject: 'Hello', body: '<p>Hello all.</p>' },
      ],
      [{}, {}, { customer_name: null }],
      1,
    ],
  ],
  'a report about a delivery, further': [
    [
      'of a mail to a plus address',
      [
        {
          ...asked,
          from: DAEMON,
          subject: 'Undelivered Mail Returned to Sender',
          body: '<p>maria+inv@alder.example: user unknown</p>',
        },
      ],
      [{ customer_name: 'Alder Foods', requires_response: false }],
    ],
    [
      'that names the failed recipient only in a header',
      [
        {
          ...asked,
          from: DAEMON,
          subject: 'Failure notice',
          body: '<p>Sorry.</p>',
          ...header('X-Failed-Recipients', 'ap@alder.example'),
        },
      ],
      [
        {
          customer_name: 'Alder Foods',
          preview: expect.stringContaining('ap@alder.example'),
          requires_response: false,
        },
      ],
    ],
    [
      'of an unknown address, which belongs to our stored mail',
      [
        {
          ...asked,
          ...ours,
          to: [{ email: 'old@alder.example' }],
          cc: [MARIA],
          body: '<p>Please pay INV-7001.</p>',
          ...id('r4@h'),
        },
        {
          ...asked,
          id: 'b',
          at: 5,
          thread_id: 'b',
          from: DAEMON,
          subject: 'Undelivered Mail Returned to Sender',
          body: '<p>old@alder.example: user unknown</p>',
          ...answers('b4@mx', 'r4@h'),
        },
      ],
      [{}, { customer_name: 'Alder Foods', requires_response: false, direction: 'inbound' }],
    ],
    [
      'our own server’s, in the folder of sent mail',
      [
        {
          ...asked,
          from: [{ name: 'Mail Delivery Subsystem', email: 'mailer-daemon@harborline.example' }],
          folders: ['INBOX'],
          subject: 'Delivery Status Notification (Failure)',
          body: '<p>Address not found: joe@birch.example</p>',
        },
      ],
      [{ direction: 'inbound', customer_name: 'Birch Motors', requires_response: false }],
    ],
  ],
});
