/** From a script's text to the body of a mail, the way the writer's mail program would have made it. */

import { invoiceOf, usd } from './invoices.ts';
import type { Person } from './people.ts';

type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'table'; rows: readonly (readonly string[])[] };

export type Letter = {
  from: Person;
  to: readonly { name: string; email: string }[];
  at: Date;
  subject: string;
  text: string;
  /** Lines below the text; none for machines. */
  signature: readonly string[];
  /** Content id of the signature's image. */
  logoCid?: string;
  /** The mail that is answered, quoted below by programs that do so. */
  answers?: Letter;
};

export const bodyTypeOf = (person: Person): 'text/html' | 'text/plain' =>
  person.style === 'outlook' || person.style === 'gmail' ? 'text/html' : 'text/plain';

export function renderBody(letter: Letter): string {
  if (letter.from.style === 'outlook') return outlookBody(letter);
  return letter.from.style === 'gmail' ? gmailBody(letter) : plainBody(letter);
}

function outlookBody(letter: Letter): string {
  const paragraph = (inner: string) => `<p class="MsoNormal">${inner}</p>`;
  const signature = letter.signature.length > 0 ? paragraph(letter.signature.map(escapeHtml).join('<br>')) : '';
  const logo = letter.logoCid ? paragraph(`<img width="140" height="38" src="cid:${letter.logoCid}" alt="">`) : '';
  const own = htmlBlocks(letter.text, paragraph) + signature + logo;
  return `<html><body lang="${languageOf(letter.from)}"><div class="WordSection1">${own}${outlookQuote(letter.answers)}</div></body></html>`;
}

function outlookQuote(quoted: Letter | undefined): string {
  if (!quoted) return '';
  const header = [
    `<b>From:</b> ${escapeHtml(quoted.from.name)} &lt;${quoted.from.email}&gt;`,
    `<b>Sent:</b> ${whenSaid(quoted.at, 'en')}`,
    `<b>To:</b> ${quoted.to.map((one) => escapeHtml(one.name)).join('; ')}`,
    `<b>Subject:</b> ${escapeHtml(quoted.subject)}`,
  ].join('<br>');
  return `<div style="border-top:solid #E1E1E1 1.0pt;padding-top:3.0pt"><p class="MsoNormal">${header}</p></div>${htmlBlocks(quoted.text, (inner) => `<p class="MsoNormal">${inner}</p>`)}`;
}

function gmailBody(letter: Letter): string {
  const own = `<div dir="ltr">${htmlBlocks(letter.text, (inner) => `<p>${inner}</p>`)}</div>`;
  const signature =
    letter.signature.length > 0
      ? `<div class="gmail_signature">--<br>${letter.signature.map(escapeHtml).join('<br>')}</div>`
      : '';
  return `${own}${signature}${gmailQuote(letter.answers, letter.from)}`;
}

function gmailQuote(quoted: Letter | undefined, reader: Person): string {
  if (!quoted) return '';
  return `<div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escapeHtml(attribution(quoted, reader))}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${htmlBlocks(quoted.text, (inner) => `<p>${inner}</p>`)}</blockquote></div>`;
}

function plainBody(letter: Letter): string {
  const own = plainBlocks(letter.text);
  const signed = letter.signature.length > 0 ? `${own}\n\n${letter.signature.join('\n')}` : own;
  if (!letter.answers || letter.from.style === 'phone') return signed;
  const quoted = plainBlocks(letter.answers.text).replaceAll(/^/gm, '> ');
  return `${signed}\n\n${attribution(letter.answers, letter.from)}\n${quoted}`;
}

function attribution({ from, at }: Letter, reader: Person): string {
  const who = `${from.name} <${from.email}>`;
  if (reader.locale === 'es') return `El ${whenSaid(at, 'es')}, ${who} escribió:`;
  return reader.locale === 'de'
    ? `Am ${whenSaid(at, 'de')} schrieb ${who}:`
    : `On ${whenSaid(at, 'en')}, ${who} wrote:`;
}

function htmlBlocks(text: string, paragraph: (inner: string) => string): string {
  return blocksOf(text)
    .map((block) => {
      if (block.kind === 'paragraph') return paragraph(escapeHtml(block.text));
      if (block.kind === 'list') return `<ul>${block.items.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`;
      const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`);
      return `<table border="1" cellpadding="4" cellspacing="0">${rows.join('')}</table>`;
    })
    .join('');
}

function plainBlocks(text: string): string {
  return blocksOf(text)
    .map((block) => {
      if (block.kind === 'paragraph') return block.text;
      if (block.kind === 'list') return block.items.map((one) => `- ${one}`).join('\n');
      const widths = (block.rows[0] ?? []).map((_, column) =>
        Math.max(...block.rows.map((row) => row[column]?.length ?? 0)),
      );
      return block.rows
        .map((row) =>
          row
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd(),
        )
        .join('\n');
    })
    .join('\n\n');
}

function blocksOf(text: string): readonly Block[] {
  return withAmounts(text)
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').map((line) => line.trim()))
    .map((lines) => lines.filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines): Block => {
      if (lines[0]?.startsWith('- ')) return { kind: 'list', items: lines.map((line) => line.slice(2)) };
      if (lines[0]?.startsWith('| ')) return { kind: 'table', rows: lines.map(cellsOf) };
      return { kind: 'paragraph', text: lines.join(' ') };
    });
}

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const withAmounts = (text: string): string =>
  text.replaceAll(/\{(\d{5})\}/g, (_, number) => usd(invoiceOf(Number(number)).amountCents));

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const languageOf = ({ locale }: Person): string => (locale === 'de' ? 'DE' : 'EN-US');

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MESES = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sept', 'oct', 'nov', 'dic'];

/** Written out here and not by `Intl`, whose wording and spaces differ between versions of Node. */
function whenSaid(at: Date, locale: 'en' | 'de' | 'es'): string {
  const hoursBehind = at.toISOString() < '2026-11-01T07:00' ? 5 : 6;
  const hoursAhead = locale === 'de' ? (at.toISOString() < '2026-10-25T01:00' ? 2 : 1) : -hoursBehind;
  const local = new Date(at.getTime() + hoursAhead * 3_600_000);
  const [month, day, hour] = [local.getUTCMonth(), local.getUTCDate(), local.getUTCHours()];
  const minute = String(local.getUTCMinutes()).padStart(2, '0');
  if (locale === 'de') return `${pad(day)}.${pad(month + 1)}.2026 um ${pad(hour)}:${minute}`;
  if (locale === 'es') return `${day} ${MESES[month]} 2026, a la(s) ${hour}:${minute}`;
  const clock = `${hour % 12 || 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${WEEKDAYS[local.getUTCDay()]}, ${MONTHS[month]} ${day}, 2026 at ${clock}`;
}

const pad = (value: number): string => String(value).padStart(2, '0');
