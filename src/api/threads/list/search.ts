import { wordQueries } from '../../../conversations/search-words.ts';
import type { Connection } from '../../../db/client.ts';
import { sqlStateOf } from '../../../db/errors.ts';
import type { Statement } from '../../../db/statement.ts';
import type { Paging, Position } from '../../../http/lists/pagination.ts';
import { positionOf } from '../rows.ts';
import { all, type Given, hasWords, isReached, orderBy } from './conditions.ts';
import { COUNT_CELLS, countStatement } from './count.ts';
import { NOTHING, type Page, pageStatement } from './page.ts';
import type { Selection } from './selection.ts';

/** Newest rows of the view that are looked through before the index of words is asked. */
const LOOKED_THROUGH = 1_000;
/** More messages than can be read in a second. */
const COUNTABLE = 200_000;
/** A word in more messages than this, whoever's, is not looked up: reading its entries alone would take too long. */
const FREQUENT = 100_000;

/**
 * The index of words knows no order and no company first: what it finds must be read and sorted. A word that many
 * messages have is therefore looked for in the list itself, from its newest row on, and only rare ones in the index.
 */
export async function searchMessages(
  connection: Connection,
  selection: Selection,
  paging: Paging,
  search: string,
): Promise<Page> {
  const readPage = async (page: Selection): Promise<Page> => {
    const [found = NOTHING] = await connection.query<Page>(pageStatement(page, paging, { isCounted: false }));
    return found;
  };
  const [{ rows: newest }, rare] = await Promise.all([
    paging.offset === 0 ? readPage(newestOf(selection)) : NOTHING,
    rareWords(connection, search),
  ]);
  const last = newest.at(-1);
  const isCounted = paging.after === undefined;
  if (last && newest.length === paging.fetchLimit) {
    const count = isCounted ? await countUnlessMany(connection, selection, positionOf(last), newest.length) : undefined;
    return { rows: newest, count };
  }
  if (rare === undefined) return { ...(await readPage(walked(selection))), count: isCounted ? null : undefined };
  const indexed = indexedSource(selection, rare);
  const statements = [
    pageStatement(indexed, paging, { isCounted: false }),
    ...(isCounted ? [countStatement(indexed)] : []),
  ];
  const [found, counted] = await withinASecond<Page>(connection, statements);
  const { rows } = found?.[0] ?? (await readPage(walked(selection)));
  return { rows, count: isCounted ? (counted?.[0]?.count ?? null) : undefined };
}

/**
 * The words that PostgreSQL, by its statistics, takes for rare, as one query; undefined when all are frequent. A message
 * with every word of the search has these as well.
 */
async function rareWords(connection: Connection, search: string): Promise<string | undefined> {
  const words = wordQueries(search);
  const expected = await Promise.all(words.map((word) => expectedMessages(connection, word)));
  const rare = words.filter((_, nth) => (expected[nth] ?? 0) <= FREQUENT);
  return rare.length > 0 ? rare.join(' & ') : undefined;
}

async function expectedMessages(connection: Connection, word: string): Promise<number> {
  const text = `EXPLAIN (FORMAT JSON) SELECT FROM communication_threads t WHERE ${hasWords('$1')}`;
  const [row] = await connection.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>({ text, values: [word] });
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

function newestOf(selection: Selection): Selection {
  const from = `(SELECT t.* FROM communication_threads t WHERE ${all(selection.view)} ${orderBy(selection.order)} LIMIT ${LOOKED_THROUGH}) t`;
  return withSource(selection, from);
}

/** However far down the list that leads. */
function walked(selection: Selection): Selection {
  const from = `(SELECT t.* FROM communication_threads t WHERE ${all(selection.view)} ${orderBy(selection.order)} OFFSET 0) t`;
  return withSource(selection, from);
}

/** `OFFSET 0` leaves PostgreSQL no choice but the index of words. */
function indexedSource(selection: Selection, rare: string): Selection {
  const values = [...selection.values];
  const found = hasWords(`$${values.push(rare)}`);
  const from = `(SELECT t.* FROM communication_threads t WHERE t.company_id = $1 AND ${found} OFFSET 0) t`;
  return { ...withSource(selection, from), values };
}

function withSource(selection: Selection, from: string): Selection {
  return { ...selection, sources: selection.sources.map(({ clauses }) => ({ from, clauses })) };
}

/** How far down the list a full page reached says how many more there must be; very many aren't even begun to count. */
async function countUnlessMany(
  connection: Connection,
  selection: Selection,
  last: Position,
  found: number,
): Promise<number | null> {
  const values = [...selection.values];
  const parameter: Given = (value) => `$${values.push(value)}`;
  const reached = isReached(selection.order, parameter, last);
  const text = `
    SELECT CASE WHEN ${found} * (${COUNT_CELLS(parameter(selection.cells.bits))})
                     > ${COUNTABLE} * (SELECT count(*) FROM communication_threads t WHERE ${all([...selection.view, reached])})
                THEN NULL
                ELSE (${countStatement(selection).text})
           END AS count`;
  const [counted] = await withinASecond<{ count: number | null }>(connection, [{ text, values }]);
  return counted?.[0]?.count ?? null;
}

const QUERY_CANCELED = '57014';

/** Rows of each statement; undefined for what a second wasn't enough for. What it aborts is a short transaction alone. */
export async function withinASecond<Row>(
  connection: Connection,
  statements: Statement[],
): Promise<(Row[] | undefined)[]> {
  const [, , ...answers] = await Promise.allSettled([
    connection.query<Row>({ text: 'BEGIN READ ONLY' }),
    connection.query<Row>({ text: `SET LOCAL statement_timeout = '1s'` }),
    ...statements.map((statement) => connection.query<Row>(statement)),
    connection.query<Row>({ text: 'ROLLBACK' }),
  ]);
  const results = answers.slice(0, statements.length);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed && sqlStateOf(failed.reason) !== QUERY_CANCELED) throw failed.reason;
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
}
