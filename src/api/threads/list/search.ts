import type { Connection } from '../../../db/client.ts';
import { sqlStateOf } from '../../../db/errors.ts';
import type { Statement } from '../../../db/statement.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import { type RowValues, type SummaryRow, summaryRow, withNames } from '../rows.ts';
import { all, type Given, isFound, type Order, orderBy } from './conditions.ts';
import { byCells, rowsOf, statementName, walk } from './page.ts';
import { MESSAGES, type Selection, type Source } from './selection.ts';

/**
 * A search reads no more than its page needs. Words that many messages have are met soon on a walk through the list from
 * its newest row on; rare ones are looked up in the index, which knows no order. Which of the two it is, the first rows of
 * the list tell: no statistics of PostgreSQL's know the words of one company.
 */

/** Rows of the list that are looked through first. */
const LOOKED_THROUGH = 1_000;
/** And then, where each word of the search was met so often among them. */
const LOOKED_THROUGH_AGAIN = 20_000;
const MET_OFTEN = 5;
/** More rows than these are counted only for who asks for it (contract §1, Lists). */
const COUNTED = 1_000;
/** Where so many matches take more rows than these to be met, the index counts them. */
const COUNTED_BY_WALKING = 10_000;
/** Of a search's terms, the longest; how often the others are met isn't asked. */
const WEIGHED_TERMS = 4;

/** `upToMany`: more than `COUNTED` are null. */
export type CountAs = 'upToMany' | 'exact';

/** Counts `null` what is many, or what a second isn't enough for. */
export type SearchPage = { rows: SummaryRow[]; count: () => Promise<number | null> };

export async function searchMessages(
  connection: Connection,
  selection: Selection,
  paging: Paging,
  countAs: CountAs,
): Promise<SearchPage> {
  const terms = selection.terms.toSorted((one, other) => lengthOf(selection, other) - lengthOf(selection, one));
  const search: Search = { ...selection, terms };
  const first = await look(connection, search, paging, LOOKED_THROUGH);
  if (first.isFull) return { rows: first.rows, count: () => count(connection, search, first, countAs) };
  if (first.seen < LOOKED_THROUGH) return { rows: first.rows, count: async () => shown(first.found, countAs) };
  const rarest = first.met.indexOf(Math.min(...first.met));
  const driver = { ...search, terms: [...terms.splice(rarest, 1), ...terms] };
  if ((first.met[rarest] ?? 0) >= MET_OFTEN) {
    const more = await look(connection, driver, paging, LOOKED_THROUGH_AGAIN);
    if (more.isFull) return { rows: more.rows, count: () => count(connection, driver, more, countAs) };
  }
  const found = await lookUp(connection, driver, paging);
  return { rows: found.rows, count: async () => (found.count === null ? null : shown(found.count, countAs)) };
}

/** Its first term is the one to be looked up in the index. */
type Search = Selection;

function lengthOf({ values }: Selection, term: string): number {
  return String(values[Number(term.slice(1)) - 1]).length;
}

function shown(count: number, countAs: CountAs): number | null {
  return countAs === 'upToMany' && count > COUNTED ? null : count;
}

type Look =
  | { isFull: true; rows: SummaryRow[]; reached: number; matches: number }
  /** `seen` rows were looked through, of which `found` match the search and `met` each of the weighed terms. */
  | { isFull: false; rows: SummaryRow[]; seen: number; found: number; met: number[] };

/** Looks for the page among the first rows of the list. */
async function look(connection: Connection, search: Search, paging: Paging, rows: number): Promise<Look> {
  const values = [...search.values];
  const given: Given = (value) => `$${values.push(value)}`;
  const { fetchLimit, offset } = paging;
  const window = windowOf(search, rows);
  const conditions = search.terms.map(isFound);
  const weighed = conditions.slice(0, WEIGHED_TERMS);
  const text = `
    WITH place AS MATERIALIZED (
      SELECT t."timestamp", t.id
      FROM (${window}) t
      WHERE ${all(conditions)}
      ${orderBy(search.order)}
      LIMIT ${fetchLimit} ${offset === 0 ? '' : `OFFSET ${given(offset)}::bigint`}
    )
    SELECT ${pageJson('SELECT * FROM place', search.order)} AS rows,
           CASE WHEN (SELECT count(*) FROM place) = ${fetchLimit}
                THEN (SELECT json_build_array(count(*)) FROM (${window}) t WHERE ${isReachedBy('place', search.order)})
                ELSE (SELECT json_build_array(count(*), count(*) FILTER (WHERE ${all(conditions)}),
                                              ${weighed.map((term) => `count(*) FILTER (WHERE ${term})`).join(', ')})
                      FROM (${window}) t)
           END AS seen`;
  const isCommon = search.isCommon && offset === 0 && fetchLimit <= 51 && search.terms.length <= 3;
  const [seen = NOTHING_SEEN] = await connection.query<Seen>({
    ...(isCommon ? { name: statementName(text) } : {}),
    text,
    values,
    read: ([messages, counts]: [RowValues[], number[]]) => ({ rows: messages.map(summaryRow), counts }),
  });
  const [looked = 0, found = 0, ...met] = seen.counts;
  return seen.rows.length === fetchLimit
    ? { isFull: true, rows: seen.rows, reached: looked, matches: offset + fetchLimit }
    : { isFull: false, rows: seen.rows, seen: looked, found, met };
}

