import { createHash } from 'node:crypto';
import { cutText, foldForSearch, lowerCase } from '../domain/normalize-text.ts';

/**
 * Words of what is stored and of a search (contract §3, `search`). A word is a run of letters, marks and digits of folded
 * text; PostgreSQL's own parser is not asked: it tears `INV-1001` into `inv` and `-1001`.
 *
 * Han, kana and Thai are written without blanks and are found inside a run too, so each of their characters is a word of
 * its own. Positions say what stood together: they grow by one within a run and by two from one run to the next.
 */

const RUN = /[\p{L}\p{M}\p{Nd}]+/gu;
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u;
const PARTS_OF_RUN =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]|[^\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]+/gu;
/** Most text is of these characters only, which folding leaves as they are but for their case; an import splits it by the million. */
const PLAIN = /^[\t-~]*$/;
const PLAIN_RUN = /[a-z0-9]+/g;

/** UTF-16 units of a word that are kept, in the index and in a search alike. */
const WORD_LENGTH = 64;
/** Of what the sender wrote, and as many again of everything else. A `tsvector` holds a mebibyte: this many of the longest fit. */
const DISTINCT_WORDS = 2_000;
/** UTF-16 units of each field that are looked at. */
export const SEARCHED_LENGTH = 100_000;
/** PostgreSQL keeps no position past this one in a tsvector. */
const LAST_POSITION = 16_383;
const BETWEEN_RUNS = 2;
/** No phrase runs across two fields. */
const BETWEEN_FIELDS = 4;

/** A search has at most so many words. */
export const MOST_SEARCH_WORDS = 32;

/** The runs of a text, each as its words. */
function runsOf(fullText: string): string[][] {
  const text = foldForSearch(fullText, SEARCHED_LENGTH);
  if (PLAIN.test(text)) return (text.match(PLAIN_RUN) ?? []).map((run) => [cutText(run, WORD_LENGTH)]);
  return (text.match(RUN) ?? []).map(partsOf);
}

/** What is a word of its own within a run. */
function partsOf(run: string): string[] {
  if (!UNSPACED.test(run)) return [cutText(run, WORD_LENGTH)];
  return (run.match(PARTS_OF_RUN) ?? []).map((part) => cutText(part, WORD_LENGTH));
}

/** What a message can be found by in itself. Notes are encrypted and never among it. */
export type Searchable = {
  subject: string;
  /** What the sender wrote in the body; null for what has none. */
  ownText: string | null;
  from: { name: string; email: string } | null;
  to: readonly { name: string; email: string }[];
  cc: readonly { name: string; email: string }[];
};

/** Each word with its positions, ascending, as the rows of `communication_thread_words` hold them. */
export type Words = ReadonlyMap<string, number[]>;

export function messageWords(companyId: string, { subject, ownText, from, to, cc }: Searchable): Words {
  const words = new WordPositions(companyId);
  words.addField(subject, DISTINCT_WORDS);
  for (const party of [...(from ? [from] : []), ...to, ...cc]) {
    words.addField(party.name, DISTINCT_WORDS);
    words.addField(party.email, DISTINCT_WORDS);
  }
  if (ownText !== null) words.addField(ownText, words.found.size + DISTINCT_WORDS);
  return words.found;
}

/** Of a customer's name or an invoice's number. */
export function nameWords(companyId: string, name: string): Words {
  const words = new WordPositions(companyId);
  words.addField(name, DISTINCT_WORDS);
  return words.found;
}

class WordPositions {
  readonly found = new Map<string, number[]>();
  readonly #company: string;
  #position = 0;

  constructor(companyId: string) {
    this.#company = companyMark(companyId);
  }

  /** @param atMost distinct words in all; of later ones only those that are known already are kept */
  addField(text: string, atMost: number): void {
    for (const parts of runsOf(text)) {
      this.#position += BETWEEN_RUNS - 1;
      for (const part of parts) this.#add(part, atMost);
    }
    this.#position += BETWEEN_FIELDS;
  }

  #add(part: string, atMost: number): void {
    const word = this.#company + part;
    this.#position += 1;
    const position = Math.min(this.#position, LAST_POSITION);
    const known = this.found.get(word);
    if (known) known.push(position);
    else if (this.found.size < atMost) this.found.set(word, [position]);
  }
}

/** The text of a `tsvector`. */
export function vectorText(words: Words): string {
  return [...words].map(([word, positions]) => `'${word}':${positions.join(',')}`).join(' ');
}

/**
 * Stands before each word, so that the words of one company lie together in the index and a search reads no other's. Two
 * companies may share one: rows are compared by `company_id` as well.
 */
function companyMark(companyId: string): string {
  if (companyId !== marked.companyId) {
    const id = lowerCase(companyId.replaceAll('-', ''));
    marked = { companyId, mark: createHash('sha256').update(id).digest('base64url').slice(0, MARK_LENGTH) };
  }
  return marked.mark;
}

const MARK_LENGTH = 3;
/** Mails and lines of an import come by company. */
let marked = { companyId: '', mark: '' };

/** Words in a search; the contract takes up to 32. */
export function countSearchWords(search: string): number {
  return runsOf(search).length;
}

/**
 * A search as a `tsquery` for each of its terms, which stand apart by blanks. Each word begins a word; words that stand
 * together (`INV-1001`, an address) are found as their words in order. None for a search without any word.
 */
export function searchTerms(companyId: string, search: string): string[] {
  const mark = companyMark(companyId);
  const terms = cutText(search, SEARCHED_LENGTH)
    .split(/\s+/u)
    .map(runsOf)
    .filter((runs) => runs.length > 0)
    .map((runs) => runs.map((parts) => queryOfRun(parts, mark)).join(` <${BETWEEN_RUNS}> `));
  return [...new Set(terms)];
}

/** The longest word of a term, as a `tsquery`: of several words in order it is the one that the fewest messages have. */
export function longestWord(term: string): string {
  const words = term.match(/'[^']+'(?::\*)?/g) ?? [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

/** The last part of a run may go on; a single character of Han, kana or Thai is a whole word. */
function queryOfRun(parts: string[], mark: string): string {
  const words = parts.map((part, nth) =>
    nth === parts.length - 1 && !UNSPACED.test(part) ? `'${mark}${part}':*` : `'${mark}${part}'`,
  );
  return words.length === 1 ? (words[0] ?? '') : `(${words.join(' <-> ')})`;
}
