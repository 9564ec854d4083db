import { foldText, lowerCase, normalizeText } from '../domain/normalize-text.ts';
import { addressKey } from './address.ts';
import {
  AR_CHARACTERS,
  AR_FILE_WORDS,
  AR_WORDS,
  AUTO_REPLY_CHARACTERS,
  AUTO_REPLY_SUBJECTS,
  BOUNCE_SUBJECTS,
  WEAK_AR_WORDS,
} from './ar-vocabulary.ts';

/** As much of a mail as the rules need. */
export interface JudgedMail {
  subject: string;
  /** What the sender wrote, without earlier messages: see `ownTextOf`. */
  text: string;
  /** The sender's address; null when unknown. */
  from: string | null;
  attachments: readonly { filename: string; isInline?: boolean }[];
  /** Whether the mail names one of the customer's invoices. */
  hasInvoiceLink: boolean;
  headers: readonly { name: string; value: string }[];
  /** Domains of the mailbox's own addresses: a shared address that is a mailing list marks every mail as list mail. */
  ownDomains?: readonly string[];
}

export interface ArVerdict {
  /** Null when there is nothing to judge by. */
  isArRelated: boolean | null;
  /** Sent by a program: nobody waits for an answer. */
  automatic: boolean;
  /** The rules that decided, for the log and the tests. */
  reasons: string[];
}

/**
 * Whether a mail is about receivables. The rules, first match wins:
 *
 * 1. An automatic answer or a bounce isn't, though it often repeats the subject of a reminder.
 * 2. A mail that names one of the customer's invoices is, even when a payment portal sends it as bulk mail.
 * 3. A newsletter or list mail isn't.
 * 4. One word or phrase of the AR vocabulary in the subject or the sender's own text, or in the name of an attachment: it is.
 * 5. Two different words that are weak alone ("account" and "due"): it is.
 * 6. No words at all: not known. Otherwise it isn't.
 */
export function classifyAr(mail: JudgedMail): ArVerdict {
  const autoReply = autoReplyReason(mail);
  if (autoReply !== null) return { isArRelated: false, automatic: true, reasons: [autoReply] };
  const bulk = bulkReason(mail);
  const byProgram = bulk ?? programReason(mail);
  const automatic = byProgram !== null;
  const because = (reason: string) => (byProgram === null ? [reason] : [reason, byProgram]);
  if (mail.hasInvoiceLink) return { isArRelated: true, automatic, reasons: because('invoice number') };
  if (bulk !== null) return { isArRelated: false, automatic, reasons: [bulk] };
  const word = arReason(mail);
  if (word !== null) return { isArRelated: true, automatic, reasons: because(word) };
  if (hasNoWords(mail)) return { isArRelated: null, automatic, reasons: because('no words') };
  return { isArRelated: false, automatic, reasons: because('no AR vocabulary') };
}

const MAX_TEXT = 20_000;
const MAX_FOLDED = 2 * MAX_TEXT;

function autoReplyReason({ subject, from, headers }: JudgedMail): string | null {
  if (/^\s*auto-replied/i.test(header(headers, 'auto-submitted'))) return 'header auto-submitted';
  const marking = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply'].find((name) =>
    isYes(header(headers, name)),
  );
  if (marking !== undefined) return `header ${marking}`;
  if (/^\s*auto[_-]?reply/i.test(header(headers, 'precedence'))) return 'header precedence';
  const words = fold(subject.replace(/^\s*\[[^\]]{1,40}\]\s*/, '').slice(0, MAX_TEXT));
  if (startsWithAny(words, AUTO_REPLY)) return 'subject of an automatic reply';
  if (AUTO_REPLY_CHARACTERS.some((phrase) => subject.trimStart().startsWith(phrase)))
    return 'subject of an automatic reply';
  if (startsWithAny(words, BOUNCE) || /^(?:mailer-daemon|postmaster)@/.test(addressKey(from ?? '') ?? ''))
    return 'bounce';
  return null;
}

function bulkReason({ headers, ownDomains = [] }: JudgedMail): string | null {
  const listId = lowerCase(header(headers, 'list-id'));
  const isOwnList = ownDomains.some((domain) =>
    new RegExp(`[.@<]${escapeRegExp(lowerCase(domain))}>?\\s*$`).test(listId),
  );
  if (isOwnList) return null;
  if (/^\s*(?:bulk|list|junk)\b/i.test(header(headers, 'precedence'))) return 'header precedence';
  if (listId !== '') return 'header list-id';
  return header(headers, 'list-unsubscribe') === '' ? null : 'header list-unsubscribe';
}

/** Sent by a program, though not as an answer: a payer's system that announces a payment does so. */
function programReason({ from, headers }: JudgedMail): string | null {
  if (/^\s*auto-(?!replied)/i.test(header(headers, 'auto-submitted'))) return 'header auto-submitted';
  return /^(?:no|do-?not|donot)[-_.]?reply/.test(addressKey(from ?? '') ?? '') ? 'sender takes no replies' : null;
}

function arReason({ subject, text, attachments }: JudgedMail): string | null {
  const spoken = `${subject}\n${text.slice(0, MAX_TEXT)}`;
  const words = fold(spoken);
  const spokenInFullForms = normalizeText(spoken, 'NFKC', MAX_FOLDED);
  const word = STRONG.exec(words)?.[1] ?? AR_CHARACTERS.find((phrase) => spokenInFullForms.includes(phrase));
  if (word !== undefined) return `word "${word}"`;
  const file = attachments.find(
    ({ filename, isInline }) => isInline !== true && FILES.test(fold(filename.slice(0, 500))),
  );
  if (file !== undefined) return 'name of an attachment';
  const weak = new Set(Array.from(words.matchAll(WEAK), (match) => match[1]));
  return weak.size >= 2 ? `words "${[...weak].slice(0, 2).join('", "')}"` : null;
}

function hasNoWords({ subject, text, attachments }: JudgedMail): boolean {
  const files = attachments.filter(({ isInline }) => isInline !== true).map(({ filename }) => filename);
  const all = [subject, text.slice(0, MAX_TEXT), ...files].join('\n');
  return !/[\p{L}\p{N}]/u.test(all.replace(/\b(?:re|fwd?|aw|wg|sv|tr|rv)\s*:/gi, ''));
}

function header(headers: JudgedMail['headers'], name: string): string {
  return headers.find((entry) => lowerCase(entry.name) === name)?.value ?? '';
}

function isYes(value: string): boolean {
  return value.trim() !== '' && !/^\s*(?:no|false|0)\s*$/i.test(value);
}

/** Words in lower case without diacritics, a blank before, after and between them. Also parts `inv_1001` and `Statement2024`. */
function fold(text: string): string {
  return ` ${foldText(text, MAX_FOLDED)
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()} `;
}

const STRONG = anyOf(Object.values(AR_WORDS).join(', '));
const WEAK = anyOf(WEAK_AR_WORDS, 'g');
const FILES = anyOf(AR_FILE_WORDS);
const AUTO_REPLY = anyOf(AUTO_REPLY_SUBJECTS);
const BOUNCE = anyOf(BOUNCE_SUBJECTS);

function anyOf(list: string, flags = ''): RegExp {
  const words = list.split(/,\s*/).map((word) => escapeRegExp(word).replace(/\\\*$/, '\\p{L}*'));
  return new RegExp(`(?<= )(${words.join('|')})(?= )`, `u${flags}`);
}

function startsWithAny(words: string, phrases: RegExp): boolean {
  return phrases.exec(words)?.index === 1;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
