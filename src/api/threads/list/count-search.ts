import type { Connection } from '../../../db/client.ts';
import { sqlStateOf } from '../../../db/errors.ts';
import type { Statement } from '../../../db/statement.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import type { Bind } from './conditions.ts';
import { SIZES, type Sizes } from './count.ts';
import { findTermsInNames, firstRows, foundIn, indexed, matchesByWords, type Search } from './search-statements.ts';
import { isOfCells, limitTo, safetyMargin, windowOf } from './search-window.ts';

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

/** What a scan of the first rows tells. `first`: the timestamp of the list's first row; null for an empty list. */
export type Scanned = {
  scanned: number;
  /** How many of the scanned rows match every term. */
  matches: number;
  first: string | null;
};

/**
 * @param scan the scan that found the page
 * @returns null above the limit of `countAs`, and when counting takes over a second
 */
export async function countSearch(
  connection: Connection,
  search: Search,
  scan: Scanned,
  countAs: CountAs,
): Promise<number | null> {
  if (limitCount(scan.matches, countAs) === null) return null;
  const located = search.terms.some(({ names }) => names === undefined)
    ? await findTermsInNames(connection, search)
    : search;
  for (const attempt of await countPlans(connection, located, scan, countAs)) {
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
  { scanned, matches, first }: Scanned,
  countAs: CountAs,
): Promise<Statement[]> {
  const selectivity = matches / scanned;
  if (countAs === 'exact')
    return [selectivity >= OFTEN ? countByScan(search, ALL_ROWS) : countByIndex(search, countAs)];
  const rows = Math.ceil(((COUNTED + 1) / selectivity) * safetyMargin(matches));
  const scans = [countByScan(search, rows), countByScan(search, 2 * rows), countByIndex(search, countAs)];
  const sizes = isOfCells(search) ? await sizesOf(connection, search) : undefined;
  if (!sizes) return rows <= LONGEST_SCAN ? scans : [countByIndex(search, countAs)];
  const scanCost = rows * (search.pagePlan === 'cells' ? FILTERED_COST : 1);
  if (scanCost <= Math.min(LONGEST_SCAN, indexCost(search, rows, selectivity, sizes))) return scans;
  const window = await windowOf(connection, search, first, rows);
  return [...(window ? [countByIndex(limitTo(search, window), countAs)] : []), countByIndex(search, countAs)];
}

/** The cost of a count by the index in the time of so many rows. */
function indexCost({ terms }: Search, rows: number, selectivity: number, { company, list }: Sizes): number {
  const [driver] = terms;
  const ofDriver = terms.length === 1 ? selectivity : Math.max(selectivity, driver?.selectivity ?? 1);
  const worded = rows * selectivity * (company / Math.max(1, list));
  const named = driver?.names?.customers ? rows * ofDriver : 0;
  return WORDED_COST * worded + LISTED_COST * ofDriver * company + NAMED_COST * named;
}

/**
 * Measured costs, in rows of an unfiltered scan: of a scanned row when filters leave out others, of a message that the index
 * finds and that is read, of one that the index only lists, and of a message found by its customer.
 */
const FILTERED_COST = 1.8;
const WORDED_COST = 1.5;
const LISTED_COST = 0.2;
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
function countByIndex(search: Search, countAs: CountAs): Statement {
  const values = [...search.values];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const matches = matchesByWords(search, bind);
  const isPart = search.weeks !== undefined;
  const limit = countAs === 'exact' ? '' : `LIMIT ${COUNTED + 1}`;
  if (matches)
    return {
      text: `SELECT ${isPart} AS is_truncated, (SELECT count(*) FROM (${matches} ${limit}) f) AS count`,
      values,
    };
  const { candidates, listed } = indexed(search, bind);
  return {
    text: `
      WITH ${candidates}${foundIn(listed, search.terms)}
      SELECT ${isPart} AS is_truncated, (SELECT count(*) FROM found) AS count`,
    values,
  };
}

async function sizesOf(connection: Connection, search: Search): Promise<Sizes | undefined> {
  const [sizes] = await connection.query<Sizes>({
    name: 'sizes_of_list',
    text: SIZES('$2'),
    values: [search.values[0], search.cells.bits],
  });
  return sizes;
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
