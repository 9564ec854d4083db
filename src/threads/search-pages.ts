import type { Connection, Statement } from '../db/client.ts';
import { sqlStateOf } from '../errors.ts';
import type { Paging } from '../pagination.ts';
import { all, COUNT_CELLS, countStatement, NEWEST_FIRST, rowsOf, walk } from './pages.ts';
import { type SummaryRow, withNames } from './rows.ts';
import type { Selection, Source } from './selection.ts';

/** What a search found. `count` is null when counting would take over a second, undefined with a cursor. */
export type Found = { rows: SummaryRow[]; count: number | null | undefined };

/** Newest rows of the view that are looked through before the index of words is asked. */
const LOOKED_THROUGH = 1_000;
/** More rows than can be read in a second. */
const COUNTABLE = 300_000;

/**
 * The index of words knows no order: all that it finds must be read and sorted. A word that many messages have is
 * therefore looked for in the list itself, from its newest row on, and only a rare one in the index.
 */
export async function searchMessages(connection: Connection, selection: Selection, paging: Paging): Promise<Found> {
  if (paging.offset === 0) {
    const newest = `(SELECT t.* FROM communication_threads t WHERE ${all(selection.view)} ${NEWEST_FIRST} LIMIT ${LOOKED_THROUGH}) t`;
    const rows = await connection.query<SummaryRow>(pageFrom(newest, selection, paging));
    const last = rows.at(-1);
    if (last && rows.length === paging.fetchLimit) {
      return {
        rows,
        count: paging.after ? undefined : await countUnlessMany(connection, selection, last, rows.length),
      };
    }
  }
  return searchIndex(connection, selection, paging);
}

async function searchIndex(connection: Connection, selection: Selection, paging: Paging): Promise<Found> {
  const indexed = `(SELECT t.* FROM communication_threads t WHERE ${all(clausesOf(selection))} OFFSET 0) t`;
  const page = pageFrom(indexed, selection, paging);
  const [rows, counted] = await withinASecond<SummaryRow & { count: number }>(
    connection,
    paging.after ? [page] : [page, countStatement(selection)],
  );
  const count = paging.after ? undefined : (counted?.[0]?.count ?? null);
  if (rows) return { rows, count };
  const walked = `(SELECT t.* FROM communication_threads t WHERE ${all(selection.view)} ${NEWEST_FIRST} OFFSET 0) t`;
  return { rows: await connection.query(pageFrom(walked, selection, paging)), count };
}

/** A page out of a source that leaves PostgreSQL no choice of the way. */
function pageFrom(from: string, selection: Selection, { fetchLimit, offset }: Paging): Statement {
  const values = [...selection.values];
  const skipped = offset === 0 ? '' : `$${values.push(offset)}`;
  const sources: Source[] = [{ from, clauses: clausesOf(selection) }];
  return { text: withNames(rowsOf(walk(sources, fetchLimit, skipped)), 'summary', 'DESC'), values };
}

function clausesOf({ sources }: Selection): string[] {
  return sources.flatMap(({ clauses }) => clauses);
}

/** How far down the list a full page reached says how many more there must be; very many aren't even begun to count. */
async function countUnlessMany(
  connection: Connection,
  selection: Selection,
  last: SummaryRow,
  found: number,
): Promise<number | null> {
  const values = [...selection.values];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const reached = `(t."timestamp", t.id) >= (${parameter(last.timestamp)}::timestamptz, ${parameter(last.id)}::uuid)`;
  const text = `
    SELECT CASE WHEN ${found} * (${COUNT_CELLS(parameter(selection.cells))})
                     > ${COUNTABLE} * (SELECT count(*) FROM communication_threads t WHERE ${all([...selection.view, reached])})
                THEN NULL
                ELSE (${countStatement(selection).text})
           END AS count`;
  const [counted] = await withinASecond<{ count: number | null }>(connection, [{ text, values }]);
  return counted?.[0]?.count ?? null;
}

const QUERY_CANCELED = '57014';

/** Rows of each statement; undefined for what a second wasn't enough for. What it aborts is a short transaction alone. */
async function withinASecond<Row>(connection: Connection, statements: Statement[]): Promise<(Row[] | undefined)[]> {
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
