import {
  ANSWER,
  AR,
  answers,
  id,
  JANE,
  JOE,
  MARIA,
  ours,
  playStories,
  SAM,
  type Story,
} from '../support/mail-stories.ts';

/** Copies, drafts, folders and times, as users of helpdesks and CRMs reported them in public. */

const asked = { id: 'q', thread_id: 'a', at: 0 };
const draft = { ...ours, id: 'd', thread_id: 'a', at: 200, announced: 201, body: '<p>By Fri</p>' };
const sent = { ...ours, id: 's', thread_id: 'a', at: 300, announced: 303, body: ANSWER };
const alias = { name: 'Harborline', email: 'billing@old-brand.example' };
const OPEN = [{ direction: 'inbound', requires_response: true }];
const ANSWERED = [{ direction: 'inbound', requires_response: false }, { direction: 'outbound' }];
const pdf = (name: string, size = 9) => ({ id: name, filename: name, content_type: 'application/pdf', size });

playStories({
  'copies of a mail': [
    [
      'a mailbox that is imported again: other ids, no headers',
      [
        asked,
        sent,
        { ...asked, id: 'q2', thread_id: 'z', announced: 9_000 },
        { ...sent, id: 's2', thread_id: 'z', announced: 9_000 },
      ],
      ANSWERED,
      1,
    ],
    [
      'a mailbox that is imported again, hours off, with ids',
      [
        { ...asked, ...id('i1@a') },
        { ...asked, ...id('i1@a'), id: 'q2', thread_id: 'z', at: 7_200, announced: 9_000 },
      ],
      [{}],
      1,
    ],
    [
      'a redirected mail keeps its id and its date (Resent-From)',
      [
        { ...asked, ...id('i2@a'), to: [SAM] },
        {
          ...asked,
          ...id('i2@a'),
          id: 'q2',
          thread_id: 'z',
          to: [SAM],
          announced: 90_000,
          headers: [
            ...id('i2@a').headers,
            { name: 'Resent-From', value: 'sam@harborline.example' },
            { name: 'Resent-Date', value: 'Mon, 5 Jan 2026 12:00:00 +0000' },
          ],
        },
      ],
      [{}],
      1,
    ],
    [
      'a copy for each of two lists, with their tags and footers',
      [
        {
          ...asked,
          ...id('i3@a'),
          subject: '[ar] Question on INV-7001',
          body: '<p>When must we pay INV-7001?</p><p>_______________<br>ar mailing list<br>ar@lists.example</p>',
        },
        {
          ...asked,
          ...id('i3@a'),
          id: 'q2',
          thread_id: 'z',
          at: 30,
          subject: '[finance] Question on INV-7001',
          body: '<p>When must we pay INV-7001?</p><p>_______________<br>finance mailing list<br>finance@lists.example</p>',
        },
      ],
      [{}],
      1,
    ],
    [
      'a mail merge under one Message-ID, to two customers',
      [
        { ...ours, ...id('merge@erp'), at: 0, subject: 'Statement', body: '<p>Please pay.</p>' },
        { ...ours, ...id('merge@erp'), at: 1, to: [JOE], subject: 'Statement', body: '<p>Please pay.</p>' },
      ],
      [{ customer_name: 'Alder Foods' }, { customer_name: 'Birch Motors' }],
      2,
    ],
    [
      'two reminders of one second, for two invoices',
      [
        { ...ours, at: 0, subject: 'Reminder INV-7001', body: '<p>Please pay.</p>' },
        { ...ours, at: 0, subject: 'Reminder INV-7002', body: '<p>Please pay.</p>' },
      ],
      [{}, {}],
      2,
    ],
    [
      'two statements of one second under one Message-ID, other files',
      [
        { ...asked, ...id('f@erp'), body: '<p>See attached.</p>', attachments: [pdf('INV-7001.pdf', 10_000)] },
        {
          ...asked,
          ...id('f@erp'),
          id: 'q2',
          thread_id: 'z',
          body: '<p>See attached.</p>',
          attachments: [pdf('INV-7002.pdf', 20_000)],
        },
      ],
      [{}, {}],
    ],
    [
      'a Message-ID in other spelling: no brackets, blanks, another header case',
      [
        { ...asked, headers: [{ name: 'message-id', value: ' <i4@a>\r\n' }] },
        {
          ...asked,
          id: 'q2',
          thread_id: 'z',
          at: 20,
          subject: 'EXT: Question on INV-7001',
          headers: [{ name: 'MESSAGE-ID', value: 'i4@a' }],
        },
      ],
      [{}],
      1,
    ],
    [
      'a thread id that two mailboxes use for two conversations',
      [
        { ...asked, thread_id: '17' },
        {
          ...asked,
          id: 'j',
          box: 'jane',
          from: [JOE],
          to: [JANE],
          thread_id: '17',
          at: 50,
          subject: 'INV-8001',
          body: '<p>INV-8001 is wrong.</p>',
        },
      ],
      [{ customer_name: 'Alder Foods' }, { customer_name: 'Birch Motors' }],
      2,
    ],
    [
      'an empty In-Reply-To and an In-Reply-To in words',
      [
        { ...asked, ...id('i5@a') },
        {
          ...asked,
          id: 'q2',
          from: [JOE],
          thread_id: 'y',
          at: 50,
          body: '<p>INV-8001?</p>',
          headers: [{ name: 'In-Reply-To', value: '<>' }],
        },
        {
          ...asked,
          id: 'q3',
          from: [JOE],
          thread_id: 'z',
          at: 90,
          body: '<p>INV-8001!</p>',
          headers: [{ name: 'In-Reply-To', value: 'Your message of Monday' }],
        },
      ],
      [{}, {}, {}],
      3,
    ],
  ],
  'drafts and sent mail': [
    ['a draft in a folder below the drafts', [asked, { ...draft, folders: ['INBOX.Drafts.2026'] }], OPEN],
    ['a draft of Gmail in German, by its path', [asked, { ...draft, folders: ['[Gmail]/Entwürfe'] }], OPEN],
    ['a draft with other labels', [asked, { ...draft, folders: ['IMPORTANT', 'DRAFT', 'Label_4'] }], OPEN],
    [
      'two drafts, one of which is sent',
      [
        asked,
        { ...draft, folders: ['DRAFT'] },
        { ...draft, id: 'd2', folders: ['DRAFT'], body: '<p>No</p>' },
        { ...sent, id: 'd', type: 'message.updated' },
      ],
      ANSWERED,
    ],
    [
      'a scheduled mail that is cancelled',
      [
        asked,
        { ...sent, folders: ['SCHEDULED'] },
        { ...sent, folders: ['DRAFT'], type: 'message.updated', announced: 400 },
      ],
      OPEN,
    ],
    [
      'a draft of Jane’s that is sent under another id',
      [
        asked,
        { ...draft, box: 'jane', from: [JANE], thread_id: 'j', folders: ['DRAFT'], ...answers('k@h', 'k0@a') },
        { ...sent, box: 'jane', from: [JANE], thread_id: 'j', ...answers('k@h', 'k0@a') },
      ],
      [{ requires_response: true }, { direction: 'outbound', preview: 'By Friday, thank you.' }],
    ],
    [
      'a sent mail that is deleted afterwards',
      [asked, sent, { ...sent, folders: ['TRASH'], type: 'message.updated', announced: 900 }],
      ANSWERED,
    ],
    ['a draft that is seen in the trash only', [asked, { ...draft, folders: ['TRASH'] }], OPEN],
    [
      'a label called “Draft contracts” on a customer’s mail',
      [{ ...asked, folders: ['INBOX', 'Draft contracts'] }],
      OPEN,
    ],
    ['a label called “Drafts” on a customer’s mail', [{ ...asked, folders: ['INBOX', 'Drafts'] }], OPEN],
    ['a customer’s mail in the junk folder', [{ ...asked, folders: ['SPAM'] }], OPEN],
    ['a customer’s mail that was deleted at once', [{ ...asked, folders: ['Gelöschte Elemente'] }], OPEN],
    ...[
      'Sent Items/2026',
      'INBOX.Sent',
      'Gesendete Elemente',
      'Éléments envoyés',
      'Elementi inviati',
      'Verzonden items',
      '送信済みアイテム',
      'Отправленные',
      '已发送邮件',
    ].map(
      (folder): Story => [
        `an alias, in the folder ${folder}`,
        [asked, { ...sent, from: [alias], folders: [folder] }],
        ANSWERED,
      ],
    ),
  ],
  updates: [
    [
      'an update without a body leaves the body',
      [
        asked,
        { ...asked, type: 'message.updated', announced: 50, body: null, unread: false },
        { ...asked, type: 'message.updated', announced: 60, body: '' },
      ],
      [{ preview: 'When must we pay INV-7001?' }],
    ],
    [
      'an update of a stranger’s mail in a mailbox of known contacts',
      [{ ...asked, box: 'jane', from: [{ email: 'x@stranger.example' }], to: [JANE], type: 'message.updated' }],
      [],
    ],
    ['a cleaned and transformed delivery', [{ ...asked, type: 'message.created.cleaned.transformed' }], OPEN],
    [
      'attachments that come with an update',
      [
        { ...asked, body: '<p>Remittance</p>', subject: 'Hello' },
        {
          ...asked,
          body: '<p>Remittance</p>',
          subject: 'Hello',
          type: 'message.updated',
          announced: 60,
          attachments: [pdf('remittance.pdf')],
        },
      ],
      [{ has_attachments: true }],
    ],
    [
      'a truncated delivery, then the whole one of another mailbox',
      [
        {
          ...asked,
          ...id('u1@a'),
          to: [AR, JANE],
          type: 'message.created.truncated',
          body: undefined,
          snippet: 'When must',
        },
        { ...asked, ...id('u1@a'), to: [AR, JANE], box: 'jane', id: 'j', at: 4, attachments: [pdf('remittance.pdf')] },
      ],
      [{ preview: 'When must we pay INV-7001?', has_attachments: true }],
    ],
  ],
  times: [
    ['no date', [{ ...asked, date: null, announced: 70 }], [{ timestamp: 70 }]],
    ['the first second of 1970', [{ ...asked, date: 0, announced: 70 }], [{ timestamp: 70 }]],
    ['the second day of 1970', [{ ...asked, date: 86_400, announced: 70 }], [{ timestamp: 70 }]],
    ['a date in milliseconds', [{ ...asked, date: 4_070_908_800_000, announced: 70 }], [{ timestamp: 70 }]],
    ['a date in the year 2099', [{ ...asked, date: 4_070_908_800, announced: 70 }], [{ timestamp: 70 }]],
    [
      'a mail of last year that is imported today',
      [{ ...asked, at: -31_536_000, announced: 70 }],
      [{ timestamp: -31_536_000 }],
    ],
    [
      'our answer from a clock behind the asker’s',
      [
        { ...asked, at: 100, announced: 103 },
        { ...sent, at: 90, announced: 200, ...answers('c1@h', 'c0@a') },
      ],
      [{ direction: 'outbound' }, { direction: 'inbound' }],
    ],
  ],
  'what known_contacts keeps, further': [
    [
      'a contact in copy, in blind copy, by a plus address',
      [
        { ...asked, box: 'jane', from: [{ email: 'x@stranger.example' }], to: [JANE], cc: [MARIA] },
        { ...sent, box: 'jane', from: [JANE], to: [{ email: 'x@stranger.example' }], bcc: [MARIA], thread_id: 'b' },
        {
          ...asked,
          box: 'jane',
          id: 'p',
          at: 400,
          from: [{ email: 'maria+inv@alder.example' }],
          to: [JANE],
          thread_id: 'c',
          body: '<p>INV-7002?</p>',
        },
      ],
      [{ customer_name: 'Alder Foods' }, { customer_name: 'Alder Foods' }, { customer_name: 'Alder Foods' }],
    ],
    [
      'an absence of another address of the customer’s',
      [
        { ...sent, box: 'jane', from: [JANE], at: 0, subject: 'Reminder INV-7001', ...id('k1@h') },
        {
          ...asked,
          box: 'jane',
          id: 'o',
          at: 10,
          from: [{ name: 'Maria', email: 'm.alder@alder-group.example' }],
          to: [JANE],
          thread_id: 'o',
          subject: 'Automatic reply: Reminder INV-7001',
          body: '<p>I am out of the office.</p>',
          ...answers('k2@a', 'k1@h'),
        },
      ],
      [{}, { customer_name: 'Alder Foods', requires_response: false }],
    ],
    [
      'not a stranger who writes a contact’s address into Reply-To, as anybody can',
      [{ ...asked, box: 'jane', from: [{ email: 'scanner@copyshop.example' }], reply_to: [MARIA], to: [JANE] }],
      [],
    ],
    [
      'a stranger in a stored conversation of the provider’s',
      [
        { ...sent, box: 'jane', from: [JANE], at: 0 },
        { ...asked, box: 'jane', id: 'x', at: 90, from: [{ email: 'x@stranger.example' }], to: [JANE] },
      ],
      [{}, { customer_name: 'Alder Foods' }],
      1,
    ],
    [
      'a colleague’s forward of a stored mail',
      [
        { ...asked, ...id('k3@a') },
        {
          ...sent,
          box: 'jane',
          from: [SAM],
          to: [JANE],
          folders: ['INBOX'],
          thread_id: 'j',
          subject: 'Fwd: Question',
          ...answers('k4@h', 'k3@a'),
        },
      ],
      [{ requires_response: true }, { direction: 'outbound' }],
    ],
    [
      'not a stranger who answers a stranger',
      [{ ...asked, box: 'jane', from: [{ email: 'x@stranger.example' }], to: [JANE], ...answers('k5@x', 'k6@x') }],
      [],
    ],
  ],
});
