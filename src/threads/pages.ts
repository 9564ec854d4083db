import { createHash } from 'node:crypto';
import type { Statement } from '../db/client.ts';
import type { Paging } from '../pagination.ts';
import { PAGE_COLUMNS, toSummaryRow, withNames } from './rows.ts';
import type { Selection, Source } from './selection.ts';

/** A list's statements: its page and its count. Limits are literals of the text, as `pagination.ts` closes them. */

export const NEWEST_FIRST = 'ORDER BY t."timestamp" DESC, t.id DESC';

export function pageStatement(selection: Selection, paging: Paging): Statement {
  const values = [...selection.values];
  const offset = paging.offset === 0 ? '' : `$${values.push(paging.offset)}::bigint`;
  const text = withNames(pageSql(selection, paging.fetchLimit, offset), 'summary', 'DESC');
  const isCommon = selection.isCommon && offset === '' && paging.fetchLimit <= 51;
  return { ...(isCommon ? { name: nameOf(text) } : {}), text, values, read: toSummaryRow };
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

export function countStatement(selection: Selection): Statement {
  const { isCounted, isCommon, cells, sources, values } = selection;
  if (isCounted) return { name: 'count_cells', text: COUNT_CELLS('$2'), values: [values[0], cells] };
  if (selection.outside.length > 0) return countOfDates(selection);
  const text = `SELECT ${sources.map(countOf).join(' + ')} AS count`;
  return isCommon ? { name: nameOf(text), text, values } : { text, values };
}

/** Messages between two dates that are counted one by one before what lies outside is counted instead. */
const COUNTED_INSIDE = 100_000;

/** From the index alone; where the dates take in much of the history, as the whole less what lies outside of them. */
function countOfDates(selection: Selection): Statement {
  const { sources, outside, cells, isCommon } = selection;
  const values = [...selection.values];
  const inCells = `$${values.push(cells)}`;
  const [source = { from: '', clauses: [] }] = sources;
  const before = source.clauses.filter((clause) => !selection.times.includes(clause));
  const others = outside.map((clause) => countOf({ from: source.from, clauses: [...before, clause] }));
  const text = `
      WITH inside AS MATERIALIZED (
        SELECT count(*) AS count
        FROM (SELECT FROM ${source.from} WHERE ${all(source.clauses)} LIMIT ${COUNTED_INSIDE}) t
      )
      SELECT CASE WHEN count < ${COUNTED_INSIDE} THEN count
                  ELSE (${COUNT_CELLS(inCells)}) - ${others.join(' - ')}
             END AS count
      FROM inside`;
  return isCommon ? { name: nameOf(text), text, values } : { text, values };
}

export const COUNT_CELLS = (cells: string) => `
      SELECT COALESCE(sum(t.messages), 0)::bigint AS count
      FROM (${CELLS}) t
      WHERE t.cell = ANY(${cells}::smallint[])`;

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
