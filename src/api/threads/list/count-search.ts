import type { Connection } from '../../../db/client.ts';
import { sqlStateOf } from '../../../db/errors.ts';
import type { Statement } from '../../../db/statement.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import type { Bind } from './conditions.ts';
import { CELLS, COUNT_CELLS } from './count.ts';
import {
  findTermsInNames,
  firstRows,
  foundIn,
  type IndexLimits,
  indexed,
  matchesByWords,
  type Search,
} from './search-statements.ts';

/** Counts the matches of a search whose page was found by a scan. */

/** More matches are counted only when the client prefers an exact count (contract §1, Lists). */
const COUNTED = 1_000;

/** `upToMany`: the count is null above `COUNTED`. */
export type CountAs = 'upToMany' | 'exact';

export function limitCount(count: number, countAs: CountAs): number | null {
  return countAs === 'upToMany' && count > COUNTED ? null : count;
}

/** From this selectivity on, an exact count by a scan of all rows is faster than by the index. */
const OFTEN = 0.1;
const ALL_ROWS = 10_000_000;
/** The longest scan that counts up to `COUNTED`. */
const LONGEST_SCAN = 20_000;
/** A scan reads so many times the rows that are expected to hold the matches. */
const MARGIN = 1.15;

/**
 * @param scan the scan that found the page
 * @returns null above the limit of `countAs`, and when counting takes over a second
 */
export async function countSearch(
  connection: Connection,
  search: Search,
  scan: { scanned: number; matches: number },
  countAs: CountAs,
): Promise<number | null> {
  if (limitCount(scan.matches, countAs) === null) return null;
  const located = search.terms.some(({ names }) => names === undefined)
    ? await findTermsInNames(connection, search)
    : search;
  for (const attempt of await countPlans(connection, located, scan.matches / scan.scanned, countAs)) {
    const counted = await queryWithinASecond<Counted>(connection, attempt);
    if (!counted || limitCount(counted.count, countAs) === null) return null;
    if (!counted.is_truncated) return counted.count;
  }
  return null;
}

/**
 * Counts the matches of a search whose page was found by the index.
 * @param found rows of the page
 */
export async function countFound(
  connection: Connection,
  search: Search,
  { fetchLimit, offset }: Paging,
  found: number,
  countAs: CountAs,
): Promise<number | null> {
  if (found < fetchLimit && (found > 0 || offset === 0)) return limitCount(offset + found, countAs);
  const counted = await queryWithinASecond<Counted>(connection, countByIndex(search, countAs));
  return counted ? limitCount(counted.count, countAs) : null;
}

/** The statements to try in order: a scan if a short one is expected to do, else the index; each later one reads more. */
async function countPlans(
  connection: Connection,
  search: Search,
  selectivity: number,
  countAs: CountAs,
): Promise<Statement[]> {
  if (countAs === 'exact')
    return [selectivity >= OFTEN ? countByScan(search, ALL_ROWS) : countByIndex(search, countAs)];
  const rows = Math.ceil((MARGIN * (COUNTED + 1)) / selectivity);
  const scans = [countByScan(search, rows), countByScan(search, 2 * rows), countByIndex(search, countAs)];
  const sizes = await sizesOf(connection, search);
  if (!sizes) return rows <= LONGEST_SCAN ? scans : [countByIndex(search, countAs)];
  const ofDriver = search.terms.length === 1 ? selectivity : Math.max(selectivity, search.terms[0]?.selectivity ?? 1);
  const limits = {
    worded: Math.ceil((MARGIN * (COUNTED + 1) * sizes.company) / Math.max(1, sizes.list)),
    named: Math.ceil(rows * ofDriver),
  };
  const scanCost = rows * (search.pagePlan === 'cells' ? FILTERED_COST : 1);
  if (scanCost <= Math.min(LONGEST_SCAN, indexCost(search, limits, ofDriver * sizes.company))) return scans;
  return [countByIndex(search, countAs, limits), countByIndex(search, countAs)];
}

function indexCost({ terms: [driver] }: Search, { worded, named }: IndexLimits, listed: number): number {
  return WORDED_COST * worded + LISTED_COST * listed + (driver?.names?.customers ? NAMED_COST * named : 0);
}

/**
 * Measured costs, in rows of an unfiltered scan: of a scanned row when filters leave out others, of a message that the index
 * finds and that is read, of one that the index only lists, and of a message found by its customer.
 */
const FILTERED_COST = 1.8;
const WORDED_COST = 1.5;
const LISTED_COST = 0.5;
const NAMED_COST = 2;

/** `is_truncated`: there may be more matches. */
type Counted = { count: number; is_truncated: boolean };

/** Counts the matches among the first rows of the list. */
function countByScan(search: Search, rows: number): Statement {
  return {
    text: `
      WITH ${foundIn(firstRows(search, rows), search.terms)}
      SELECT (SELECT count(*) FROM listed) = ${rows} AS is_truncated, (SELECT count(*) FROM found) AS count`,
    values: search.values,
  };
}

/** Counts the matches that the index of the first term finds. */
function countByIndex(search: Search, countAs: CountAs, limits?: IndexLimits): Statement {
  const values = [...search.values];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const matches = matchesByWords(search, bind);
  const limit = countAs === 'exact' ? '' : `LIMIT ${COUNTED + 1}`;
  if (matches)
    return { text: `SELECT false AS is_truncated, (SELECT count(*) FROM (${matches} ${limit}) f) AS count`, values };
  const { candidates, listed, isTruncated } = indexed(search, bind, limits);
  return {
    text: `
      WITH ${candidates}${foundIn(listed, search.terms)}
      SELECT (${isTruncated}) AS is_truncated, (SELECT count(*) FROM found) AS count`,
    values,
  };
}

/** The number of messages of the company and of the list; undefined when the counters don't have the latter. */
async function sizesOf(connection: Connection, search: Search): Promise<{ company: number; list: number } | undefined> {
  if (!isWholeView(search)) return undefined;
  const [sizes] = await connection.query<{ company: number; list: number }>({
    name: 'sizes_of_list',
    text: `SELECT (SELECT COALESCE(sum(t.messages), 0)::bigint FROM (${CELLS}) t) AS company, (${COUNT_CELLS('$2')}) AS list`,
    values: [search.values[0], search.cells.bits],
  });
  return sizes;
}

/** Whether the count cells express all filters of the list. */
function isWholeView({ sources: [source], times, viewClauses, inCells }: Search): boolean {
  const plain = [...viewClauses, ...(inCells ? [inCells] : [])];
  return times.length === 0 && source?.clauses.every((clause) => plain.includes(clause)) === true;
}

const QUERY_CANCELED = '57014';

/** The first row; undefined when the query takes over a second. It runs in a transaction of its own, which the timeout aborts. */
export async function queryWithinASecond<Row>(connection: Connection, statement: Statement): Promise<Row | undefined> {
  const [, , answer] = await Promise.allSettled([
    connection.query({ text: 'BEGIN READ ONLY' }),
    connection.query({ text: `SET LOCAL statement_timeout = '1s'` }),
    connection.query<Row>(statement),
    connection.query({ text: 'ROLLBACK' }),
  ]);
  if (answer.status === 'fulfilled') return answer.value[0];
  if (sqlStateOf(answer.reason) !== QUERY_CANCELED) throw answer.reason;
  return undefined;
}
