import { describe, expect, it } from 'vitest';
import { isDraft, isSent } from '../../src/ingest/direction.ts';
import { bodyTypeOf } from '../../src/mail/body-type.ts';
import { decodeEncodedWords } from '../../src/mail/encoded-words.ts';
import { folderRole } from '../../src/mail/folders.ts';
import { previewOf } from '../../src/mail/preview.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

/** To teach the rules a mail that they take wrongly, add it to a table. */

describe('the preview of a mail with words is never empty', () => {
  it.each([
    ['a wrapper of size 0', '<td style="font-size:0px"><div style="font-size:13px">We paid.</div></td>', 'We paid.'],
    [
      'a wrapper of size 0, short form',
      '<td style="font-size:0"><p style="font:14px/20px Arial">We paid.</p></td>',
      'We paid.',
    ],
    ['a font element in it', '<div style="font-size:0;line-height:0"><font size="2">We paid.</font></div>', 'We paid.'],
    ['a preheader of size 0', '<span style="font-size:0">overdue</span><p>Lunch?</p>', 'Lunch?'],
    [
      'a preheader that says more',
      '<div style="font-size:0;color:#fff"><span>overdue</span></div><p>Lunch?</p>',
      'Lunch?',
    ],
    [
      'Outlook’s forward',
      '<div><br></div><hr><div id="divRplyFwdMsg"><b>From:</b> Bo &lt;bo@a.example&gt;<br><b>Sent:</b> Monday 9:00 AM<br><b>To:</b> Maria<br><b>Subject:</b> q</div><div>We paid.</div>',
      'We paid.',
    ],
    [
      'Outlook’s forward in German',
      '<p>&nbsp;</p><div><p><b>Von:</b> Bo<br><b>Gesendet:</b> Montag, 2. November<br><b>An:</b> Maria<br><b>Betreff:</b> q</p></div><p>Wir zahlen.</p>',
      'Wir zahlen.',
    ],
    [
      'Outlook’s forward in Russian',
      '<p></p><div>От: Bo<br>Отправлено: 2 ноября<br>Кому: Maria<br>Тема: q</div><p>Мы заплатили.</p>',
      'Мы заплатили.',
    ],
    [
      'Apple’s forward',
      '<br><blockquote type="cite">Begin forwarded message:<br><br>From: Bo<br>Date: Monday<br>To: Maria<br>Subject: q<br><br>We paid.</blockquote>',
      'We paid.',
    ],
    [
      'a reply without own words',
      '<div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 2, 2026 at 9:00 AM Bo &lt;bo@a.example&gt; wrote:</div><blockquote class="gmail_quote">Did you pay?</blockquote></div>',
      'Did you pay?',
    ],
  ])('%s', (_, body, expected) => {
    expect(previewOf(body, 'text/html')).toBe(expected);
  });

  it.each([
    [
      'odd quote marks',
      'On Mon, 2 Nov 2026 at 9:00, Bo <bo@a.example> wrote:\n) Did you pay?\n) We wait.',
      'Did you pay? We wait.',
    ],
    ['a signature first', '-- \nMaria Alder\nAlder Foods', 'Maria Alder Alder Foods'],
    ['only a quote', '> Did you pay?', 'Did you pay?'],
    [
      'a forward in plain text',
      '-----Original Message-----\nFrom: Bo\nSent: Monday\nTo: Maria\nSubject: q\n\nWe paid.',
      'We paid.',
    ],
  ])('%s', (_, body, expected) => {
    expect(previewOf(body, 'text/plain')).toBe(expected);
  });
});

