import type { Connection } from '../../db/client.ts';
import type { Collection } from './collection.ts';

/** The words of a search in the tables of words (`db/schema/list-words.ts`). */

/** Words of rows, among which a search finds its matches. */
export type WordEntries = {
  table: string;
  /** Whether each of them is a match, and each match is among them once; otherwise they are the words of other rows too. */
  areMatches: boolean;
  /** The word, when all are the same, so that they are in the order of the sort key; otherwise their beginning. */
  words: { same: string } | { beginning: string };
};

type SearchedWord = {
  word: string;
  /** The first and the last word of any row that begins with `word`; null when there is none. */
  first: string | null;
  last: string | null;
};

/**
 * @returns undefined for a search without a word, and for one of several words none of which all matches have in the same
 *   form
 */
export async function findWordEntries(
  { wordTable: table }: Collection,
  connection: Connection,
  companyId: string,
  search: string,
): Promise<WordEntries | undefined> {
  if (table === undefined) return undefined;
  const words = await lookUpWords(table, connection, companyId, search);
  const [only] = words;
  const areMatches = words.length === 1;
  const [longest] = words.filter(isOneWord).sort((one, other) => other.word.length - one.word.length);
  if (longest?.first) return { table, areMatches, words: { same: longest.first } };
  return areMatches && only ? { table, areMatches, words: { beginning: only.word } } : undefined;
}

function isOneWord({ first, last }: SearchedWord): boolean {
  return first !== null && first === last;
}

function lookUpWords(
  table: string,
  connection: Connection,
  companyId: string,
  search: string,
): Promise<SearchedWord[]> {
  const nextWord = (direction: 'ASC' | 'DESC') => `(
        SELECT t.word
        FROM ${table} t
        WHERE t.company_id = $1 AND t.word >= w.word AND t.word <= w.word || $3
        ORDER BY t.word ${direction}
        LIMIT 1)`;
  return connection.query<SearchedWord>({
    name: `words_in_${table}`,
    text: `
      SELECT w.word, ${nextWord('ASC')} AS first, ${nextWord('DESC')} AS last
      FROM (SELECT DISTINCT word FROM unnest(list_words($2)) AS l(word) LIMIT ${MOST_LOOKED_UP}) w`,
    values: [companyId, search, endOf('')],
  });
}

/** Han, kana and Thai have a word for each character, which the bound on the words of a search doesn't count. */
const MOST_LOOKED_UP = 64;

/** The last of the words that begin like this. Words have at most 64 characters. */
function endOf(beginning: string): string {
  return beginning + '\u{10ffff}'.repeat(64);
}

/** SQL of the condition that `words` has for a row `t` of its table. @param values the parameters of the statement */
export function wordCondition({ words }: WordEntries, values: unknown[]): string {
  if ('same' in words) return `t.word = $${values.push(words.same)}`;
  const from = `$${values.push(words.beginning)}`;
  const to = `$${values.push(endOf(words.beginning))}`;
  return `t.word >= ${from} AND t.word <= ${to} AND t.shared < length(${from})`;
}
