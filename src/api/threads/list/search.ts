import { longestWord } from '../../../conversations/search-words.ts';
import type { Connection } from '../../../db/client.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import { type RowValues, type SummaryRow, summaryRow } from '../rows.ts';
import { type Bind, isFound, orderBy } from './conditions.ts';
import { type CountAs, countSearch, limitCount, queryWithinASecond } from './count-search.ts';
import { scanInOrder, statementName } from './page.ts';
import {
  findTermsInNames,
  firstRows,
  foundIn,
  indexed,
  isFoundInListed,
  PREPARED_TERMS,
  pageJson,
  type Search,
  type Term,
} from './search-statements.ts';
import type { RowSource, Selection } from './selection.ts';

/**
 * Finds the page of a search while reading as few rows as possible. Frequent words are found by scanning the list from its
 * first row; rare words are looked up in the index, which isn't in the order of the list. A scan of the first rows decides
 * between the two, because PostgreSQL has no statistics of the words of one company.
 */

/** Rows of the first scan: they fill a page when every tenth message matches. */
const FIRST_SCAN = 300;
/** When every term matches at least so many of those rows, longer scans follow. */
const FEWEST_MATCHES = 2;
/** Rows of the longer scans: the first one that is expected to fill the page, then the larger ones. */
const LATER_SCANS = [600, 1_200, 2_400, 5_000];
/** A scan reads so many times the rows that are expected to fill the page. */
const MARGIN = 1.5;
/** The selectivity is measured for so many of the longest terms. */
const COUNTED_TERMS = 4;

/** `count` resolves with null for more than the limit, and when counting would take over a second. */
export type SearchPage = { rows: SummaryRow[]; count: () => Promise<number | null> };

export async function searchMessages(
  connection: Connection,
  selection: Selection,
  paging: Paging,
  countAs: CountAs,
): Promise<SearchPage> {
  const search = searchOf(selection);
  const first = await scanFirst(connection, search, paging, FIRST_SCAN);
  const page = pageFromScan(connection, search, paging, first, countAs);
  if (page) return page;
  const located = await findTermsInNames(connection, mostSelectiveFirst(search, first));
  for (const rows of laterScanSizes(paging, first)) {
    const later = pageFromScan(
      connection,
      located,
      paging,
      await scanFirst(connection, located, paging, rows),
      countAs,
    );
    if (later) return later;
  }
  const found = await searchByIndex(connection, located, paging);
  return { rows: found.rows, count: async () => (found.count === null ? null : limitCount(found.count, countAs)) };
}

/** Orders the terms by length, because longer words tend to be rarer. */
function searchOf({ terms, ...selection }: Selection): Search {
  const known = terms.map((parameter): Term => {
    const query = String(selection.values[Number(parameter.slice(1)) - 1]);
    return { parameter, query, selectivity: 1, names: undefined };
  });
  const length = ({ query }: Term) => longestWord(query).length;
  return { ...selection, terms: known.toSorted((one, other) => length(other) - length(one)) };
}

/** The page, when the scan filled it or reached the end of the list; else undefined. */
function pageFromScan(
  connection: Connection,
  search: Search,
  { fetchLimit }: Paging,
  scan: ScanResult,
  countAs: CountAs,
): SearchPage | undefined {
  if (scan.isComplete) return { rows: scan.rows, count: async () => limitCount(scan.matches, countAs) };
  if (scan.rows.length < fetchLimit) return undefined;
  return { rows: scan.rows, count: () => countSearch(connection, search, scan, countAs) };
}

function mostSelectiveFirst(search: Search, { termMatches, scanned }: ScanResult): Search {
  const terms = search.terms.map((term, nth) => ({ ...term, selectivity: (termMatches[nth] ?? scanned) / scanned }));
  return { ...search, terms: terms.toSorted((one, other) => one.selectivity - other.selectivity) };
}

function laterScanSizes({ fetchLimit, offset }: Paging, { scanned, matches, termMatches }: ScanResult): number[] {
  if (Math.min(...termMatches) < FEWEST_MATCHES) return [];
  const wanted = (MARGIN * (fetchLimit + offset) * scanned) / Math.max(1, matches);
  return LATER_SCANS.filter((rows, nth) => rows >= wanted || nth === LATER_SCANS.length - 1);
}

