import { daySql } from '../db/count-cell.ts';
import { lockThreadGroup } from '../db/locks.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../domain/ids.ts';
import type { Actor } from '../journal/audit.ts';
import { answersIn, IS_ANSWERED } from './answers.ts';
import { recountFormerCustomers } from './former-customers.ts';

/**
 * Rules of a conversation as a whole, applied after a provider's message was added. In whatever order messages arrive,
 * the rows end up the same. The caller holds the company's lock in shared mode, and the conversation's.
 */

/**
 * Merges conversations that a late message showed to be one. Waits for their locks in the order of their ids, so that
 * two merges can't deadlock.
 * @returns the id of the merged conversation: the smallest, which is the oldest
 */
export function mergeThreadGroups(tx: Tx, actor: Actor, companyId: string, threadGroupIds: readonly string[]): string {
  const [kept = '', ...others] = [...new Set(threadGroupIds)].toSorted();
  if (others.length === 0) return kept;
  for (const id of [kept, ...others]) tx.send(lockThreadGroup(companyId, id));
  recordMerge(tx, actor, companyId, [kept, ...others]);
  changeMessages(tx, 'merge_demote', {
    where: 't.thread_group_id = ANY($2::uuid[]) AND t.is_latest',
    set: 'is_latest = false, message_count = NULL',
    values: [companyId, [kept, ...others]],
  });
  // Notes show their conversation, so the write makes them appear in `updated_after` too.
  tx.send({
    name: 'merge_notes',
    text: `
      UPDATE thread_notes n
      SET thread_id = n.thread_id
      FROM communication_threads t
      WHERE n.company_id = $1 AND t.company_id = $1 AND t.id = n.thread_id AND t.thread_group_id = ANY($2::uuid[])`,
    values: [companyId, others],
  });
  tx.send({
    name: 'merge_move',
    text: `
      UPDATE communication_threads
      SET thread_group_id = $2, updated_at = now()
      WHERE company_id = $1 AND thread_group_id = ANY($3::uuid[])`,
    values: [companyId, kept, others],
  });
  markNewestAsLatest(tx, companyId, kept);
  moveToLatest(tx, companyId, kept);
  recountFormerCustomers(tx, companyId, [kept, ...others]);
  return kept;
}

/** Chooses the latest message again after a message's time has changed. The caller holds the conversation's lock. */
export function chooseLatestMessage(tx: Tx, companyId: string, threadGroupId: string): void {
  changeMessages(tx, 'demote_latest', {
    where: `t.thread_group_id = $2 AND t.is_latest AND t.id <> (${NEWEST})`,
    set: 'is_latest = false, message_count = NULL',
    values: [companyId, threadGroupId],
  });
  markNewestAsLatest(tx, companyId, threadGroupId);
  moveToLatest(tx, companyId, threadGroupId);
}

/** Requires that no other message of the conversation is marked as the latest. */
function markNewestAsLatest(tx: Tx, companyId: string, threadGroupId: string): void {
  changeMessages(tx, 'mark_newest_as_latest', {
    where: `t.id = (${NEWEST}) AND NOT t.is_latest`,
    set: `is_latest = true, updated_at = now(),
          message_count = (SELECT count(*) FROM communication_threads n WHERE n.company_id = $1 AND n.thread_group_id = $2)`,
    values: [companyId, threadGroupId],
  });
}

/**
 * Moves the conversation's assignee and follow-up from other messages to the latest one. The follow-up is dropped when
 * the latest message is inbound, because that ends the snooze. When several messages have one, the newest message's
 * stays.
 */
function moveToLatest(tx: Tx, companyId: string, threadGroupId: string): void {
  tx.send({
    name: 'move_to_latest',
    text: `
      WITH held AS MATERIALIZED (
        SELECT h.is_latest, h.direction, h.follow_up_at, h.assignee_id,
               row_number() OVER (ORDER BY h."timestamp" DESC, h.id DESC) AS nth
        FROM communication_threads h
        WHERE h.company_id = $1 AND h.thread_group_id = $2
          AND (h.is_latest OR h.follow_up_at IS NOT NULL OR h.assignee_id IS NOT NULL)
      )
      UPDATE communication_threads t
      SET follow_up_at = CASE WHEN t.is_latest
                              THEN (SELECT f.follow_up_at FROM held f
                                    WHERE f.follow_up_at IS NOT NULL AND (f.is_latest OR t.direction = 'outbound')
                                    ORDER BY f.nth LIMIT 1)
                         END,
          assignee_id = CASE WHEN t.is_latest
                             THEN (SELECT a.assignee_id FROM held a WHERE a.assignee_id IS NOT NULL ORDER BY a.nth LIMIT 1)
                        END,
          updated_at = now()
      WHERE t.company_id = $1 AND t.thread_group_id = $2 AND EXISTS (SELECT FROM held o WHERE NOT o.is_latest)`,
    values: [companyId, threadGroupId],
  });
}

const NEWEST = `SELECT n.id FROM communication_threads n
                    WHERE n.company_id = $1 AND n.thread_group_id = $2
                    ORDER BY n."timestamp" DESC, n.id DESC LIMIT 1`;

/**
 * One audit event for each of the conversations; its subject is the message that was the conversation's latest until
 * now.
 */
