import { createHash } from 'node:crypto';
import type { FieldErrors } from '../domain/errors.ts';
import { cutText, foldForSearch, lowerCase } from '../domain/normalize-text.ts';

/**
 * Makes the words of stored texts and of searches (contract §3, `search`). A word is a run of letters, marks and digits
 * of folded text. PostgreSQL's own parser isn't used, because it splits `INV-1001` into `inv` and `-1001`.
 *
 * Han, kana and Thai are written without blanks and have to be found inside a run too, so each of their characters is a
 * word of its own. Positions encode adjacency: they grow by one within a run and by two from one run to the next.
 */

const RUN = /[\p{L}\p{M}\p{Nd}]+/gu;
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u;
const PARTS_OF_RUN =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]|[^\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]+/gu;
/** Most texts have these characters only, in which folding changes nothing but case. A fast path for imports. */
const PLAIN = /^[\t-~]*$/;
const PLAIN_RUN = /[a-z0-9]+/g;

/** Words are cut to this many UTF-16 units, in the index and in a search alike. */
const WORD_LENGTH = 64;
/**
 * Distinct words of the sender's own text, and as many again of all other fields. A `tsvector` has at most 1 MiB, in
 * which twice this many of the longest words fit.
 */
const DISTINCT_WORDS = 2_000;
/** UTF-16 units of each field that are searched. */
export const SEARCHED_LENGTH = 100_000;
/** The largest position that PostgreSQL keeps in a `tsvector`. */
const LAST_POSITION = 16_383;
/** The most positions that PostgreSQL keeps for a word. */
const MOST_POSITIONS = 255;
const BETWEEN_RUNS = 2;
/** Larger than `BETWEEN_RUNS`, so that no phrase matches across two fields. */
const BETWEEN_FIELDS = 4;

/** The most words that a search may have (contract §3). */
const MOST_SEARCH_WORDS = 32;

/** The words of a run; a string when it is one word, which may still be too long. */
type Run = string | string[];

function runsOf(fullText: string): Run[] {
  const text = foldForSearch(fullText, SEARCHED_LENGTH);
  return PLAIN.test(text) ? (text.match(PLAIN_RUN) ?? []) : (text.match(RUN) ?? []).map(partsOf);
}

function partsOf(run: string): Run {
  return UNSPACED.test(run) ? (run.match(PARTS_OF_RUN) ?? []) : run;
}

/** The fields of a message that a search covers. Notes are encrypted and never among them. */
export type Searchable = {
  subject: string;
  /** What the sender wrote in the body; null for a message without one. */
  ownText: string | null;
  from: { name: string; email: string } | null;
  to: readonly { name: string; email: string }[];
  cc: readonly { name: string; email: string }[];
};

/** The words of a text, as `communication_thread_words` has them. */
export type Words = {
  /** What each word begins with in the database (`companyMark`). */
  readonly mark: string;
  /** Of each word, without the mark, as a `tsvector` has them: ascending, none twice, at most `MOST_POSITIONS`. */
  readonly positions: ReadonlyMap<string, number[]>;
};

export function messageWords(companyId: string, { subject, ownText, from, to, cc }: Searchable): Words {
  const words = new WordPositions(companyId);
  words.addField(subject, DISTINCT_WORDS);
  for (const party of [...(from ? [from] : []), ...to, ...cc]) {
    words.addField(party.name, DISTINCT_WORDS);
    words.addField(party.email, DISTINCT_WORDS);
  }
  if (ownText !== null) words.addField(ownText, words.positions.size + DISTINCT_WORDS);
  return words;
}

/** Words of a customer's name or an invoice's number. */
export function nameWords(companyId: string, name: string): Words {
  const words = new WordPositions(companyId);
  words.addField(name, DISTINCT_WORDS);
  return words;
}

class WordPositions implements Words {
  readonly positions = new Map<string, number[]>();
  readonly mark: string;
  #position = 0;

  constructor(companyId: string) {
    this.mark = companyMark(companyId);
  }

  /** @param atMost distinct words in all fields; after that many, only further positions of known words are added */
  addField(text: string, atMost: number): void {
    for (const run of runsOf(text)) {
      this.#position += BETWEEN_RUNS - 1;
      if (typeof run === 'string') this.#add(run, atMost);
      else for (const part of run) this.#add(part, atMost);
    }
    this.#position += BETWEEN_FIELDS;
  }

  #add(part: string, atMost: number): void {
    this.#position += 1;
    const word = part.length <= WORD_LENGTH ? part : cutText(part, WORD_LENGTH);
    const position = Math.min(this.#position, LAST_POSITION);
    const known = this.positions.get(word);
    if (known === undefined) {
      if (this.positions.size < atMost) this.positions.set(word, [position]);
    } else if (known.length < MOST_POSITIONS && known.at(-1) !== position) known.push(position);
  }
}

/**
 * Prefix of every word, so that the index keeps a company's words together and a search reads no other company's. Two
 * companies may have the same prefix, so statements compare `company_id` as well.
 */
function companyMark(companyId: string): string {
  if (companyId !== marked.companyId) {
    const id = lowerCase(companyId.replaceAll('-', ''));
    marked = { companyId, mark: createHash('sha256').update(id).digest('base64url').slice(0, MARK_LENGTH) };
  }
  return marked.mark;
}

const MARK_LENGTH = 3;
/** The last prefix: mails and lines of an import mostly come from the same company as the one before. */
let marked = { companyId: '', mark: '' };

/** The error of a search with more words than a search may have. */
export function searchErrors({ search }: { search?: string | undefined }): FieldErrors {
  const hasTooMany = search !== undefined && runsOf(search).length > MOST_SEARCH_WORDS;
  return hasTooMany ? { search: [`Must have at most ${MOST_SEARCH_WORDS} words.`] } : {};
}

/**
 * The terms of a search, which are separated by blanks, each as the text of a `tsquery`. A word matches as a prefix; a
 * term of several words (`INV-1001`, an address) matches them in this order. Empty for a search without any word.
 */
export function searchTerms(companyId: string, search: string): string[] {
  const mark = companyMark(companyId);
  const terms = cutText(search, SEARCHED_LENGTH)
    .split(/\s+/u)
    .map(runsOf)
    .filter((runs) => runs.length > 0)
    .map((runs) => runs.map((run) => queryOfRun(run, mark)).join(` <${BETWEEN_RUNS}> `));
  return [...new Set(terms)];
}

/** The longest word of a term, as a `tsquery`: probably the one that the fewest messages have. */
export function longestWord(term: string): string {
  const words = term.match(/'[^']+'(?::\*)?/g) ?? [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

/** The last part of a run matches as a prefix, unless it is a character of Han, kana or Thai, which is a whole word. */
function queryOfRun(run: Run, mark: string): string {
  const parts = [run].flat().map((part) => cutText(part, WORD_LENGTH));
  const words = parts.map((part, nth) =>
    nth === parts.length - 1 && !UNSPACED.test(part) ? `'${mark}${part}':*` : `'${mark}${part}'`,
  );
  return words.length === 1 ? (words[0] ?? '') : `(${words.join(' <-> ')})`;
}
