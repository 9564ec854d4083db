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
  QUESTION,
  SAM,
} from '../support/mail-stories.ts';

/** What is answered and what isn't, and what hangs on a mail, as users of helpdesks and CRMs reported it in public. */

const asked = { id: 'q', thread_id: 'a', at: 0, ...id('q@a') };
const sent = { ...ours, id: 's', thread_id: 'a', at: 300, announced: 303, body: ANSWER, ...answers('s@h', 'q@a') };
const OPEN = [{ requires_response: true }, {}];
const ANSWERED = [{ requires_response: false }, {}];
const FACTOR = { name: 'Factor', email: 'desk@factoring.example' };
const file = (filename: string, content_type: string, more: object = {}) => ({
  id: filename,
  filename,
  content_type,
  size: 900,
  ...more,
});
const pdf = file('statement.pdf', 'application/pdf');
const withFiles = (body: string, ...attachments: object[]) => [{ ...asked, subject: 'Hello', body, attachments }];
const inline = (content_id?: string) => ({ is_inline: true, ...(content_id ? { content_id } : {}) });

playStories({
  'what answers, further': [
    ['a statement without a word', [asked, { ...sent, body: '', attachments: [pdf] }], ANSWERED],
    [
      'the asker with a factor in copy',
      [
        { ...asked, cc: [FACTOR] },
        { ...sent, cc: [FACTOR] },
      ],
      ANSWERED,
    ],
    [
      'everybody of two customers',
      [
        asked,
        { ...asked, id: 'j', at: 50, from: [JOE], body: '<p>INV-8001?</p>', ...id('j@b') },
        { ...sent, to: [MARIA, JOE] },
      ],
      [{ requires_response: false }, { requires_response: false }, {}],
    ],
    [
      'one of two customers',
      [
        asked,
        { ...asked, id: 'j', at: 50, from: [JOE], body: '<p>INV-8001?</p>', ...id('j@b') },
        { ...sent, to: [JOE] },
      ],
      [{ requires_response: true }, { requires_response: false }, {}],
    ],
    [
      'a recall of Outlook’s: our mail was taken back',
      [
        asked,
        {
          ...sent,
          subject: 'Recall: Question on INV-7001',
          body: '<p>Harborline AR would like to recall the message, "Question on INV-7001".</p>',
        },
      ],
      OPEN,
    ],
    [
      'our receipt in French',
      [
        asked,
        {
          ...sent,
          subject: 'Lu : Question on INV-7001',
          body: '<p>Votre message À : Harborline AR Objet : Question a été lu le lundi 5 janvier.</p>',
        },
      ],
      OPEN,
    ],
    [
      'our ticket system’s confirmation',
      [
        asked,
        {
          ...sent,
          subject: '[Ticket#2026] We received your request',
          ...header('Auto-Submitted', 'auto-replied'),
          body: '<p>Your request was received.</p>',
        },
      ],
      OPEN,
    ],
    ['a person’s mail that says Auto-Submitted: no', [asked, { ...sent, ...header('Auto-Submitted', 'no') }], ANSWERED],
    [
      'an answer whose references are folded',
      [
        asked,
        {
          ...sent,
          thread_id: 'b',
          subject: 'Your account',
          headers: [
            { name: 'Message-ID', value: '<s2@h>' },
            { name: 'References', value: '<x@y.example>\r\n\t<q@a>' },
          ],
        },
      ],
      ANSWERED,
    ],
    [
      'an answer whose In-Reply-To has no brackets',
      [
        asked,
        {
          ...sent,
          thread_id: 'b',
          subject: 'Your account',
          headers: [
            { name: 'Message-ID', value: '<s3@h>' },
            { name: 'In-Reply-To', value: 'q@a' },
          ],
        },
      ],
      ANSWERED,
    ],
    [
      'our answer from an alias that the asker wrote to',
      [
        { ...asked, to: [{ email: 'billing@harborline.example' }] },
        { ...sent, from: [{ email: 'billing@harborline.example' }] },
      ],
      ANSWERED,
    ],
    [
      'our answer from Jane’s mailbox, without headers, in the copy to the first mailbox',
      [
        asked,
        { ...sent, box: 'jane', from: [JANE], cc: [AR], thread_id: 'j', headers: [] },
        { ...sent, id: 's2', from: [JANE], cc: [AR], folders: ['INBOX'], at: 302, headers: [] },
      ],
      ANSWERED,
    ],
    [
      'a forward to a colleague, with the customer’s words below',
      [
        asked,
        {
          ...sent,
          to: [SAM],
          subject: 'Fwd: Question on INV-7001',
          body: `<p>Please handle.</p><blockquote>${QUESTION}</blockquote>`,
        },
      ],
      OPEN,
    ],
    [
      'a colleague’s answer to the forward is for us',
      [
        asked,
        { ...sent, to: [SAM], subject: 'Fwd: Question' },
        {
          ...sent,
          id: 's4',
          from: [SAM],
          to: [AR],
          at: 400,
          folders: ['INBOX'],
          body: '<p>Tell them Friday.</p>',
          ...id('s4@h'),
        },
      ],
      [{ requires_response: true }, {}, {}],
    ],
    [
      'a copy of our mail to another contact of theirs answers',
      [asked, { ...sent, to: [JANE], cc: [ALDER_AP] }],
      ANSWERED,
    ],
    [
      'an invitation of ours to a call with the asker',
      [
        asked,
        {
          ...sent,
          subject: 'Call on INV-7001',
          body: '<p>Let us talk on Friday.</p>',
          attachments: [file('invite.ics', 'text/calendar; method=REQUEST')],
        },
      ],
      ANSWERED,
    ],
  ],
  'persons and programs, further': [
    [
      'a question that asks other programs not to answer',
      [{ ...asked, ...header('X-Auto-Response-Suppress', 'OOF, AutoReply') }],
      [{ requires_response: true }],
    ],
    [
      'a reminder of the customer’s, in French',
      [
        {
          ...asked,
          subject: 'Rappel : facture INV-7001',
          body: '<p>Bonjour, pouvez-vous nous envoyer la facture INV-7001 ?</p>',
        },
      ],
      [{ requires_response: true }],
    ],
    [
      'a recall in German',
      [
        {
          ...asked,
          subject: 'Rückruf: Frage zu INV-7001',
          body: '<p>Maria Alder möchte die Nachricht "Frage zu INV-7001" zurückrufen.</p>',
        },
      ],
      [{ requires_response: false }],
    ],
    [
      'a person who asks to be called back, in German',
      [{ ...asked, subject: 'Rückruf: INV-7001', body: '<p>Bitte rufen Sie mich wegen INV-7001 an.</p>' }],
      [{ requires_response: true }],
    ],
    [
      'a person’s mail with a signature of S/MIME',
      [{ ...asked, attachments: [file('smime.p7s', 'application/pkcs7-signature')] }],
      [{ requires_response: true }],
    ],
    [
      'a person’s mail with a card',
      [{ ...asked, attachments: [file('maria.vcf', 'text/x-vcard')] }],
      [{ requires_response: true, has_attachments: true }],
    ],
    [
      'an invitation of the customer’s with a question',
      [
        {
          ...asked,
          subject: 'Call on INV-7001?',
          body: '<p>Could we talk about INV-7001?</p>',
          attachments: [file('invite.ics', 'text/calendar; method=REQUEST')],
        },
      ],
      [{ requires_response: true }],
    ],
    [
      'a forwarded mail as a file',
      [{ ...asked, attachments: [file('Question.eml', 'message/rfc822')] }],
      [{ requires_response: true, has_attachments: true }],
    ],
  ],
  'what hangs on a mail': [
    [
      'a PDF marked inline, without a Content-ID and without words',
      withFiles('', file('INV-7001.pdf', 'application/pdf', inline())),
      [{ has_attachments: true, is_ar_related: true }],
    ],
    [
      'a PDF that the body refers to',
      withFiles('<a href="cid:p@1">see</a>', file('remittance.pdf', 'application/pdf', inline('p@1'))),
      [{ has_attachments: true, is_ar_related: true }],
    ],
    [
      'a PDF under a general type',
      withFiles('<p>Hi</p>', file('remittance.pdf', 'application/octet-stream', inline('p@2'))),
      [{ has_attachments: true }],
    ],
    [
      'a spreadsheet marked inline',
      withFiles(
        '<p>Hi</p>',
        file('open-items.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', inline('x@1')),
      ),
      [{ has_attachments: true }],
    ],
    [
      'a mail as a file, marked inline',
      withFiles('<p>Hi</p>', file('', 'message/rfc822', inline())),
      [{ has_attachments: true }],
    ],
    [
      'a packed mail of Outlook, marked inline',
      withFiles('<p>Hi</p>', file('winmail.dat', 'application/ms-tnef', inline())),
      [{ has_attachments: true }],
    ],
    [
      'a scan that the body does not show',
      withFiles('<p>Hi</p>', file('scan.tiff', 'image/tiff', inline('s@1'))),
      [{ has_attachments: true }],
    ],
    [
      'a photograph of a telephone’s',
      withFiles('<p>Hi</p>', file('IMG_1.HEIC', 'image/heic', inline())),
      [{ has_attachments: true }],
    ],
    [
      'a logo that the body shows',
      withFiles(
        '<p>Hi</p><img src="cid:image001.png@01D9.ABC">',
        file('image001.png', 'image/png', inline('<image001.png@01D9.ABC>')),
      ),
      [{ has_attachments: false }],
    ],
    [
      'a logo, in capitals',
      withFiles('<p>Hi</p><IMG SRC="CID:logo@a">', file('logo.png', 'image/png', inline('logo@a'))),
      [{ has_attachments: false }],
    ],
    [
      'a logo whose id is percent-encoded',
      withFiles('<p>Hi</p><img src="cid:logo%40a">', file('logo.png', 'image/png', inline('logo@a'))),
      [{ has_attachments: false }],
    ],
    [
      'a logo without quotes in the tag',
      withFiles('<p>Hi</p><img width=9 src=cid:logo@b alt=x>', file('logo.png', 'image/png', inline('logo@b'))),
      [{ has_attachments: false }],
    ],
    [
      'a logo whose id has entities',
      withFiles('<p>Hi</p><img src="cid:a&amp;b@c">', file('logo.png', 'image/png', inline('a&b@c'))),
      [{ has_attachments: false }],
    ],
    [
      'a logo under a general type',
      withFiles('<p>Hi</p><img src="cid:logo@c">', file('logo.png', 'application/octet-stream', inline('logo@c'))),
      [{ has_attachments: false }],
    ],
    [
      'a drawing that the body shows',
      withFiles('<p>Hi</p><img src="cid:logo@d">', file('logo.svg', 'image/svg+xml', inline('logo@d'))),
      [{ has_attachments: false }],
    ],
    [
      'a background of a table',
      withFiles(
        '<table background="cid:bg@a"><tr><td>Hi</td></tr></table>',
        file('bg.jpg', 'image/jpeg', inline('bg@a')),
      ),
      [{ has_attachments: false }],
    ],
    [
      'a background of a style',
      withFiles(`<div style="background-image:url('cid:bg@b')">Hi</div>`, file('bg.jpg', 'image/jpeg', inline('bg@b'))),
      [{ has_attachments: false }],
    ],
    [
      'a counting pixel',
      withFiles(
        '<p>Hi</p><img src="cid:px@a" width="1" height="1">',
        file('px.gif', 'image/gif', { ...inline('px@a'), size: 43 }),
      ),
      [{ has_attachments: false }],
    ],
    [
      'a logo and a document',
      withFiles('<p>Hi</p><img src="cid:logo@e">', file('logo.png', 'image/png', inline('logo@e')), pdf),
      [{ has_attachments: true }],
    ],
    [
      'an id that only begins like the one that the body shows',
      withFiles('<p>Hi</p><img src="cid:scan@abc">', file('scan.png', 'image/png', inline('scan@ab'))),
      [{ has_attachments: true }],
    ],
  ],
});
