import { asOneStatement } from '../db/combined-statement.ts';
import { type CountCell, cellNumber, daySql, LATEST } from '../db/count-cell.ts';
import { lockThreadGroup, tryShareCompany } from '../db/locks.ts';
import type { StoredAddress, StoredCall } from '../db/schema.ts';
import { together } from '../db/settle-all.ts';
import type { Statement } from '../db/statement.ts';
import type { Tx } from '../db/transaction.ts';
import { notFound, unavailable } from '../domain/errors.ts';
import type { BodyType, CommunicationType, Direction, Source } from '../domain/vocabulary.ts';
import { joinFormerCustomers } from './former-customers.ts';
import { type Searchable, searchVector } from './search-words.ts';

/** Writing messages into conversations, so that each has exactly one latest message and the counts follow. */

/** A message as it is stored. Times are RFC 3339 UTC with milliseconds. */
export type NewMessage = {
  id: string;
  threadGroupId: string;
  timestamp: string;
  createdAt: string;
  communicationType: CommunicationType;
  source: Source;
  direction: Direction;
  requiresResponse: boolean;
  isResolved: boolean;
  isArRelated: boolean | null;
  /** Sent by a program. Default: false. */
  isAutomatic?: boolean;
  hasAttachments: boolean;
  customerId: string | null;
  contactId: string | null;
  loggedById: string | null;
  scheduledActionId: string | null;
  scheduledTouchpointId: string | null;
  subject: string;
  preview: string | null;
  body: string | null;
  bodyType: BodyType | null;
  /** Ciphertext. */
  notes: Buffer | null;
  from: StoredAddress | null;
  to: StoredAddress[];
  cc: StoredAddress[];
  call: StoredCall | null;
  strategyTags: string[];
  /** For the search words; the name itself is not stored with the message. */
  customerName: string | null;
  provider?: {
    grantId?: string;
    messageId?: string;
    threadId?: string;
    rfcMessageId?: string;
    callUuid?: string;
    recordings?: unknown[];
    isTruncated?: boolean;
  };
};

/** @throws unavailable while the company is being imported */
export async function shareCompany(tx: Tx, companyId: string): Promise<void> {
  const [lock] = await tx.query<{ locked: boolean }>(tryShareCompany(companyId));
  if (!lock?.locked) throw unavailable(undefined, 'The company is being imported. Try again shortly.');
}

/**
 * Takes the company's lock shared and that of a message's conversation. @returns the conversation's id
 * @throws notFound, unavailable while the company is being imported
 */
export async function lockConversation(tx: Tx, companyId: string, threadId: string): Promise<string> {
  const [, [found]] = await together(
    shareCompany(tx, companyId),
    tx.query<GroupRow>(groupOfThread(companyId, threadId)),
  );
  let threadGroupId = found?.thread_group_id;
  // A late mail may show two conversations to be one; then its lock is the one to hold.
  for (let locked: string | undefined; threadGroupId !== undefined && threadGroupId !== locked; ) {
    locked = threadGroupId;
    tx.send(lockThreadGroup(companyId, locked));
    threadGroupId = (await tx.query<GroupRow>(groupOfThread(companyId, threadId)))[0]?.thread_group_id;
  }
  if (threadGroupId === undefined) throw notFound();
  return threadGroupId;
}

type GroupRow = { thread_group_id: string };

function groupOfThread(companyId: string, threadId: string): Statement {
  return {
    name: 'group_of_thread',
    text: 'SELECT thread_group_id FROM communication_threads WHERE company_id = $1 AND id = $2',
    values: [companyId, threadId],
  };
}

/**
 * Sends the first message of a new conversation: nobody else knows the group yet, so no lock is taken.
 * @param others writes that belong to it, sent in the same statement
 */
export function startThreadGroup(tx: Tx, companyId: string, message: NewMessage, ...others: Statement[]): void {
  const columns = columnsOf(companyId, message);
  const first = { name: 'first_message', text: insertMessage('true', '1', 'VALUES'), values: columns };
  const counted = {
    name: 'count',
    text: `INSERT INTO thread_count_deltas (company_id, cell, day, messages)
           VALUES ($1, $2, ${daySql('$3::timestamptz')}, 1)`,
    values: [companyId, cellNumber(cellOf(message, true)), message.timestamp],
  };
  tx.send(asOneStatement(first, counted, ...others));
}

/**
 * Sends a message that joins a conversation which others may be writing to, whether it is newer than what is there or
 * arrives late. Waits for the group's lock; the caller has shared the company's.
 */
