import { lowerCase } from '../domain/normalize-text.ts';
import { isReportingServer } from '../mail/no-reply.ts';
import { previewOf } from '../mail/preview.ts';
import { detectProgram, hasBounceSubject } from '../mail/programs.ts';
import type { NylasMessage } from './nylas/event.ts';

/** Delivery reports (bounces): which recipients a mail didn't reach. */

const REPORT = /report-type\s*=\s*"?delivery-status|message\/(?:global-)?delivery-status/i;
const LONGEST_HEADER = 2_000;

/** Whether a mail is a delivery report, judged by its headers, parts and sender's address, and by its words last. */
export function isDeliveryReport(mail: NylasMessage): boolean {
  return isMarkedReport(mail) || (hasBounceSubject(mail.subject) && isReportByWords(mail));
}

function isReportByWords({ subject, from, attachments, headers, texts }: NylasMessage): boolean {
  return (
    detectProgram({ subject, text: texts.own, from: from?.email ?? null, attachments, headers })?.kind === 'bounce'
  );
}

function isMarkedReport(mail: NylasMessage): boolean {
  const isReport = (type: string) => REPORT.test(type.slice(0, LONGEST_HEADER));
  return (
    headerValues(mail, 'x-failed-recipients').length > 0 ||
    headerValues(mail, 'content-type').some(isReport) ||
    mail.attachments.some(({ contentType }) => isReport(contentType)) ||
    isReportingServer(mail.from?.email ?? '')
  );
}

const MOST_RECIPIENTS = 20;
const LONGEST_TEXT = 20_000;
const ADDRESS = /[\p{L}\p{N}._%+'=-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;

/**
 * The addresses that a report names as not reached: those in its headers first, then those in its text, in its order.
 */
export function failedRecipients(mail: NylasMessage): string[] {
  const inHeaders = [
    ...headerValues(mail, 'x-failed-recipients'),
    ...headerValues(mail, 'final-recipient'),
    ...headerValues(mail, 'original-recipient'),
  ].join(' ');
  const text = mail.texts.full;
  const named =
    `${inHeaders}\n${text.slice(0, LONGEST_TEXT)}\n${mail.subject.slice(0, LONGEST_HEADER)}`.match(ADDRESS) ?? [];
  return [...new Set(named)].slice(0, MOST_RECIPIENTS);
}

/** As servers name one: `Final-Recipient: rfc822; ann@acme.example`, `<ann@acme.example>: host said`. */
const SAID = new RegExp(
  `(?:(?:final|original)-recipient\\s{0,3}:(?:\\s{0,3}[\\w-]{1,20}\\s{0,3};)?\\s{0,3}<?|\\n\\s{0,3}<)(${ADDRESS.source})`,
  'giu',
);

/**
 * Of these recipients, those that the report itself says it failed for, when a customer's is among them: the mail that it
 * gives back names others, too.
 */
export function saidToHaveFailed(
  mail: NylasMessage,
  failed: readonly string[],
  isContact: (address: string) => boolean,
): readonly string[] {
  const text = mail.texts.full;
  const named = new Set([
    ...headerValues(mail, 'x-failed-recipients').flatMap((value) => value.match(ADDRESS) ?? []),
    ...Array.from(`\n${text.slice(0, LONGEST_TEXT)}`.matchAll(SAID), ([, address = '']) => address),
  ]);
  const said = failed.filter((address) => named.has(address));
  return said.some(isContact) ? said : failed;
}

const DELAYED =
  /\(delay\)|\bdelay(?:ed)?\b|still being retried|verzögert|verspätet|retardée?|différée?|retras|demora|ritard|vertraag|atras|opóźni|zpožd|omešk|försen|forsink|viiväst|késlelt|întârzi|задерж|затрим|закъсн|gecik|kašnj|καθυστ|遅延|遅れ|延迟|延遲|지연/iu;
const STILL_TRIED =
  /not yet been delivered|will be retried|will (?:retry|keep trying|continue to (?:try|attempt))|do not need to resend|action: delayed|weiterhin versucht|wird weiter(?:hin)? versuch|nouvelles? tentatives?|se (?:volverá|seguirá) a? ?intent|ulteriori tentativi/iu;
const DELIVERED =
  /success|^\W*(?:delivered|relayed|zugestellt|übermittelt|entregado|recapitato|bezorgd|entregue|levererat|leveret|levert|dostarczono|doručeno|доставлено|配信済み|已送达)\b/iu;

/** What became of the mail that a report is about, in the words that its preview begins with; null where it arrived. */
export function standingOf({ subject, texts }: NylasMessage): string | null {
  const heading = subject.slice(0, LONGEST_HEADER);
  if (DELIVERED.test(heading) && !/fail|undeliver|not deliver/i.test(heading)) return null;
  const isDelayed = DELAYED.test(heading) || STILL_TRIED.test(texts.full.slice(0, LONGEST_TEXT));
  return isDelayed ? 'Not delivered yet to' : 'Not delivered to';
}

const MOST_NAMED = 3;

/**
 * The preview of a report, beginning with the addresses that the mail didn't reach: the report itself often begins with
 * an apology that is longer than a preview.
 * @param standing see {@link standingOf}
 * @param failed addresses outside the company, the most likely first
 */
export function previewOfReport(
  preview: string | null,
  standing: string | null,
  failed: readonly string[],
): string | null {
  if (standing === null) return preview;
  const shown = lowerCase(preview ?? '', 1_000);
  if (failed.length === 0 || failed.some((address) => shown.includes(lowerCase(address)))) return preview;
  const named = failed.slice(0, MOST_NAMED).join(', ');
  return previewOf(`${standing} ${named}: ${preview ?? ''}`, 'text/plain');
}

function headerValues({ headers }: NylasMessage, name: string): string[] {
  return headers
    .filter((header) => lowerCase(header.name) === name)
    .map(({ value }) => value.slice(0, LONGEST_HEADER))
    .filter((value) => value.trim() !== '');
}