type ScanResult = {
  rows: SummaryRow[];
  scanned: number;
  /** How many of the scanned rows match every term. */
  matches: number;
  /** How many match each of the first `COUNTED_TERMS` terms; empty when the page is full. */
  termMatches: number[];
  /** The scan reached the end of the list. */
  isComplete: boolean;
};

/** Searches the first rows of the list. */
async function scanFirst(connection: Connection, search: Search, paging: Paging, rows: number): Promise<ScanResult> {
  const values = [...search.values];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const termMatches = search.terms
    .slice(0, COUNTED_TERMS)
    .map((term, nth) => `count(*) FILTER (WHERE ${isFoundInListed(term, nth)})`);
  const text = `
    WITH ${foundIn(firstRows(search, rows), search.terms)},
    page_keys AS MATERIALIZED (${pageKeys(search, paging, bind)})
    SELECT ${pageJson('SELECT * FROM page_keys', search.order)} AS rows,
           (SELECT count(*) FROM listed) AS scanned,
           (SELECT count(*) FROM found) AS matches,
           CASE WHEN (SELECT count(*) FROM page_keys) < ${paging.fetchLimit}
                THEN (SELECT json_build_array(${termMatches.join(', ')}) FROM listed t)
           END AS met`;
  const [looked = EMPTY_SCAN] = await connection.query<ScanResult>({
    ...named(search, paging, text),
    text,
    values,
    read: ([messages, scanned, matches, ofTerms]: [RowValues[], number, number, number[] | null]) => ({
      rows: messages.map(summaryRow),
      scanned,
      matches,
      termMatches: ofTerms ?? [],
      isComplete: scanned < rows,
    }),
  });
  return looked;
}

const EMPTY_SCAN: ScanResult = { rows: [], scanned: 0, matches: 0, termMatches: [], isComplete: true };

function pageKeys({ order }: Search, { fetchLimit, offset }: Paging, bind: Bind): string {
  return `SELECT t."timestamp", t.id FROM found t ${orderBy(order)}
      LIMIT ${fetchLimit} ${offset === 0 ? '' : `OFFSET ${bind(offset)}::bigint`}`;
}

/** The name of a prepared statement, when the search has one of few texts. */
function named(search: Search, { offset, fetchLimit }: Paging, text: string): { name?: string } {
  const isCommon = search.isCommon && offset === 0 && fetchLimit <= 51 && search.terms.length <= PREPARED_TERMS;
  return isCommon ? { name: statementName(text) } : {};
}

type Found = { rows: SummaryRow[]; count: number | null };

/** Looks up all matches by the index of the first term; when that takes over a second, scans the list. */
async function searchByIndex(connection: Connection, search: Search, paging: Paging): Promise<Found> {
  const values = [...search.values];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const { candidates, listed } = indexed(search, bind, undefined);
  const text = `
    WITH ${candidates}${foundIn(listed, search.terms)}
    SELECT ${pageJson(pageKeys(search, paging, bind), search.order)} AS rows, (SELECT count(*) FROM found) AS count`;
  const found = await queryWithinASecond<Found>(connection, {
    ...named(search, paging, text),
    text,
    values,
    read: readFound,
  });
  return found ?? { rows: await scanWholeList(connection, search, paging), count: null };
}

function readFound([rows, count]: [RowValues[], number]): Found {
  return { rows: rows.map(summaryRow), count };
}

/** Scans until the page is full, which may be the whole list. */
async function scanWholeList(
  connection: Connection,
  search: Search,
  { fetchLimit, offset }: Paging,
): Promise<SummaryRow[]> {
  const values = [...search.values];
  const sources = search.sources.map((source) => withTerms(source, search.terms));
  const from = `$${values.push(offset)}::bigint`;
  const text = `SELECT ${pageJson(scanInOrder({ sources, order: search.order }, fetchLimit, from), search.order)} AS rows`;
  const [rows = []] = await connection.query<SummaryRow[]>({
    text,
    values,
    read: ([messages]: [RowValues[]]) => messages.map(summaryRow),
  });
  return rows;
}

function withTerms({ from, clauses }: RowSource, terms: readonly Term[]): RowSource {
  return { from, clauses: [...clauses, ...terms.map(({ parameter }) => isFound(parameter))] };
}