export function joinThreadGroup(tx: Tx, companyId: string, message: NewMessage): void {
  const columns = columnsOf(companyId, message);
  const cell = `$${columns.length + 1}::int`;
  tx.send(lockThreadGroup(companyId, message.threadGroupId));
  tx.send({
    name: 'join_thread_group',
    // What `moved` did must be read before the insert, or PostgreSQL inserts first and two messages are the latest.
    text: `
      WITH latest AS MATERIALIZED (
        SELECT g.id, g.message_count, g.cell, ${daySql('g."timestamp"')} AS day, g.customer_id,
               (g."timestamp", g.id) < ($4::timestamptz, $2::uuid) AS is_older
        FROM communication_threads g
        WHERE g.company_id = $1 AND g.thread_group_id = $3 AND g.is_latest
      ), place AS (
        SELECT COALESCE(l.is_older, true) AS is_latest, COALESCE(l.message_count, 0) + 1 AS messages, l.cell, l.day
        FROM (SELECT) message
        LEFT JOIN latest l ON true
      ), moved AS (
        UPDATE communication_threads m
        SET is_latest = NOT l.is_older, message_count = CASE WHEN NOT l.is_older THEN l.message_count + 1 END
        FROM latest l
        WHERE m.company_id = $1 AND m.id = l.id
        RETURNING m.id
      ),${joinFormerCustomers('$3', '$13::uuid')}
      joined AS (
        ${insertMessage('p.is_latest', 'CASE WHEN p.is_latest THEN p.messages END', 'SELECT')}
        FROM place p
        WHERE (SELECT count(*) FROM moved) IS NOT NULL
      )
      INSERT INTO thread_count_deltas (company_id, cell, day, messages)
      SELECT $1, d.cell, d.day, d.messages
      FROM place p
      CROSS JOIN LATERAL (
        VALUES (${cell} + p.is_latest::int * ${LATEST}, ${daySql('$4::timestamptz')}, 1, true),
               (p.cell::int, p.day, -1, p.is_latest AND p.cell IS NOT NULL),
               (p.cell - ${LATEST}, p.day, 1, p.is_latest AND p.cell IS NOT NULL)
      ) AS d(cell, day, messages, has_changed)
      WHERE d.has_changed`,
    values: [...columns, cellNumber(cellOf(message, false))],
  });
}

function cellOf(message: NewMessage, isLatest: boolean): CountCell {
  const { communicationType, source, direction, requiresResponse, isResolved } = message;
  return {
    isLatest,
    communicationType,
    source,
    direction,
    requiresResponse,
    isResolved,
    isArRelated: message.isArRelated ?? false,
  };
}

/** The message of `columnsOf` as an INSERT; after `SELECT`, where the latest is told from, is still to follow. */
function insertMessage(isLatest: string, messageCount: string, from: 'VALUES' | 'SELECT'): string {
  const values = `$1, $2, $3, ${isLatest}, ${messageCount}, $4, $5, $5,
                $6, $7, $8, $9, $10, $11, $12,
                $13, $14, $15, $16, $17,
                $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28::tsvector,
                $29, $30, $31, $32, $33, $34, $35, $36`;
  return `
        INSERT INTO communication_threads (
          company_id, id, thread_group_id, is_latest, message_count, "timestamp", created_at, updated_at,
          communication_type, source, direction, requires_response, is_resolved, is_ar_related, has_attachments,
          customer_id, contact_id, logged_by_id, scheduled_action_id, scheduled_touchpoint_id,
          subject, preview, body, body_type, notes, from_address, to_addresses, cc_addresses, call, strategy_tags, search_words,
          grant_id, provider_message_id, provider_thread_id, rfc_message_id, call_uuid, recordings, is_truncated, is_automatic)
        ${from === 'VALUES' ? `VALUES (${values})` : `SELECT ${values}`}`;
}

/** `$1` to `$36` of `insertMessage`. */
function columnsOf(companyId: string, message: NewMessage): unknown[] {
  const { provider = {} } = message;
  return [
    companyId,
    message.id,
    message.threadGroupId,
    message.timestamp,
    message.createdAt,
    message.communicationType,
    message.source,
    message.direction,
    message.requiresResponse,
    message.isResolved,
    message.isArRelated,
    message.hasAttachments,
    message.customerId,
    message.contactId,
    message.loggedById,
    message.scheduledActionId,
    message.scheduledTouchpointId,
    message.subject,
    message.preview,
    message.body,
    message.bodyType,
    message.notes,
    message.from && JSON.stringify(message.from),
    JSON.stringify(message.to),
    JSON.stringify(message.cc),
    message.call && JSON.stringify(message.call),
    message.strategyTags,
    searchVector(message satisfies Searchable),
    provider.grantId ?? null,
    provider.messageId ?? null,
    provider.threadId ?? null,
    provider.rfcMessageId ?? null,
    provider.callUuid ?? null,
    provider.recordings ? JSON.stringify(provider.recordings) : null,
    provider.isTruncated ?? false,
    message.isAutomatic ?? false,
  ];
}

/** Links invoices to a message, in the order given. */
export function linkInvoices(tx: Tx, companyId: string, threadId: string, invoiceIds: string[]): void {
  if (invoiceIds.length === 0) return;
  tx.send({
    name: 'link_invoices',
    text: `
      INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position)
      SELECT $1, $2, i.id, i.nth - 1
      FROM unnest($3::uuid[]) WITH ORDINALITY AS i(id, nth)`,
    values: [companyId, threadId, invoiceIds],
  });
}
