import { createHash } from 'node:crypto';
import type { Statement } from '../db/client.ts';
import type { Paging } from '../pagination.ts';
import { PAGE_COLUMNS, type SummaryValues, withNames } from './rows.ts';
import type { Selection, Source } from './selection.ts';

/** A list's statements: its page and its count. Limits are literals of the text, as `pagination.ts` closes them. */

/** `count` is undefined where none was asked for, null where it would have taken too long. */
export type Page = { rows: SummaryValues[]; count: number | null | undefined };

export const NOTHING: Page = { rows: [], count: undefined };

export const NEWEST_FIRST = 'ORDER BY t."timestamp" DESC, t.id DESC';

/** One row, a `Page`: what is counted is counted in the snapshot of the rows. */
export function pageStatement(selection: Selection, paging: Paging, { isCounted }: { isCounted: boolean }): Statement {
  const values = [...selection.values];
  const given = (value: unknown) => `$${values.push(value)}`;
  const offset = paging.offset === 0 ? '' : `${given(paging.offset)}::bigint`;
  const messages = withNames(pageSql(selection, paging.fetchLimit, offset), 'summary', 'DESC');
  const text = `
    SELECT (SELECT COALESCE(json_agg(r.message), '[]') FROM (${messages}) r) AS rows,
           ${isCounted ? `(${countSql(selection, given)})` : 'NULL'} AS count`;
  const isCommon = selection.isCommon && offset === '' && paging.fetchLimit <= 51;
  return { ...(isCommon ? { name: nameOf(text) } : {}), text, values, read: isCounted ? toCountedPage : toPage };
}

function toCountedPage([rows, count]: [SummaryValues[], number]): Page {
  return { rows, count };
}

function toPage([rows]: [SummaryValues[], null]): Page {
  return { rows, count: undefined };
}

function pageSql(selection: Selection, limit: number, offset: string): string {
  const [source] = selection.sources;
  if (selection.way === 'walk' && selection.sources.length === 1 && source && offset === '') {
    return `
      SELECT ${PAGE_COLUMNS.summary}
      FROM ${source.from}
      WHERE ${all(source.clauses)}
      ${NEWEST_FIRST}
      LIMIT ${limit}`;
  }
  return rowsOf(
    selection.way === 'cells' && offset === '' ? byCells(selection, limit) : walk(selection.sources, limit, offset),
  );
}

/** The rows of a page of which only times and ids are known. */
export function rowsOf(places: string): string {
  return `
      SELECT ${PAGE_COLUMNS.summary}
      FROM (${places}) place
      JOIN communication_threads t ON t.company_id = $1 AND t.id = place.id`;
}

/** Skips what the filters leave out, and what comes before an offset, in the index alone. */
export function walk(sources: readonly Source[], limit: number, offset: string): string {
  const atMost = offset === '' ? `${limit}` : `${limit} + ${offset}`;
  const newest = sources.map(
    ({ from, clauses }) => `
        (SELECT t."timestamp", t.id
         FROM ${from}
         WHERE ${all(clauses)}
         ${NEWEST_FIRST}
         LIMIT ${atMost})`,
  );
  return `
      SELECT t."timestamp", t.id
      FROM (${newest.join('\n        UNION ALL')}) t
      ${NEWEST_FIRST}
      LIMIT ${limit} ${offset === '' ? '' : `OFFSET ${offset}`}`;
}

/** Newest rows of the view that are looked through before the cells are asked one by one. */
const LOOKED_THROUGH = 500;

/**
 * What most lists ask for is among the newest rows. What isn't is found by its cells, the newest of each, so that a rare
 * kind, or one that was common years ago, costs no walk through the company's history.
 */
