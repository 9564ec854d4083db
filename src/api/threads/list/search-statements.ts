import { longestWord } from '../../../conversations/search-words.ts';
import type { Connection } from '../../../db/client.ts';
import { withNames } from '../rows.ts';
import {
  all,
  customersNamed,
  type Given,
  invoicesNumbered,
  isAboutNumbered,
  isCustomerName,
  isFound,
  isInvoiceNumber,
  type Order,
  orderBy,
} from './conditions.ts';
import { byCells, rowsOf, statementName } from './page.ts';
import { MESSAGES, type Selection, type Source } from './selection.ts';

/** A search as SQL: the rows that it looks at, and which of them it finds. `$1` is the company. */

export type Search = Omit<Selection, 'terms'> & {
  /** The first one is looked up in the index. */
  terms: Term[];
};

export type Term = {
  /** Of its `tsquery`. */
  parameter: string;
  query: string;
  /** Of the rows that were looked through, the part that has it, from 0 to 1. */
  share: number;
  /** undefined: not looked up yet. */
  names: Names | undefined;
};

/** Whether the name of a customer or the number of an invoice has the term. */
export type Names = { customers: boolean; invoices: boolean };

/** Searches of more terms are of too many texts to prepare each on every connection. */
export const PREPARED_TERMS = 2;

/** Terms of more rows than these aren't looked up in the index beside a rarer one: it would collect all of them. */
const FREQUENT = 0.1;