describe('the warning of a gateway is not the sender’s', () => {
  it.each([
    'CAUTION: This email originated from outside of the organization. Do not click links. Never change bank details.',
    '[EXTERNAL EMAIL] This message came from outside your organization.',
    'EXTERNAL SENDER',
    'You don’t often get email from maria@alder.example. Learn why this is important',
    'ACHTUNG: Diese E-Mail stammt von außerhalb der Organisation. Klicken Sie nicht auf Links.',
    'Sie erhalten nicht oft E-Mails von maria@alder.example.',
    'ATTENTION : Ce message provient de l’extérieur de l’organisation.',
    'ATENCIÓN: Este correo proviene de fuera de la organización.',
    'ATTENZIONE: Questa e-mail proviene dall’esterno.',
    'LET OP: Deze e-mail is afkomstig van buiten de organisatie.',
    'ATENÇÃO: Este e-mail foi enviado de fora da organização.',
    'UWAGA: Ta wiadomość pochodzi spoza organizacji.',
    'VARNING: Detta meddelande kommer utanför organisationen.',
    'ВНИМАНИЕ: Это письмо отправлено из внешней сети.',
    '注意：このメールは外部から送信されました。',
    '警告：此邮件来自外部。',
  ])('%s', (banner) => {
    expect(previewOf(`<div><b>${banner}</b></div><p>Shall we have lunch?</p>`, 'text/html')).toBe(
      'Shall we have lunch?',
    );
  });

  it.each([
    'Caution is advised with invoice 1001.',
    'External auditors ask about invoice 1001.',
    'Please do not pay twice.',
  ])('a person may write: %s', (words) => {
    expect(previewOf(`<p>${words}</p>`, 'text/html')).toBe(words);
  });
});

describe('bodyTypeOf', () => {
  it.each([
    ['text/plain', 'Write to <ann@acme.example> or see <https://acme.example/pay>.'],
    ['text/plain', 'two\nlines'],
    ['text/html', 'We pay <b>now</b>'],
    ['text/html', '<FONT FACE="Arial">We pay<o:p></o:p></FONT>'],
    ['text/html', 'a &amp; b'],
    ['text/html', 'one line'],
  ])('%s: %s', (type, body) => {
    expect(bodyTypeOf(body)).toBe(type);
  });
});

it.each([
  ['=?utf-8?B?TcO8bGxlcg==?=', 'Müller'],
  ['=?UTF-8?Q?M=C3=BCller_AG?=', 'Müller AG'],
  ['=?iso-8859-1?Q?M=FCller?= =?iso-8859-1?Q?_AG?=', 'Müller AG'],
  ['=?nonsense?B?TcO8?=', '=?nonsense?B?TcO8?='],
  ['What =? is this', 'What =? is this'],
])('decodes %s', (text, expected) => {
  expect(decodeEncodedWords(text)).toBe(expected);
});

describe('folders', () => {
  const outlook = (end: string) =>
    `AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OAAuAAAAAADUuTJK1K9aTpCdqXop_4NaAQCd9nJ-tVysQos2hTfspaWRAAAA${end}`;
  it.each([
    ['SENT', 'sent'],
    ['[Gmail]/Sent Mail', 'sent'],
    ['INBOX.Gesendet', 'sent'],
    ['Éléments envoyés', 'sent'],
    ['\\Drafts', 'drafts'],
    ['Wersje robocze', 'drafts'],
    ['Черновики', 'drafts'],
    ['草稿箱', 'drafts'],
    ['ร่าง', 'drafts'],
    ['SCHEDULED', 'scheduled'],
    ['Outbox', 'outbox'],
    ['SPAM', 'junk'],
    ['Gelöschte Elemente', 'trash'],
    ['Junk-E-Mail', 'junk'],
    ['Customers', null],
    [outlook('AAEJAAA='), 'sent'],
    [outlook('AAEKAAA='), 'trash'],
    [outlook('AAELAAA='), 'outbox'],
    [outlook('AAEMAAA='), 'inbox'],
    [outlook('AAEPAAA='), 'drafts'],
    [outlook('AqEPAAA='), null],
  ])('%s is %s', (folder, role) => {
    expect(folderRole(folder)).toBe(role);
  });

  it('what is not sent yet is a draft', () => {
    for (const folder of ['DRAFT', 'SCHEDULED', 'OUTBOX', outlook('AAEPAAA=')]) expect(isDraft([folder])).toBe(true);
    expect(isDraft(['DRAFT', 'SENT'])).toBe(false);
    expect(isSent([outlook('AAEJAAA=')])).toBe(true);
  });
});

it('1 MiB bodies of every shape take a bounded time', () => {
  const mib = 1024 * 1024;
  for (const piece of [
    '<div style="font-size:0">',
    'caution: ',
    ') ',
    '> ',
    'From: a\n',
    '<a',
    '<',
    '=?',
    'font-size:',
    '&',
    '-- \n',
    'cid:',
  ]) {
    const body = piece.repeat(mib / piece.length);
    const took = processorMilliseconds(() => {
      previewOf(body, bodyTypeOf(body));
      decodeEncodedWords(body.slice(0, 20_000));
    });

    expect(took, piece).toBeLessThan(2_000);
  }
});
