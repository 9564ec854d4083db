import { failedRecipients, isDeliveryReport } from '../../src/ingest/bounce.ts';
import { readNylasMessage } from '../../src/ingest/nylas/event.ts';
import { isSameMail } from '../../src/ingest/same-mail.ts';
import { classifyAr } from '../../src/mail/ar-classifier.ts';
import { findInvoiceNumbers } from '../../src/mail/invoice-numbers.ts';
import { previewOfOwnText } from '../../src/mail/preview.ts';

/** Bodies that cost a careless reader minutes, each of about the length that is asked for. */

const repeated = (piece: string) => (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const surrounded = (left: string, right: string) => (length: number) => {
  const times = Math.floor(length / (left.length + right.length));
  return left.repeat(times) + right.repeat(times);
};

/** A style sheet of half the length, and elements that it applies to. */
const styled = (rule: (nth: number) => string, element: (nth: number) => string) => (length: number) => {
  const rules = Array.from({ length: 2_000 }, (_, nth) => rule(nth)).join('');
  const sheet = rules.repeat(Math.ceil(length / 2 / rules.length)).slice(0, length / 2);
  const elements = Array.from({ length: 2_000 }, (_, nth) => element(nth)).join('');
  return `<style>${sheet}</style>${elements.repeat(Math.ceil(length / 2 / elements.length))}`.slice(0, length);
};

export const HOSTILE_BODIES: Readonly<Record<string, (length: number) => string>> = {
  'deep nesting, closed': surrounded('<div>', '</div>'),
  'deep nesting, never closed': repeated('<div><table><tr><td>'),
  'inline elements that never close': repeated('<b><i><u>'),
  'closing tags alone': repeated('</div></td></b>'),
  'deep quotes': surrounded('<blockquote type="cite">', '</blockquote>'),
  'wrappers of size 0': surrounded('<div style="font-size:0"><p style="font-size:9px">', '</p></div>'),
  'unclosed tags': repeated('<a href="x'),
  'unclosed attributes': repeated('<p style="font-size:0;'),
  'one huge style attribute': (length) => `<p style="${'font-size:0;'.repeat(length / 12)}">words</p>`,
  'many styles': repeated('<p style="color:red;font:12px/1 Arial;visibility:hidden">a</p>'),
  'a colour for every element': (length) =>
    Array.from(
      { length: length / 44 },
      (_, nth) => `<p style="color:#${nth.toString(16).padStart(6, '0')}">a</p>`,
    ).join(''),
  'colours that never end': repeated('<p style="color:rgb(99999999999999999999999999999999999">a</p>'),
  'one huge attribute': (length) => `<img alt="${'x'.repeat(length)}">words`,
  'a million >': repeated('>'),
  'a million > and blanks': repeated('> '),
  'quoted lines': repeated('> > > said\n'),
  'one line': repeated('word '),
  'one word': repeated('x'),
  'blank lines': repeated('\n '),
  'lines of a header': repeated('From: a\nSent: b\n'),
  'a From on every line': repeated('Von: a@b.example\n'),
  'attributions without an end': repeated('On Mon, 2 Nov 2026 at 9:00, Ann <a@b.example> '),
  attributions: repeated('Am 2. Nov. 2026 um 9:00 schrieb Ann:\n'),
  'words of an attribution': repeated('schrieb wrote: '),
  'forwards in forwards': repeated('---------- Forwarded message ---------\nFrom: a\nSubject: b\n\n'),
  'dashes and underscores': repeated('--__=='),
  'warnings of a gateway': repeated('CAUTION: external email. '),
  'signature marks': repeated('-- \n'),
  addresses: repeated('<ann@acme.example> '),
  links: repeated('<https://acme.example/a?b=c> '),
  'at signs': repeated('a@'),
  'half addresses': repeated('a.b.c.'),
  entities: repeated('&amp;&#x41;&nbsp;'),
  'half entities': repeated('&#&#x&'),
  'base64 noise': repeated('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0NTY3ODkrLw=='),
  'quoted-printable': repeated('=C3=BC=20=\n'),
  'half quoted-printable': repeated('=C3=\n=4'),
  'encoded words': repeated('=?utf-8?B?TcO8?= '),
  'half encoded words': repeated('=?a?b?'),
  'comments that never end': repeated('<!-- '),
  'conditional comments': repeated('<!--[if mso]><p>a</p><![endif]-->'),
  'styles that never end': repeated('<style>a{'),
  'pictures pasted in': repeated('<img src="data:image/png;base64,AAAA">'),
  'content ids': repeated('<img src="cid:a@b">'),
  'invoice numbers': repeated('INV-1001 '),
  digits: repeated('1-2/3.'),
  'marks that combine': repeated('e\u0301\u0301'),
  'direction marks': repeated('\u200F\u202A'),
  'ligatures that unfold': repeated('\uFDFA'),
  emoji: repeated('👩‍👩‍👧'),
  'words of receipts': repeated('your message '),
  'words of reports': repeated('delivery recipient 5.1 a@b '),
  'words of automatic answers': repeated('this is an automatic '),
  'a rule for every class': styled(
    (nth) => `.c${nth}{display:none}`,
    (nth) => `<p class="c${nth}">a</p>`,
  ),
  'many classes on every element': styled(
    (nth) => `.c${nth % 40}.d${nth}{color:#fff}`,
    (nth) => `<p class="${Array.from({ length: 10 }, (_, other) => `c${(nth + other) % 40}`).join(' ')} e${nth}">a</p>`,
  ),
  'one rule of many selectors': (length) => `<style>${'.a,#b,td.c,'.repeat(length / 12)}{display:none}</style>words`,
  'one selector without an end': (length) => `<style>${'.a'.repeat(length / 2)}{display:none}</style>words`,
  'many style elements': repeated('<style>.a{color:#fff}</style><p class="a">a</p>'),
  'comments of a sheet': (length) => `<style>${'/*'.repeat(length / 2)}</style>words`,
  'at-rules in at-rules': (length) => `<style>${'@media a{'.repeat(length / 9)}</style>words`,
  'at signs of a sheet': (length) => `<style>${'@a @a;'.repeat(length / 6)}{</style>words`,
  'text in the colour of its background': repeated('<p style="color:#fff">words</p>'),
  'a style of its own for every element': (length) =>
    Array.from(
      { length: length / 40 },
      (_, nth) => `<p style="color:#${nth.toString(16).padStart(6, '0')}">a</p>`,
    ).join(''),
  'colours without an end': (length) => `<p style="color:rgba(${'1,'.repeat(length / 2)})">words</p>`,
  'odd quote marks': repeated(') } | text\n'),
  'quote marks that change': repeated(') a\n} a\n| a\n'),
  'names before quotes': repeated('John> text\nAnn> text\n'),
  'marks upon marks': repeated(')}]'),
  'attributions above odd marks': repeated('Ann wrote:\n) a\n'),
  'table cells': repeated('<td>1</td>'),
  'line breaks': repeated('<br>'),
};

const NUMBERS = Array.from({ length: 200 }, (_, nth) => `INV-${10_000 + nth}`);
const RECEIVED_AT = new Date('2026-01-05T12:00:00Z');

/** Everything that a mail's arrival does with its text. */
export function readWholeMail(body: string, subject = 'Re: Invoice INV-10001'): void {
  const message = readNylasMessage(
    {
      id: 'm',
      grant_id: 'g',
      subject,
      from: [{ email: 'ann@acme.example' }],
      body,
      attachments: [],
      date: 1_767_600_000,
    },
    { receivedAt: RECEIVED_AT },
  );
  if (message === null) throw new Error('unreadable');
  const text = message.texts.own;
  previewOfOwnText(message.texts.searched);
  findInvoiceNumbers(message.texts.full, NUMBERS);
  const judged = { subject, text, from: 'ann@acme.example', attachments: [], headers: [], hasInvoiceLink: false };
  classifyAr(judged);
  if (isDeliveryReport(message)) failedRecipients(message);
  const compared = { ...message, messageId: null, files: [] };
  isSameMail(compared, { ...compared, body: `${message.body} ` }, false);
}
