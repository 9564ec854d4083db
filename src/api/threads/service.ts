import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { notFound } from '../../domain/errors.ts';
import type { List } from '../../http/lists/pagination.ts';
import { listMessages } from './list/list-messages.ts';
import { type DetailRow, detailRow, PAGE_COLUMNS, type RowValues, toDetail, withNames } from './rows.ts';
import type { CommunicationThread, CommunicationThreadDetail, ThreadsQuery } from './schema.ts';

export async function listThreads(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  query: ThreadsQuery,
): Promise<List<CommunicationThread>> {
  return listMessages(ring, connection, companyId, query.view ?? 'thread', query);
}

/**
 * A message and all others of its conversation, oldest first.
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

/** All messages of the conversation that a message belongs to, oldest first; none when there is no such message. */
export async function listConversation(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  threadId: string,
): Promise<CommunicationThreadDetail[]> {
  const messages = await connection.query<DetailRow>({
    name: 'conversation',
    text: withNames(CONVERSATION, 'detail', 'ASC'),
    values: [companyId, threadId],
    read: ([message]: [RowValues]) => detailRow(message),
  });
  return messages.map((message) => toDetail(message, companyId, ring));
}

const CONVERSATION = `
      SELECT ${PAGE_COLUMNS.detail}
      FROM communication_threads t
      WHERE t.company_id = $1
        AND t.thread_group_id = (SELECT a.thread_group_id
                                 FROM communication_threads a
                                 WHERE a.company_id = $1 AND a.id = $2)`;