/** The first rows of the list, as far as its filters without the search choose them: `timestamp` and `id`. */
export function windowOf(search: Search, rows: number): string {
  const { sources, order } = search;
  if (search.way === 'cells') return byCells(search, rows, 5 * rows);
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

/**
 * Of the rows of `listed` (`timestamp` and `id`), `found` has those in which every term is found. Their words are read in one
 * pass along the key, and so are their customers: a descent for each row costs three times as much.
 */
export function foundIn(listed: string, terms: readonly Term[]): string {
  const own = terms.map(({ parameter }, nth) => `w.words @@ ${parameter}::tsquery AS own_${nth}`);
  const owners = `
    owner AS MATERIALIZED (
      SELECT m.id, m.customer_id
      FROM communication_threads m
      WHERE m.company_id = $1 AND m.id = ANY(ARRAY(SELECT l.id FROM listed l))
    ),`;
  return `
    listed AS MATERIALIZED (${listed}),
    worded AS MATERIALIZED (
      SELECT w.thread_id AS id, ${own.join(', ')}
      FROM communication_thread_words w
      WHERE w.company_id = $1 AND w.thread_id = ANY(ARRAY(SELECT l.id FROM listed l))
    ),${terms.some(({ names }) => names?.customers) ? owners : ''}
    found AS MATERIALIZED (
      SELECT t."timestamp", t.id FROM listed t WHERE ${all(terms.map(isFoundInListed))}
    )`;
}

/** `IS TRUE` keeps PostgreSQL from comparing each row with each: it takes both for a handful. */
export function isFoundInListed({ parameter, names }: Term, nth: number): string {
  const own = `(t.id IN (SELECT w.id FROM worded w WHERE w.own_${nth})) IS TRUE`;
  if (!names) return isFound(parameter, own);
  const named = `(t.id IN (SELECT o.id FROM owner o WHERE (o.customer_id IN (${namedOwners(parameter)})) IS TRUE)) IS TRUE`;
  const places = [own, ...(names.customers ? [named] : []), ...(names.invoices ? [isAboutNumbered(parameter)] : [])];
  return `(${places.join(' OR ')})`;
}

function namedOwners(term: string): string {
  return `SELECT c.id
          FROM customers c
          WHERE c.company_id = $1 AND c.id = ANY(ARRAY(SELECT o.customer_id FROM owner o)) AND c.name_words @@ ${term}::tsquery`;
}

export function pageJson(places: string, order: Order): string {
  const messages = withNames(rowsOf(places), 'summary', order === 'newest' ? 'DESC' : 'ASC');
  return `(SELECT COALESCE(json_agg(r.message), '[]') FROM (${messages}) r)`;
}

/** Rows by an index. */
export type Indexed = {
  /** CTEs that `listed` reads. */
  candidates: string;
  listed: string;
  /** There may be more. */
  isCut: string;
};

/** Rows that are taken from the index of words, and of the customers' of that name. */
export type AtMost = { worded: number; named: number };

/**
 * The rows of the list to which the index leads from the first term: by its words, by the customers of that name and by the
 * invoices of that number. What isn't the whole list is few rows, and read whole.
 */
export function indexed(search: Search, given: Given, atMost: AtMost | undefined): Indexed {
  const limit = (rows: number | undefined) => (rows === undefined ? '' : `LIMIT ${rows}`);
  const names = search.terms[0]?.names;
  const [messages] = search.sources.filter(({ from }) => from === MESSAGES);
  const rest = search.sources
    .filter(({ from }) => from !== MESSAGES)
    .map(({ from, clauses }) => `SELECT t."timestamp", t.id FROM ${from} WHERE ${all(clauses)}`);
  // A parameter that a statement doesn't mention is an error.
  if (!messages) return { candidates: '', listed: rest.join(' UNION '), isCut: 'false' };
  const byName = names?.customers
    ? `, by_name AS MATERIALIZED (${byCustomers(search, messages)} ${limit(atMost?.named)})`
    : '';
  const ids = ['SELECT id FROM by_words', ...(names?.invoices ? [byInvoices(search)] : [])].join(' UNION ALL ');
  const listed = [
    `SELECT t."timestamp", t.id
       FROM (SELECT m.* FROM communication_threads m WHERE m.company_id = $1 AND m.id = ANY(ARRAY(${ids})) OFFSET 0) t
       WHERE ${all(messages.clauses)}`,
    ...(byName ? ['SELECT n."timestamp", n.id FROM by_name n'] : []),
    ...rest,
  ];
  const cuts = atMost && [
    `(SELECT count(*) FROM by_words) = ${atMost.worded}`,
    ...(byName ? [`(SELECT count(*) FROM by_name) = ${atMost.named}`] : []),
  ];
  return {
    candidates: `by_words AS MATERIALIZED (${byWords(search, given)} ${limit(atMost?.worded)})${byName},`,
    listed: listed.join(' UNION '),
    isCut: cuts?.join(' OR ') ?? 'false',
  };
}

/**
 * The matches themselves, one after the other as the index leads to them, so that a count can stop; undefined where a term
 * may stand elsewhere than among the words of a message.
 */
export function matchesByWords(search: Search, given: Given): string | undefined {
  const [source, ...others] = search.sources;
  if (source?.from !== MESSAGES || others.length > 0 || !search.terms.every(isNoName)) return undefined;
  return `
      SELECT
      FROM (${byWords(search, given)} OFFSET 0) i
      CROSS JOIN LATERAL (SELECT m.* FROM communication_threads m WHERE m.company_id = $1 AND m.id = i.id OFFSET 0) t
      WHERE ${all(source.clauses)}`;
}

/**
 * Each term that no customer's name and no invoice's number has must be among the words of the message itself. The index
 * looks up the longest word of each only: of an address, it would collect each `com` there is. `IS NOT DISTINCT FROM` keeps PostgreSQL from reading all
 * messages of the company to compare them with the words.
 */
function byWords({ terms: [driver, ...others] }: Search, given: Given): string {
  const required = [...(driver ? [driver] : []), ...others.filter(isNoName)];
  const looked = required.filter((term) => term === driver || term.share < FREQUENT);
  const isOneWord = ({ query }: Term) => longestWord(query) === query;
  const compared = required.filter((term) => !looked.includes(term) || !isOneWord(term));
  // A parameter that a statement doesn't mention is an error.
  const query = looked
    .map((term) => `${isOneWord(term) ? term.parameter : given(longestWord(term.query))}::tsquery`)
    .join(' && ');
  return `
        SELECT w.thread_id AS id
        FROM (SELECT w.thread_id, w.words
              FROM communication_thread_words w
              WHERE w.company_id IS NOT DISTINCT FROM $1::uuid AND w.words @@ (${query})
              OFFSET 0) w
        WHERE ${all(['true', ...compared.map(({ parameter }) => `w.words @@ ${parameter}::tsquery`)])}`;
}

function isNoName({ names }: Term): boolean {
  return names !== undefined && !names.customers && !names.invoices;
}

function byCustomers({ terms: [driver] }: Search, { clauses }: Source): string {
  return `
        SELECT m."timestamp", m.id
        FROM (${customersNamed(driver?.parameter ?? '')}) c
        CROSS JOIN LATERAL (SELECT t."timestamp", t.id
                            FROM ${MESSAGES}
                            WHERE ${all([...clauses, 't.customer_id = c.id'])}
                            OFFSET 0) m`;
}

function byInvoices({ terms: [driver] }: Search): string {
  return `SELECT l.id
        FROM (${invoicesNumbered(driver?.parameter ?? '')}) n
        CROSS JOIN LATERAL (SELECT l.thread_id AS id FROM communication_thread_invoices l
                            WHERE l.company_id = $1 AND l.invoice_id = n.id OFFSET 0) l`;
}

/** Looks up where else each term stands. */
export async function weigh(connection: Connection, search: Search): Promise<Search> {
  const own = [search.values[0], ...search.terms.map(({ query }) => query)];
  const terms = search.terms.map((_, nth) => `$${nth + 2}`);
  const text = `SELECT json_build_array(${terms
    .map((term) => `json_build_object('customers', ${isCustomerName(term)}, 'invoices', ${isInvoiceNumber(term)})`)
    .join(', ')}) AS names`;
  const prepared = terms.length <= PREPARED_TERMS ? { name: statementName(text) } : {};
  const [row] = await connection.query<{ names: Names[] }>({ ...prepared, text, values: own });
  return { ...search, terms: search.terms.map((term, nth) => ({ ...term, names: row?.names[nth] })) };
}
