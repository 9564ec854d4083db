import { zoneSql } from '../../../db/time-zones.ts';
import type { Position } from '../../../http/lists/pagination.ts';
import type { Rows } from './filters.ts';

/**
 * A condition for each filter of the lists, as SQL over messages `t` (contract §3). Values are given as their
 * parameters; `$1` is the company.
 */

/** The message stands for its conversation. */
export const IS_LATEST = 't.is_latest';

/** Gives a statement one more value. @returns its parameter */
export type Given = (value: unknown) => string;

export type Order = 'newest' | 'oldest';

/** A list begins with its newest message, unless it was asked for in the order of time. */
export function orderOf({ ordering }: { ordering?: '-timestamp' | 'timestamp' }): Order {
  return ordering === 'timestamp' ? 'oldest' : 'newest';
}

export function orderBy(order: Order): string {
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  return `ORDER BY t."timestamp" ${direction}, t.id ${direction}`;
}

/** The message stands behind a position, in the order of the list. */
export function isBehind(order: Order, given: Given, { time, id }: Position): string {
  return `(t."timestamp", t.id) ${order === 'newest' ? '<' : '>'} (${given(time)}::timestamptz, ${given(id)}::uuid)`;
}

/** The message itself is of the contact. */
export function isOfContact(contactId: string): string {
  return `t.contact_id = ${contactId}`;
}

/** A member of the company wrote the message down. */
export function isLoggedBy(userId: string): string {
  return `t.logged_by_id = ${userId}`;
}

/** The message has at least one of the tags. The second half is what lets PostgreSQL use the index of tagged messages. */
export function hasAnyTag(tags: string): string {
  return `t.strategy_tags && ${tags}::text[] AND t.strategy_tags <> '{}'`;
}

/** A log made by hand came to one of these outcomes. */
export function hasOutcome(outcomes: string): string {
  return `t.outcome = ANY(${outcomes}::text[])`;
}

/**
 * A term of a search begins a word of the message, of its customer's name or of the number of an invoice that it is linked
 * to. Names and numbers are looked up where they stand, so that a new one counts at once, and only when there is one with
 * the term at all. `OFFSET 0` keeps PostgreSQL from collecting every customer and invoice of that name first.
 * @param own says that the term begins a word of the message itself
 */
export function isFound(term: string, own: string = hasWord(term)): string {
  return `(${own}
        OR ((SELECT ${isCustomerName(term)})
            AND EXISTS (SELECT FROM communication_threads m
                        JOIN customers c ON c.company_id = $1 AND c.id = m.customer_id
                        WHERE m.company_id = $1 AND m.id = t.id AND c.name_words @@ ${term}::tsquery OFFSET 0))
        OR ((SELECT ${isInvoiceNumber(term)}) AND ${isAboutNumbered(term)}))`;
}

/** The message is linked to an invoice whose number has the term. */
export function isAboutNumbered(term: string): string {
  return `EXISTS (SELECT FROM communication_thread_invoices l
                        JOIN invoices i ON i.company_id = $1 AND i.id = l.invoice_id
                        WHERE l.company_id = $1 AND l.thread_id = t.id AND i.number_words @@ ${term}::tsquery OFFSET 0)`;
}

/** The term begins a word of the message itself. */
export function hasWord(term: string): string {
  return `EXISTS (SELECT FROM communication_thread_words w
                  WHERE w.company_id = $1 AND w.thread_id = t.id AND w.words @@ ${term}::tsquery OFFSET 0)`;
}

export function isCustomerName(term: string): string {
  return `EXISTS (${customersNamed(term)})`;
}

export function isInvoiceNumber(term: string): string {
  return `EXISTS (${invoicesNumbered(term)})`;
}

/** Their ids. */
export function customersNamed(term: string): string {
  return `SELECT n.id FROM customers n WHERE n.company_id = $1 AND ${byWordsAlone('n.name_words', `${term}::tsquery`)} OFFSET 0`;
}

/** Their ids. */
export function invoicesNumbered(term: string): string {
  return `SELECT n.id FROM invoices n WHERE n.company_id = $1 AND ${byWordsAlone('n.number_words', `${term}::tsquery`)} OFFSET 0`;
}

/**
 * By the index of words, in which those of a company lie together. PostgreSQL takes any word for one that so many rows have
 * that the first is met soon by reading them one after the other; said twice, it takes it for a rare one.
 */
function byWordsAlone(words: string, query: string): string {
  return `${words} @@ (${query}) AND ${words} @@ (${query} && ${query})`;
}

/** Any message of the conversation, or in `view=message` the message itself, is the customer's. */
export function isOfCustomer(rows: Rows, customerId: string): string {
  if (rows === 'message') return `t.customer_id = ${customerId}`;
  return `EXISTS (SELECT FROM communication_threads g
                  WHERE g.company_id = $1 AND g.thread_group_id = t.thread_group_id AND g.customer_id = ${customerId})`;
}

/** Any message of the conversation, or in `view=message` the message itself, is linked to the invoice. */
export function isAboutInvoice(rows: Rows, invoiceId: string): string {
  const linked = `FROM communication_thread_invoices l WHERE l.company_id = $1 AND l.invoice_id = ${invoiceId}`;
  if (rows === 'message') return `EXISTS (SELECT ${linked} AND l.thread_id = t.id)`;
  return `EXISTS (SELECT FROM communication_threads g
                  WHERE g.company_id = $1 AND g.thread_group_id = t.thread_group_id
                    AND g.id IN (SELECT l.thread_id ${linked}))`;
}

/**
 * The instant that begins a day in the company's time zone. Where clocks go back over midnight the day has two, and
 * PostgreSQL takes the later one: then the end of the day before is the true beginning.
 */
export function dayStart(day: string, daysLater: 0 | 1): string {
  const midnight = `(${day}::date + ${daysLater})::timestamp`;
  return `(SELECT LEAST(${midnight} AT TIME ZONE z.zone,
                        (${midnight} - interval '1 microsecond') AT TIME ZONE z.zone + interval '1 microsecond')
           FROM (SELECT ${zoneSql('co')} AS zone FROM companies co WHERE co.id = $1 OFFSET 0) z)`;
}

/** All conditions together. */
export function all(conditions: readonly string[]): string {
  return conditions.join('\n        AND ');
}
