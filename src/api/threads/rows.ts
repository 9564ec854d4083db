import { decryptField } from '../../crypto/field-encryption.ts';
import { notesRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { cellOf } from '../../db/count-cell.ts';
import { toIsoTimestamp } from '../../db/schema/columns.ts';
import type { StoredAddress, StoredCall } from '../../db/schema.ts';
import type { BodyType } from '../../domain/vocabulary.ts';
import type { Position } from '../../http/lists/pagination.ts';
import type { CommunicationThread, CommunicationThreadDetail } from './schema.ts';

/** From rows of `communication_threads` to the CommunicationThread of the contract. */

/** What a list needs of a message: never `body`. `t` is the table; the cell holds all that has few values. */
const SUMMARY_COLUMNS = `
  t.id, t.thread_group_id, t.customer_id, t.contact_id, t.logged_by_id, t.scheduled_action_id, t.scheduled_touchpoint_id,
  t.cell, t.is_ar_related, t.has_attachments, t.subject, t.preview, t.notes, t.from_address, t.to_addresses,
  t.cc_addresses, t.call, t.strategy_tags, t.is_latest, t.message_count, t."timestamp", t.created_at, t.updated_at`;

/** Columns of a page of messages for `withNames`. */
export const PAGE_COLUMNS = { summary: SUMMARY_COLUMNS, detail: `${SUMMARY_COLUMNS}, t.body, t.body_type` };

/**
 * Puts the names and links round a page of messages, each as one JSON array for `toThread` or `toDetail`: thirty columns
 * read one by one cost this process more than everything else about a page. A look-up by key for each row, and none
 * where there is nothing to look up: `OFFSET 0` keeps PostgreSQL from reading all customers of a company, which it takes
 * for one like most.
 * @param page SQL of the messages, with `PAGE_COLUMNS`; `$1` is the company
 * @param order `DESC`: newest first
 */
export function withNames(page: string, form: 'summary' | 'detail', order: 'ASC' | 'DESC'): string {
  return `
    SELECT json_build_array(
             p.id, p.thread_group_id, p.customer_id,
             (SELECT c.name FROM customers c WHERE c.company_id = $1 AND c.id = p.customer_id),
             p.contact_id,
             (SELECT k.name FROM contacts k WHERE k.company_id = $1 AND k.id = p.contact_id),
             p.logged_by_id,
             CASE WHEN p.logged_by_id IS NOT NULL
                  THEN (SELECT COALESCE(NULLIF(u.name, ''), u.username) FROM users u WHERE u.id = p.logged_by_id)
             END,
             p.scheduled_action_id, a.status, a.executed_at,
             p.scheduled_touchpoint_id, s.status, s.completed_at,
             p.cell, p.is_ar_related, p.has_attachments,
             CASE WHEN p.is_latest THEN p.message_count
                  ELSE (SELECT l.message_count
                        FROM communication_threads l
                        WHERE l.company_id = $1 AND l.thread_group_id = p.thread_group_id AND l.is_latest)
             END,
             p.subject, p.preview, p.notes, p.from_address, p.to_addresses, p.cc_addresses, p.call, p.strategy_tags,
             ARRAY(SELECT i.invoice_id
                   FROM communication_thread_invoices i
                   WHERE i.company_id = $1 AND i.thread_id = p.id
                   ORDER BY i.position),
             p."timestamp", p.created_at, p.updated_at${form === 'detail' ? DETAIL_COLUMNS : ''}
           ) AS message
    FROM (${page}) p
    LEFT JOIN LATERAL (SELECT a.status, a.executed_at
                       FROM scheduled_actions a
                       WHERE a.company_id = $1 AND a.id = p.scheduled_action_id
                       OFFSET 0) a ON true
    LEFT JOIN LATERAL (SELECT s.status, s.completed_at
                       FROM scheduled_touchpoints s
                       WHERE s.company_id = $1 AND s.id = p.scheduled_touchpoint_id
                       OFFSET 0) s ON true
    ORDER BY p."timestamp" ${order}, p.id ${order}`;
}

const DETAIL_COLUMNS = `,
             p.body, p.body_type,
             (SELECT json_agg(json_build_object('id', f.id, 'filename', f.filename, 'content_type', f.content_type,
                                                'size_bytes', f.size_bytes, 'is_inline', f.is_inline) ORDER BY f.position)
              FROM attachments f
              WHERE f.company_id = $1 AND f.thread_id = p.id)`;

/** A message as `withNames` gives it, in its order. Timestamps and `bytea` are as PostgreSQL writes them into JSON. */
export type SummaryValues = [
  id: string,
  threadGroupId: string,
  customerId: string | null,
  customerName: string | null,
  contactId: string | null,
  contactName: string | null,
  loggedById: string | null,
  loggedByName: string | null,
  scheduledActionId: string | null,
  actionStatus: string | null,
  actionExecutedAt: string | null,
  scheduledTouchpointId: string | null,
  touchpointStatus: string | null,
  touchpointCompletedAt: string | null,
  cell: number,
  isArRelated: boolean | null,
  hasAttachments: boolean,
  groupMessageCount: number,
  subject: string,
  preview: string | null,
  notes: string | null,
  from: StoredAddress | null,
  to: StoredAddress[],
  cc: StoredAddress[],
  call: StoredCall | null,
  strategyTags: string[],
  invoiceIds: string[],
  timestamp: string,
  createdAt: string,
  updatedAt: string,
];

type MoreOfDetail = [
  body: string | null,
  bodyType: BodyType | null,
  attachments: CommunicationThreadDetail['attachments'] | null,
];
export type DetailValues = [...SummaryValues, ...MoreOfDetail];

/** Where in a list it stands. */
export function placeOf(message: SummaryValues): Position {
  const [id] = message;
  return { time: message[SUMMARY_LENGTH - 3] as string, id };
}

const SUMMARY_LENGTH = 30;

/**
 * The message of the contract, its notes opened. One object literal: this is done for each row of each list.
 * @throws DecryptionError when the notes can't be opened
 */
export function toThread(message: SummaryValues, companyId: string, ring: KeyRing): CommunicationThread {
  const [
    id,
    threadGroupId,
    customerId,
    customerName,
    contactId,
    contactName,
    loggedById,
    loggedByName,
    actionId,
    actionStatus,
    actionExecutedAt,
    touchpointId,
    touchpointStatus,
    touchpointCompletedAt,
    cell,
    isArRelated,
    hasAttachments,
    messageCount,
    subject,
    preview,
    notes,
    from,
    to,
    cc,
    call,
    strategyTags,
    invoiceIds,
    timestamp,
    createdAt,
    updatedAt,
  ] = message;
  const { communicationType, source, direction, requiresResponse, isResolved } = cellOf(cell);
  return {
    id,
    thread_group_id: threadGroupId,
    company_id: companyId,
    customer_id: customerId,
    customer_name: customerName,
    contact_id: contactId,
    contact_name: contactName,
    communication_type: communicationType,
    source,
    direction,
    subject,
    preview,
    notes: notes === null ? null : decryptField(ring, notesRef(companyId, id), fromJsonBytea(notes)),
    from,
    to,
    cc,
    call,
    requires_response: requiresResponse,
    is_resolved: isResolved,
    is_ar_related: isArRelated,
    strategy_tags: strategyTags,
    invoice_ids: invoiceIds,
    scheduled_action:
      actionId === null
        ? null
        : {
            id: actionId,
            status: actionStatus ?? '',
            executed_at: actionExecutedAt && toIsoTimestamp(actionExecutedAt),
          },
    scheduled_touchpoint:
      touchpointId === null
        ? null
        : {
            id: touchpointId,
            status: touchpointStatus ?? '',
            completed_at: touchpointCompletedAt && toIsoTimestamp(touchpointCompletedAt),
          },
    message_count: messageCount,
    has_attachments: hasAttachments,
    logged_by: loggedById === null ? null : { id: loggedById, name: loggedByName ?? '' },
    timestamp: toIsoTimestamp(timestamp),
    created_at: toIsoTimestamp(createdAt),
    updated_at: toIsoTimestamp(updatedAt),
  };
}

/** @throws DecryptionError when the notes can't be opened */
export function toDetail(message: DetailValues, companyId: string, ring: KeyRing): CommunicationThreadDetail {
  const [body, bodyType, attachments] = message.slice(SUMMARY_LENGTH) as MoreOfDetail;
  const thread = toThread(message as unknown as SummaryValues, companyId, ring);
  return Object.assign(thread, { body, body_type: bodyType, attachments: attachments ?? [] });
}

/** `\x` and hexadecimal digits. */
function fromJsonBytea(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex');
}
