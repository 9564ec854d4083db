import { longestWord } from '../../../conversations/search-words.ts';
import type { Connection } from '../../../db/client.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import { type RowValues, type SummaryRow, summaryRow } from '../rows.ts';
import { type Given, isFound, orderBy } from './conditions.ts';
import { type CountAs, countSearch, shown, withinASecond } from './count-search.ts';
import { statementName, walk } from './page.ts';
import {
  foundIn,
  indexed,
  isFoundInListed,
  PREPARED_TERMS,
  pageJson,
  type Search,
  type Term,
  weigh,
  windowOf,
} from './search-statements.ts';
import type { Selection, Source } from './selection.ts';

/**
 * A search reads no more than its page needs. Words that many messages have are met soon on a walk through the list from
 * its newest row on; rare ones are looked up in the index, which knows no order. Which of the two it is, the first rows of
 * the list tell: no statistics of PostgreSQL's know the words of one company.
 */

/** Rows of the list that are looked through first: they fill a page of what every tenth message has. */
const LOOKED_THROUGH = 300;
/** And then, where each word was met so often among them: as many of these as should hold the page, and more if they don't. */
const MET_OFTEN = 2;
const LOOKED_THROUGH_AGAIN = [600, 1_200, 2_400, 5_000];
const MARGIN = 1.5;
/** Of a search's terms, the longest; how often the others are met isn't asked. */
const WEIGHED_TERMS = 4;

/** Counts `null` what is many, or what a second isn't enough for. */
export type SearchPage = { rows: SummaryRow[]; count: () => Promise<number | null> };

export async function searchMessages(
  connection: Connection,
  selection: Selection,
  paging: Paging,
  countAs: CountAs,
): Promise<SearchPage> {
  const search = searchOf(selection);
  const first = await look(connection, search, paging, LOOKED_THROUGH);
  const met = pageMet(connection, search, paging, first, countAs);
  if (met) return met;
  const weighed = await weigh(connection, rarestFirst(search, first));
  for (const rows of laterLooks(paging, first)) {
    const later = pageMet(connection, weighed, paging, await look(connection, weighed, paging, rows), countAs);
    if (later) return later;
  }
  const found = await lookUp(connection, weighed, paging);
  return { rows: found.rows, count: async () => (found.count === null ? null : shown(found.count, countAs)) };
}

/** The longest terms come first: of several words they are the ones that the fewest messages have. */
function searchOf({ terms, ...selection }: Selection): Search {
  const known = terms.map((parameter): Term => {
    const query = String(selection.values[Number(parameter.slice(1)) - 1]);
    return { parameter, query, share: 1, names: undefined };
  });
  const length = ({ query }: Term) => longestWord(query).length;
  return { ...selection, terms: known.toSorted((one, other) => length(other) - length(one)) };
}

/** What the first look knows, if it is the whole page. */
function pageMet(
  connection: Connection,
  search: Search,
  { fetchLimit }: Paging,
  look: Look,
  countAs: CountAs,
): SearchPage | undefined {
  if (look.isWhole) return { rows: look.rows, count: async () => shown(look.matches, countAs) };
  if (look.rows.length < fetchLimit) return undefined;
  return { rows: look.rows, count: () => countSearch(connection, search, look, countAs) };
}

function rarestFirst(search: Search, { met, seen }: Look): Search {
  const terms = search.terms.map((term, nth) => ({ ...term, share: (met[nth] ?? seen) / seen }));
  return { ...search, terms: terms.toSorted((one, other) => one.share - other.share) };
}

function laterLooks({ fetchLimit, offset }: Paging, { seen, matches, met }: Look): number[] {
  if (Math.min(...met) < MET_OFTEN) return [];
  const wanted = (MARGIN * (fetchLimit + offset) * seen) / Math.max(1, matches);
  return LOOKED_THROUGH_AGAIN.filter((rows, nth) => rows >= wanted || nth === LOOKED_THROUGH_AGAIN.length - 1);
}

