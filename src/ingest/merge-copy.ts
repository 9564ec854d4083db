import { lockConversation } from '../conversations/append.ts';
import { change, mergeThreadGroups, settleConversation } from '../conversations/merge.ts';
import type { Tx } from '../db/transaction.ts';
import { PROVIDER, recordAudit } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { mailIdentity } from '../mail/identity.ts';
import { previewOf } from '../mail/preview.ts';
import type { NylasMessage } from './nylas/event.ts';
import type { MailPlace, StoredMail } from './place-mail.ts';
import { judgeAgain } from './rematch.ts';

/** A mail that is stored already comes again: in another mailbox, or whole after it came truncated. */

/** Remembers another mailbox's ids of a stored mail, which may show two conversations to be one. */
export function recordMailCopy(
  tx: Tx,
  companyId: string,
  stored: StoredMail,
  mail: NylasMessage,
  place: MailPlace,
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
  if (place.threadGroupIds.length > 1) {
    const kept = mergeThreadGroups(tx, companyId, place.threadGroupIds);
    settleConversation(tx, companyId, kept, 'conversation');
  }
  // After the conversations' locks, which a person's change of this row takes first, too.
  const { messageId } = mailIdentity(mail);
  if (messageId !== null) {
    tx.send({
      name: 'learn_message_id',
      text: `
        UPDATE communication_threads SET rfc_message_id = $3
        WHERE company_id = $1 AND id = $2 AND rfc_message_id IS NULL`,
      values: [companyId, stored.id, `<${messageId}>`],
    });
  }
}

/**
 * Gives a truncated message the body that another delivery brought.
 * @returns whether there was one
 */
export async function completeMail(
  tx: Tx,
  companyId: string,
  stored: StoredMail,
  mail: NylasMessage,
): Promise<boolean> {
  if (mail.body === null) return false;
  // Before the row, as a person's change does: the two would wait for each other.
  await lockConversation(tx, companyId, stored.id);
  change(tx, 'complete_mail', {
    which: 't.id = $2',
    set: 'body = $3, body_type = $4, preview = $5, is_truncated = false, updated_at = now()',
    values: [companyId, stored.id, mail.body, mail.bodyType, previewOf(mail.body, mail.bodyType)],
  });
  recordChange(tx, companyId);
  recordAudit(tx, companyId, PROVIDER, {
    action: 'thread.updated',
    subjectId: stored.id,
    details: { thread_group_id: stored.threadGroupId, fields: ['body'] },
  });
  await judgeAgain(tx, companyId, [stored.id]);
  return true;
}
