import { createHash } from 'node:crypto';
import type { Statement } from '../../../db/statement.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import { PAGE_COLUMNS, type RowValues, type SummaryRow, summaryRow, withNames } from '../rows.ts';
import { all, type Order, orderBy } from './conditions.ts';
import { CELLS } from './count.ts';
import { countWithoutExcluded } from './excluded.ts';
import type { Selection, Source } from './selection.ts';

/** A list's statement: its page, and with it its count. Limits are literals of the text, as `pagination.ts` closes them. */

/** `count` is undefined where none was asked for, null where it would have taken too long. */
export type Page = { rows: SummaryRow[]; count: number | null | undefined };

export const NOTHING: Page = { rows: [], count: undefined };

/** One row, a `Page`: what is counted is counted in the snapshot of the rows. */
export function pageStatement(selection: Selection, paging: Paging, { isCounted }: { isCounted: boolean }): Statement {
  const values = [...selection.values];
  const given = (value: unknown) => `$${values.push(value)}`;
  const offset = paging.offset === 0 ? '' : `${given(paging.offset)}::bigint`;
  const messages = withNames(
    pageSql(selection, paging.fetchLimit, offset),
    'summary',
    selection.order === 'newest' ? 'DESC' : 'ASC',
  );
  const text = `
    SELECT (SELECT COALESCE(json_agg(r.message), '[]') FROM (${messages}) r) AS rows,
           ${isCounted ? `(${selection.wholeCount ?? countWithoutExcluded(selection, given)})` : 'NULL'} AS count`;
  const isCommon = selection.isCommon && offset === '' && paging.fetchLimit <= 51;
  return { ...(isCommon ? { name: statementName(text) } : {}), text, values, read: isCounted ? toCountedPage : toPage };
}

function toCountedPage([rows, count]: [RowValues[], number]): Page {
  return { rows: rows.map(summaryRow), count };
}

function toPage([rows]: [RowValues[], null]): Page {
  return { rows: rows.map(summaryRow), count: undefined };
}

function pageSql(selection: Selection, limit: number, offset: string): string {
  const [source] = selection.sources;
  if (selection.way === 'walk' && selection.sources.length === 1 && source && offset === '') {
    return `
      SELECT ${PAGE_COLUMNS.summary}
      FROM ${source.from}
      WHERE ${all(source.clauses)}
      ${orderBy(selection.order)}
      LIMIT ${limit}`;
  }
  if (selection.way === 'walk' || offset !== '') return rowsOf(walk(selection, limit, offset));
  return rowsOf(selection.way === 'cells' ? byCells(selection, limit) : byConversations(selection, limit));
}

/** The rows of a page of which only times and ids are known. */
export function rowsOf(places: string): string {
  return `
      SELECT ${PAGE_COLUMNS.summary}
      FROM (${places}) place
      JOIN communication_threads t ON t.company_id = $1 AND t.id = place.id`;
}

type WalkedRows = { sources: readonly Source[]; order: Order };

/** Skips what the filters leave out, and what comes before an offset, in the index alone. */
export function walk({ sources, order }: WalkedRows, limit: number, offset: string): string {
  const atMost = offset === '' ? `${limit}` : `${limit} + ${offset}`;
  const newest = sources.map(
    ({ from, clauses }) => `
        (SELECT t."timestamp", t.id
         FROM ${from}
         WHERE ${all(clauses)}
         ${orderBy(order)}
         LIMIT ${atMost})`,
  );
  return `
      SELECT t."timestamp", t.id
      FROM (${newest.join('\n        UNION ALL')}) t
      ${orderBy(order)}
      LIMIT ${limit} ${offset === '' ? '' : `OFFSET ${offset}`}`;
}

/** Newest rows of the view that are looked through before the cells are asked one by one. */
const LOOKED_THROUGH = 500;

/**
 * What most lists ask for is among the newest rows. What isn't is found by its cells, the newest of each, so that a rare
 * kind, or one that was common years ago, costs no walk through the company's history.
 */
export function byCells(
  { view, times, inCells, excluded, order }: Selection,
  limit: number,
  lookedThrough: number = LOOKED_THROUGH,
): string {
  const denied = excluded.map(({ denial }) => denial);
  return `
      WITH newest AS MATERIALIZED (
        SELECT t."timestamp", t.id
        FROM (SELECT ${denied.length > 0 ? 't.*' : 't."timestamp", t.id, t.cell'}
              FROM communication_threads t
              WHERE ${all(view)}
              ${orderBy(order)}
              LIMIT ${lookedThrough}) t
        WHERE ${all([inCells ?? 'true', ...denied])}
        ${orderBy(order)}
        LIMIT ${limit}
      )
      SELECT n."timestamp", n.id FROM newest n WHERE (SELECT count(*) FROM newest) = ${limit}
      UNION ALL
      (SELECT t."timestamp", t.id
       FROM (SELECT DISTINCT t.cell FROM (${CELLS}) t WHERE ${inCells}) kind
       CROSS JOIN LATERAL (SELECT t."timestamp", t.id
                           FROM communication_threads t
                           WHERE ${all(['t.company_id = $1', 't.cell = kind.cell', ...times, ...denied])}
                           ${orderBy(order)}
                           LIMIT ${limit}) t
       WHERE (SELECT count(*) FROM newest) < ${limit}
       ${orderBy(order)}
       LIMIT ${limit})`;
}

/**
 * Messages of many conversations are met among the newest; those of few are fetched and sorted. Which of the two they are
 * shows on the way.
 */
function byConversations({ view, sources, perMessage, order }: Selection, limit: number): string {
  const [{ from, clauses } = { from: '', clauses: [] }] = sources;
  return `
      WITH newest AS MATERIALIZED (
        SELECT t."timestamp", t.id
        FROM (SELECT t.*
              FROM communication_threads t
              WHERE ${all(view)}
              ${orderBy(order)}
              LIMIT ${LOOKED_THROUGH}) t
        WHERE ${all([...clauses, ...perMessage])}
        ${orderBy(order)}
        LIMIT ${limit}
      )
      SELECT n."timestamp", n.id FROM newest n WHERE (SELECT count(*) FROM newest) = ${limit}
      UNION ALL
      (SELECT t."timestamp", t.id
       FROM ${from}
       WHERE ${all([...clauses, `(SELECT count(*) FROM newest) < ${limit}`])}
       ${orderBy(order)}
       LIMIT ${limit})`;
}

const names = new Map<string, string>();

/** A prepared statement's name stands for one text for ever. */
export function statementName(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = `list_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}