type Seen = { rows: SummaryRow[]; counts: number[] };
const NOTHING_SEEN: Seen = { rows: [], counts: [] };

/** The first rows of the list, as far as its filters without the search choose them: `timestamp`, `id`, `customer_id`. */
function windowOf({ sources, order, ...selection }: Selection, rows: number): string {
  if (selection.way === 'cells') {
    return `
        SELECT p."timestamp", p.id, m.customer_id
        FROM (${byCells({ sources, order, ...selection }, rows, 5 * rows)}) p
        CROSS JOIN LATERAL (SELECT m.customer_id FROM communication_threads m WHERE m.company_id = $1 AND m.id = p.id OFFSET 0) m`;
  }
  const first = sources.map(
    ({ from, clauses }) => `
        SELECT t."timestamp", t.id, t.customer_id
        FROM ${from}
        WHERE ${all(clauses)}
        ${orderBy(order)}
        LIMIT ${rows}`,
  );
  if (first.length === 1) return first[0] ?? '';
  return `SELECT t.* FROM (${first.map((source) => `(${source})`).join(' UNION ALL ')}) t ${orderBy(order)} LIMIT ${rows}`;
}

function isReachedBy(places: string, order: Order): string {
  const [comparison, direction] = order === 'newest' ? ['>=', 'ASC'] : ['<=', 'DESC'];
  return `(t."timestamp", t.id) ${comparison} (SELECT e."timestamp", e.id FROM ${places} e
                                               ORDER BY e."timestamp" ${direction}, e.id ${direction} LIMIT 1)`;
}

function pageJson(places: string, order: Order): string {
  const messages = withNames(rowsOf(places), 'summary', order === 'newest' ? 'DESC' : 'ASC');
  return `(SELECT COALESCE(json_agg(r.message), '[]') FROM (${messages}) r)`;
}

type Found = { rows: SummaryRow[]; count: number | null };

/** Reads all matches from the index of the first term, and walks through the list where that takes too long. */
async function lookUp(connection: Connection, search: Search, paging: Paging): Promise<Found> {
  const indexed = indexedSources(search, await areNames(connection, search));
  const values = [...search.values];
  const places = `
      SELECT m."timestamp", m.id FROM matches m
      ORDER BY ${search.order === 'newest' ? 'm."timestamp" DESC, m.id DESC' : 'm."timestamp", m.id'}
      LIMIT ${paging.fetchLimit} OFFSET $${values.push(paging.offset)}::bigint`;
  const text = `
    WITH matches AS MATERIALIZED (${unionOf(indexed, 't."timestamp", t.id')})
    SELECT ${pageJson(places, search.order)} AS rows, (SELECT count(*) FROM matches) AS count`;
  const found = await rowWithinASecond<Found>(connection, { text, values, read: readFound });
  return found ?? { rows: await walkAll(connection, search, paging), count: null };
}

function readFound([rows, count]: [RowValues[], number]): Found {
  return { rows: rows.map(summaryRow), count };
}

/** However far down the list that leads. */
async function walkAll(connection: Connection, search: Search, { fetchLimit, offset }: Paging): Promise<SummaryRow[]> {
  const values = [...search.values];
  const sources = search.sources.map((source) => withTerms(source, search.terms));
  const from = `$${values.push(offset)}::bigint`;
  const text = `SELECT ${pageJson(walk({ sources, order: search.order }, fetchLimit, from), search.order)} AS rows`;
  const [rows = []] = await connection.query<SummaryRow[]>({
    text,
    values,
    read: ([messages]: [RowValues[]]) => messages.map(summaryRow),
  });
  return rows;
}

function withTerms({ from, clauses }: Source, terms: readonly string[]): Source {
  return { from, clauses: [...clauses, ...terms.map(isFound)] };
}

