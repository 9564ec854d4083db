import { longestWord } from '../../../conversations/search-words.ts';
import type { Connection } from '../../../db/client.ts';
import { sqlStateOf } from '../../../db/errors.ts';
import type { Statement } from '../../../db/statement.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import { type RowValues, type SummaryRow, summaryRow, withNames } from '../rows.ts';
import {
  all,
  customersNamed,
  type Given,
  hasWord,
  invoicesNumbered,
  isCustomerName,
  isFound,
  isInvoiceNumber,
  type Order,
  orderBy,
} from './conditions.ts';
import { byCells, rowsOf, statementName, walk } from './page.ts';
import { MESSAGES, type Selection, type Source } from './selection.ts';

/**
 * A search reads no more than its page needs. Words that many messages have are met soon on a walk through the list from
 * its newest row on; rare ones are looked up in the index, which knows no order. Which of the two it is, the first rows of
 * the list tell: no statistics of PostgreSQL's know the words of one company.
 */

/** Rows of the list that are looked through first: they fill a page of what every tenth message has. */
const LOOKED_THROUGH = 300;
/** And then, where each word of the search was met so often among them. */
const LOOKED_THROUGH_AGAIN = 5_000;
const MET_OFTEN = 2;
/** More rows than these are counted only for who asks for it (contract §1, Lists). */
const COUNTED = 1_000;
/** Where so many matches take more rows than these to be met, the index counts them. */
const COUNTED_BY_WALKING = 5_000;
/** Of a search's terms, the longest; how often the others are met isn't asked. */
const WEIGHED_TERMS = 4;
/** Searches of more terms are of too many texts to prepare each on every connection. */
const PREPARED_TERMS = 2;

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
  const terms = selection.terms.toSorted(
    (one, other) => longestWord(queryOf(selection, other)).length - longestWord(queryOf(selection, one)).length,
  );
  const search: Search = { ...selection, terms };
  const first = await look(connection, search, paging, LOOKED_THROUGH);
  if (first.isFull) return { rows: first.rows, count: () => count(connection, search, first, countAs) };
  if (first.seen < LOOKED_THROUGH && paging.offset === 0)
    return { rows: first.rows, count: async () => shown(first.rows.length, countAs) };
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

/** Of the parameter. */
function queryOf({ values }: Selection, term: string): string {
  return String(values[Number(term.slice(1)) - 1]);
}

function shown(count: number, countAs: CountAs): number | null {
  return countAs === 'upToMany' && count > COUNTED ? null : count;
}

type Look =
  | { isFull: true; rows: SummaryRow[]; reached: number; matches: number }
  /** `seen` rows were looked through, of which `met` match each of the weighed terms. */
  | { isFull: false; rows: SummaryRow[]; seen: number; met: number[] };

