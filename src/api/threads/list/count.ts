import { daySql } from '../../../db/count-cell.ts';
import type { Statement } from '../../../db/statement.ts';
import { all, type Bind } from './conditions.ts';
import type { Dates, RowSource, Selection } from './selection.ts';

/** The count of a list: from the materialised counters where the filters allow it, else by an index-only scan. */

/** The company's counters and the deltas that aren't folded into them yet, in one snapshot. */
export const CELLS = `SELECT cell, messages FROM thread_counts WHERE company_id = $1
            UNION ALL
            SELECT cell, messages FROM thread_count_deltas WHERE company_id = $1`;

/** @param bits of the cells (`Cells`) */
export const COUNT_CELLS = (bits: string) => `
      SELECT COALESCE(sum(t.messages), 0)::bigint AS count
      FROM (${CELLS}) t
      WHERE get_bit(${bits}::bytea, t.cell) = 1`;

/** The number of messages of the list on all days and of the company. */
export type Sizes = { list: number; company: number };

/** SQL of one row, `Sizes`. @param bits of the cells (`Cells`) */
export const SIZES = (bits: string) => `
      SELECT (${COUNT_CELLS(bits)}) AS list, (SELECT COALESCE(sum(t.messages), 0)::bigint FROM (${CELLS}) t) AS company`;

/** The statement of the count without a page. One row `{ count }`. */
export function countStatement(selection: Selection): Statement {
  const values = [...selection.values];
  return { text: countSql(selection, (value) => `$${values.push(value)}`), values };
}

/** @param given adds a parameter to those of the selection */
export function countSql(selection: Selection, bind: Bind): string {
  if (selection.isCounted) return COUNT_CELLS(bind(selection.cells.bits));
  const { dates } = selection;
  if (dates) return dates.areCounted ? countByDays(selection, dates, bind) : countOfDates(selection, dates, bind);
  return `SELECT ${selection.sources.map(countOf).join(' + ')} AS count`;
}

/** Up to this many rows are counted one by one before another way of counting is tried. */
const FEW = 2_000;
/** Up to this many messages between two dates are counted one by one; above, those outside the dates are counted. */
const MANY = 50_000;

/**
 * Sums the counters of the whole UTC days between the dates and counts the messages of the first and the last partial day.
 * PostgreSQL evaluates a branch of the CASE only when it is reached.
 */
function countByDays({ sources: [source = NOWHERE], cells }: Selection, { begin, end }: Dates, bind: Bind): string {
  const utcMidnight = (day: string) => `(SELECT ${day}::timestamp AT TIME ZONE 'UTC' FROM whole)`;
  const edges = [
    ...(begin ? [`t."timestamp" < ${utcMidnight('first_day')}`] : []),
    // When no UTC midnight lies between the dates, the first edge covers all of them.
    ...(end ? [`t."timestamp" >= ${utcMidnight('GREATEST(first_day, end_day)')}`] : []),
  ].map((clause) => countOf({ from: source.from, clauses: [...source.clauses, clause] }));
  const days = [
    ...(begin ? ['day >= (SELECT first_day FROM whole)'] : []),
    ...(end ? ['day < (SELECT end_day FROM whole)'] : []),
  ].join(' AND ');
  return `
      WITH few AS MATERIALIZED (${countUpTo(FEW, [source])}),
           whole AS MATERIALIZED (
             SELECT ${begin ? daySql(`(${begin} - interval '1 microsecond')`) : 'NULL::date'} + 1 AS first_day,
                    ${end ? daySql(end) : 'NULL::date'} AS end_day
           )
      SELECT CASE WHEN (SELECT count FROM few) < ${FEW} THEN (SELECT count FROM few)
                  ELSE ${edges.join(' + ')}
                     + (SELECT COALESCE(sum(d.messages), 0)::bigint
                        FROM (SELECT cell, messages FROM thread_day_counts WHERE company_id = $1 AND ${days}
                              UNION ALL
                              SELECT cell, messages FROM thread_count_deltas WHERE company_id = $1 AND ${days}) d
                        WHERE get_bit(${bind(cells.bits)}::bytea, d.cell) = 1)
             END AS count`;
}

/**
 * Counts by an index-only scan; with few messages outside the dates or very many inside, as the total minus those
 * outside.
 */
function countOfDates(selection: Selection, { begin, end }: Dates, bind: Bind): string {
  const { sources, times, cells } = selection;
  const [source = NOWHERE] = sources;
  const undated = source.clauses.filter((clause) => !times.includes(clause));
  const others = [...(begin ? [`t."timestamp" < ${begin}`] : []), ...(end ? [`t."timestamp" >= ${end}`] : [])].map(
    (clause) => ({ from: source.from, clauses: [...undated, clause] }),
  );
  const whole = `(${COUNT_CELLS(bind(cells.bits))})`;
  // PostgreSQL evaluates a branch of the CASE only when it is reached.
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

const NOWHERE: RowSource = { from: '', clauses: [] };

function countUpTo(limit: number, sources: RowSource[]): string {
  const found = sources.map(({ from, clauses }) => `(SELECT FROM ${from} WHERE ${all(clauses)} LIMIT ${limit})`);
  return `SELECT count(*) AS count FROM (SELECT FROM (${found.join(' UNION ALL ')}) f LIMIT ${limit}) t`;
}

function countOf({ from, clauses }: RowSource): string {
  return `(SELECT count(*) FROM ${from} WHERE ${all(clauses)})`;
}