/** For each term, whether a customer's name or an invoice's number has it. */
async function areNames(connection: Connection, { terms, values }: Search): Promise<boolean[]> {
  const isName = (term: string) => `
    EXISTS (SELECT FROM customers c WHERE c.company_id = $1 AND c.name_words @@ ${term}::tsquery)
    OR EXISTS (SELECT FROM invoices i WHERE i.company_id = $1 AND i.number_words @@ ${term}::tsquery)`;
  const own = [values[0], ...terms.map((term) => values[Number(term.slice(1)) - 1])];
  const text = `SELECT ARRAY[${terms.map((_, nth) => isName(`$${nth + 2}`)).join(', ')}] AS names`;
  const [row] = await connection.query<{ names: boolean[] }>({ text, values: own });
  return row?.names ?? [];
}

/**
 * The sources as the index of words finds their rows. All terms that are nobody's name must be among the words of the
 * message itself, so that the index compares them with each other. What isn't the whole list is few rows, and walked.
 */
function indexedSources({ sources, terms }: Search, areNamed: readonly boolean[]): Source[] {
  const [driver = '', ...others] = terms;
  const [isNamed = false, ...areOthersNamed] = areNamed;
  const unnamed = others.filter((_, nth) => !areOthersNamed[nth]);
  const own = [driver, ...unnamed].map((term) => `${term}::tsquery`).join(' && ');
  const ids = [
    `SELECT w.thread_id AS id
         FROM (SELECT w.company_id, w.thread_id FROM communication_thread_words w WHERE w.words @@ (${own}) OFFSET 0) w
         WHERE w.company_id = $1`,
    ...(isNamed ? [OF_CUSTOMERS(driver), OF_INVOICES(driver)] : []),
  ].join('\n         UNION\n         ');
  const from = `(${ids}) i
       CROSS JOIN LATERAL (SELECT m.* FROM communication_threads m WHERE m.company_id = $1 AND m.id = i.id OFFSET 0) t`;
  return sources.map((source) =>
    source.from === MESSAGES ? withTerms({ ...source, from }, others) : withTerms(source, terms),
  );
}

const OF_CUSTOMERS = (term: string) => `SELECT m.id
         FROM (SELECT c.id FROM customers c WHERE c.company_id = $1 AND c.name_words @@ ${term}::tsquery OFFSET 0) c
         CROSS JOIN LATERAL (SELECT m.id FROM communication_threads m
                             WHERE m.company_id = $1 AND m.customer_id = c.id OFFSET 0) m`;
const OF_INVOICES = (term: string) => `SELECT l.thread_id
         FROM (SELECT n.id FROM invoices n WHERE n.company_id = $1 AND n.number_words @@ ${term}::tsquery OFFSET 0) n
         CROSS JOIN LATERAL (SELECT l.thread_id FROM communication_thread_invoices l
                             WHERE l.company_id = $1 AND l.invoice_id = n.id OFFSET 0) l`;

function unionOf(sources: readonly Source[], columns: string): string {
  return sources.map(({ from, clauses }) => `SELECT ${columns} FROM ${from} WHERE ${all(clauses)}`).join(' UNION ALL ');
}

/** How many match, of a search whose page was met on the way: by walking on where that is short, else by the index. */
async function count(
  connection: Connection,
  search: Search,
  { matches, reached }: Look & { isFull: true },
  countAs: CountAs,
): Promise<number | null> {
  const many = COUNTED + 1;
  if (countAs === 'upToMany' && (many * reached) / matches <= COUNTED_BY_WALKING) {
    const rows = 2 * COUNTED_BY_WALKING;
    const window = windowOf(search, rows);
    const walked = await rowWithinASecond<{ count: number; seen: number }>(connection, {
      text: `
        WITH found AS MATERIALIZED (SELECT FROM (${window}) t WHERE ${all(search.terms.map(isFound))} LIMIT ${many})
        SELECT (SELECT count(*) FROM found) AS count,
               CASE WHEN (SELECT count(*) FROM found) = ${many} THEN 0 ELSE (SELECT count(*) FROM (${window}) t) END AS seen`,
      values: search.values,
    });
    if (walked && (walked.count === many || walked.seen < rows)) return shown(walked.count, countAs);
  }
  const limit = countAs === 'exact' ? '' : `LIMIT ${many}`;
  const indexed = indexedSources(search, await areNames(connection, search));
  const counted = await rowWithinASecond<{ count: number }>(connection, {
    text: `SELECT count(*) AS count FROM (SELECT FROM (${unionOf(indexed, 't.id')}) t ${limit}) f`,
    values: search.values,
  });
  return counted ? shown(counted.count, countAs) : null;
}

async function rowWithinASecond<Row>(connection: Connection, statement: Statement): Promise<Row | undefined> {
  const [rows] = await withinASecond<Row>(connection, [statement]);
  return rows?.[0];
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
