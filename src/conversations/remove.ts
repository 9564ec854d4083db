import { daySql } from '../db/count-cell.ts';
import type { Tx } from '../db/transaction.ts';
import { type Actor, recordAudit } from '../journal/audit.ts';
import { recountFormerCustomers } from './former-customers.ts';
import { changeMessages } from './merge.ts';

/** Deletes a provider's message that was never sent or that turned out to be the same as another one. */

/**
 * Deletes a message and chooses the conversation's latest message again. The caller holds the company's lock in shared
 * mode and the conversation's, and has moved notes and promises to other messages: one that still refers to this
 * message makes the transaction fail.
 */
export function removeMessage(tx: Tx, companyId: string, id: string, threadGroupId: string, actor: Actor): void {
  changeMessages(tx, 'demote_before_removal', {
    where: 't.thread_group_id = $2 AND t.is_latest',
    set: 'is_latest = false, message_count = NULL',
    values: [companyId, threadGroupId],
  });
  // The latest message has the conversation's follow-up and assignee, and may be the one that is deleted.
  changeMessages(tx, 'choose_latest_of_others', {
    where: `t.id = (SELECT n.id FROM communication_threads n
                    WHERE n.company_id = $1 AND n.thread_group_id = $2 AND n.id <> $3
                    ORDER BY n."timestamp" DESC, n.id DESC LIMIT 1)`,
    set: `is_latest = true,
          message_count = (SELECT count(*) FROM communication_threads n
                           WHERE n.company_id = $1 AND n.thread_group_id = $2 AND n.id <> $3),
          follow_up_at = COALESCE(t.follow_up_at, (SELECT r.follow_up_at FROM communication_threads r
                                                   WHERE r.company_id = $1 AND r.id = $3)),
          assignee_id = COALESCE(t.assignee_id, (SELECT r.assignee_id FROM communication_threads r
                                                 WHERE r.company_id = $1 AND r.id = $3)),
          updated_at = now()`,
    values: [companyId, threadGroupId, id],
  });
  tx.send({
    name: 'remove_message',
    text: `
      WITH removed AS (
        DELETE FROM communication_threads t WHERE t.company_id = $1 AND t.id = $2 RETURNING t.cell, t."timestamp"
      )
      INSERT INTO thread_count_deltas (company_id, cell, day, messages)
      SELECT $1, r.cell, ${daySql('r."timestamp"')}, -1 FROM removed r`,
    values: [companyId, id],
  });
  recountFormerCustomers(tx, companyId, [threadGroupId]);
  recordAudit(tx, companyId, actor, {
    action: 'thread.deleted',
    subjectId: id,
    details: { thread_group_id: threadGroupId },
  });
}
