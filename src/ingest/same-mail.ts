import { lowerCase, normalizeText } from '../domain/normalize-text.ts';
import type { BodyType } from '../domain/vocabulary.ts';
import { addressKey, exactAddressKey } from '../mail/address.ts';
import { isBannerLine } from '../mail/banner.ts';
import { fullTextOf } from '../mail/preview.ts';
import { gatewayTag } from '../mail/subject.ts';

/**
 * Decides whether two deliveries are the same mail. An equal Message-ID alone proves nothing, because some systems give
 * every mail the same one. Sender, time, subject, recipients and text have to support it.
 */

export type ComparedFile = { filename: string; sizeBytes: number | null };

export type ComparedMail = {
  /** Message-ID without its angle brackets; null when it is unknown or unusable. */
  messageId: string | null;
  from: { email: string } | null;
  to: readonly { email: string }[];
  cc: readonly { email: string }[];
  subject: string;
  /** The mail's own time; null when it has none. */
  date: Date | null;
  /** Null when it is unknown, as for a truncated mail. */
  body: string | null;
  bodyType: BodyType;
  files: readonly ComparedFile[];
};

const MINUTE_MS = 60_000;
/** How far apart the times may be that two mailboxes, or a mailing list, give to the same mail. */
export const FEW_MINUTES_MS = 5 * MINUTE_MS;
const SUPPORTED_ID_MS = 15 * MINUTE_MS;
/**
 * Moderated mailing lists and deferring servers delay mails this long. Accepted only for mails that are equal in
 * everything.
 */
export const LONGEST_DELAY_MS = 12 * 60 * MINUTE_MS;
/** A moved mail keeps its time, but providers round it differently. */
export const SAME_MOMENT_MS = 2_000;

/** @param isInSameMailbox one mailbox has both, so they are the same mail only if it was moved or sent to itself */
export function isSameMail(a: ComparedMail, b: ComparedMail, isInSameMailbox: boolean): boolean {
  if (a.messageId !== null && b.messageId !== null)
    return a.messageId === b.messageId && supportsId(a, b, isInSameMailbox);
  return isAlikeWithoutIds(a, b, isInSameMailbox);
}

/** Whether the other fields confirm that two mails with the same Message-ID are the same. */
function supportsId(a: ComparedMail, b: ComparedMail, isInSameMailbox: boolean): boolean {
  const apart = millisecondsApart(a, b);
  if (apart !== null && apart > LONGEST_DELAY_MS) return false;
  const texts = compareTexts(a, b);
  const isSubjectSame = comparableSubject(a.subject) === comparableSubject(b.subject);
  const areRecipientsSame = recipientsOf(a) === recipientsOf(b);
  if (apart !== null && apart > SUPPORTED_ID_MS)
    return isSubjectSame && areRecipientsSame && texts === 'same' && haveSameFiles(a, b, true);
  if (texts === 'different') return false;
  // Systems write the same words above other files.
  if (isInSameMailbox && a.files.length > 0 && b.files.length > 0 && !haveSameFiles(a, b, false)) return false;
  const isSenderSame = senderOf(a) === senderOf(b);
  if (!isSenderSame) return isSubjectSame && (areRecipientsSame || texts === 'same');
  if (isInSameMailbox && texts !== 'same') return isSubjectSame;
  return isSubjectSame || areRecipientsSame;
}

/** Compares two mails of which at least one was delivered without headers. */
function isAlikeWithoutIds(a: ComparedMail, b: ComparedMail, isInSameMailbox: boolean): boolean {
  const apart = millisecondsApart(a, b);
  const sender = exactSenderOf(a);
  if (apart === null || sender === null || sender !== exactSenderOf(b)) return false;
  if (comparableSubject(a.subject) !== comparableSubject(b.subject) || recipientsOf(a) !== recipientsOf(b))
    return false;
  const texts = compareTexts(a, b);
  if (texts === 'different') return false;
  // The provider of one mailbox may leave out the attachments.
  const isOneWithoutFiles = !isInSameMailbox && texts === 'same' && (a.files.length === 0 || b.files.length === 0);
  if (!haveSameFiles(a, b, isInSameMailbox)) return isOneWithoutFiles && apart <= SAME_MOMENT_MS;
  if (isInSameMailbox || texts === 'unknown') return apart <= SAME_MOMENT_MS && texts !== 'alike';
  return apart <= (texts === 'same' ? FEW_MINUTES_MS : SAME_MOMENT_MS);
}

