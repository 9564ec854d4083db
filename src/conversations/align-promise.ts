import type { Tx } from '../db/transaction.ts';
import { newId } from '../domain/ids.ts';
import type { Actor } from '../journal/audit.ts';

/**
 * Call it after a provider's event assigned a message to another customer. Assigns the promise that was made in the
 * message to that customer too, and removes other customers' invoices from the promise and from the message's dispute.
 */
export function alignPromise(tx: Tx, actor: Actor, companyId: string, threadId: string): void {
  tx.send({
    name: 'align_promise',
    text: `
      WITH moved AS (
        UPDATE promises p
        SET customer_id = t.customer_id, updated_at = now()
        FROM communication_threads t
        WHERE t.company_id = $1 AND t.id = $2 AND p.company_id = $1 AND p.thread_id = t.id
          AND p.customer_id <> t.customer_id
        RETURNING p.id, p.customer_id
      ), audited AS (
        INSERT INTO audit_events (company_id, id, actor_kind, request_id, action, subject_id, details)
        SELECT $1, $3, $4, $5, 'promise.updated', m.id,
               jsonb_build_object('thread_id', $2::uuid, 'fields', ARRAY['customer_id'])
        FROM moved m
      )
      DELETE FROM promise_invoices v
      USING moved m
      WHERE v.company_id = $1 AND v.promise_id = m.id AND ${isForeign('v.invoice_id', 'm.customer_id')}`,
    values: [companyId, threadId, newId(), actor.kind, actor.requestId],
  });
  tx.send({
    name: 'align_dispute',
    text: `
      UPDATE communication_threads t
      SET dispute = jsonb_set(t.dispute, '{invoice_ids}', COALESCE((
            SELECT jsonb_agg(d.id ORDER BY d.nth)
            FROM jsonb_array_elements_text(t.dispute -> 'invoice_ids') WITH ORDINALITY AS d(id, nth)
            WHERE NOT ${isForeign('d.id::uuid', 't.customer_id')}), '[]'))
      WHERE t.company_id = $1 AND t.id = $2 AND t.customer_id IS NOT NULL
        AND EXISTS (SELECT FROM jsonb_array_elements_text(t.dispute -> 'invoice_ids') AS d(id)
                    WHERE ${isForeign('d.id::uuid', 't.customer_id')})`,
    values: [companyId, threadId],
  });
}

function isForeign(invoiceId: string, customerId: string): string {
  return `NOT EXISTS (SELECT FROM invoices i WHERE i.company_id = $1 AND i.id = ${invoiceId} AND i.customer_id = ${customerId})`;
}
