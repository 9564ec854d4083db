import { ANSWERED, asked, OPEN, OURS, playInAnyOrder, sent } from '../support/any-order.ts';
import { AR, answers, header, id, JANE, MARIA } from '../support/mail-stories.ts';

/** Copies, drafts, folders, bodies and times, in any order of their deliveries. */

const PDF = { id: 'p', filename: 'remittance.pdf', content_type: 'application/pdf', size: 9 };

playInAnyOrder({
  'a draft, saved often, then sent': {
    told: [
      asked,
      { ...sent, folders: ['DRAFT'], at: 200, body: '<p>By</p>', announced: 201 },
      { ...sent, folders: ['DRAFT'], at: 220, body: '<p>By Fri</p>', announced: 221, type: 'message.updated' },
      { ...sent, folders: ['DRAFT'], at: 240, body: '<p>By Frida</p>', announced: 241, type: 'message.updated' },
      { ...sent, type: 'message.updated', announced: 301 },
    ],
    rows: [ANSWERED, { ...OURS, preview: 'By Friday, thank you.', at: 300 }],
    conversations: 1,
  },
  'a draft that is sent under another provider id': {
    told: [
      asked,
      { ...sent, id: 'd', folders: ['DRAFT'], at: 200, body: '<p>By</p>', announced: 201 },
      { ...sent, announced: 301 },
    ],
    rows: [ANSWERED, { ...OURS, preview: 'By Friday, thank you.', at: 300 }],
    conversations: 1,
  },
  'a draft in a folder that is known by an event only': {
    told: [
      { folder: 'opaque-drafts', attributes: ['\\Drafts'] },
      asked,
      { ...sent, id: 'd', folders: ['opaque-drafts'], at: 200, body: '<p>By</p>', announced: 201, headers: [] },
    ],
    rows: [OPEN],
    conversations: 1,
  },
  'a draft in a folder without a name, sent under another provider id': {
    told: [
      { folder: 'opaque-drafts', attributes: ['\\Drafts'] },
      { folder: 'opaque-sent', attributes: ['\\Sent'] },
      asked,
      { ...sent, id: 'd', folders: ['opaque-drafts'], at: 200, body: '<p>By</p>', announced: 201, headers: [] },
      { ...sent, folders: ['opaque-sent'], announced: 301, headers: [] },
    ],
    rows: [ANSWERED, { ...OURS, preview: 'By Friday, thank you.', at: 300 }],
    conversations: 1,
  },
  'a mail of ours under an alias, in a folder of sent mail that an event names': {
    told: [
      { folder: 'opaque-sent', attributes: ['\\Sent'] },
      asked,
      { ...sent, from: [{ name: 'H', email: 'billing@old-brand.example' }], folders: ['opaque-sent'] },
    ],
    rows: [ANSWERED, OURS],
    conversations: 1,
  },
  'a draft that is thrown away': {
    told: [
      asked,
      { ...sent, folders: ['DRAFT'], at: 200, announced: 201 },
      { ...sent, folders: ['TRASH'], at: 200, announced: 400, type: 'message.updated' },
    ],
    rows: [OPEN],
    conversations: 1,
  },
  'a scheduled mail that is sent later': {
    told: [
      asked,
      { ...sent, folders: ['SCHEDULED'], at: 200, announced: 201 },
      { ...sent, at: 900, announced: 901, type: 'message.updated' },
    ],
    rows: [ANSWERED, { ...OURS, at: 900 }],
    conversations: 1,
  },
  'a mail that is moved and gets another provider id': {
    told: [{ ...asked, announced: 3 }, { ...asked, id: 'moved', folders: ['Label_7'], announced: 400 }, { ...sent }],
    rows: [ANSWERED, OURS],
    conversations: 1,
  },
  'a mail that is moved, without headers': {
    told: [
      { ...asked, headers: [], announced: 3 },
      { ...asked, id: 'moved', headers: [], thread_id: 'a2', folders: ['Label_7'], announced: 400 },
    ],
    rows: [OPEN],
    conversations: 1,
  },
  'the same mail in two mailboxes': {
    told: [
      { ...asked, to: [AR, JANE] },
      { ...asked, id: 'qj', thread_id: 'j', box: 'jane', to: [AR, JANE], at: 2 },
      { ...sent, box: 'jane', from: [JANE], thread_id: 'j' },
    ],
    rows: [ANSWERED, OURS],
    conversations: 1,
  },
  'the same mail in two mailboxes, without headers': {
    told: [
      { ...asked, to: [AR, JANE], headers: [] },
      { ...asked, id: 'qj', thread_id: 'j', box: 'jane', to: [AR, JANE], at: 2, headers: [] },
      { ...sent, box: 'jane', from: [JANE], thread_id: 'j', headers: [] },
    ],
    rows: [ANSWERED, OURS],
    conversations: 1,
  },
  'the same mail in two mailboxes, the gateway’s words in one': {
    told: [
      { ...asked, to: [AR, JANE] },
      {
        ...asked,
        id: 'qj',
        thread_id: 'j',
        box: 'jane',
        to: [AR, JANE],
        at: 2,
        subject: '[EXTERNAL] Question on INV-7001',
      },
    ],
    rows: [OPEN],
    conversations: 1,
  },
  'the same mail, truncated in one mailbox': {
    told: [
      { ...asked, to: [AR, JANE], type: 'message.created.truncated', body: undefined, snippet: 'When must' },
      { ...asked, id: 'qj', thread_id: 'j', box: 'jane', to: [AR, JANE], attachments: [PDF] },
    ],
    rows: [{ ...OPEN, preview: 'When must we pay INV-7001?', has_attachments: true }],
    conversations: 1,
  },
  'a body that comes with an event': {
    told: [
      { ...asked, type: 'message.created.truncated', body: undefined, snippet: 'When must' },
      { ...asked, type: 'message.updated', announced: 60, attachments: [PDF] },
      { ...asked, type: 'message.updated', announced: 90, folders: ['INBOX', 'Label_1'], attachments: [PDF] },
    ],
    rows: [{ ...OPEN, preview: 'When must we pay INV-7001?', has_attachments: true }],
    conversations: 1,
  },
  'a question that is moved to the archive and to the trash': {
    told: [
      asked,
      { ...asked, type: 'message.updated', announced: 60, folders: ['Archive'] },
      { ...asked, type: 'message.updated', announced: 90, folders: ['TRASH'] },
    ],
    rows: [OPEN],
    conversations: 1,
  },
  'a mail to a group address and to a person': {
    told: [
      { ...asked, box: 'jane', to: [AR, JANE], id: 'qj', thread_id: 'j' },
      {
        ...asked,
        to: [AR, JANE],
        at: 2,
        from: [{ name: "'Maria Alder' via AR", email: AR.email }],
        reply_to: [MARIA],
        headers: [...id('q@a').headers, ...header('X-Original-From', 'Maria Alder <maria@alder.example>').headers],
      },
    ],
    rows: [{ ...OPEN, from: MARIA.email }],
    conversations: 1,
  },
  'a copy of the list, with its tag and its footer': {
    told: [
      { ...asked, to: [AR], box: 'jane', id: 'qj', thread_id: 'j' },
      {
        ...asked,
        to: [AR],
        at: 20,
        subject: '[AR] Question on INV-7001',
        body: '<p>When must we pay INV-7001?</p><p>-- <br>AR mailing list</p>',
      },
    ],
    rows: [OPEN],
    conversations: 1,
  },
  'our mail under an alias, and its copy in a colleague’s inbox': {
    told: [
      asked,
      { ...sent, box: 'jane', thread_id: 'j', from: [{ name: 'H', email: 'billing@old-brand.example' }], cc: [AR] },
      {
        ...sent,
        id: 'sa',
        from: [{ name: 'H', email: 'billing@old-brand.example' }],
        cc: [AR],
        folders: ['INBOX'],
        at: 302,
      },
    ],
    rows: [ANSWERED, OURS],
    conversations: 1,
  },
  'our mail with a blind copy, and the copy that does not say so': {
    told: [
      asked,
      { ...sent, box: 'jane', from: [JANE], to: [AR], bcc: [MARIA], thread_id: 'j', ...answers('s@h', 'q@a') },
      { ...sent, id: 'sa', from: [JANE], to: [AR], folders: ['INBOX'], at: 301, ...answers('s@h', 'q@a') },
    ],
    rows: [ANSWERED, OURS],
    conversations: 1,
  },
  'mails of one second, of no date and of the future': {
    told: [
      { ...asked, at: 100, announced: 103 },
      { ...asked, at: 100, announced: 104, id: 'q2', body: '<p>Forget it, INV-7001 is paid.</p>', ...id('q2@a') },
      { ...asked, date: 0, announced: 300, id: 'q3', body: '<p>INV-7001 again?</p>', ...id('q3@a') },
      { ...asked, at: 9_000_000, announced: 400, id: 'q4', body: '<p>INV-7001 once more?</p>', ...id('q4@a') },
    ],
    rows: [{}, {}, {}, { at: 400, latest: true }],
    conversations: 1,
  },
});