function millisecondsApart(a: ComparedMail, b: ComparedMail): number | null {
  return a.date === null || b.date === null ? null : Math.abs(a.date.getTime() - b.date.getTime());
}

function senderOf({ from }: ComparedMail): string | null {
  return from && addressKey(from.email);
}

function exactSenderOf({ from }: ComparedMail): string | null {
  return from && exactAddressKey(from.email);
}

/** Without bcc, which only the sender's own copy has. */
function recipientsOf({ to, cc }: ComparedMail): string {
  const keys = [...to, ...cc].map(({ email }) => exactAddressKey(email) ?? email.trim());
  return [...new Set(keys)].toSorted().join(' ');
}

const LONGEST_SUBJECT = 500;
const ANSWER_PREFIX = /^(?:[\p{L}]{1,8}(?:\[\d{1,3}\])?\s?[:：]\s*)/u;

/** The subject in the form that is compared: without the tags of gateways and mailing lists, also after `Re:`. */
export function comparableSubject(subject: string): string {
  let rest = subject.slice(0, LONGEST_SUBJECT).replace(/\s+/g, ' ').trim();
  let prefixes = '';
  for (let turns = 0; turns < 10; turns += 1) {
    const tag = gatewayTag(rest);
    // Something with a digit, such as `[Ticket 12]`, distinguishes mails, so it stays.
    if (tag !== '' && !/\d/.test(tag)) {
      rest = rest.slice(tag.length);
      continue;
    }
    const prefix = ANSWER_PREFIX.exec(rest)?.[0];
    if (prefix === undefined) break;
    prefixes += `${prefix.replaceAll(' ', '')} `;
    rest = rest.slice(prefix.length);
  }
  return lowerCase(normalizeText(`${prefixes}${rest}`, 'NFC', LONGEST_SUBJECT), LONGEST_SUBJECT).trim();
}

function haveSameFiles(a: ComparedMail, b: ComparedMail, isExact: boolean): boolean {
  const names = (mail: ComparedMail) => mail.files.map(({ filename }) => filename).toSorted();
  const [left, right] = [names(a), names(b)];
  if (left.length !== right.length || left.some((name, at) => name !== right[at])) return false;
  const [smaller = 0, larger = 0] = [bytesOf(a), bytesOf(b)].toSorted((x, y) => x - y);
  // Some providers report the size of the file, others that of its Base64 form.
  return smaller === 0 || (isExact ? larger === smaller : larger <= smaller * 1.45);
}

function bytesOf({ files }: ComparedMail): number {
  return files.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
}

type Texts = 'same' | 'alike' | 'different' | 'unknown';

const LONGEST_TEXT = 40_000;
const MOST_WORDS = 3_000;
const LEAST_SHARE = 0.8;

/**
 * `alike`: one text contains the other, apart from what a mailing list or a gateway adds or rewrites. Words with a
 * digit (invoice numbers, amounts, dates) must all be in both.
 */
function compareTexts(a: ComparedMail, b: ComparedMail): Texts {
  if (a.body === null || b.body === null) return 'unknown';
  if (a.body === b.body) return a.body.trim() === '' ? 'unknown' : 'same';
  const [fewer = [], more = []] = [wordsOf(a), wordsOf(b)].toSorted((x, y) => x.length - y.length);
  if (fewer.length === 0) return more.length === 0 ? 'unknown' : 'different';
  if (fewer.length === more.length && fewer.every((word, at) => word === more[at])) return 'same';
  const held = new Set(more);
  const missing = fewer.filter((word) => !held.has(word));
  if (missing.some((word) => /\p{N}/u.test(word))) return 'different';
  return missing.length <= fewer.length * (1 - LEAST_SHARE) ? 'alike' : 'different';
}

/** The words of the body, without the links that gateways rewrite and the warnings that they add. */
function wordsOf({ body, bodyType }: ComparedMail): string[] {
  const lines = fullTextOf(body, bodyType)
    .split('\n')
    .filter((line) => !isBannerLine(line));
  const text = lowerCase(lines.join('\n').replace(/\bhttps?:\/\/\S+/gi, ' '), LONGEST_TEXT);
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS);
}
