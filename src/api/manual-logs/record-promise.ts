import type { NewMessage } from '../../conversations/append.ts';
import { promiseStatusSql } from '../../conversations/promise-status.ts';
import type { Tx } from '../../db/transaction.ts';
import { newId } from '../../domain/ids.ts';
import type { ShownPromiseStatus } from '../../domain/vocabulary.ts';
import { type Actor, recordAudit } from '../../journal/audit.ts';
import type { CommunicationThreadDetail } from '../threads/schema.ts';
import type { References } from './references.ts';
import type { ManualLog } from './schema.ts';

type NewPromise = NonNullable<ManualLog['promise']>;

/**
 * Inserts the promise of a manual log. Call it after the log is sent, because the promise has a foreign key to it.
 * @returns the promise as the log's response shows it; its status is `broken` when its day has passed
 */
export async function recordPromise(
  tx: Tx,
  companyId: string,
  logger: Actor,
  { due_on: dueOn, amount = null, currency = null }: NewPromise,
  message: NewMessage,
  { customer, promiseInvoiceIds }: Pick<References, 'customer' | 'promiseInvoiceIds'>,
): Promise<NonNullable<CommunicationThreadDetail['promise']>> {
  const id = newId();
  // Awaited before the invoices are sent, because the driver may send a query after a write that was issued later.
  const [row] = await tx.query<{ status: ShownPromiseStatus }>({
    name: 'insert_promise',
    text: `
      INSERT INTO promises AS p
        (company_id, id, customer_id, thread_id, due_on, amount, currency, created_by_id, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
      RETURNING ${promiseStatusSql('p')} AS status`,
    values: [companyId, id, customer.id, message.id, dueOn, amount, currency, logger.userId, message.createdAt],
  });
  if (promiseInvoiceIds.length > 0) {
    tx.send({
      name: 'insert_promise_invoices',
      text: `
        INSERT INTO promise_invoices (company_id, promise_id, invoice_id, position)
        SELECT $1, $2, i.id, i.nth - 1
        FROM unnest($3::uuid[]) WITH ORDINALITY AS i(id, nth)`,
      values: [companyId, id, promiseInvoiceIds],
    });
  }
  recordAudit(tx, companyId, logger, {
    action: 'promise.created',
    subjectId: id,
    details: { thread_id: message.id },
  });
  return { id, status: row?.status ?? 'open', due_on: dueOn, amount, currency, invoice_ids: promiseInvoiceIds };
}
