import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { notFound } from '../../domain/errors.ts';
import type { List } from '../../http/lists/pagination.ts';
import { type Counting, listMessages } from '../threads/list/list-messages.ts';
import { BODY_BYTES_OF_RESPONSE } from '../threads/rows.ts';
import type { CommunicationThread, CommunicationThreadDetail } from '../threads/schema.ts';
import { listConversation } from '../threads/service.ts';
import type { EmailsQuery, EmailThread } from './schema.ts';

/** A page of conversations whose latest message is an email, without manual logs. */
export async function listEmails(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  query: EmailsQuery,
  counting?: Counting,
): Promise<List<CommunicationThread>> {
  return listMessages(ring, connection, companyId, 'emails', query, counting);
}

/** @throws notFound also when the message isn't an email or is a manual log */
export async function getEmailThread(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  threadId: string,
): Promise<EmailThread> {
  const messages = await listConversation(ring, connection, companyId, threadId, 2);
  const email = messages.find((message) => message.id === threadId);
  if (email?.communication_type !== 'email' || email.source === 'manual') throw notFound();
  return { ...email, messages: messages.map((message) => (message === email ? withoutLongBody(email) : message)) };
}

/**
 * Truncates a long body in `messages`, because the response has it at the top level already and twice would be too
 * large.
 */
function withoutLongBody(email: CommunicationThreadDetail): CommunicationThreadDetail {
  const isLong = 2 * Buffer.byteLength(email.body ?? '') > BODY_BYTES_OF_RESPONSE;
  return isLong ? { ...email, body: null, body_truncated: true } : email;
}
