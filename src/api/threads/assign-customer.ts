import { recountFormerCustomersOf } from '../../conversations/former-customers.ts';
import type { Connection } from '../../db/client.ts';
import type { Tx } from '../../db/transaction.ts';
import type { FieldErrors } from '../../domain/errors.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import type { Source } from '../../domain/vocabulary.ts';

/** A message of the conversation as a change has to know it. */
export type GroupMessage = {
  id: string;
  source: Source;
  requiresResponse: boolean;
  isResolved: boolean;
  customerId: string | null;
  /** Asked for by a scheduled action or touchpoint of its customer, or tells of their promise or dispute. */
  isBound: boolean;
  strategyTags: string[];
};

/** Giving a conversation that matched nobody (or somebody else) to a customer, and taking it back. */

/**
 * Moves the message, and every message of its conversation that stood with the same customer or with none like it, to
 * a customer, or with null to nobody. What belongs to another customer goes: a contact who isn't the new customer's is
 * cleared, links to invoices that aren't theirs are removed. Both are kept aside (`former_links`), for a message that comes
 * back to its customer. Logs made by hand, what a scheduled action or touchpoint asked for, and what tells of a promise or a
 * dispute, stay where they are.
 * @param customerId free of `customerErrors`
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
  keepLinks(tx, companyId, ids);
  moveMessages(tx, companyId, ids, target);
  removeForeignLinks(tx, companyId, ids, target);
  restoreLinks(tx, companyId, ids, target);
  recountFormerCustomersOf(tx, companyId, thread.id);
  return true;
}

/**
 * What is wrong with giving a message to a customer.
 * @param thread undefined: of whichever message
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
    return { customer_id: ['What was logged for a customer stays with that customer.'] };
  if (target === null || (await isThere(connection, companyId, target))) return {};
  return { customer_id: ['No such customer.'] };
}

function isMovable(message: GroupMessage): boolean {
  return message.source !== 'manual' && !message.isBound;
}

async function isThere(connection: Connection, companyId: string, customerId: string): Promise<boolean> {
  const [customer] = await connection.query({
    name: 'customer_exists',
    text: 'SELECT id FROM customers WHERE company_id = $1 AND id = $2',
    values: [companyId, customerId],
  });
  return customer !== undefined;
}

function keepLinks(tx: Tx, companyId: string, ids: string[]): void {
  tx.send({
    name: 'keep_former_links',
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
