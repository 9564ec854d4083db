import type { Bind } from './conditions.ts';
import type { ListView, ThreadFilter } from './filters.ts';

/**
 * Filters by the assignee and the follow-up time, which are stored on a conversation's latest message and apply to all
 * its messages.
 */

/** A condition on a conversation's latest message; the parameter is its table alias. */
export type OnLatest = (row: string) => string;

type FollowUpFilter = Pick<ThreadFilter, 'assignee_id' | 'follow_up_before' | 'is_snoozed'>;

const isSnoozed: OnLatest = (row) => `${row}.follow_up_at > now()`;
const isAssigned: OnLatest = (row) => `${row}.assignee_id IS NOT NULL`;

/** The conditions of filters that match few conversations. */
export function wantedOfLatest(filter: FollowUpFilter, bind: Bind): OnLatest[] {
  const { assignee_id: assignee = UNASSIGNED, follow_up_before: dueBy, is_snoozed: snoozed } = filter;
  const user = assignee === UNASSIGNED ? undefined : bind(assignee);
  const time = dueBy === undefined ? undefined : bind(dueBy);
  return [
    ...(user ? [(row: string) => `${row}.assignee_id = ${user}`] : []),
    ...(time ? [(row: string) => `${row}.follow_up_at <= ${time}::timestamptz`] : []),
    ...(snoozed ? [isSnoozed] : []),
  ];
}

/** The conditions of filters that exclude few conversations; each matches the excluded ones. */
export function excludedOfLatest(filter: FollowUpFilter): OnLatest[] {
  return [
    ...(filter.is_snoozed === false ? [isSnoozed] : []),
    ...(filter.assignee_id === UNASSIGNED ? [isAssigned] : []),
  ];
}

const UNASSIGNED = 'none';

/**
 * The condition for a message `t`. A subquery for each message, because PostgreSQL has no statistics of one company and
 * would choose an expensive join.
 */
export function ofConversation(view: ListView, condition: OnLatest): string {
  if (view !== 'message') return condition('t');
  return `(SELECT ${condition('l')} FROM communication_threads l
           WHERE l.company_id = $1 AND l.thread_group_id = t.thread_group_id AND l.is_latest)`;
}

export function not(condition: string): string {
  return `(${condition}) IS NOT TRUE`;
}

/** The number of messages of the matching conversations, which are few. One row `{ count }`. */
export function countOfConversations(conditions: OnLatest[]): string {
  const wanted = conditions.map((condition) => condition('l')).join(' AND ');
  return `
      SELECT COALESCE(sum(l.message_count), 0)::bigint AS count
      FROM communication_threads l
      WHERE l.company_id = $1 AND l.is_latest AND ${wanted}`;
}

/** The FROM clause of the messages `t` of the matching conversations, which are few. */
export function messagesOfConversations(conditions: OnLatest[]): string {
  const wanted = conditions.map((condition) => condition('l')).join(' AND ');
  return `(SELECT l.thread_group_id FROM communication_threads l WHERE l.company_id = $1 AND ${wanted} OFFSET 0) o
      CROSS JOIN LATERAL (SELECT m.*
                          FROM communication_threads m
                          WHERE m.company_id = $1 AND m.thread_group_id = o.thread_group_id
                          OFFSET 0) t`;
}
