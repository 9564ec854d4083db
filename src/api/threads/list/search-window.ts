import type { Connection } from '../../../db/client.ts';
import { daySql } from '../../../db/count-cell.ts';
import { SIZES } from './count.ts';
import type { Search } from './search-statements.ts';
import { MESSAGES } from './selection.ts';

/**
 * The index of words yields all matches of a company's history, and reading them takes longest. It also has the week of
 * each message, so a search asks it for the weeks that probably hold enough matches first.
 */

/** A time at the beginning of a list: its other end, and the weeks from there to the list's first row, as the index has them. */
export type Window = { edge: string; weeks: string[] };

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** More weeks aren't much cheaper than all of them. */
const MOST_WEEKS = 104;
/** The week of the words that have no timestamp yet. */
const FIRST_WEEK = new Date(0).toISOString();

/** In so many rows of a list, a word that is in 0.1 % of them probably fills the page. */
const ROWS_OF_WINDOW = 30_000;
/** The least selectivity that a scan of a few hundred rows can tell. */
const LEAST_SELECTIVITY = 0.01;

/** The rows in whose time the index is asked first: more, the fewer of them match the further terms. */
export function rowsOfWindow({ terms: [, ...others] }: Search): number {
  return others.reduce(
    (rows, { selectivity }) => Math.ceil(rows / Math.max(selectivity, LEAST_SELECTIVITY)),
    ROWS_OF_WINDOW,
  );
}

/**
 * The time that has about so many rows of the list, by the daily counters.
 * @param first the timestamp of the list's first row
 * @returns undefined when the list has few more rows than that, or filters that the counters don't express
 */
export async function windowOf(
  connection: Connection,
  search: Search,
  first: string | null,
  rows: number,
): Promise<Window | undefined> {
  if (first === null || !isOfCells(search)) return undefined;
  const [row] = await connection.query<{ day: string | null }>({
    name: `search_window_${search.order}`,
    text: edgeSql(search.order),
    values: [search.values[0], search.cells.bits, first, rows],
  });
  return row?.day ? windowTo(search.order, row.day, first) : undefined;
}

/**
 * By which factor to read more rows than are expected to hold enough matches, which is nearly always enough.
 * @param matches that were found in a part, of which the expectation was made
 */
export function safetyMargin(matches: number): number {
  return 1 + 1.5 / Math.sqrt(Math.max(1, matches));
}

/** Whether the list has no other filters than those of the counters and dates. */
export function isOfCells({ sources, viewClauses, inCells }: Search): boolean {
  const [source, ...others] = sources;
  const known = [...viewClauses, ...(inCells ? [inCells] : [])];
  return source?.from === MESSAGES && others.length === 0 && source.clauses.every((clause) => known.includes(clause));
}

/** The counters of a day don't tell the list's share of the messages, so that of the whole company is taken. */
function edgeSql(order: Search['order']): string {
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  const first = daySql('$3::timestamptz');
  const days =
    order === 'newest'
      ? `c.day <= ${first} AND c.day > ${first} - 7 * ${MOST_WEEKS}`
      : `c.day >= ${first} AND c.day < ${first} + 7 * ${MOST_WEEKS}`;
  return `
    WITH sizes AS MATERIALIZED (${SIZES('$2')})
    SELECT CASE WHEN s.list >= 2 * $4::bigint THEN
      (SELECT d.day
       FROM (SELECT c.day, sum(c.messages) OVER (ORDER BY c.day ${direction}) AS messages
             FROM thread_day_counts c
             WHERE c.company_id = $1 AND ${days}) d
       WHERE d.messages >= $4::bigint * s.company / s.list
       ORDER BY d.day ${direction}
       LIMIT 1)
    END::text AS day
    FROM sizes s`;
}

/** @param day UTC, the one of the window that is furthest from the list's first row */
export function windowTo(order: Search['order'], day: string, first: string): Window {
  const edge = Date.parse(day) + (order === 'newest' ? 0 : DAY_MS);
  const [from, to] = [edge, Date.parse(first)].map((time) => Math.floor(time / WEEK_MS)).toSorted((a, b) => a - b);
  const weeks = [FIRST_WEEK];
  for (let week = from ?? 0; week <= (to ?? 0); week += 1) weeks.push(new Date(week * WEEK_MS).toISOString());
  return { edge: new Date(edge).toISOString(), weeks };
}

/** The search in the window alone. */
export function limitTo(search: Search, { edge, weeks }: Window): Search {
  const values = [...search.values, edge, weeks];
  const within = `t."timestamp" ${search.order === 'newest' ? '>=' : '<'} $${values.length - 1}::timestamptz`;
  return {
    ...search,
    values,
    sources: search.sources.map(({ from, clauses }) => ({ from, clauses: [...clauses, within] })),
    times: [...search.times, within],
    weeks: `$${values.length}`,
  };
}
