import { type CountCell, type CountDelta, recordChange } from '../counts.ts';
import type { Tx } from '../db/client.ts';
import { lockThreadGroup, tryShareCompany } from '../db/locks.ts';
import type { StoredAddress, StoredCall } from '../db/schema.ts';
import { unavailable } from '../errors.ts';
import { type Searchable, searchVector } from '../search.ts';
import type { BodyType, CommunicationType, Direction, Source } from '../vocabulary.ts';

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

/** Sends the first message of a new conversation: nobody else knows the group yet, so no lock is taken. */
export function startThreadGroup(tx: Tx, companyId: string, message: NewMessage): void {
  tx.send(insertMessage(companyId, message, 'true', '1'));
  recordChange(tx, companyId, [{ cell: cellOf(message, true), messages: 1 }]);
}

type JoinRow = CountCellRow & { demoted_id: string | null; is_latest: boolean };
type CountCellRow = {
  communication_type: CommunicationType;
  source: Source;
  direction: Direction;
  requires_response: boolean;
  is_resolved: boolean;
  is_ar_related: boolean;
};

/**
 * Adds a message to a conversation that others may be writing to, whether it is newer than what is there or arrives
 * late. Waits for the group's lock; the caller has shared the company's.
 * @returns whether it is the latest message now
 */
export async function joinThreadGroup(tx: Tx, companyId: string, message: NewMessage): Promise<boolean> {
  tx.send(lockThreadGroup(companyId, message.threadGroupId));
  const [[demoted], [late]] = await Promise.all([
    tx.query<JoinRow>({
      name: 'demote_latest',
      text: `
        UPDATE communication_threads
        SET is_latest = false, message_count = NULL
        WHERE company_id = $1 AND thread_group_id = $2 AND is_latest AND ("timestamp", id) < ($3::timestamptz, $4::uuid)
        RETURNING communication_type, source, direction, requires_response, is_resolved, COALESCE(is_ar_related, false) AS is_ar_related`,
      values: [companyId, message.threadGroupId, message.timestamp, message.id],
    }),
    tx.query<{ id: string }>({
      name: 'count_late_arrival',
      text: `
        UPDATE communication_threads
        SET message_count = message_count + 1
        WHERE company_id = $1 AND thread_group_id = $2 AND is_latest
        RETURNING id`,
      values: [companyId, message.threadGroupId],
    }),
  ]);
  const isLatest = late === undefined;
  tx.send(insertMessage(companyId, message, String(isLatest), isLatest ? GROUP_SIZE_WITH_THIS : 'NULL'));
  recordChange(tx, companyId, joinDeltas(message, isLatest, demoted));
  return isLatest;
}

const GROUP_SIZE_WITH_THIS = `1 + (SELECT count(*) FROM communication_threads g WHERE g.company_id = $1 AND g.thread_group_id = $3)`;

function joinDeltas(message: NewMessage, isLatest: boolean, demoted: CountCellRow | undefined): CountDelta[] {
  const deltas: CountDelta[] = [{ cell: cellOf(message, isLatest), messages: 1 }];
  if (!demoted) return deltas;
  const cell: Omit<CountCell, 'isLatest'> = {
    communicationType: demoted.communication_type,
    source: demoted.source,
    direction: demoted.direction,
    requiresResponse: demoted.requires_response,
    isResolved: demoted.is_resolved,
    isArRelated: demoted.is_ar_related,
  };
  return [
    ...deltas,
    { cell: { ...cell, isLatest: true }, messages: -1 },
    { cell: { ...cell, isLatest: false }, messages: 1 },
  ];
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

function insertMessage(companyId: string, message: NewMessage, isLatest: string, messageCount: string) {
  const { provider = {} } = message;
  return {
    name: `insert_message_${isLatest}_${messageCount.length}`,
    text: `
      INSERT INTO communication_threads (
        company_id, id, thread_group_id, is_latest, message_count, "timestamp", created_at, updated_at,
        communication_type, source, direction, requires_response, is_resolved, is_ar_related, has_attachments,
        customer_id, contact_id, logged_by_id, scheduled_action_id, scheduled_touchpoint_id,
        subject, preview, body, body_type, notes, from_address, to_addresses, cc_addresses, call, strategy_tags, search_words,
        grant_id, provider_message_id, provider_thread_id, rfc_message_id, call_uuid, recordings, is_truncated, is_automatic)
      VALUES ($1, $2, $3, ${isLatest}, ${messageCount}, $4, $5, $5,
              $6, $7, $8, $9, $10, $11, $12,
              $13, $14, $15, $16, $17,
              $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28::tsvector,
              $29, $30, $31, $32, $33, $34, $35, $36)`,
    values: [
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
    ],
  };
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