/** Looks for the page among the first rows of the list. */
async function look(connection: Connection, search: Search, paging: Paging, rows: number): Promise<Look> {
  const values = [...search.values];
  const given: Given = (value) => `$${values.push(value)}`;
  const { fetchLimit, offset } = paging;
  const window = windowOf(search, rows);
  const conditions = search.terms.map(isFound);
  // Of a single term the page has said it.
  const weighed = conditions.length === 1 ? [] : conditions.slice(0, WEIGHED_TERMS);
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
                ELSE (SELECT json_build_array(${['count(*)', ...weighed.map((term) => `count(*) FILTER (WHERE ${term})`)].join(', ')})
                      FROM (${window}) t)
           END AS seen`;
  const [seen = NOTHING_SEEN] = await connection.query<Seen>({
    ...named(search, paging, text),
    text,
    values,
    read: ([messages, counts]: [RowValues[], number[]]) => ({ rows: messages.map(summaryRow), counts }),
  });
  const [looked = 0, ...met] = seen.counts;
  const found = seen.rows.length;
  return found === fetchLimit
    ? { isFull: true, rows: seen.rows, reached: looked, matches: offset + fetchLimit }
    : { isFull: false, rows: seen.rows, seen: looked, met: met.length > 0 ? met : [found] };
}

/** Prepared once on a connection where there are few such texts. */
function named(search: Search, { offset, fetchLimit }: Paging, text: string): { name?: string } {
  const isCommon = search.isCommon && offset === 0 && fetchLimit <= 51 && search.terms.length <= PREPARED_TERMS;
  return isCommon ? { name: statementName(text) } : {};
}

type Seen = { rows: SummaryRow[]; counts: number[] };
const NOTHING_SEEN: Seen = { rows: [], counts: [] };

/** The first rows of the list, as far as its filters without the search choose them: `timestamp` and `id`. */
function windowOf({ sources, order, ...selection }: Selection, rows: number): string {
  if (selection.way === 'cells') {
    return byCells({ sources, order, ...selection }, rows, 5 * rows);
  }
  const first = sources.map(
    ({ from, clauses }) => `
        SELECT t."timestamp", t.id
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
  const values = [...search.values];
  const given: Given = (value) => `$${values.push(value)}`;
  const indexed = indexedSources(search, await findNames(connection, search), given);
  const places = `
      SELECT t."timestamp", t.id FROM matches t
      ${orderBy(search.order)}
      LIMIT ${paging.fetchLimit} OFFSET ${given(paging.offset)}::bigint`;
  const text = `
    WITH matches AS MATERIALIZED (${unionOf(indexed, 't."timestamp", t.id')})
    SELECT ${pageJson(places, search.order)} AS rows, (SELECT count(*) FROM matches) AS count`;
  const found = await withinASecond<Found>(connection, {
    ...named(search, paging, text),
    text,
    values,
    read: readFound,
  });
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

type Names = { customers: boolean; invoices: boolean };

/** For each term, whether a customer's name or an invoice's number has it. */
async function findNames(connection: Connection, search: Search): Promise<Names[]> {
  const { terms, values } = search;
  const own = [values[0], ...terms.map((term) => queryOf(search, term))];
  const named = terms.map((_, nth) => `$${nth + 2}`);
  const text = `SELECT json_build_array(${named
    .map((term) => `json_build_object('customers', ${isCustomerName(term)}, 'invoices', ${isInvoiceNumber(term)})`)
    .join(', ')}) AS names`;
  const prepared = terms.length <= PREPARED_TERMS ? { name: statementName(text) } : {};
  const [row] = await connection.query<{ names: Names[] }>({ ...prepared, text, values: own });
  return row?.names ?? [];
}

/**
 * The sources as the index of words finds their rows. All terms that are nobody's name must be among the words of the
 * message itself, so that the index compares them with each other. What isn't the whole list is few rows, and walked.
 */
function indexedSources(search: Search, names: readonly Names[], given: Given): Source[] {
  const { sources, terms } = search;
  // A parameter that a statement doesn't mention is an error.
  if (sources.every(({ from }) => from !== MESSAGES)) return sources.map((source) => withTerms(source, terms));
  const [driver = '', ...others] = terms;
  const [ofDriver, ...ofOthers] = names;
  const isUnnamed = (nth: number) => !ofOthers[nth]?.customers && !ofOthers[nth]?.invoices;
  // The index is asked for the longest word of a term alone: of an address, it would collect each `com` there is.
  const looked = [driver, ...others.filter((_, nth) => isUnnamed(nth))].map((term) =>
    given(longestWord(queryOf(search, term))),
  );
  const own = looked.map((word) => `${word}::tsquery`).join(' && ');
  const every = others.map(isFound);
  const found: Source[] = [{ from: `(${byWords(own)}) i ${THEIR_MESSAGES}`, clauses: [hasWord(driver), ...every] }];
  // None is found twice, so that a count may stop before it has read them all.
  if (ofDriver?.customers)
    found.push({ from: `(${byCustomers(driver)}) i ${THEIR_MESSAGES}`, clauses: [`NOT ${hasWord(driver)}`, ...every] });
  if (ofDriver?.invoices)
    found.push({
      from: `(${byInvoices(driver)}) i ${THEIR_MESSAGES}`,
      clauses: [`NOT ${hasWord(driver)}`, ...(ofDriver.customers ? [`NOT ${isOfNamed(driver)}`] : []), ...every],
    });
  return sources.flatMap((source) =>
    source.from === MESSAGES
      ? found.map(({ from, clauses }) => ({ from, clauses: [...source.clauses, ...clauses] }))
      : [withTerms(source, terms)],
  );
}

const THEIR_MESSAGES = `
       CROSS JOIN LATERAL (SELECT m.* FROM communication_threads m WHERE m.company_id = $1 AND m.id = i.id OFFSET 0) t`;

/** `IS NOT DISTINCT FROM` keeps PostgreSQL from reading all messages of the company to compare them with the words. */
function byWords(words: string): string {
  return `SELECT w.thread_id AS id
        FROM communication_thread_words w
        WHERE w.company_id IS NOT DISTINCT FROM $1::uuid AND w.words @@ (${words})
        OFFSET 0`;
}

function byCustomers(term: string): string {
  return `SELECT m.id
        FROM (${customersNamed(term)}) c
        CROSS JOIN LATERAL (SELECT m.id FROM communication_threads m
                            WHERE m.company_id = $1 AND m.customer_id = c.id OFFSET 0) m`;
}

function byInvoices(term: string): string {
  return `SELECT DISTINCT l.thread_id AS id
        FROM (${invoicesNumbered(term)}) n
        CROSS JOIN LATERAL (SELECT l.thread_id FROM communication_thread_invoices l
                            WHERE l.company_id = $1 AND l.invoice_id = n.id OFFSET 0) l`;
}

/** The message is of a customer whose name has the term. */
function isOfNamed(term: string): string {
  return `EXISTS (SELECT FROM customers c WHERE c.company_id = $1 AND c.id = t.customer_id AND c.name_words @@ ${term}::tsquery OFFSET 0)`;
}

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
    const walked = await withinASecond<{ count: number; seen: number }>(connection, {
      text: `
        WITH found AS MATERIALIZED (SELECT FROM (${window}) t WHERE ${all(search.terms.map(isFound))} LIMIT ${many})
        SELECT (SELECT count(*) FROM found) AS count,
               CASE WHEN (SELECT count(*) FROM found) = ${many} THEN 0 ELSE (SELECT count(*) FROM (${window}) t) END AS seen`,
      values: search.values,
    });
    if (walked && (walked.count === many || walked.seen < rows)) return shown(walked.count, countAs);
  }
  const limit = countAs === 'exact' ? '' : `LIMIT ${many}`;
  const values = [...search.values];
  const given: Given = (value) => `$${values.push(value)}`;
  const indexed = indexedSources(search, await findNames(connection, search), given);
  const counted = await withinASecond<{ count: number }>(connection, {
    text: `SELECT count(*) AS count FROM (SELECT FROM (${unionOf(indexed, 't.id')}) t ${limit}) f`,
    values,
  });
  return counted ? shown(counted.count, countAs) : null;
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
