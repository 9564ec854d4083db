import { lockConversation } from '../../conversations/append.ts';
import { changeMessages } from '../../conversations/merge.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import type { Tx } from '../../db/transaction.ts';
import { type FieldErrors, invalid, notFound } from '../../domain/errors.ts';
import { UUID_PATTERN } from '../../domain/ids.ts';
import { type Actor, recordAudit } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import { assignCustomer, customerErrors, type GroupMessage } from './assign-customer.ts';
import { assigneeErrors, setFollowUp } from './follow-up.ts';
import type { ThreadChange } from './patch-schema.ts';
import type { CommunicationThreadDetail } from './schema.ts';
import { getThread } from './service.ts';

type ThreadWithOthers = CommunicationThreadDetail & { messages: CommunicationThreadDetail[] };

/**
 * Changes a message and, for the fields of the conversation (`is_resolved`, `requires_response`), every message of its
 * group. Without an effective change nothing is written, neither to the audit trail nor to the event feed.
 * @param checkPrecondition called with the thread under the conversation's lock; throws to refuse the change
 * @throws notFound, invalid for a customer or assignee that can't be assigned, unavailable during an import
 */
export async function updateThread(
  tx: Tx,
  ring: KeyRing,
  companyId: string,
  threadId: string,
  actor: Actor,
  wanted: ThreadChange,
  checkPrecondition?: (current: ThreadWithOthers) => void,
): Promise<ThreadWithOthers> {
  const threadGroupId = await lockConversation(tx, companyId, threadId);
  if (checkPrecondition) checkPrecondition(await getThread(ring, tx, companyId, threadId));
  const messages = await listGroup(tx, companyId, threadGroupId);
  const thread = messages.find((message) => message.id === threadId);
  if (!thread) throw notFound();

  const errors = {
    ...flagErrors(messages, wanted),
    ...(await customerErrors(tx, companyId, thread, wanted.customer_id)),
    ...(await assigneeErrors(tx, companyId, wanted.assignee_id)),
  };
  if (Object.keys(errors).length > 0) throw invalid(errors);
  const flags = changedFlags(messages, wanted);
  if (flags.length > 0) setFlags(tx, companyId, threadGroupId, wanted);
  const others = [
    ...(setStrategyTags(tx, companyId, thread, wanted.strategy_tags) ? ['strategy_tags'] : []),
    ...((await assignCustomer(tx, companyId, messages, thread, wanted.customer_id)) ? ['customer_id'] : []),
    ...(await setFollowUp(tx, companyId, threadGroupId, wanted)),
  ];
  if (others.length > 0) recordChange(tx, companyId);
  if (flags.length + others.length > 0) {
    recordAudit(tx, companyId, actor, {
      action: 'thread.updated',
      subjectId: threadId,
      details: { thread_group_id: threadGroupId, fields: [...flags, ...others] },
    });
  }
  return getThread(ring, tx, companyId, threadId);
}

/**
 * The reference errors of a change whose form is invalid, so that the response names all errors at once; skips
 * malformed ids.
 */
export async function findChangeErrors(
  connection: Connection,
  companyId: string,
  change: { [Field in keyof ThreadChange]?: unknown },
): Promise<FieldErrors> {
  const idIn = (value: unknown) => (typeof value === 'string' && UUID_PATTERN.test(value) ? value : undefined);
  return {
    ...(await customerErrors(connection, companyId, undefined, idIn(change.customer_id))),
    ...(await assigneeErrors(connection, companyId, idIn(change.assignee_id))),
  };
}

function listGroup(tx: Tx, companyId: string, threadGroupId: string): Promise<GroupMessage[]> {
  return tx.query<GroupMessage>({
    name: 'group_messages',
    text: `
      SELECT id, source,
             requires_response AS "requiresResponse",
             is_resolved AS "isResolved",
             customer_id AS "customerId",
             scheduled_action_id IS NOT NULL OR scheduled_touchpoint_id IS NOT NULL OR dispute IS NOT NULL
               OR EXISTS (SELECT FROM promises p WHERE p.company_id = $1 AND p.thread_id = t.id) AS "isBound",
             strategy_tags AS "strategyTags"
      FROM communication_threads t
      WHERE company_id = $1 AND thread_group_id = $2`,
    values: [companyId, threadGroupId],
  });
}

/** The new `requires_response` of a message; null: unchanged. A manual log never requires a response. */
const REQUIRES_RESPONSE = `CASE WHEN $4::boolean IS NOT NULL THEN $4::boolean AND t.source <> 'manual' END`;

function setFlags(tx: Tx, companyId: string, threadGroupId: string, flags: Flags): void {
  changeMessages(tx, 'set_thread_flags', {
    where: `t.thread_group_id = $2 AND (t.is_resolved <> $3::boolean OR t.requires_response <> ${REQUIRES_RESPONSE})`,
    set: `is_resolved = COALESCE($3, t.is_resolved), requires_response = COALESCE(${REQUIRES_RESPONSE}, t.requires_response),
          updated_at = $5`,
    values: [
      companyId,
      threadGroupId,
      flags.is_resolved ?? null,
      flags.requires_response ?? null,
      new Date().toISOString(),
    ],
  });
}

type Flags = Pick<ThreadChange, 'is_resolved' | 'requires_response'>;

/** A conversation of manual logs only can't require a response. */
function flagErrors(messages: GroupMessage[], { requires_response: requiresResponse }: Flags): FieldErrors {
  if (!requiresResponse || messages.some(({ source }) => source !== 'manual')) return {};
  return { requires_response: ['A manual log can’t require a response.'] };
}

function changedFlags(messages: GroupMessage[], flags: Flags): string[] {
  const { is_resolved: isResolved, requires_response: requiresResponse } = flags;
  const mailAndCalls = messages.filter(({ source }) => source !== 'manual');
  const changesResolved = isResolved !== undefined && messages.some((message) => message.isResolved !== isResolved);
  const changesResponse =
    requiresResponse !== undefined && mailAndCalls.some((message) => message.requiresResponse !== requiresResponse);
  return [...(changesResolved ? ['is_resolved'] : []), ...(changesResponse ? ['requires_response'] : [])];
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