function recordMerge(tx: Tx, actor: Actor, companyId: string, threadGroupIds: readonly string[]): void {
  tx.send({
    name: 'record_merge',
    text: `
      INSERT INTO audit_events (company_id, id, actor_kind, request_id, action, subject_id, details)
      SELECT $1, e.id, $5, $6, 'thread.updated', t.id, $2
      FROM unnest($3::uuid[], $4::uuid[]) AS e(id, thread_group_id)
      JOIN communication_threads t ON t.company_id = $1 AND t.thread_group_id = e.thread_group_id AND t.is_latest`,
    values: [
      companyId,
      JSON.stringify({ thread_group_id: threadGroupIds[0], fields: ['thread_group_id'] }),
      threadGroupIds.map(() => newId()),
      threadGroupIds,
      actor.kind,
      actor.requestId,
    ],
  });
}

/**
 * What was added to a conversation: a message (`timestamp` in RFC 3339), or another conversation. When a message that
 * answers nothing requires no response, there is no need to look for answers to it.
 */
export type Joined = { id: string; isAnswer: boolean; timestamp: string; requiresResponse?: boolean } | 'conversation';

/**
 * Applies what one message implies for the others. A mail is linked to the invoices that earlier mails of the
 * conversation name, which makes it AR-related. Messages before an added outbound answer no longer require a response.
 */
export function applyConversationRules(tx: Tx, companyId: string, threadGroupId: string, joined: Joined): void {
  changeMessages(tx, 'inherit_invoices', {
    before: answersIn('$2') + INHERITED_LINKS,
    where: LINKED_MESSAGES,
    set: SET_AR_RELATED,
    values: [companyId, threadGroupId],
  });
  if (joined !== 'conversation' && !joined.isAnswer && joined.requiresResponse === false) return;
  // A message that a person marked again after an answer stays marked until the next answer.
  const [self, answeredUntil] =
    joined === 'conversation' ? [null, 'infinity'] : [joined.id, joined.isAnswer ? joined.timestamp : '-infinity'];
  changeMessages(tx, 'clear_requires_response', {
    before: answersIn('$2'),
    where: `t.thread_group_id = $2 AND t.requires_response AND (t.id = $3 OR t."timestamp" <= $4) AND ${IS_ANSWERED}`,
    set: 'requires_response = false, updated_at = now()',
    values: [companyId, threadGroupId, self, answeredUntil],
  });
}

/** SQL condition: the CTE `linked` has added a link to an invoice to the message `t`. */
export const LINKED_MESSAGES = 't.id IN (SELECT thread_id FROM linked)';

/** SQL assignments: a mail that is linked to an invoice is AR-related, unless a program sent it. Needs `answersIn`. */
export const SET_AR_RELATED = `
  is_ar_related = CASE WHEN t.is_automatic THEN t.is_ar_related ELSE true END,
  requires_response = CASE WHEN t.is_automatic OR t.is_ar_related THEN t.requires_response
                           ELSE t.direction = 'inbound' AND NOT ${IS_ANSWERED} END,
  updated_at = now()`;

/** CTE: links to an invoice every mail of its customer from the first one on that is linked to it. */
const INHERITED_LINKS = `
  linked AS (
    INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position)
    SELECT $1, m.id, f.invoice_id,
           LEAST(32767, COALESCE((SELECT max(p.position) + 1 FROM communication_thread_invoices p
                                  WHERE p.company_id = $1 AND p.thread_id = m.id), 0)
                        + row_number() OVER (PARTITION BY m.id ORDER BY f.first_at, f.position, f.invoice_id) - 1)
    FROM (SELECT l.invoice_id, min(e."timestamp") AS first_at, min(l.position) AS position
          FROM communication_threads e
          JOIN communication_thread_invoices l ON l.company_id = $1 AND l.thread_id = e.id
          WHERE e.company_id = $1 AND e.thread_group_id = $2
          GROUP BY l.invoice_id) f
    JOIN invoices i ON i.company_id = $1 AND i.id = f.invoice_id
    JOIN communication_threads m
      ON m.company_id = $1 AND m.thread_group_id = $2 AND m.source = 'nylas'
         AND m.customer_id = i.customer_id AND m."timestamp" >= f.first_at
    WHERE NOT EXISTS (SELECT 1 FROM communication_thread_invoices x
                      WHERE x.company_id = $1 AND x.thread_id = m.id AND x.invoice_id = f.invoice_id)
    RETURNING thread_id
  ),`;

export type MessageChange = {
  /** CTEs that `where` refers to, each followed by a comma. */
  before?: string;
  /** SQL condition on the messages `t`; `$1` is the company. */
  where: string;
  /** SQL assignments. */
  set: string;
  values: unknown[];
};

/**
 * Updates stored messages and, in the same statement, the counters, from the rows as they are when locked. If a row
 * matches, the version of the company's lists is raised.
 * @param name of the prepared statement; a name must always be used with the same SQL text
 */
export function changeMessages(tx: Tx, name: string, { before = '', where, set, values }: MessageChange): void {
  tx.send({
    name,
    text: `
      WITH ${before}
      chosen AS MATERIALIZED (
        SELECT t.id, t.cell, t."timestamp" FROM communication_threads t WHERE t.company_id = $1 AND ${where} FOR UPDATE
      ),
      changed AS (
        UPDATE communication_threads t SET ${set}
        FROM chosen c
        WHERE t.company_id = $1 AND t.id = c.id
        RETURNING t.cell, t."timestamp"
      )
      INSERT INTO thread_count_deltas (company_id, cell, day, messages)
      SELECT $1, d.cell, d.day, sum(d.messages)
      FROM (SELECT cell, ${daySql('"timestamp"')} AS day, -1 AS messages FROM chosen
            UNION ALL
            SELECT cell, ${daySql('"timestamp"')}, 1 FROM changed) d
      GROUP BY d.cell, d.day`,
    values,
  });
}
