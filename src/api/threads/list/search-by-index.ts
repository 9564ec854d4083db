import type { Connection } from '../../../db/client.ts';
import type { Paging } from '../../../http/lists/pagination.ts';
import { type RowValues, type SummaryRow, summaryRow } from '../rows.ts';
import {
  all,
  type Bind,
  customersNamed,
  hasWord,
  isAboutNumbered,
  isFound,
  type Order,
  orderBy,
} from './conditions.ts';
import { queryWithinASecond } from './count-search.ts';
import { KEY, scanInOrder } from './page.ts';
import { byInvoices, byWords, isNoName, nameOfSearch, pageJson, type Search, type Term } from './search-statements.ts';
import { limitTo, type Window } from './search-window.ts';
import { MESSAGES, type RowSource } from './selection.ts';

/**
 * The page of a search with rare words. The index of words yields the matches in no order; their timestamps are stored with
 * the words, so they are sorted first, and only as many messages are read as the page needs.
 */

/**
 * When the index takes over a second, scans the list, which may be all of it.
 * @param window the time at the list's beginning that probably has the page
 */
export async function searchByIndex(
  connection: Connection,
  search: Search,
  paging: Paging,
  window: Window | undefined,
): Promise<SummaryRow[]> {
  for (const part of [...(window ? [limitTo(search, window)] : []), search]) {
    const page = await pageByIndex(connection, part, paging);
    if (!page) break;
    if (page.length === paging.fetchLimit || part === search) return page;
  }
  return scanWholeList(connection, search, paging);
}

/** Undefined when it takes over a second. */
function pageByIndex(connection: Connection, search: Search, paging: Paging): Promise<SummaryRow[] | undefined> {
  const values = [...search.values];
  const text = pageText(search, paging, (value) => `$${values.push(value)}`);
  return queryWithinASecond(connection, { ...nameOfSearch(search, paging, text), text, values, read: readPage });
}

function readPage([rows]: [RowValues[]]): SummaryRow[] {
  return rows.map(summaryRow);
}

function pageText(search: Search, { fetchLimit, offset }: Paging, bind: Bind): string {
  const from = offset === 0 ? undefined : `${bind(offset)}::bigint`;
  const atMost = from ? `${fetchLimit} + ${from}` : `${fetchLimit}`;
  const [messages] = search.sources.filter((source) => source.from === MESSAGES);
  const rest = search.sources.filter((source) => source.from !== MESSAGES);
  const branches = [
    ...(messages ? ofMessages(search, messages, atMost) : []),
    ...rest.map(({ from: rows, clauses }) =>
      firstOf(search.order, `SELECT ${KEY} FROM ${rows} WHERE ${all([...clauses, ...matches(search.terms)])}`, atMost),
    ),
  ];
  const keys = `SELECT ${KEY} FROM (${branches.join(' UNION ')}) t
      ${orderBy(search.order)} LIMIT ${fetchLimit} ${from ? `OFFSET ${from}` : ''}`;
  const words = messages ? `WITH by_words AS MATERIALIZED (${byWords(search, bind)})` : '';
  return `${words} SELECT ${pageJson(keys, search.order)} AS rows`;
}

/** The first rows of those that match the first term: by their words, by their customer's name, by an invoice's number. */
function ofMessages(search: Search, { clauses }: RowSource, atMost: string): string[] {
  const [driver, ...others] = search.terms;
  const names = driver?.names;
  // The index has compared the others, which match words only.
  const ofWords = [...clauses, ...matches(others.filter((term) => !isNoName(term)))];
  const ofNames = [...clauses, ...matches(others)];
  const { order } = search;
  return [
    inOrderOfWords(search, ofWords, atMost),
    firstOf(order, messagesOf('SELECT w.id FROM by_words w WHERE w."timestamp" IS NULL', ofWords), atMost),
    ...(names?.invoices ? [firstOf(order, messagesOf(byInvoices(search), ofNames), atMost)] : []),
    ...(names?.customers ? [ofCustomers(search, ofNames, atMost)] : []),
  ];
}

/** Reads the messages in the order of the list and stops when there are enough. */
function inOrderOfWords({ order, times }: Search, clauses: string[], atMost: string): string {
  return `
      (SELECT ${KEY}
       FROM (SELECT ${KEY} FROM by_words t WHERE ${all(['t."timestamp" IS NOT NULL', ...times])}
             ${orderBy(order)} OFFSET 0) w
       CROSS JOIN LATERAL (SELECT t.* FROM ${MESSAGES} WHERE t.company_id = $1 AND t.id = w.id OFFSET 0) t
       WHERE ${all(clauses)}
       ${orderBy(order, 'w')}
       LIMIT ${atMost})`;
}

/** The messages of the ids of a query. */
function messagesOf(ids: string, clauses: string[]): string {
  return `
       SELECT ${KEY}
       FROM (SELECT t.* FROM ${MESSAGES} WHERE t.company_id = $1 AND t.id = ANY(ARRAY(${ids})) OFFSET 0) t
       WHERE ${all(clauses)}`;
}

/** The messages of the customers whose name matches the first term. */
function ofCustomers({ order, terms: [driver] }: Search, clauses: string[], atMost: string): string {
  const ofOne = firstOf(
    order,
    `SELECT ${KEY} FROM ${MESSAGES} WHERE ${all([...clauses, 't.customer_id = c.id'])}`,
    atMost,
  );
  return firstOf(
    order,
    `SELECT ${KEY} FROM (${customersNamed(driver?.parameter ?? '')}) c CROSS JOIN LATERAL ${ofOne} t`,
    atMost,
  );
}

function firstOf(order: Order, rows: string, atMost: string): string {
  return `(${rows} ${orderBy(order)} LIMIT ${atMost})`;
}

function matches(terms: readonly Term[]): string[] {
  return terms.map(({ parameter, names }) => {
    const places = [
      hasWord(parameter),
      ...(names?.customers ? [isOfNamed(parameter)] : []),
      ...(names?.invoices ? [isAboutNumbered(parameter)] : []),
    ];
    return `(${places.join(' OR ')})`;
  });
}

/** The message is of a customer whose name matches the term. */
function isOfNamed(term: string): string {
  return `EXISTS (SELECT FROM customers c
                  WHERE c.company_id = $1 AND c.id = t.customer_id AND c.name_words @@ ${term}::tsquery OFFSET 0)`;
}

/** Scans until the page is full, which may be the whole list. */
export async function scanWholeList(
  connection: Connection,
  search: Search,
  { fetchLimit, offset }: Paging,
): Promise<SummaryRow[]> {
  const values = [...search.values];
  const sources = search.sources.map(({ from, clauses }) => ({
    from,
    clauses: [...clauses, ...search.terms.map(({ parameter }) => isFound(parameter))],
  }));
  const from = `$${values.push(offset)}::bigint`;
  const text = `SELECT ${pageJson(scanInOrder({ sources, order: search.order }, fetchLimit, from), search.order)} AS rows`;
  const [rows = []] = await connection.query<SummaryRow[]>({ text, values, read: readPage });
  return rows;
}
