import { type Actor, recordAudit } from '../audit.ts';
import { type CountCell, type CountDelta, recordChange } from '../counts.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { cellNumber, daySql } from '../db/cells.ts';
import type { Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import type { Source } from '../vocabulary.ts';
import type { ThreadChange } from './change-schema.ts';
import { assignCustomer } from './customer.ts';
import { lockConversation } from './groups.ts';
import type { CommunicationThreadDetail } from './schema.ts';
import { getThread } from './service.ts';

/** A message of the conversation as a change has to know it. */
export type GroupMessage = CountCell & {
  id: string;
  source: Source;
  /** In UTC. */
  day: string;
  customerId: string | null;
  /** Asked for by a scheduled action or touchpoint of its customer. */
  isScheduled: boolean;
  strategyTags: string[];
};

type ThreadWithOthers = CommunicationThreadDetail & { messages: CommunicationThreadDetail[] };

/**
 * Changes a message and, where a field is the conversation's (`is_resolved`, `requires_response`), every message of its
 * group. What stays equal is not written and leaves no trace.
 * @param checkPrecondition is shown the thread as it stands, under the conversation's lock; throws to refuse
 * @throws notFound, invalid for a customer that can't be given, unavailable during an import
 */
export async function updateThread(
  tx: Tx,
  ring: KeyRing,
  companyId: string,
  threadId: string,
  actor: Actor,
  change: ThreadChange,
  checkPrecondition?: (current: ThreadWithOthers) => void,
): Promise<ThreadWithOthers> {
  const threadGroupId = await lockConversation(tx, companyId, threadId);
  if (checkPrecondition) checkPrecondition(await getThread(ring, tx, companyId, threadId));
  const messages = await listGroup(tx, companyId, threadGroupId);
  const thread = messages.find((message) => message.id === threadId);
  if (!thread) throw notFound();

  const deltas = setFlags(tx, companyId, threadGroupId, messages, change);
  const changed = [
    ...changedFlags(messages, change),
    ...(setStrategyTags(tx, companyId, thread, change.strategy_tags) ? ['strategy_tags'] : []),
    ...((await assignCustomer(tx, companyId, messages, thread, change.customer_id)) ? ['customer_id'] : []),
  ];
  if (changed.length > 0) {
    recordChange(tx, companyId, deltas);
    recordAudit(tx, companyId, actor, {
      action: 'thread.updated',
      subjectId: threadId,
      details: { thread_group_id: threadGroupId, fields: changed },
    });
  }
  return getThread(ring, tx, companyId, threadId);
}

function listGroup(tx: Tx, companyId: string, threadGroupId: string): Promise<GroupMessage[]> {
  return tx.query<GroupMessage>({
    name: 'group_messages',
    text: `
      SELECT id, source, direction,
             communication_type AS "communicationType",
             is_latest AS "isLatest",
             requires_response AS "requiresResponse",
             is_resolved AS "isResolved",
             COALESCE(is_ar_related, false) AS "isArRelated",
             ${daySql('"timestamp"')}::text AS day,
             customer_id AS "customerId",
             scheduled_action_id IS NOT NULL OR scheduled_touchpoint_id IS NOT NULL AS "isScheduled",
             strategy_tags AS "strategyTags"
      FROM communication_threads
      WHERE company_id = $1 AND thread_group_id = $2`,
    values: [companyId, threadGroupId],
  });
}

/** @returns how the counts move */
function setFlags(
  tx: Tx,
  companyId: string,
  threadGroupId: string,
  messages: GroupMessage[],
  { is_resolved: isResolved, requires_response: requiresResponse }: ThreadChange,
): CountDelta[] {
  const deltas: CountDelta[] = [];
  for (const message of messages) {
    const after = {
      ...message,
      isResolved: isResolved ?? message.isResolved,
      requiresResponse: requiresResponse ?? message.requiresResponse,
    };
    if (after.isResolved === message.isResolved && after.requiresResponse === message.requiresResponse) continue;
    addDelta(deltas, message, -1);
    addDelta(deltas, after, 1);
  }
  if (deltas.length > 0)
    tx.send({
      name: 'set_thread_flags',
      text: `
        UPDATE communication_threads
        SET is_resolved = COALESCE($3, is_resolved), requires_response = COALESCE($4, requires_response),
            updated_at = $5
        WHERE company_id = $1 AND thread_group_id = $2 AND (is_resolved <> $3 OR requires_response <> $4)`,
      values: [companyId, threadGroupId, isResolved ?? null, requiresResponse ?? null, new Date().toISOString()],
    });
  return deltas;
}

/** A conversation's messages share few cells and days: one delta for each, however many messages there are. */
function addDelta(deltas: CountDelta[], message: GroupMessage, messages: 1 | -1): void {
  const { day, isLatest, communicationType, source, direction, requiresResponse, isResolved, isArRelated } = message;
  const cell = { isLatest, communicationType, source, direction, requiresResponse, isResolved, isArRelated };
  const number = cellNumber(cell);
  const known = deltas.find((delta) => delta.day === day && cellNumber(delta.cell) === number);
  if (known) known.messages += messages;
  else deltas.push({ cell, day, messages });
}

function changedFlags(messages: GroupMessage[], change: ThreadChange): string[] {
  const { is_resolved: isResolved, requires_response: requiresResponse } = change;
  const resolves = isResolved !== undefined && messages.some((message) => message.isResolved !== isResolved);
  const answers =
    requiresResponse !== undefined && messages.some((message) => message.requiresResponse !== requiresResponse);
  return [...(resolves ? ['is_resolved'] : []), ...(answers ? ['requires_response'] : [])];
}

function setStrategyTags(tx: Tx, companyId: string, thread: GroupMessage, given: string[] | undefined): boolean {
  if (given === undefined) return false;
  const tags = [...new Set(given)];
  if (JSON.stringify(tags) === JSON.stringify(thread.strategyTags)) return false;
  tx.send({
    name: 'set_strategy_tags',
    text: `
      UPDATE communication_threads
      SET strategy_tags = $3, updated_at = $4
      WHERE company_id = $1 AND id = $2`,
    values: [companyId, thread.id, tags, new Date().toISOString()],
  });
  return true;
}