type Look = {
  rows: SummaryRow[];
  /** Rows that were looked through, of which so many match. */
  seen: number;
  matches: number;
  /** How many of them match each of the weighed terms; of a whole page it isn't known. */
  met: number[];
  /** The list has no other rows. */
  isWhole: boolean;
};

/** Looks for the page among the first rows of the list. */
async function look(connection: Connection, search: Search, paging: Paging, rows: number): Promise<Look> {
  const values = [...search.values];
  const given: Given = (value) => `$${values.push(value)}`;
  const met = search.terms
    .slice(0, WEIGHED_TERMS)
    .map((term, nth) => `count(*) FILTER (WHERE ${isFoundInListed(term, nth)})`);
  const text = `
    WITH ${foundIn(windowOf(search, rows), search.terms)},
    place AS MATERIALIZED (${placeOf(search, paging, given)})
    SELECT ${pageJson('SELECT * FROM place', search.order)} AS rows,
           (SELECT count(*) FROM listed) AS seen,
           (SELECT count(*) FROM found) AS matches,
           CASE WHEN (SELECT count(*) FROM place) < ${paging.fetchLimit}
                THEN (SELECT json_build_array(${met.join(', ')}) FROM listed t)
           END AS met`;
  const [looked = NOTHING_SEEN] = await connection.query<Look>({
    ...named(search, paging, text),
    text,
    values,
    read: ([messages, seen, matches, ofTerms]: [RowValues[], number, number, number[] | null]) => ({
      rows: messages.map(summaryRow),
      seen,
      matches,
      met: ofTerms ?? [],
      isWhole: seen < rows,
    }),
  });
  return looked;
}

const NOTHING_SEEN: Look = { rows: [], seen: 0, matches: 0, met: [], isWhole: true };

function placeOf({ order }: Search, { fetchLimit, offset }: Paging, given: Given): string {
  return `SELECT t."timestamp", t.id FROM found t ${orderBy(order)}
      LIMIT ${fetchLimit} ${offset === 0 ? '' : `OFFSET ${given(offset)}::bigint`}`;
}

/** Prepared once on a connection where there are few such texts. */
function named(search: Search, { offset, fetchLimit }: Paging, text: string): { name?: string } {
  const isCommon = search.isCommon && offset === 0 && fetchLimit <= 51 && search.terms.length <= PREPARED_TERMS;
  return isCommon ? { name: statementName(text) } : {};
}

type Found = { rows: SummaryRow[]; count: number | null };

/** Reads all matches by the index of the first term, and walks through the list where that takes too long. */
async function lookUp(connection: Connection, search: Search, paging: Paging): Promise<Found> {
  const values = [...search.values];
  const given: Given = (value) => `$${values.push(value)}`;
  const { candidates, listed } = indexed(search, given, undefined);
  const text = `
    WITH ${candidates}${foundIn(listed, search.terms)}
    SELECT ${pageJson(placeOf(search, paging, given), search.order)} AS rows, (SELECT count(*) FROM found) AS count`;
  const found = await withinASecond<Found>(connection, {
    ...named(search, paging, text),
    text,
    values,
    read: readFound,
  });
  return found ?? { rows: await walkAll(connection, search, paging), count: null };
}

function readFound([rows, count]: [RowValues[], number]): Found {
  return { rows: rows.map(summaryRow), count };
}

/** However far down the list that leads. */
async function walkAll(connection: Connection, search: Search, { fetchLimit, offset }: Paging): Promise<SummaryRow[]> {
  const values = [...search.values];
  const sources = search.sources.map((source) => withTerms(source, search.terms));
  const from = `$${values.push(offset)}::bigint`;
  const text = `SELECT ${pageJson(walk({ sources, order: search.order }, fetchLimit, from), search.order)} AS rows`;
  const [rows = []] = await connection.query<SummaryRow[]>({
    text,
    values,
    read: ([messages]: [RowValues[]]) => messages.map(summaryRow),
  });
  return rows;
}

function withTerms({ from, clauses }: Source, terms: readonly Term[]): Source {
  return { from, clauses: [...clauses, ...terms.map(({ parameter }) => isFound(parameter))] };
}
