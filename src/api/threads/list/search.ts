import { longestWord } from '../../../conversations/search-words.ts';
import type { Connection } from '../../../db/client.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import { type RowValues, type SummaryRow, summaryRow } from '../rows.ts';
import { type Bind, orderBy } from './conditions.ts';
import { type CountAs, countFound, countSearch, limitCount, type Scanned } from './count-search.ts';
import { scanWholeList, searchByIndex } from './search-by-index.ts';
import {
  findTermsInNames,
  firstRows,
  foundIn,
  isFoundInListed,
  isOfManyCustomers,
  nameOfSearch,
  pageJson,
  type Search,
  type Term,
} from './search-statements.ts';
import { isOfCells, rowsOfWindow, safetyMargin, windowOf } from './search-window.ts';
import type { Selection } from './selection.ts';

/**
 * Finds the page of a search while reading as few rows as possible. Frequent words are found by scanning the list from its
 * first row; rare words are looked up in the index, which isn't in the order of the list. A scan of the first rows decides
 * between the two, because PostgreSQL has no statistics of the words of one company.
 */

/** Rows of the first scan: they fill a page when every fourth message matches. */
const FIRST_SCAN = 120;
/** Rows of the later scans. */
const LATER_SCANS = [300, 600, 1_200, 1_800, 2_700] as const;
/** From so many scanned rows on, a term that matches fewer than `FEWEST_MATCHES` of them is rare. */
const ENOUGH_TO_JUDGE = LATER_SCANS[0];
const FEWEST_MATCHES = 2;
/** A scan is at most about so many times as long as the one that it is planned by, which may have few matches. */
const GROWTH = 5;
/** Further scans, where the index would list very many messages, or the list may be short. */
const LONG_SCANS = [4_000, 6_000] as const;
/** A term in so many of the rows is in very many messages. */
const FREQUENT = 0.02;
/** Further scans, for a search that the index can't answer. */
const LONGEST_SCANS = [9_000, 13_000, 20_000] as const;
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
  const scan = await scanMore(connection, located, paging, first);
  const later = pageFromScan(connection, located, paging, scan, countAs);
  if (later) return later;
  const found = isOfManyCustomers(located)
    ? await scanWholeList(connection, located, paging)
    : await searchByIndex(
        connection,
        located,
        paging,
        await windowOf(connection, located, scan.first, rowsOfWindow(located)),
      );
  return { rows: found, count: () => countFound(connection, located, paging, found.length, countAs) };
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

/**
 * Scans more rows, until the page is full, the list ends or the matches are too few. Each scan begins with the first row
 * again, so that all rows of a page come from one snapshot.
 */
async function scanMore(
  connection: Connection,
  search: Search,
  paging: Paging,
  first: ScanResult,
): Promise<ScanResult> {
  let scan = first;
  for (let rows = nextSize(search, paging, scan); rows !== undefined; rows = nextSize(search, paging, scan))
    scan = await scanFirst(connection, search, paging, rows);
  return scan;
}

/** The size that is expected to fill the page, by what the former scan found; undefined when no scan is wanted. */
function nextSize(search: Search, { fetchLimit, offset }: Paging, scan: ScanResult): number | undefined {
  const { rows, scanned, matches, isComplete } = scan;
  if (isComplete || rows.length === fetchLimit) return undefined;
  if (scanned < ENOUGH_TO_JUDGE && fewestMatches(scan) < FEWEST_MATCHES) return ENOUGH_TO_JUDGE;
  const wanted = ((fetchLimit + offset) * scanned * safetyMargin(matches)) / Math.max(1, matches);
  const sizes = scansOf(search, scan);
  const isHopeless = scanned >= ENOUGH_TO_JUDGE && wanted > (sizes.at(-1) ?? 0);
  if (isHopeless && isOfCells(search) && !isOfManyCustomers(search)) return undefined;
  const larger = sizes.filter((size) => size > scanned);
  return larger.find((size) => size >= Math.min(wanted, GROWTH * scanned)) ?? larger.at(-1);
}

/** The scans that a search may take before the index is asked. */
function scansOf(search: Search, scan: ScanResult): number[] {
  if (isOfManyCustomers(search)) return [...LATER_SCANS, ...LONG_SCANS, ...LONGEST_SCANS];
  const isLong = !isOfCells(search) || fewestMatches(scan) >= FREQUENT * scan.scanned;
  return [...LATER_SCANS, ...(isLong ? LONG_SCANS : [])];
}

/** The matches of the rarest term. */
function fewestMatches({ termMatches }: ScanResult): number {
  return Math.min(...termMatches);
}

type ScanResult = Scanned & {
  rows: SummaryRow[];
  /** How many match each of the first `COUNTED_TERMS` terms; empty when the page is full. */
  termMatches: number[];
  /** The scan reached the end of the list. */
  isComplete: boolean;
};

/** Searches the first rows of the list. */
async function scanFirst(connection: Connection, search: Search, paging: Paging, rows: number): Promise<ScanResult> {
  const values = [...search.values];
  const text = scanText(search, paging, rows, (value) => `$${values.push(value)}`);
  const [scan = EMPTY_SCAN] = await connection.query<ScanResult>({
    ...nameOfSearch(search, paging, text),
    text,
    values,
    read: ([messages, scanned, matches, ofTerms, firstTime]: ScanValues) => ({
      rows: messages.map(summaryRow),
      scanned,
      matches,
      termMatches: ofTerms ?? [],
      isComplete: scanned < rows,
      first: firstTime,
    }),
  });
  return scan;
}

type ScanValues = [
  messages: RowValues[],
  scanned: number,
  matches: number,
  termMatches: number[] | null,
  first: string | null,
];

const EMPTY_SCAN: ScanResult = { rows: [], scanned: 0, matches: 0, termMatches: [], isComplete: true, first: null };

function scanText(search: Search, { fetchLimit, offset }: Paging, rows: number, bind: Bind): string {
  const termMatches = search.terms
    .slice(0, COUNTED_TERMS)
    .map((term, nth) => `count(*) FILTER (WHERE ${isFoundInListed(term, nth)})`);
  return `
    WITH ${foundIn(firstRows(search, rows), search.terms)},
    page_keys AS MATERIALIZED (
      SELECT t."timestamp", t.id FROM found t ${orderBy(search.order)}
      LIMIT ${fetchLimit} ${offset === 0 ? '' : `OFFSET ${bind(offset)}::bigint`}
    )
    SELECT ${pageJson('SELECT * FROM page_keys', search.order)} AS rows,
           (SELECT count(*) FROM listed) AS scanned,
           (SELECT count(*) FROM found) AS matches,
           CASE WHEN (SELECT count(*) FROM page_keys) < ${fetchLimit}
                THEN (SELECT json_build_array(${termMatches.join(', ')}) FROM listed t)
           END AS met,
           (SELECT ${search.order === 'newest' ? 'max' : 'min'}("timestamp") FROM listed) AS first`;
}
