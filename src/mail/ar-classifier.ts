import { normalizeText } from '../domain/normalize-text.ts';
import { AR_CHARACTERS, AR_FILE_WORDS, AR_WORDS, WEAK_AR_WORDS } from './ar-vocabulary.ts';
import { programOf, type SentMail } from './programs.ts';
import { foldWords } from './subject.ts';

/** As much of a mail as the rules need. */
export interface JudgedMail extends SentMail {
  /** Whether the mail names one of the customer's invoices. */
  hasInvoiceLink: boolean;
}

export interface ArVerdict {
  /** Null when there is nothing to judge by. */
  isArRelated: boolean | null;
  /** Sent by a program: no answer is due. */
  automatic: boolean;
  /** The rules that decided, for the log and the tests. */
  reasons: string[];
}

/**
 * Whether a mail is about receivables. The rules, first match wins:
 *
 * 1. What a program answers or reports about a mail isn't, though it often repeats the subject of a reminder.
 * 2. A mail that names one of the customer's invoices is, even when a payment portal sends it as bulk mail.
 * 3. A newsletter or list mail isn't.
 * 4. One word or phrase of the AR vocabulary in the subject or the sender's own text, or in the name of an attachment: it is.
 * 5. Two different words that are weak alone ("account" and "due"): it is.
 * 6. No words at all: not known. Otherwise it isn't.
 */
export function classifyAr(mail: JudgedMail): ArVerdict {
  const program = programOf(mail);
  const isAnnouncement = program?.kind === 'bulk' || program?.kind === 'notice';
  if (program !== null && !isAnnouncement) return { isArRelated: false, automatic: true, reasons: [program.reason] };
  const automatic = program !== null;
  const because = (reason: string) => (program === null ? [reason] : [reason, program.reason]);
  if (mail.hasInvoiceLink) return { isArRelated: true, automatic, reasons: because('invoice number') };
  if (program?.kind === 'bulk') return { isArRelated: false, automatic, reasons: [program.reason] };
  const word = arReason(mail);
  if (word !== null) return { isArRelated: true, automatic, reasons: because(word) };
  if (hasNoWords(mail)) return { isArRelated: null, automatic, reasons: because('no words') };
  return { isArRelated: false, automatic, reasons: because('no AR vocabulary') };
}

const MAX_TEXT = 20_000;
const MAX_FOLDED = 2 * MAX_TEXT;

function arReason({ subject, text, attachments }: JudgedMail): string | null {
  const spoken = `${subject}\n${text.slice(0, MAX_TEXT)}`;
  const words = foldWords(spoken, MAX_FOLDED);
  const spokenInFullForms = normalizeText(spoken, 'NFKC', MAX_FOLDED);
  const word = STRONG.exec(words)?.[1] ?? AR_CHARACTERS.find((phrase) => spokenInFullForms.includes(phrase));
  if (word !== undefined) return `word "${word}"`;
  const file = attachments.find(({ filename, isInline }) => isInline !== true && FILES.test(foldWords(filename, 500)));
  if (file !== undefined) return 'name of an attachment';
  const weak = new Set(Array.from(words.matchAll(WEAK), (match) => match[1]));
  return weak.size >= 2 ? `words "${[...weak].slice(0, 2).join('", "')}"` : null;
}

function hasNoWords({ subject, text, attachments }: JudgedMail): boolean {
  const files = attachments.filter(({ isInline }) => isInline !== true).map(({ filename }) => filename);
  const all = [subject, text.slice(0, MAX_TEXT), ...files].join('\n');
  return !/[\p{L}\p{N}]/u.test(all.replace(/\b(?:re|fwd?|aw|wg|sv|tr|rv)\s*:/gi, ''));
}

const STRONG = anyOf(Object.values(AR_WORDS).join(', '));
const WEAK = anyOf(WEAK_AR_WORDS, 'g');
const FILES = anyOf(AR_FILE_WORDS);

function anyOf(list: string, flags = ''): RegExp {
  const words = list.split(/,\s*/).map((word) => {
    const folded = foldWords(word, 100).trim();
    return escapeRegExp(folded) + (word.endsWith('*') ? '\\p{L}*' : '');
  });
  return new RegExp(`(?<= )(${words.join('|')})(?= )`, `u${flags}`);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
