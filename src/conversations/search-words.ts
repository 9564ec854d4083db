import { cutText, lowerCase, normalizeText } from '../domain/normalize-text.ts';

/**
 * Words of a message and of a search (contract §3, `search`): runs of letters, marks and digits after NFKC and
 * lower-casing. PostgreSQL's own parser is not asked: it tears `INV-1001` into `inv` and `-1001`.
 */

const WORD = /[\p{L}\p{M}\p{Nd}]+/gu;
/** Most text is of these characters only, of which NFKC changes none; an import splits it by the million. */
const PLAIN = /^[\t-~]*$/;
const PLAIN_WORD = /[a-z0-9]+/g;
/** Characters of a word that are kept, in the index and in a search alike. */
const WORD_LENGTH = 64;
const DISTINCT_WORDS = 2_000;
/** Of each field: a subject or a name has fewer characters, and its words past this one are not found. */
const SEARCHED_LENGTH = 100_000;
/** PostgreSQL keeps no position past this one in a tsvector. */
const LAST_POSITION = 16_383;

export const SEARCH_WORDS = { minimum: 1, maximum: 10 };

export function wordsOf(fullText: string): string[] {
  const text = cutText(fullText, SEARCHED_LENGTH);
  if (PLAIN.test(text)) {
    const words = lowerCase(text, SEARCHED_LENGTH).match(PLAIN_WORD) ?? [];
    return text.length > WORD_LENGTH ? words.map(cut) : words;
  }
  const lower = lowerCase(normalizeText(text, 'NFKC', SEARCHED_LENGTH), SEARCHED_LENGTH);
  return (normalizeText(lower, 'NFKC', SEARCHED_LENGTH).match(WORD) ?? []).map(cut);
}

function cut(word: string): string {
  return word.length > WORD_LENGTH ? [...word].slice(0, WORD_LENGTH).join('') : word;
}

/** What a message can be found by. Notes are encrypted and never among it. */
export type Searchable = {
  subject: string;
  preview: string | null;
  customerName: string | null;
  from: { name: string; email: string } | null;
  to: readonly { name: string; email: string }[];
  cc: readonly { name: string; email: string }[];
};

/** The text of a `tsvector`. */
export function searchVector(message: Searchable): string {
  return [...searchPositions(message)].map(([word, at]) => `'${word}':${at.join(',')}`).join(' ');
}

/** Each word with its positions, ascending; a gap between fields so that no phrase runs across two. */
export function searchPositions(message: Searchable): ReadonlyMap<string, number[]> {
  const positions = new Map<string, number[]>();
  let position = 0;
  for (const field of fieldsOf(message)) {
    for (const word of wordsOf(field)) {
      position += 1;
      const known = positions.get(word);
      if (known) known.push(Math.min(position, LAST_POSITION));
      else if (positions.size < DISTINCT_WORDS) positions.set(word, [Math.min(position, LAST_POSITION)]);
    }
    position += 1;
  }
  return positions;
}

function* fieldsOf(message: Searchable): Iterable<string> {
  yield message.subject;
  if (message.preview) yield message.preview;
  if (message.customerName) yield message.customerName;
  for (const party of [...(message.from ? [message.from] : []), ...message.to, ...message.cc]) {
    yield party.name;
    yield party.email;
  }
}

/** A `tsquery` for each word of a search alone. */
export function wordQueries(search: string): string[] {
  return [...new Set(wordsOf(search))].map((word) => `'${word}':*`);
}

/** Words in a search, in order; the contract takes one to ten. */
export function countSearchWords(search: string): number {
  return wordsOf(search).length;
}

/**
 * The text of a `tsquery`: each word begins a word of the message; what stands together without a blank (`INV-1001`,
 * an address) is found as its words in order.
 */
export function searchQuery(search: string): string {
  return search
    .split(/\s+/u)
    .map((term) =>
      wordsOf(term)
        .map((word) => `'${word}':*`)
        .join(' <-> '),
    )
    .filter((phrase) => phrase !== '')
    .map((phrase) => `(${phrase})`)
    .join(' & ');
}
