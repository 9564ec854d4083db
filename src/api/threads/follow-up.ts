import type { Connection } from '../../db/client.ts';
import type { Tx } from '../../db/transaction.ts';
import type { FieldErrors } from '../../domain/errors.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';
import type { ThreadChange } from './patch-schema.ts';

/** The follow-up time and the assignee of a conversation, which are stored on its latest message. */

type FollowUp = { follow_up_at: string | null; assignee_id: string | null };

/** The error of an assignee who isn't a member of the company. */
export async function assigneeErrors(
  connection: Connection,
  companyId: string,
  assigneeId: string | null | undefined,
): Promise<FieldErrors> {
  if (assigneeId === null || assigneeId === undefined) return {};
  const [member] = await connection.query({
    name: 'member',
    text: 'SELECT user_id FROM memberships WHERE company_id = $1 AND user_id = $2',
    values: [companyId, assigneeId],
  });
  return member ? {} : { assignee_id: ['No such member of this company.'] };
}

/**
 * Sets the follow-up time and the assignee on the latest message; all messages of the conversation show them, and show the
 * latest one's `updated_at`. Call it with the conversation locked.
 * @returns the fields that changed
 */
export async function setFollowUp(
  tx: Tx,
  companyId: string,
  threadGroupId: string,
  { follow_up_at: followUpAt, assignee_id: assigneeId }: Pick<ThreadChange, 'follow_up_at' | 'assignee_id'>,
): Promise<string[]> {
  if (followUpAt === undefined && assigneeId === undefined) return [];
  const [current] = await tx.query<FollowUp>({
    name: 'follow_up',
    text: `
      SELECT follow_up_at, assignee_id
      FROM communication_threads
      WHERE company_id = $1 AND thread_group_id = $2 AND is_latest`,
    values: [companyId, threadGroupId],
  });
  if (!current) return [];
  const wanted: FollowUp = {
    follow_up_at:
      followUpAt === undefined
        ? current.follow_up_at
        : followUpAt === null
          ? null
          : (parseTimestamp(followUpAt) ?? null),
    assignee_id: assigneeId === undefined ? current.assignee_id : assigneeId === null ? null : lowerCase(assigneeId),
  };
  const changed = (['follow_up_at', 'assignee_id'] as const).filter((field) => wanted[field] !== current[field]);
  if (changed.length > 0) {
    tx.send({
      name: 'set_follow_up',
      text: `
        UPDATE communication_threads
        SET follow_up_at = $3, assignee_id = $4, updated_at = $5
        WHERE company_id = $1 AND thread_group_id = $2 AND is_latest`,
      values: [companyId, threadGroupId, wanted.follow_up_at, wanted.assignee_id, new Date().toISOString()],
    });
  }
  return changed;
}
