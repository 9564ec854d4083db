import { longestWord } from '../../../conversations/search-words.ts';
import type { Connection } from '../../../db/client.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import { withNames } from '../rows.ts';
import {
  all,
  type Bind,
  customersNamed,
  invoicesNumbered,
  isAboutNumbered,
  isFound,
  isInvoiceNumber,
  MANY_CUSTOMERS,
  numberOfCustomers,
  type Order,
  orderBy,
} from './conditions.ts';
import { byCells, KEY, KEY_AND_CUSTOMER, type ListedColumns, rowsOf, statementName } from './page.ts';
import { MESSAGES, type RowSource, type Selection } from './selection.ts';

/** The SQL of a search: which rows it reads, and which of those match. `$1` is the company. */

export type Search = Omit<Selection, 'terms'> & {
  /** The first one drives the look-up by index. */
  terms: Term[];
  /** The parameter of the weeks to look up in the index of words; all when undefined (`search-window.ts`). */
  weeks?: string;
};

export type Term = {
  /** The parameter of its `tsquery`. */
  parameter: string;
  query: string;
  /** The fraction of the scanned rows that match, from 0 to 1. */
  selectivity: number;
  /** Undefined before `findTermsInNames`. */
  names: Names | undefined;
};

/** `customers`: how many customers' names match the term, up to `MANY_CUSTOMERS`. `invoices`: whether an invoice's number does. */
export type Names = { customers: number; invoices: boolean };

/**
 * The index can't find a row that further terms have to match through so many customers: it would read all their messages.
 */
export function isOfManyCustomers({ terms: [driver, ...others] }: Search): boolean {
  return others.length > 0 && (driver?.names?.customers ?? 0) >= MANY_CUSTOMERS;
}

/** Searches with more terms have too many different texts to be prepared on every connection. */
const PREPARED_TERMS = 2;

/** The name of a prepared statement, when the search has one of few texts. */
export function nameOfSearch(search: Search, { offset, fetchLimit }: Paging, text: string): { name?: string } {
  const isCommon = search.isCommon && offset === 0 && fetchLimit <= 51 && search.terms.length <= PREPARED_TERMS;
  return isCommon ? { name: statementName(text) } : {};
}

/**
 * Reading the words of a message that the index found costs as much as collecting so many messages in the index by a
 * further term, which would spare some of the readings.
 */
const COST_OF_READING = 5;
/** The selectivity of a term that matches none of the scanned rows isn't 0, but unknown and about this. */
const SELECTIVITY_OF_RARE = 1 / 600;

/** The columns of `listed`: `timestamp` and `id`, and when a customer's name matches a term, `customer_id`. */
function listedColumns(terms: readonly Term[]): ListedColumns {
  return terms.some(({ names }) => names?.customers) ? KEY_AND_CUSTOMER : KEY;
}

/** The first rows of the list, with all filters but the search. */
export function firstRows(search: Search, rows: number): string {
  const { sources, order } = search;
  const columns = listedColumns(search.terms);
  if (search.pagePlan === 'cells') return byCells(search, rows, 5 * rows, columns);
  const first = sources.map(
    ({ from, clauses }) => `
        SELECT ${columns}
        FROM ${from}
        WHERE ${all(clauses)}
        ${orderBy(order)}
        LIMIT ${rows}`,
  );
  if (first.length === 1) return first[0] ?? '';
  return `SELECT t.* FROM (${first.map((source) => `(${source})`).join(' UNION ALL ')}) t ${orderBy(order)} LIMIT ${rows}`;
}

/**
 * CTEs: `found` has the rows of `listed` that match every term. The words of all rows are read by one index scan with many
 * keys, which costs a third of a look-up for each row.
 */
export function foundIn(listed: string, terms: readonly Term[]): string {
  const own = terms.map(({ parameter }, nth) => `w.words @@ ${parameter}::tsquery AS own_${nth}`);
  return `
    listed AS MATERIALIZED (${listed}),
    worded AS MATERIALIZED (
      SELECT w.thread_id AS id, ${own.join(', ')}
      FROM communication_thread_words w
      WHERE w.company_id = $1 AND w.thread_id = ANY(ARRAY(SELECT l.id FROM listed l))
    ),
    found AS MATERIALIZED (
      SELECT t."timestamp", t.id FROM listed t WHERE ${all(terms.map(isFoundInListed))}
    )`;
}

/** `IS TRUE` prevents a nested loop over both sets, whose sizes PostgreSQL underestimates. */
export function isFoundInListed({ parameter, names }: Term, nth: number): string {
  const own = `(t.id IN (SELECT w.id FROM worded w WHERE w.own_${nth})) IS TRUE`;
  if (!names) return isFound(parameter, own);
  const named = `(t.customer_id IN (${namedOwners(parameter)})) IS TRUE`;
  const places = [own, ...(names.customers ? [named] : []), ...(names.invoices ? [isAboutNumbered(parameter)] : [])];
  return `(${places.join(' OR ')})`;
}

function namedOwners(term: string): string {
  return `SELECT c.id
          FROM customers c
          WHERE c.company_id = $1 AND c.id = ANY(ARRAY(SELECT l.customer_id FROM listed l)) AND c.name_words @@ ${term}::tsquery`;
}

export function pageJson(keys: string, order: Order): string {
  const messages = withNames(rowsOf(keys), 'summary', order === 'newest' ? 'DESC' : 'ASC');
  return `(SELECT COALESCE(json_agg(r.message), '[]') FROM (${messages}) r)`;
}

/** Rows that an index finds. `candidates`: the CTEs that `listed` reads. */
export type Indexed = { candidates: string; listed: string };

/**
 * The rows of the list that match the first term: by their words, by the names of their customers and by the numbers of
 * their invoices. Sources other than all messages have few rows and are read whole.
 */
