import { recountFormerCustomersOf } from '../../conversations/former-customers.ts';
import type { Connection } from '../../db/client.ts';
import type { communicationThreads } from '../../db/schema.ts';
import type { Tx } from '../../db/transaction.ts';
import type { FieldErrors } from '../../domain/errors.ts';
import { lowerCase } from '../../domain/normalize-text.ts';

/** Assigns a conversation that matched no customer or the wrong one to a customer, and reverts that. */

/** The columns of a conversation's message that a change reads. */
export type GroupMessage = Pick<
  typeof communicationThreads.$inferSelect,
  'id' | 'source' | 'requiresResponse' | 'isResolved' | 'customerId' | 'strategyTags'
> & {
  /** Linked to a scheduled action or touchpoint, or has a promise or dispute, so that it stays with its customer. */
  isBound: boolean;
};

/**
 * Assigns the message, and every message of its conversation with the same customer (or, like it, without one), to a
 * customer, or with null to none. A contact of another customer is cleared, and links to other customers' invoices are
 * removed. Both are saved in `former_links` and restored when a message returns to its former customer. Manual logs,
 * messages of a scheduled action or touchpoint, and messages with a promise or dispute aren't moved.
 * @param customerId without `customerErrors`
 * @returns whether anything changed
 */
export async function assignCustomer(
  tx: Tx,
  companyId: string,
  messages: GroupMessage[],
  thread: GroupMessage,
  customerId: string | null | undefined,
): Promise<boolean> {
  const target = lowerCase(customerId ?? '') || null;
  if (customerId === undefined || target === thread.customerId) return false;
  const ids = messages
    .filter((message) => isMovable(message) && message.customerId === thread.customerId)
    .map((message) => message.id);
  saveLinks(tx, companyId, ids);
  moveMessages(tx, companyId, ids, target);
  removeForeignLinks(tx, companyId, ids, target);
  restoreLinks(tx, companyId, ids, target);
  recountFormerCustomersOf(tx, companyId, thread.id);
  return true;
}

/**
 * The errors of assigning a message to a customer.
 * @param thread undefined to check the customer only
 */
export async function customerErrors(
  connection: Connection,
  companyId: string,
  thread: GroupMessage | undefined,
  customerId: string | null | undefined,
): Promise<FieldErrors> {
  const target = lowerCase(customerId ?? '') || null;
  if (customerId === undefined || target === (thread ? thread.customerId : null)) return {};
  if (thread && !isMovable(thread))
    return { customer_id: ['A message that was logged for a customer stays with that customer.'] };
  if (target === null || (await customerExists(connection, companyId, target))) return {};
  return { customer_id: ['No such customer.'] };
}

function isMovable(message: GroupMessage): boolean {
  return message.source !== 'manual' && !message.isBound;
}

async function customerExists(connection: Connection, companyId: string, customerId: string): Promise<boolean> {
  const [customer] = await connection.query({
    name: 'customer_exists',
    text: 'SELECT id FROM customers WHERE company_id = $1 AND id = $2',
    values: [companyId, customerId],
  });
  return customer !== undefined;
}

function saveLinks(tx: Tx, companyId: string, ids: string[]): void {
  tx.send({
    name: 'save_former_links',
    text: `
      INSERT INTO former_links (company_id, thread_id, customer_id, contact_id, invoice_ids)
      SELECT $1, t.id, t.customer_id, t.contact_id,
             ARRAY(SELECT l.invoice_id
                   FROM communication_thread_invoices l
                   WHERE l.company_id = $1 AND l.thread_id = t.id
                   ORDER BY l.position)
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.id = ANY($2::uuid[]) AND t.customer_id IS NOT NULL
      ON CONFLICT (company_id, thread_id, customer_id) DO UPDATE
      SET contact_id = excluded.contact_id, invoice_ids = excluded.invoice_ids`,
    values: [companyId, ids],
  });
}

function restoreLinks(tx: Tx, companyId: string, ids: string[], customerId: string | null): void {
  tx.send({
    name: 'restore_former_links',
    text: `
      WITH former AS (
        DELETE FROM former_links f
        WHERE f.company_id = $1 AND f.thread_id = ANY($2::uuid[]) AND f.customer_id = $3
        RETURNING f.thread_id, f.invoice_ids
      )
      INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position)
      SELECT $1, f.thread_id, i.id, v.nth - 1
      FROM former f
      CROSS JOIN LATERAL unnest(f.invoice_ids) WITH ORDINALITY AS v(id, nth)
      JOIN invoices i ON i.company_id = $1 AND i.id = v.id AND i.customer_id = $3
      ON CONFLICT DO NOTHING`,
    values: [companyId, ids, customerId],
  });
}

function moveMessages(tx: Tx, companyId: string, ids: string[], customerId: string | null): void {
  tx.send({
    name: 'move_to_customer',
    text: `
      UPDATE communication_threads t
      SET customer_id = $2,
          contact_id = (SELECT k.id
                        FROM contacts k
                        WHERE k.company_id = $1 AND k.customer_id = $2
                          AND k.id = COALESCE((SELECT f.contact_id
                                               FROM former_links f
                                               WHERE f.company_id = $1 AND f.thread_id = t.id AND f.customer_id = $2),
                                              t.contact_id)),
          updated_at = $4
      WHERE t.company_id = $1 AND t.id = ANY($3::uuid[])`,
    values: [companyId, customerId, ids, new Date().toISOString()],
  });
}

function removeForeignLinks(tx: Tx, companyId: string, ids: string[], customerId: string | null): void {
  tx.send({
    name: 'remove_foreign_links',
    text: `
      DELETE FROM communication_thread_invoices l
      WHERE l.company_id = $1
        AND l.thread_id = ANY($2::uuid[])
        AND NOT EXISTS (SELECT FROM invoices i WHERE i.company_id = $1 AND i.id = l.invoice_id AND i.customer_id = $3)`,
    values: [companyId, ids, customerId],
  });
}