function byCells({ view, times, inCells }: Selection, limit: number): string {
  return `
      WITH newest AS MATERIALIZED (
        SELECT t."timestamp", t.id
        FROM (SELECT t."timestamp", t.id, t.cell
              FROM communication_threads t
              WHERE ${all(view)}
              ${NEWEST_FIRST}
              LIMIT ${LOOKED_THROUGH}) t
        WHERE ${inCells}
        ${NEWEST_FIRST}
        LIMIT ${limit}
      )
      SELECT n."timestamp", n.id FROM newest n WHERE (SELECT count(*) FROM newest) = ${limit}
      UNION ALL
      (SELECT t."timestamp", t.id
       FROM (SELECT DISTINCT t.cell FROM (${CELLS}) t WHERE ${inCells}) kind
       CROSS JOIN LATERAL (SELECT t."timestamp", t.id
                           FROM communication_threads t
                           WHERE ${all(['t.company_id = $1', 't.cell = kind.cell', ...times])}
                           ${NEWEST_FIRST}
                           LIMIT ${limit}) t
       WHERE (SELECT count(*) FROM newest) < ${limit}
       ${NEWEST_FIRST}
       LIMIT ${limit})`;
}

/** The company's cells and what isn't folded into them yet, in one snapshot. */
const CELLS = `SELECT cell, messages FROM thread_counts WHERE company_id = $1
            UNION ALL
            SELECT cell, messages FROM thread_count_deltas WHERE company_id = $1`;

/** The count alone. One row `{ count }`. */
export function countStatement(selection: Selection): Statement {
  const values = [...selection.values];
  return { text: countSql(selection, (value) => `$${values.push(value)}`), values };
}

type Given = (value: unknown) => string;

/** @param given adds a parameter to those of the selection */
function countSql(selection: Selection, given: Given): string {
  if (selection.isCounted) return COUNT_CELLS(given(selection.cells.bits));
  if (selection.outside.length > 0) return countOfDates(selection, given);
  return `SELECT ${selection.sources.map(countOf).join(' + ')} AS count`;
}

/** As many are counted one by one on either side of the dates before a longer count is begun. */
const FEW = 2_000;
/** Messages between two dates that are counted one by one before what lies outside is counted instead. */
const MANY = 50_000;

/** From the index alone; where few lie outside of the dates, or very many inside, as the whole less what lies outside. */
function countOfDates({ sources, outside, cells, times }: Selection, given: Given): string {
  const [source = { from: '', clauses: [] }] = sources;
  const before = source.clauses.filter((clause) => !times.includes(clause));
  const others = outside.map((clause) => ({ from: source.from, clauses: [...before, clause] }));
  const whole = `(${COUNT_CELLS(given(cells.bits))})`;
  // Each is run only when the CASE comes to it.
  return `
      WITH few_inside AS MATERIALIZED (${countUpTo(FEW, [source])}),
           few_outside AS MATERIALIZED (${countUpTo(FEW, others)}),
           inside AS MATERIALIZED (${countUpTo(MANY, [source])})
      SELECT CASE WHEN (SELECT count FROM few_inside) < ${FEW} THEN (SELECT count FROM few_inside)
                  WHEN (SELECT count FROM few_outside) < ${FEW} THEN ${whole} - (SELECT count FROM few_outside)
                  WHEN (SELECT count FROM inside) < ${MANY} THEN (SELECT count FROM inside)
                  ELSE ${whole} - ${others.map(countOf).join(' - ')}
             END AS count`;
}

function countUpTo(limit: number, sources: Source[]): string {
  const found = sources.map(({ from, clauses }) => `(SELECT FROM ${from} WHERE ${all(clauses)} LIMIT ${limit})`);
  return `SELECT count(*) AS count FROM (SELECT FROM (${found.join(' UNION ALL ')}) f LIMIT ${limit}) t`;
}

/** @param bits of the cells (`Cells`) */
export const COUNT_CELLS = (bits: string) => `
      SELECT COALESCE(sum(t.messages), 0)::bigint AS count
      FROM (${CELLS}) t
      WHERE get_bit(${bits}::bytea, t.cell) = 1`;

function countOf({ from, clauses }: Source): string {
  return `(SELECT count(*) FROM ${from} WHERE ${all(clauses)})`;
}

/** Clauses as one condition. */
export function all(clauses: readonly string[]): string {
  return clauses.join('\n        AND ');
}

const names = new Map<string, string>();

/** A prepared statement's name stands for one text for ever. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = `list_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}
