import { createHash } from 'node:crypto';
import type { Statement } from '../../../db/statement.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import { PAGE_COLUMNS, type RowValues, type SummaryRow, summaryRow, withNames } from '../rows.ts';
import { all, IS_LATEST, type Order, orderBy } from './conditions.ts';
import { CELLS } from './count.ts';
import { countWithoutExcluded } from './excluded.ts';
import type { RowSource, Selection } from './selection.ts';

/**
 * The statement of a list: its page with its count. Limits are literals in the text, from the closed set in
 * `pagination.ts`.
 */

/** `count` is undefined when the rows weren't counted, null when counting would take too long. */
export type PageResult = { rows: SummaryRow[]; count: number | null | undefined };

export const EMPTY_PAGE: PageResult = { rows: [], count: undefined };

/** Returns one row, a `Page`. Rows and count come from one snapshot. */
export function pageStatement(selection: Selection, paging: Paging, { isCounted }: { isCounted: boolean }): Statement {
  const values = [...selection.values];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const offset = paging.offset === 0 ? '' : `${bind(paging.offset)}::bigint`;
  const page = pageSql(selection, paging.fetchLimit, offset);
  const count = isCounted ? `(${selection.wholeCount ?? countWithoutExcluded(selection, bind)})` : 'NULL';
  const isCommon = selection.isCommon && offset === '' && paging.fetchLimit <= 51;
  const parts = { page, count, order: selection.order, areLatest: selection.viewClauses.includes(IS_LATEST) };
  const text = isCommon ? preparedText(parts) : { text: pageText(parts) };
  return { ...text, values, read: isCounted ? toCountedPage : toPage };
}

/** `page` and `count` are SQL. `areLatest`: the page has latest messages of conversations only. */
type PageParts = { page: string; count: string; order: Order; areLatest: boolean };

function pageText({ page, count, order, areLatest }: PageParts): string {
  const messages = withNames(page, 'summary', order === 'newest' ? 'DESC' : 'ASC', { areLatest });
  return `
    SELECT (SELECT COALESCE(json_agg(r.message), '[]') FROM (${messages}) r) AS rows,
           ${count} AS count`;
}

const prepared = new Map<string, { name: string; text: string }>();

/** The text and its name, by the parts that vary: hashing the whole text takes longer than all else of a statement. */
function preparedText(parts: PageParts): { name: string; text: string } {
  const key = `${parts.order} ${parts.areLatest} ${parts.count} ${parts.page}`;
  let known = prepared.get(key);
  if (!known) {
    const text = pageText(parts);
    known = { name: statementName(text), text };
    prepared.set(key, known);
  }
  return known;
}

function toCountedPage([rows, count]: [RowValues[], number]): PageResult {
  return { rows: rows.map(summaryRow), count };
}

function toPage([rows]: [RowValues[], null]): PageResult {
  return { rows: rows.map(summaryRow), count: undefined };
}

function pageSql(selection: Selection, limit: number, offset: string): string {
  const [source] = selection.sources;
  if (selection.pagePlan === 'scan' && selection.sources.length === 1 && source && offset === '') {
    return `
      SELECT ${PAGE_COLUMNS.summary}
      FROM ${source.from}
      WHERE ${all(source.clauses)}
      ${orderBy(selection.order)}
      LIMIT ${limit}`;
  }
  if (selection.pagePlan === 'scan' || offset !== '') return rowsOf(scanInOrder(selection, limit, offset));
  return rowsOf(selection.pagePlan === 'cells' ? byCells(selection, limit) : byConversations(selection, limit));
}

/** @param keys SQL of the `timestamp` and `id` of the page's rows */
export function rowsOf(keys: string): string {
  return `
      SELECT ${PAGE_COLUMNS.summary}
      FROM (${keys}) place
      JOIN communication_threads t ON t.company_id = $1 AND t.id = place.id`;
}

type ScannedRows = { sources: readonly RowSource[]; order: Order };

/** Skips rows that don't match, and rows before the offset, in the index without reading the table. */
export function scanInOrder({ sources, order }: ScannedRows, limit: number, offset: string): string {
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

/** Columns of a message `t` by which a list finds its rows again. */
export const KEY = 't."timestamp", t.id';
export const KEY_AND_CUSTOMER = `${KEY}, t.customer_id` as const;
export type ListedColumns = typeof KEY | typeof KEY_AND_CUSTOMER;

/** The number of newest rows that are scanned before each cell is read. */
const FIRST_SCAN = 500;

/**
 * Scans the newest rows first, which contain the page of most lists. Otherwise it reads the newest rows of each matching
 * cell, so that types that are rare, or were common years ago, need no scan of the company's history.
 */
export function byCells(
  {
    viewClauses,
    times,
    inCells,
    excluded,
    order,
  }: Pick<Selection, 'viewClauses' | 'times' | 'inCells' | 'excluded' | 'order'>,
  limit: number,
  scanned: number = FIRST_SCAN,
  columns: ListedColumns = KEY,
): string {
  const denied = excluded.map(({ denial }) => denial);
  return `
      WITH newest AS MATERIALIZED (
        SELECT ${columns}
        FROM (SELECT ${denied.length > 0 ? 't.*' : `${columns}, t.cell`}
              FROM communication_threads t
              WHERE ${all(viewClauses)}
              ${orderBy(order)}
              LIMIT ${scanned}) t
        WHERE ${all([inCells ?? 'true', ...denied])}
        ${orderBy(order)}
        LIMIT ${limit}
      )
      SELECT n.* FROM newest n WHERE (SELECT count(*) FROM newest) = ${limit}
      UNION ALL
      (SELECT t.*
       FROM (SELECT DISTINCT t.cell FROM (${CELLS}) t WHERE ${inCells}) kind
       CROSS JOIN LATERAL (SELECT ${columns}
                           FROM communication_threads t
                           WHERE ${all(['t.company_id = $1', 't.cell = kind.cell', ...times, ...denied])}
                           ${orderBy(order)}
                           LIMIT ${limit}) t
       WHERE (SELECT count(*) FROM newest) < ${limit}
       ${orderBy(order)}
       LIMIT ${limit})`;
}

/**
 * Scans the newest rows first, which contain the page when many conversations match. Otherwise few conversations match, and
 * all their messages are read and sorted.
 */
function byConversations({ viewClauses, sources, perMessage, order }: Selection, limit: number): string {
  const [{ from, clauses } = { from: '', clauses: [] }] = sources;
  return `
      WITH newest AS MATERIALIZED (
        SELECT t."timestamp", t.id
        FROM (SELECT t.*
              FROM communication_threads t
              WHERE ${all(viewClauses)}
              ${orderBy(order)}
              LIMIT ${FIRST_SCAN}) t
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

/** A name derived from the text, because a connection keeps the text under which a name was first prepared. */
export function statementName(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = `list_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}
