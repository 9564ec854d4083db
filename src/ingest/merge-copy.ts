import { lockConversation } from '../conversations/append.ts';
import {
  applyConversationRules,
  changeMessages,
  chooseLatestMessage,
  mergeThreadGroups,
} from '../conversations/merge.ts';
import { updateWordsTimestamp } from '../conversations/write-words.ts';
import { lockThreadGroup } from '../db/locks.ts';
import type { Tx } from '../db/transaction.ts';
import { type Actor, recordAudit } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { messageIdOf } from '../mail/message-ids.ts';
import { previewOfOwnText } from '../mail/preview.ts';
import { isSent } from './direction.ts';
import type { NylasMessage } from './nylas/event.ts';
import { type OwnAddresses, partiesOf } from './parties.ts';
import { addHiddenRecipients, reclassify, reclassifyAsSent } from './reclassify.ts';
import type { RelatedMail, StoredCopy, StoredMail } from './related-mail.ts';
import { comparableSubject } from './same-mail.ts';
import { replaceAttachments } from './store-mail.ts';

/**
 * Applies another delivery of a stored mail: from another mailbox, or with what the first one lacked. In whatever order the
 * deliveries arrive, the row ends up the same.
 */

/** Records another mailbox's ids of a stored mail. Conversations that these ids show to be one are merged. */
export async function recordMailCopy(
  tx: Tx,
  actor: Actor,
  companyId: string,
  stored: StoredCopy,
  mail: NylasMessage,
  related: RelatedMail,
): Promise<void> {
  tx.send({
    name: 'insert_mail_copy',
    text: `
      INSERT INTO mail_copies (company_id, grant_id, provider_message_id, provider_thread_id, thread_id)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (company_id, grant_id, provider_message_id)
      DO UPDATE SET thread_id = excluded.thread_id, provider_thread_id = excluded.provider_thread_id`,
    values: [companyId, mail.grantId, mail.messageId, mail.threadId, stored.id],
  });
  let { threadGroupId } = stored;
  if (related.threadGroupIds.length > 1) {
    threadGroupId = mergeThreadGroups(tx, actor, companyId, related.threadGroupIds);
    applyConversationRules(tx, companyId, threadGroupId, 'conversation');
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
  await chooseBetweenCopies(tx, actor, companyId, { ...stored, threadGroupId }, mail);
}

/** Of the times and subjects of a mail's copies, the earliest and the shortest count: lists and gateways delay and tag. */
async function chooseBetweenCopies(
  tx: Tx,
  actor: Actor,
  companyId: string,
  stored: StoredCopy,
  mail: NylasMessage,
): Promise<void> {
  const isEarlier = mail.date !== null && mail.timestamp < new Date(stored.timestamp);
  const isPlainer = isPlainerSubject(mail.subject, stored.subject);
  if (!isEarlier && !isPlainer) return;
  tx.send(lockThreadGroup(companyId, stored.threadGroupId));
  changeMessages(tx, 'choose_between_copies', {
    where: `t.id = $2 AND t.source = 'nylas'`,
    set: `"timestamp" = LEAST(t."timestamp", $3::timestamptz), subject = COALESCE($4, t.subject), updated_at = now()`,
    values: [companyId, stored.id, isEarlier ? mail.timestamp.toISOString() : null, isPlainer ? mail.subject : null],
  });
  if (isEarlier) {
    updateWordsTimestamp(tx, companyId, stored.id);
    chooseLatestMessage(tx, companyId, stored.threadGroupId);
  }
  recordChange(tx, companyId);
  const fields = [...(isEarlier ? ['timestamp'] : []), ...(isPlainer ? ['subject'] : [])];
  recordAudit(tx, companyId, actor, {
    action: 'thread.updated',
    subjectId: stored.id,
    details: { thread_group_id: stored.threadGroupId, fields },
  });
  if (isPlainer) await reclassify(tx, companyId, [stored.id]);
  else applyConversationRules(tx, companyId, stored.threadGroupId, 'conversation');
}

function isPlainerSubject(subject: string, stored: string): boolean {
  return subject.length < stored.length && comparableSubject(subject) === comparableSubject(stored);
}

/**
 * Adds the body and the files of another delivery to a message that lacks them, and classifies the message again.
 * @returns whether the delivery has any
 */
export async function completeMail(
  tx: Tx,
  actor: Actor,
  companyId: string,
  stored: StoredMail,
  mail: NylasMessage,
): Promise<boolean> {
  const hasBody = stored.isTruncated && mail.body !== null;
  const files = stored.hasAttachments ? [] : mail.attachments.filter(({ isInline }) => !isInline);
  if (!hasBody && files.length === 0) return false;
  // The conversation's lock before the row's, as a user's change takes them: in the other order the two could deadlock.
  await lockConversation(tx, companyId, stored.id);
  if (hasBody)
    changeMessages(tx, 'complete_mail', {
      where: 't.id = $2',
      set: 'body = $3, body_type = $4, preview = $5, is_truncated = false, updated_at = now()',
      values: [companyId, stored.id, mail.body, mail.bodyType, previewOfOwnText(mail.texts.searched)],
    });
  if (files.length > 0) replaceAttachments(tx, companyId, stored.id, mail.attachments);
  recordChange(tx, companyId);
  recordAudit(tx, companyId, actor, {
    action: 'thread.updated',
    subjectId: stored.id,
    details: {
      thread_group_id: stored.threadGroupId,
      fields: [...(hasBody ? ['body'] : []), ...(files.length > 0 ? ['attachments'] : [])],
    },
  });
  await reclassify(tx, companyId, [stored.id], files);
  return true;
}

const MOST_HIDDEN = 100;

/** Applies what only the sender's own copy tells: that the company sent the mail, and to whom as a blind copy. */
export async function learnFromSentCopy(
  tx: Tx,
  actor: Actor,
  companyId: string,
  stored: StoredMail,
  mail: NylasMessage,
  own: OwnAddresses,
): Promise<void> {
  const isOurs = partiesOf(mail, own).direction === 'outbound';
  if (isOurs && stored.direction === 'inbound' && isSent(mail.folders))
    await reclassifyAsSent(tx, actor, companyId, stored.id);
  const hidden = mail.bcc.map(({ email }) => email).filter((address) => address !== '' && !own.includes(address));
  if (isOurs && hidden.length > 0)
    await addHiddenRecipients(tx, actor, companyId, stored.id, hidden.slice(0, MOST_HIDDEN));
}
