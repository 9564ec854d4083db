import { alignPromise } from '../conversations/align-promise.ts';
import { answersIn, conversationOf } from '../conversations/answers.ts';
import { changeMessages, LINKED_MESSAGES, mergeThreadGroups, SET_AR_RELATED } from '../conversations/merge.ts';
import { removeMessage } from '../conversations/remove.ts';
import type { Tx } from '../db/transaction.ts';
import type { Actor } from '../journal/audit.ts';
import type { KnownCall } from './known-calls.ts';
import { joinCalls } from './vonage/call.ts';

/** Merges calls that were stored as several, because the event that ties a leg to its conversation arrived last. */

/**
 * Merges the rows into the oldest one, which takes over the notes, promises and links of the others.
 * @param known rows of one company, at least one
 */
export async function mergeCallRows(
  tx: Tx,
  actor: Actor,
  companyId: string,
  known: readonly KnownCall[],
): Promise<KnownCall> {
  const [kept, ...others] = known.toSorted((a, b) => (a.threadId < b.threadId ? -1 : 1)) as [KnownCall, ...KnownCall[]];
  if (others.length === 0) return kept;
  const ids = known.map(({ threadId }) => threadId);
  const groups = await tx.query<{ thread_group_id: string }>({
    name: 'groups_of_calls',
    text: 'SELECT DISTINCT thread_group_id FROM communication_threads WHERE company_id = $1 AND id = ANY($2::uuid[])',
    values: [companyId, ids],
  });
  const threadGroupId = mergeThreadGroups(
    tx,
    actor,
    companyId,
    groups.map((group) => group.thread_group_id),
  );
  for (const { threadId } of others) {
    moveReferences(tx, actor, companyId, kept.threadId, threadId);
    removeMessage(tx, companyId, threadId, threadGroupId, actor);
  }
  return {
    ...kept,
    customerId: kept.customerId ?? others.find(({ customerId }) => customerId !== null)?.customerId ?? null,
    call: others.reduce((call, other) => joinCalls(call, other.call), kept.call),
  };
}

/** Moves what refers to the row `other`, and what a person set on it, to the row `kept`. */
function moveReferences(tx: Tx, actor: Actor, companyId: string, kept: string, other: string): void {
  const values = [companyId, kept, other];
  const move = (name: string, table: string, column: string) =>
    tx.send({
      name,
      text: `UPDATE ${table} SET ${column} = $2 WHERE company_id = $1 AND ${column} = $3`,
      values,
    });
  move('notes_of_call', 'thread_notes', 'thread_id');
  move('promises_of_call', 'promises', 'thread_id');
  move('actions_of_call', 'scheduled_actions', 'completed_by_thread_id');
  move('touchpoints_of_call', 'scheduled_touchpoints', 'completed_by_thread_id');
  move('keys_of_call', 'call_keys', 'thread_id');
  changeMessages(tx, 'invoices_of_call', {
    before: `${answersIn(conversationOf('$2'))}
      linked AS (
        INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position)
        SELECT $1, $2, l.invoice_id, l.position
        FROM communication_thread_invoices l
        WHERE l.company_id = $1 AND l.thread_id = $3
        ON CONFLICT DO NOTHING
        RETURNING thread_id
      ),`,
    where: LINKED_MESSAGES,
    set: SET_AR_RELATED,
    values,
  });
  // A customer without a contact was assigned by a person, and counts before one that was found by the call's number.
  changeMessages(tx, 'take_over_call', {
    where: 't.id = $2',
    set: `(customer_id, contact_id, is_resolved, requires_response, strategy_tags, outcome, dispute) = (
            SELECT CASE WHEN o.is_said THEN o.customer_id ELSE COALESCE(t.customer_id, o.customer_id) END,
                   CASE WHEN o.is_said THEN o.contact_id WHEN t.customer_id IS NULL THEN o.contact_id ELSE t.contact_id END,
                   t.is_resolved OR o.is_resolved,
                   t.requires_response OR o.requires_response,
                   ARRAY(SELECT DISTINCT tag FROM unnest(t.strategy_tags || o.strategy_tags) AS tag ORDER BY tag),
                   COALESCE(t.outcome, o.outcome),
                   COALESCE(t.dispute, o.dispute)
            FROM (SELECT s.*, s.customer_id IS NOT NULL AND s.contact_id IS NULL
                              AND (t.customer_id IS NULL OR t.contact_id IS NOT NULL) AS is_said
                  FROM communication_threads s WHERE s.company_id = $1 AND s.id = $3) o),
          updated_at = now()`,
    values,
  });
  alignPromise(tx, actor, companyId, kept);
}