export function indexed(search: Search, bind: Bind): Indexed {
  const names = search.terms[0]?.names;
  const columns = listedColumns(search.terms);
  const [messages] = search.sources.filter(({ from }) => from === MESSAGES);
  const rest = search.sources
    .filter(({ from }) => from !== MESSAGES)
    .map(({ from, clauses }) => `SELECT ${columns} FROM ${from} WHERE ${all(clauses)}`);
  // PostgreSQL refuses a parameter that the statement doesn't use.
  if (!messages) return { candidates: '', listed: rest.join(' UNION ') };
  const byName = names?.customers ? `, by_name AS MATERIALIZED (${byCustomers(search, messages)})` : '';
  const ids = ['SELECT id FROM by_words', ...(names?.invoices ? [byInvoices(search)] : [])].join(' UNION ALL ');
  const listed = [
    `SELECT ${columns}
       FROM (SELECT m.* FROM communication_threads m WHERE m.company_id = $1 AND m.id = ANY(ARRAY(${ids})) OFFSET 0) t
       WHERE ${all(messages.clauses)}`,
    ...(byName ? ['SELECT n.* FROM by_name n'] : []),
    ...rest,
  ];
  return {
    candidates: `by_words AS MATERIALIZED (${byWords(search, bind)})${byName},`,
    listed: listed.join(' UNION '),
  };
}

/**
 * The matches in the order of the index, so that a count can stop at its limit; undefined when a term may match something
 * else than a message's own words.
 */
export function matchesByWords(search: Search, bind: Bind): string | undefined {
  const [source, ...others] = search.sources;
  if (source?.from !== MESSAGES || others.length > 0 || !search.terms.every(isNoName)) return undefined;
  return `
      SELECT
      FROM (${byWords(search, bind)} OFFSET 0) i
      CROSS JOIN LATERAL (SELECT m.* FROM communication_threads m WHERE m.company_id = $1 AND m.id = i.id OFFSET 0) t
      WHERE ${all(source.clauses)}`;
}

/** The week of words `w`, as their index has it. A week begins on a Thursday, as 1970 did. */
const WEEK_OF_WORDS = `ARRAY[date_bin('7 days', COALESCE(w."timestamp", 'epoch'), 'epoch')]`;

/**
 * The messages whose own words match the first term and every term that no customer's name and no invoice's number matches.
 * Only the longest word of each term is looked up: for an address, the index would collect every message with `com`.
 * `IS NOT DISTINCT FROM` prevents a scan of all messages of the company.
 */
export function byWords({ terms: [driver, ...others], weeks }: Search, bind: Bind): string {
  const required = [...(driver ? [driver] : []), ...others.filter(isNoName)];
  const mostLooked = Math.min(1, COST_OF_READING * ((driver?.selectivity ?? 0) + SELECTIVITY_OF_RARE));
  // In a few weeks there are few messages to read.
  const looked = required.filter((term) => term === driver || (!weeks && term.selectivity < mostLooked));
  const isOneWord = ({ query }: Term) => longestWord(query) === query;
  const compared = required.filter((term) => !looked.includes(term) || !isOneWord(term));
  // PostgreSQL refuses a parameter that the statement doesn't use.
  const query = looked
    .map((term) => `${isOneWord(term) ? term.parameter : bind(longestWord(term.query))}::tsquery`)
    .join(' && ');
  return `
        SELECT w.thread_id AS id, w."timestamp"
        FROM (SELECT w.thread_id, w.words, w."timestamp"
              FROM communication_thread_words w
              WHERE w.company_id IS NOT DISTINCT FROM $1::uuid AND w.words @@ (${query})
                ${weeks ? `AND ${WEEK_OF_WORDS} && ${weeks}::timestamptz[]` : ''}
              OFFSET 0) w
        WHERE ${all(['true', ...compared.map(({ parameter }) => `w.words @@ ${parameter}::tsquery`)])}`;
}

export function isNoName({ names }: Term): boolean {
  return names !== undefined && !names.customers && !names.invoices;
}

function byCustomers({ terms: [driver] }: Search, { clauses }: RowSource): string {
  return `
        SELECT m.*
        FROM (${customersNamed(driver?.parameter ?? '')}) c
        CROSS JOIN LATERAL (SELECT ${KEY_AND_CUSTOMER}
                            FROM ${MESSAGES}
                            WHERE ${all([...clauses, 't.customer_id = c.id'])}
                            OFFSET 0) m`;
}

export function byInvoices({ terms: [driver] }: Search): string {
  return `SELECT l.id
        FROM (${invoicesNumbered(driver?.parameter ?? '')}) n
        CROSS JOIN LATERAL (SELECT l.thread_id AS id FROM communication_thread_invoices l
                            WHERE l.company_id = $1 AND l.invoice_id = n.id OFFSET 0) l`;
}

/** Finds out for each term whether a customer's name or an invoice's number matches it. */
export async function findTermsInNames(connection: Connection, search: Search): Promise<Search> {
  const own = [search.values[0], ...search.terms.map(({ query }) => query)];
  const terms = search.terms.map((_, nth) => `$${nth + 2}`);
  const text = `SELECT json_build_array(${terms
    .map((term) => `json_build_object('customers', ${numberOfCustomers(term)}, 'invoices', ${isInvoiceNumber(term)})`)
    .join(', ')}) AS names`;
  const prepared = terms.length <= PREPARED_TERMS ? { name: statementName(text) } : {};
  const [row] = await connection.query<{ names: Names[] }>({ ...prepared, text, values: own });
  return { ...search, terms: search.terms.map((term, nth) => ({ ...term, names: row?.names[nth] })) };
}
