import { zoneSql } from '../../../db/time-zones.ts';
import type { Position } from '../../../http/lists/pagination.ts';
import type { ListView, ThreadFilter } from './filters.ts';

/**
 * A condition for each filter of the lists, as SQL over messages `t` (contract §3). Values are passed as parameters; `$1` is
 * the company.
 */

/** The message represents its conversation. */
export const IS_LATEST = 't.is_latest';

/** Adds a value to a statement. @returns its parameter */
export type Bind = (value: unknown) => string;

export type Order = 'newest' | 'oldest';

/** Newest first, unless the request has another `ordering`. */
export function orderOf({ ordering }: { ordering?: '-timestamp' | 'timestamp' }): Order {
  return ordering === 'timestamp' ? 'oldest' : 'newest';
}

export function orderBy(order: Order, alias = 't'): string {
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  return `ORDER BY ${alias}."timestamp" ${direction}, ${alias}.id ${direction}`;
}

/** The message comes after a position in the order of the list. */
export function isBehind(order: Order, bind: Bind, { time, id }: Position): string {
  return `(t."timestamp", t.id) ${order === 'newest' ? '<' : '>'} (${bind(time)}::timestamptz, ${bind(id)}::uuid)`;
}

/** The conditions of the filters that depend on the message alone and have an index of their own. */
export function ownConditions(filter: ThreadFilter, bind: Bind): string[] {
  const { contact_id: contactId, logged_by_id: loggedById, strategy_tags: tags, outcome: outcomes } = filter;
  return [
    ...(contactId ? [isOfContact(bind(contactId))] : []),
    ...(loggedById ? [isLoggedBy(bind(loggedById))] : []),
    ...(tags ? [hasAnyTag(bind(tags))] : []),
    ...(outcomes ? [hasOutcome(bind(outcomes))] : []),
  ];
}

/** The message itself belongs to the contact. */
function isOfContact(contactId: string): string {
  return `t.contact_id = ${contactId}`;
}

/** The user logged the message. */
function isLoggedBy(userId: string): string {
  return `t.logged_by_id = ${userId}`;
}

/** The message has at least one of the tags. The second half allows PostgreSQL to use the partial index of tagged messages. */
function hasAnyTag(tags: string): string {
  return `t.strategy_tags && ${tags}::text[] AND t.strategy_tags <> '{}'`;
}

/** The message is a manual log with one of the outcomes. */
function hasOutcome(outcomes: string): string {
  return `t.outcome = ANY(${outcomes}::text[])`;
}

/**
 * A term of a search is a prefix of a word of the message, of its customer's name or of the number of a linked invoice. Names
 * and numbers are read from their own tables, so that a change is found at once, and only when any of them matches.
 * `OFFSET 0` keeps PostgreSQL from reading every customer and invoice that matches first.
 * @param own the condition that the term matches a word of the message itself
 */
export function isFound(term: string, own: string = hasWord(term)): string {
  return `(${own}
        OR ((SELECT ${isCustomerName(term)})
            AND EXISTS (SELECT FROM communication_threads m
                        JOIN customers c ON c.company_id = $1 AND c.id = m.customer_id
                        WHERE m.company_id = $1 AND m.id = t.id AND c.name_words @@ ${term}::tsquery OFFSET 0))
        OR ((SELECT ${isInvoiceNumber(term)}) AND ${isAboutNumbered(term)}))`;
}

/** The message is linked to an invoice whose number matches the term. */
export function isAboutNumbered(term: string): string {
  return `EXISTS (SELECT FROM communication_thread_invoices l
                        JOIN invoices i ON i.company_id = $1 AND i.id = l.invoice_id
                        WHERE l.company_id = $1 AND l.thread_id = t.id AND i.number_words @@ ${term}::tsquery OFFSET 0)`;
}

/** The term matches a word of the message itself. */
export function hasWord(term: string): string {
  return `EXISTS (SELECT FROM communication_thread_words w
                  WHERE w.company_id = $1 AND w.thread_id = t.id AND w.words @@ ${term}::tsquery OFFSET 0)`;
}

export function isCustomerName(term: string): string {
  return matchesAny('customers', 'name_words', term, customersNamed(term));
}

/** From so many on, the number of customers isn't told exactly. */
export const MANY_CUSTOMERS = 200;

/** How many customers' names match the term, up to `MANY_CUSTOMERS`; two in a sample count as many. */
export function numberOfCustomers(term: string): string {
  return `CASE WHEN (SELECT count(*) FROM (${sampleOf('customers', 'name_words')}) n WHERE n.name_words @@ ${term}::tsquery) > 1
               THEN ${MANY_CUSTOMERS}
               ELSE (SELECT count(*) FROM (${customersNamed(term)} LIMIT ${MANY_CUSTOMERS}) c) END`;
}

