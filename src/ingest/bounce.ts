import { lowerCase } from '../domain/normalize-text.ts';
import { isReportingServer } from '../mail/no-reply.ts';
import { fullTextOf, ownTextOf, previewOf } from '../mail/preview.ts';
import { detectProgram, hasBounceSubject } from '../mail/programs.ts';
import type { NylasMessage } from './nylas/event.ts';

/** Delivery reports (bounces): which recipients a mail didn't reach. */

const REPORT = /report-type\s*=\s*"?delivery-status|message\/(?:global-)?delivery-status/i;
const LONGEST_HEADER = 2_000;

/** Whether a mail is a delivery report, judged by its headers, parts and sender's address, and by its words last. */
export function isDeliveryReport(mail: NylasMessage): boolean {
  return isMarkedReport(mail) || (hasBounceSubject(mail.subject) && isReportByWords(mail));
}

function isReportByWords({ subject, from, attachments, headers, body, bodyType, snippet }: NylasMessage): boolean {
  const text = body === null ? snippet : ownTextOf(body, bodyType);
  return detectProgram({ subject, text, from: from?.email ?? null, attachments, headers })?.kind === 'bounce';
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
  const text = mail.body === null ? mail.snippet : fullTextOf(mail.body, mail.bodyType, LONGEST_TEXT);
  const named =
    `${inHeaders}\n${text.slice(0, LONGEST_TEXT)}\n${mail.subject.slice(0, LONGEST_HEADER)}`.match(ADDRESS) ?? [];
  return [...new Set(named)].slice(0, MOST_RECIPIENTS);
}

const MOST_NAMED = 3;

/**
 * The preview of a report, beginning with the addresses that the mail didn't reach: the report itself often begins with
 * an apology that is longer than a preview.
 * @param failed addresses outside the company, the most likely first
 */
export function previewOfReport(preview: string | null, failed: readonly string[]): string | null {
  const shown = lowerCase(preview ?? '', 1_000);
  if (failed.length === 0 || failed.some((address) => shown.includes(lowerCase(address)))) return preview;
  const named = failed.slice(0, MOST_NAMED).join(', ');
  return previewOf(`Not delivered to ${named}: ${preview ?? ''}`, 'text/plain');
}

function headerValues({ headers }: NylasMessage, name: string): string[] {
  return headers
    .filter((header) => lowerCase(header.name) === name)
    .map(({ value }) => value.slice(0, LONGEST_HEADER))
    .filter((value) => value.trim() !== '');
}
