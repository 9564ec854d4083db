import { lockConversation } from '../conversations/append.ts';
import { applyConversationRules, changeMessages, mergeThreadGroups } from '../conversations/merge.ts';
import type { Tx } from '../db/transaction.ts';
import { type Actor, recordAudit } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { messageIdOf } from '../mail/message-ids.ts';
import { previewOfOwnText } from '../mail/preview.ts';
import type { NylasMessage } from './nylas/event.ts';
import { reclassify } from './reclassify.ts';
import type { RelatedMail, StoredMail } from './related-mail.ts';

/** Applies another delivery of a stored mail: from another mailbox, or with the body that the first one lacked. */

/** Records another mailbox's ids of a stored mail. Conversations that these ids show to be one are merged. */
export function recordMailCopy(
  tx: Tx,
  actor: Actor,
  companyId: string,
  stored: StoredMail,
  mail: NylasMessage,
  related: RelatedMail,
): void {
  tx.send({
    name: 'insert_mail_copy',
    text: `
      INSERT INTO mail_copies (company_id, grant_id, provider_message_id, provider_thread_id, thread_id)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (company_id, grant_id, provider_message_id)
      DO UPDATE SET thread_id = excluded.thread_id, provider_thread_id = excluded.provider_thread_id`,
    values: [companyId, mail.grantId, mail.messageId, mail.threadId, stored.id],
  });
  if (related.threadGroupIds.length > 1) {
    const kept = mergeThreadGroups(tx, actor, companyId, related.threadGroupIds);
    applyConversationRules(tx, companyId, kept, 'conversation');
  }
  // After the conversations' locks: a user's change of this row takes them first too, so the two can't deadlock.
  const messageId = messageIdOf(mail.headers);
  if (messageId !== null) {
    tx.send({
      name: 'record_message_id',
      text: `
        UPDATE communication_threads SET rfc_message_id = $3
        WHERE company_id = $1 AND id = $2 AND rfc_message_id IS NULL`,
      values: [companyId, stored.id, `<${messageId}>`],
    });
  }
}

/**
 * Adds the body of another delivery to a truncated message, and classifies the message again.
 * @returns whether the delivery has a body
 */
export async function completeMail(
  tx: Tx,
  actor: Actor,
  companyId: string,
  stored: StoredMail,
  mail: NylasMessage,
): Promise<boolean> {
  if (mail.body === null) return false;
  // The conversation's lock before the row's, as a user's change takes them: in the other order the two could deadlock.
  await lockConversation(tx, companyId, stored.id);
  changeMessages(tx, 'complete_mail', {
    where: 't.id = $2',
    set: 'body = $3, body_type = $4, preview = $5, is_truncated = false, updated_at = now()',
    values: [companyId, stored.id, mail.body, mail.bodyType, previewOfOwnText(mail.texts.searched)],
  });
  recordChange(tx, companyId);
  recordAudit(tx, companyId, actor, {
    action: 'thread.updated',
    subjectId: stored.id,
    details: { thread_group_id: stored.threadGroupId, fields: ['body'] },
  });
  await reclassify(tx, companyId, [stored.id]);
  return true;
}
