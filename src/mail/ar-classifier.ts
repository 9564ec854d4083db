import { normalizeText } from '../domain/normalize-text.ts';
import { AR_CHARACTERS, AR_FILE_WORDS, AR_WORDS, WEAK_AR_WORDS } from './ar-vocabulary.ts';
import { detectProgram, type ProgramDetectorInput } from './programs.ts';
import { foldWords, withoutReplyPrefixes } from './subject.ts';

/** The parts of a mail that the rules need. */
export interface ArClassifierInput extends ProgramDetectorInput {
  /** Whether the mail names one of the customer's invoices. */
  hasInvoiceLink: boolean;
}

export interface ArVerdict {
  /** Null when the mail has no words to classify by. */
  isArRelated: boolean | null;
  /** Whether a program sent the mail, so that it needs no answer. */
  automatic: boolean;
  /** The rules that matched, for the log and the tests. */
  reasons: string[];
}

/**
 * Classifies whether a mail is about receivables. The first rule that matches decides:
 *
 * 1. An automatic reply or a report about a mail: no, although it often repeats the subject of a reminder.
 * 2. A mail that names one of the customer's invoices: yes, even when a payment portal sends it as bulk mail.
 * 3. A newsletter or list mail: no.
 * 4. A word or phrase of the AR vocabulary in the subject, in the sender's own text or in an attachment's name: yes.
 * 5. Two different weak words ("account" and "due"): yes.
 * 6. No words at all: not known. Otherwise: no.
 */
export function classifyAr(mail: ArClassifierInput): ArVerdict {
  const program = detectProgram(mail);
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

function arReason({ subject, text, attachments }: ArClassifierInput): string | null {
  const spoken = `${subject}\n${text.slice(0, MAX_TEXT)}`;
  const words = foldWords(spoken, MAX_FOLDED);
  const spokenInFullForms = normalizeText(spoken, 'NFKC', MAX_FOLDED);
  const word = STRONG.find(words) ?? AR_CHARACTERS.find((phrase) => spokenInFullForms.includes(phrase));
  if (word !== undefined) return `word "${word}"`;
  const file = attachments.find(({ filename, isInline }) => isInline !== true && FILES.test(foldWords(filename, 500)));
  if (file !== undefined) return 'name of an attachment';
  const weak = new Set(Array.from(words.matchAll(WEAK), (match) => match[1]));
  return weak.size >= 2 ? `words "${[...weak].slice(0, 2).join('", "')}"` : null;
}

function hasNoWords({ subject, text, attachments }: ArClassifierInput): boolean {
  const files = attachments.filter(({ isInline }) => isInline !== true).map(({ filename }) => filename);
  const all = [subject, text.slice(0, MAX_TEXT), ...files].join('\n');
  return !/[\p{L}\p{N}]/u.test(withoutReplyPrefixes(all));
}

/** Finds words of a long list, which a pattern of as many alternatives would do several times more slowly. */
class WordList {
  readonly #words = new Set<string>();
  /** Words with any ending, by their first letters. */
  readonly #stems = new Map<string, string[]>();
  /** Phrases of several words, by their first word. */
  readonly #phrases = new Map<string, string[]>();

  constructor(list: string) {
    for (const entry of list.split(/,\s*/)) {
      const folded = foldWords(entry, 100).trim();
      const [first = ''] = folded.split(' ', 1);
      if (entry.endsWith('*')) append(this.#stems, folded.slice(0, STEM_KEY), folded);
      else if (first === folded) this.#words.add(folded);
      else append(this.#phrases, first, folded);
    }
  }

  /** @param words as `foldWords` returns them */
  find(words: string): string | undefined {
    for (const word of new Set(words.split(' '))) {
      if (this.#words.has(word)) return word;
      if (this.#stems.get(word.slice(0, STEM_KEY))?.some((stem) => word.startsWith(stem))) return word;
      const phrase = this.#phrases.get(word)?.find((one) => words.includes(` ${one} `));
      if (phrase !== undefined) return phrase;
    }
    return undefined;
  }
}

/** In letters; no stem is shorter. */
const STEM_KEY = 3;

function append(map: Map<string, string[]>, key: string, value: string): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

const STRONG = new WordList(Object.values(AR_WORDS).join(', '));
const WEAK = anyOf(WEAK_AR_WORDS, 'g');
const FILES = anyOf(AR_FILE_WORDS);

/** Of text that {@link foldWords} returned. A blank in the pattern takes half of the time of a look-behind. */
function anyOf(list: string, flags = ''): RegExp {
  const words = list.split(/,\s*/).map((word) => {
    const folded = foldWords(word, 100).trim();
    return escapeRegExp(folded) + (word.endsWith('*') ? '\\p{L}*' : '');
  });
  return new RegExp(` (${words.join('|')})(?= )`, `u${flags}`);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
