import { changeMessages, chooseLatestMessage } from '../conversations/merge.ts';
import { updateWordsTimestamp } from '../conversations/write-words.ts';
import type { Tx } from '../db/transaction.ts';
import { type Actor, recordAudit } from '../journal/audit.ts';
import type { NylasMessage } from './nylas/event.ts';

/** A mail can't be before the one that it answers by its Message-ID, so the time of a clock that is behind is corrected. */

/** The least time between a mail and its answer: providers give times in seconds. */
const LEAST_DELAY_MS = 1_000;
/** A clock that is behind by more isn't one: such a Message-ID was given to another mail, too. */
const MOST_BEHIND_MS = 86_400_000;

function isBehind(answer: Date, question: Date): boolean {
  const behindMs = question.getTime() - answer.getTime();
  return behindMs >= 0 && behindMs <= MOST_BEHIND_MS;
}

/** @param answeredAt when the mail that this one answers was sent; null when it isn't stored */
export function notBefore(mail: NylasMessage, answeredAt: string | null): NylasMessage {
  if (answeredAt === null || !isBehind(mail.timestamp, new Date(answeredAt))) return mail;
  return { ...mail, timestamp: new Date(Date.parse(answeredAt) + LEAST_DELAY_MS) };
}

/** Corrects the time of an answer that was stored first, when it isn't after the mail that it answers. */
export function moveBehind(
  tx: Tx,
  actor: Actor,
  companyId: string,
  threadGroupId: string,
  answer: { id: string; timestamp: string },
  mail: NylasMessage,
): void {
  if (!isBehind(new Date(answer.timestamp), mail.timestamp)) return;
  changeMessages(tx, 'move_behind_question', {
    where: 't.id = $2',
    set: '"timestamp" = $3, updated_at = now()',
    values: [companyId, answer.id, new Date(mail.timestamp.getTime() + LEAST_DELAY_MS).toISOString()],
  });
  updateWordsTimestamp(tx, companyId, answer.id);
  chooseLatestMessage(tx, companyId, threadGroupId);
  recordAudit(tx, companyId, actor, {
    action: 'thread.updated',
    subjectId: answer.id,
    details: { thread_group_id: threadGroupId, fields: ['timestamp'] },
  });
}
