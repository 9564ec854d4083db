import type { Connection } from '../../../db/client.ts';
import { sqlStateOf } from '../../../db/errors.ts';
import type { Statement } from '../../../db/statement.ts';
import type { Given } from './conditions.ts';
import { CELLS, COUNT_CELLS } from './count.ts';
import { type AtMost, foundIn, indexed, matchesByWords, type Search, weigh, windowOf } from './search-statements.ts';

/** How many messages a search finds whose page was met among the first rows of the list. */

/** More rows than these are counted only for who asks for it (contract §1, Lists). */
const COUNTED = 1_000;

/** `upToMany`: more than `COUNTED` are null. */
export type CountAs = 'upToMany' | 'exact';

export function shown(count: number, countAs: CountAs): number | null {
  return countAs === 'upToMany' && count > COUNTED ? null : count;
}

/** Words in which every tenth row is found are counted in all rows sooner than looked up. */
const OFTEN = 0.1;
const ALL_ROWS = 10_000_000;
/** More rows than these aren't walked through to count up to `COUNTED`. */
const COUNTED_BY_WALKING = 20_000;
/** So many times the rows that should be needed. */
const MARGIN = 1.15;

/** @param look at the first rows of the list */
export async function countSearch(
  connection: Connection,
  search: Search,
  look: { seen: number; matches: number },
  countAs: CountAs,
): Promise<number | null> {
  if (shown(look.matches, countAs) === null) return null;
  const weighed = search.terms.some(({ names }) => names === undefined) ? await weigh(connection, search) : search;
  for (const attempt of await waysToCount(connection, weighed, look.matches / look.seen, countAs)) {
    const counted = await withinASecond<Counted>(connection, attempt);
    if (!counted || shown(counted.count, countAs) === null) return null;
    if (!counted.is_cut) return counted.count;
  }
  return null;
}

/** By walking on where that is short, else by the index; more where that turns out not to be enough. */
async function waysToCount(
  connection: Connection,
  search: Search,
  share: number,
  countAs: CountAs,
): Promise<Statement[]> {
  if (countAs === 'exact') return [share >= OFTEN ? walked(search, ALL_ROWS) : lookedUp(search, countAs)];
  const rows = Math.ceil((MARGIN * (COUNTED + 1)) / share);
  const walk = [walked(search, rows), walked(search, 2 * rows), lookedUp(search, countAs)];
  const sizes = await sizesOf(connection, search);
  if (!sizes) return rows <= COUNTED_BY_WALKING ? walk : [lookedUp(search, countAs)];
  const ofDriver = search.terms.length === 1 ? share : Math.max(share, search.terms[0]?.share ?? 1);
  const atMost = {
    worded: Math.ceil((MARGIN * (COUNTED + 1) * sizes.company) / Math.max(1, sizes.list)),
    named: Math.ceil(rows * ofDriver),
  };
  const walkCost = rows * (search.way === 'cells' ? FILTERED_COST : 1);
  if (walkCost <= Math.min(COUNTED_BY_WALKING, lookUpCost(search, atMost, ofDriver * sizes.company))) return walk;
  return [lookedUp(search, countAs, atMost), lookedUp(search, countAs)];
}

function lookUpCost({ terms: [driver] }: Search, { worded, named }: AtMost, listed: number): number {
  return WORDED_COST * worded + LISTED_COST * listed + (driver?.names?.customers ? NAMED_COST * named : 0);
}

/**
 * What they cost, in rows of a walk through the whole view, as measured: a row among others that the filters leave out, a
 * message that the index leads to, one that it only lists, and one of a customer's.
 */
const FILTERED_COST = 1.8;
const WORDED_COST = 1.5;
const LISTED_COST = 0.5;
const NAMED_COST = 2;

type Counted = { count: number /** There may be more. */; is_cut: boolean };

/** Counts among the first rows of the list. */
function walked(search: Search, rows: number): Statement {
  return {
    text: `
      WITH ${foundIn(windowOf(search, rows), search.terms)}
      SELECT (SELECT count(*) FROM listed) = ${rows} AS is_cut, (SELECT count(*) FROM found) AS count`,
    values: search.values,
  };
}

/** Counts what the index of the first term leads to. */
function lookedUp(search: Search, countAs: CountAs, atMost?: AtMost): Statement {
  const values = [...search.values];
  const given: Given = (value) => `$${values.push(value)}`;
  const matches = matchesByWords(search, given);
  const limit = countAs === 'exact' ? '' : `LIMIT ${COUNTED + 1}`;
  if (matches)
    return { text: `SELECT false AS is_cut, (SELECT count(*) FROM (${matches} ${limit}) f) AS count`, values };
  const { candidates, listed, isCut } = indexed(search, given, atMost);
  return {
    text: `
      WITH ${candidates}${foundIn(listed, search.terms)}
      SELECT (${isCut}) AS is_cut, (SELECT count(*) FROM found) AS count`,
    values,
  };
}

/** Messages of the company and of the list; undefined where that isn't counted already. */
async function sizesOf(connection: Connection, search: Search): Promise<{ company: number; list: number } | undefined> {
  if (!isWholeView(search)) return undefined;
  const [sizes] = await connection.query<{ company: number; list: number }>({
    name: 'sizes_of_list',
    text: `SELECT (SELECT COALESCE(sum(t.messages), 0)::bigint FROM (${CELLS}) t) AS company, (${COUNT_CELLS('$2')}) AS list`,
    values: [search.values[0], search.cells.bits],
  });
  return sizes;
}

/** Nothing but its cells tells the list from all messages of the company. */
function isWholeView({ sources: [source], times, view, inCells }: Search): boolean {
  const plain = [...view, ...(inCells ? [inCells] : [])];
  return times.length === 0 && source?.clauses.every((clause) => plain.includes(clause)) === true;
}

const QUERY_CANCELED = '57014';

/** The first row; undefined for what a second wasn't enough for. What it aborts is a short transaction alone. */
export async function withinASecond<Row>(connection: Connection, statement: Statement): Promise<Row | undefined> {
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
