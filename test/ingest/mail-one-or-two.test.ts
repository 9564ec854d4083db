import { expect } from 'vitest';
import {
  ALDER_AP,
  ANSWER,
  AR,
  answers,
  id,
  JANE,
  JOE,
  MARIA,
  ours,
  playStories,
  QUESTION,
  REMITTANCE,
} from '../support/mail-stories.ts';

playStories({
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
    [
      'two mailboxes without ids, the gateway’s warning in one',
      [
        { to: [AR, JANE] },
        {
          ...{ to: [AR, JANE], box: 'jane', at: 3 },
          body: `<div>CAUTION: This email originated from outside of the organization.</div>${QUESTION}`,
        },
      ],
      [{}],
    ],
    [
      'an id of the ERP, the same words above other files',
      [
        {
          ...{ ...id('2@erp'), body: '<p>Remittance attached.</p>' },
          attachments: [{ id: 'a', filename: 'INV-7001.pdf', content_type: 'application/pdf', size: 10 }],
        },
        {
          ...{ ...id('2@erp'), at: 20, body: '<p>Remittance attached.</p>' },
          attachments: [{ id: 'b', filename: 'INV-7002.pdf', content_type: 'application/pdf', size: 999 }],
        },
      ],
      [{}, {}],
    ],
    [
      'a draft that is thrown away',
      [
        {},
        { ...ours, id: 'thrown', folders: ['DRAFT'], body: ANSWER },
        { ...ours, id: 'thrown', type: 'message.updated', folders: ['TRASH'], body: ANSWER },
      ],
      [{ direction: 'inbound', requires_response: true }],
    ],
    [
      'a snippet with entities, no body',
      [{ type: 'message.created.truncated', body: null, snippet: 'We&#39;ll pay &amp; call' }],
      [{ preview: "We'll pay & call" }],
    ],
    [
      'a report that gives back a mail to two customers',
      [
        {
          from: [{ name: 'x', email: 'mailer-daemon@mx.example' }],
          subject: 'Undelivered Mail Returned to Sender',
          body: '<pre>Final-Recipient: rfc822; joe@birch.example\nAction: failed\n\nTo: maria@alder.example, joe@birch.example</pre>',
        },
      ],
      [{ customer_name: 'Birch Motors' }],
    ],
    [
      'a mail that is only late',
      [
        {
          from: [{ name: 'x', email: 'mailer-daemon@mx.example' }],
          subject: 'Warning: message delayed 24 hours',
          body: `<p>${'A message that you sent has not yet been delivered. '.repeat(5)}</p><p>joe@birch.example</p>`,
        },
      ],
      [{ customer_name: 'Birch Motors', preview: expect.stringMatching(/^Not delivered yet to joe@birch\.example: /) }],
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
});
