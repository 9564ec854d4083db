import type { Tx } from '../db/transaction.ts';
import { findInvoiceNumbers } from '../mail/invoice-numbers.ts';
import type { Customer } from './counterparts.ts';

/** Evidence that decides between several possible customers: the conversation's other messages, and invoice numbers. */

export type ConversationCustomers = { customers: Customer[]; hasUnmatched: boolean };

/** A customer of a conversation; null for its messages without one. */
export type ConversationCustomerRow = { thread_group_id: string; id: string | null; name: string };

/**
 * SQL of `ConversationCustomerRow`s, by newest message first. `$1` is the company.
 * @param groups SQL condition on the messages `m`
 */
export function conversationCustomersSql(groups: string): string {
  return `
      SELECT t.thread_group_id, c.id, c.name
      FROM (SELECT m.thread_group_id, m.customer_id, max(m."timestamp") AS newest
            FROM communication_threads m
            WHERE m.company_id = $1 AND ${groups}
            GROUP BY m.thread_group_id, m.customer_id) t
      LEFT JOIN customers c ON c.company_id = $1 AND c.id = t.customer_id
      ORDER BY t.newest DESC, c.id`;
}

/** The customers of the conversations' messages, by newest message first, and whether a message has no customer. */
export async function findConversationCustomers(
  tx: Tx,
  companyId: string,
  threadGroupIds: readonly string[],
): Promise<ConversationCustomers> {
  if (threadGroupIds.length === 0) return { customers: [], hasUnmatched: false };
  const rows = await tx.query<ConversationCustomerRow>({
    name: 'conversation_customers',
    text: conversationCustomersSql('m.thread_group_id = ANY($2::uuid[])'),
    values: [companyId, threadGroupIds],
  });
  return customersOfConversation(rows);
}

export function customersOfConversation(rows: readonly ConversationCustomerRow[]): ConversationCustomers {
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const customers = Array.from(names, ([id, name]) => ({ id, name }));
  return {
    customers: customers.filter((customer): customer is Customer => customer.id !== null),
    hasUnmatched: names.has(null),
  };
}

export type NumberedInvoice = { id: string; number: string; customer_id: string };

export async function findInvoicesOf(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<NumberedInvoice[]> {
  if (customerIds.length === 0) return [];
  return tx.query<NumberedInvoice>({
    name: 'invoices_of_customers',
    text: 'SELECT id, number, customer_id FROM invoices WHERE company_id = $1 AND customer_id = ANY($2::uuid[]) ORDER BY id',
    values: [companyId, [...new Set(customerIds)]],
  });
}

/**
 * The invoices of the customers whose contacts have these addresses. The array keeps PostgreSQL on the index of customers
 * while it has no statistics.
 * @param keys address keys, without plus-tags
 */
export function findInvoicesOfContacts(tx: Tx, companyId: string, keys: readonly string[]): Promise<NumberedInvoice[]> {
  return tx.query<NumberedInvoice>({
    name: 'invoices_of_contacts',
    text: `
      SELECT i.id, i.number, i.customer_id
      FROM invoices i
      WHERE i.company_id = $1
        AND i.customer_id = ANY(ARRAY(SELECT k.customer_id
                                      FROM contacts k
                                      WHERE k.company_id = $1 AND k.email_key = ANY($2::text[])))
      ORDER BY i.id`,
    values: [companyId, keys],
  });
}

/** Ids of the customer's invoices that a text names. */
export function invoicesNamedIn(text: string, invoices: readonly NumberedInvoice[], customerId: string): string[] {
  const own = invoices.filter(({ customer_id }) => customer_id === customerId);
  const numbers = own.map(({ number }) => number);
  const named = new Set(findInvoiceNumbers(text, numbers));
  return own.filter(({ number }) => named.has(number)).map(({ id }) => id);
}