export function isInvoiceNumber(term: string): string {
  return matchesAny('invoices', 'number_words', term, invoicesNumbered(term));
}

/** Rows that are compared before the index is asked, which collects all matches. */
const SAMPLE = 100;

function matchesAny(table: string, words: string, term: string, matching: string): string {
  return `CASE WHEN EXISTS (SELECT FROM (${sampleOf(table, words)}) n WHERE n.${words} @@ ${term}::tsquery)
               THEN true ELSE EXISTS (${matching}) END`;
}

function sampleOf(table: string, words: string): string {
  return `SELECT n.${words} FROM ${table} n WHERE n.company_id = $1 ORDER BY n.id LIMIT ${SAMPLE}`;
}

/** Ids of the customers whose name matches the term. */
export function customersNamed(term: string): string {
  return idsMatching('customers', 'name_words', term);
}

/** Ids of the invoices whose number matches the term. */
export function invoicesNumbered(term: string): string {
  return idsMatching('invoices', 'number_words', term);
}

/**
 * Only the longest word of a term is looked up in the index: for `INV-1001`, it would collect every number with `inv`. The
 * condition is given twice, because PostgreSQL expects every word to match many rows and would scan the table for the
 * first match; now it expects few.
 */
function idsMatching(table: string, words: string, term: string): string {
  const longest = longestWordOf(term);
  return `SELECT n.id
          FROM (SELECT n.id, n.${words} AS words
                FROM ${table} n
                WHERE n.company_id = $1 AND n.${words} @@ ${longest} AND n.${words} @@ (${longest} && ${longest})
                OFFSET 0) n
          WHERE n.words @@ ${term}::tsquery OFFSET 0`;
}

/** SQL of `longestWord` of `search-words.ts`. */
function longestWordOf(term: string): string {
  return `(SELECT w.word[1] FROM regexp_matches(${term}::tsquery::text, '''[^'']+''(?::\\*)?', 'g') AS w(word)
           ORDER BY length(w.word[1]) DESC LIMIT 1)::tsquery`;
}

/** Any message of the conversation, or in `view=message` the message itself, is the customer's. */
export function isOfCustomer(view: ListView, customerId: string): string {
  if (view === 'message') return `t.customer_id = ${customerId}`;
  return `EXISTS (SELECT FROM communication_threads g
                  WHERE g.company_id = $1 AND g.thread_group_id = t.thread_group_id AND g.customer_id = ${customerId})`;
}

/** Any message of the conversation, or in `view=message` the message itself, is linked to the invoice. */
export function isAboutInvoice(view: ListView, invoiceId: string): string {
  const linked = `FROM communication_thread_invoices l WHERE l.company_id = $1 AND l.invoice_id = ${invoiceId}`;
  if (view === 'message') return `EXISTS (SELECT ${linked} AND l.thread_id = t.id)`;
  return `EXISTS (SELECT FROM communication_threads g
                  WHERE g.company_id = $1 AND g.thread_group_id = t.thread_group_id
                    AND g.id IN (SELECT l.thread_id ${linked}))`;
}

/** SQL of the first instant of a range of days and of the first one after it; undefined where the range is open. */
export type DateRange = { begin: string | undefined; end: string | undefined };

/** The days of the filter, in the company's time zone. */
export function dateRange({ date_from: from, date_to: to }: ThreadFilter, bind: Bind): DateRange {
  return {
    begin: from === undefined ? undefined : dayStart(bind(from), 0),
    end: to === undefined ? undefined : dayStart(bind(to), 1),
  };
}

/** The message lies in the range. */
export function isWithin({ begin, end }: DateRange): string[] {
  return [...(begin ? [`t."timestamp" >= ${begin}`] : []), ...(end ? [`t."timestamp" < ${end}`] : [])];
}

/**
 * The instant that begins a day in the company's time zone. Where clocks go back over midnight the day has two, and
 * PostgreSQL takes the later one: then the end of the day before is the true beginning.
 */
function dayStart(day: string, daysLater: 0 | 1): string {
  const midnight = `(${day}::date + ${daysLater})::timestamp`;
  return `(SELECT LEAST(${midnight} AT TIME ZONE z.zone,
                        (${midnight} - interval '1 microsecond') AT TIME ZONE z.zone + interval '1 microsecond')
           FROM (SELECT ${zoneSql('co')} AS zone FROM companies co WHERE co.id = $1 OFFSET 0) z)`;
}

/** The conditions joined by AND. */
export function all(conditions: readonly string[]): string {
  return conditions.join('\n        AND ');
}
