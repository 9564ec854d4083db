import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { notFound } from '../../domain/errors.ts';
import type { List } from '../../http/lists/pagination.ts';
import { type Counting, listMessages } from './list/list-messages.ts';
import type { ThreadsQuery } from './query-schema.ts';
import { BODY_BYTES_OF_RESPONSE, type DetailRow, detailRow, PAGE_COLUMNS, type RowValues, withNames } from './rows.ts';
import type { CommunicationThread, CommunicationThreadDetail } from './schema.ts';
import { toDetail } from './to-thread.ts';

export async function listThreads(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  query: ThreadsQuery,
  counting?: Counting,
): Promise<List<CommunicationThread>> {
  return listMessages(ring, connection, companyId, query.view ?? 'thread', query, counting);
}

/**
 * A message with all other messages of its conversation, oldest first.
 * @throws notFound
 */
export async function getThread(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  threadId: string,
): Promise<CommunicationThreadDetail & { messages: CommunicationThreadDetail[] }> {
  const conversation = await listConversation(ring, connection, companyId, threadId);
  const thread = conversation.find((message) => message.id === threadId);
  if (!thread) throw notFound();
  return { ...thread, messages: conversation.filter((message) => message !== thread) };
}

/**
 * All messages of a message's conversation, oldest first; empty when there is no such message. Bodies are included up to
 * `BODY_BYTES_OF_RESPONSE` in all: the message's own first, then those of the newest messages.
 * @param timesSent how often the response contains the message itself; its body counts that often if it fits
 */
export async function listConversation(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  threadId: string,
  timesSent: 1 | 2 = 1,
): Promise<CommunicationThreadDetail[]> {
  const messages = await connection.query<DetailRow>({
    name: `conversation_${timesSent}`,
    text: CONVERSATION[timesSent],
    values: [companyId, threadId],
    read: ([message]: [RowValues]) => detailRow(message),
  });
  return messages.map((message) => toDetail(message, companyId, ring));
}

const CONVERSATION = { 1: conversationSql(1), 2: conversationSql(2) };

/** Sums `octet_length`, which doesn't read a body that is stored out of line. */
function conversationSql(timesSent: 1 | 2): string {
  const most = BODY_BYTES_OF_RESPONSE / timesSent;
  const page = `
      SELECT ${PAGE_COLUMNS.detail}
      FROM (SELECT m.*,
                   sum(octet_length(m.body)::bigint
                       * CASE WHEN m.id = $2 AND octet_length(m.body) <= ${most} THEN ${timesSent} ELSE 1 END)
                     OVER (ORDER BY m.id = $2 DESC, m."timestamp" DESC, m.id DESC
                           ROWS UNBOUNDED PRECEDING) AS bytes_so_far
            FROM communication_threads m
            WHERE m.company_id = $1
              AND m.thread_group_id = (SELECT a.thread_group_id
                                       FROM communication_threads a
                                       WHERE a.company_id = $1 AND a.id = $2)) t`;
  return withNames(page, 'detail', 'ASC');
}
