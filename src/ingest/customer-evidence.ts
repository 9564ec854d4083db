import type { Tx } from '../db/transaction.ts';
import { findInvoiceNumbers } from '../mail/invoice-numbers.ts';
import type { Customer } from './counterparts.ts';

/** Evidence that decides between several possible customers: the conversation's other messages, and invoice numbers. */

export type ConversationCustomers = { customers: Customer[]; hasUnmatched: boolean };

/** The customers of the conversations' messages, by newest message first, and whether a message has no customer. */
export async function findConversationCustomers(
  tx: Tx,
  companyId: string,
  threadGroupIds: readonly string[],
): Promise<ConversationCustomers> {
  if (threadGroupIds.length === 0) return { customers: [], hasUnmatched: false };
  const rows = await tx.query<{ id: string | null; name: string }>({
    name: 'conversation_customers',
    text: `
      SELECT c.id, c.name
      FROM (SELECT customer_id, max("timestamp") AS newest
            FROM communication_threads
            WHERE company_id = $1 AND thread_group_id = ANY($2::uuid[])
            GROUP BY customer_id) t
      LEFT JOIN customers c ON c.company_id = $1 AND c.id = t.customer_id
      ORDER BY t.newest DESC, c.id`,
    values: [companyId, threadGroupIds],
  });
  return {
    customers: rows.filter((row): row is Customer => row.id !== null),
    hasUnmatched: rows.some(({ id }) => id === null),
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

/** Ids of the customer's invoices that a text names. */
export function invoicesNamedIn(text: string, invoices: readonly NumberedInvoice[], customerId: string): string[] {
  const own = invoices.filter(({ customer_id }) => customer_id === customerId);
  const numbers = own.map(({ number }) => number);
  const named = new Set(findInvoiceNumbers(text, numbers));
  return own.filter(({ number }) => named.has(number)).map(({ id }) => id);
}
