import { decryptField } from '../crypto/field-encryption.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { notesRef } from '../crypto/refs.ts';
import { cellOf } from '../db/cells.ts';
import type { StoredAddress, StoredCall } from '../db/schema.ts';
import type { BodyType } from '../vocabulary.ts';
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
 * Puts the names and links round a page of messages, as values for `toSummaryRow` or `toDetailRow`. One look-up by key
 * for each row: `OFFSET 0` keeps PostgreSQL from reading all customers of a company, which it takes for one like most.
 * @param page SQL of the messages, with `PAGE_COLUMNS`; `$1` is the company
 * @param order `DESC`: newest first
 */
export function withNames(page: string, form: 'summary' | 'detail', order: 'ASC' | 'DESC'): string {
  return `
    SELECT p.id, p.thread_group_id, p.customer_id,
           (SELECT c.name FROM customers c WHERE c.company_id = $1 AND c.id = p.customer_id) AS customer_name,
           p.contact_id,
           (SELECT k.name FROM contacts k WHERE k.company_id = $1 AND k.id = p.contact_id) AS contact_name,
           p.logged_by_id, u.name AS logged_by_name,
           p.scheduled_action_id, a.status AS action_status, a.executed_at AS action_executed_at,
           p.scheduled_touchpoint_id, s.status AS touchpoint_status, s.completed_at AS touchpoint_completed_at,
           p.cell, p.is_ar_related, p.has_attachments,
           CASE WHEN p.is_latest THEN p.message_count
                ELSE (SELECT l.message_count
                      FROM communication_threads l
                      WHERE l.company_id = $1 AND l.thread_group_id = p.thread_group_id AND l.is_latest)
           END AS group_message_count,
           p.subject, p.preview, p.notes, p.from_address, p.to_addresses, p.cc_addresses, p.call, p.strategy_tags,
           (SELECT json_agg(i.invoice_id ORDER BY i.position)
            FROM communication_thread_invoices i
            WHERE i.company_id = $1 AND i.thread_id = p.id) AS invoice_ids,
           p."timestamp", p.created_at, p.updated_at
           ${form === 'detail' ? DETAIL_COLUMNS : ''}
    FROM (${page}) p
    LEFT JOIN LATERAL (SELECT COALESCE(NULLIF(u.name, ''), u.username) AS name
                       FROM users u
                       WHERE u.id = p.logged_by_id
                       OFFSET 0) u ON true
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
            WHERE f.company_id = $1 AND f.thread_id = p.id) AS attachments`;

/** The columns of `withNames`, in their order. */
type SummaryValues = [
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
  notes: Buffer | null,
  from: StoredAddress | null,
  to: StoredAddress[],
  cc: StoredAddress[],
  call: StoredCall | null,
  strategyTags: string[],
  invoiceIds: string[] | null,
  timestamp: string,
  createdAt: string,
  updatedAt: string,
];

/** What follows them in a detail. */
type DetailValues = [
  body: string | null,
  bodyType: BodyType | null,
  attachments: CommunicationThreadDetail['attachments'] | null,
];

type Encrypted<Thread> = Omit<Thread, 'company_id' | 'notes'> & { notes: Buffer | null };

/** A message as it was read: its notes are still encrypted. */
export type SummaryRow = Encrypted<CommunicationThread>;
export type DetailRow = Encrypted<CommunicationThreadDetail>;

export function toSummaryRow([
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
]: SummaryValues): SummaryRow {
  const { communicationType, source, direction, requiresResponse, isResolved } = cellOf(cell);
  return {
    id,
    thread_group_id: threadGroupId,
    customer_id: customerId,
    customer_name: customerName,
    contact_id: contactId,
    contact_name: contactName,
    communication_type: communicationType,
    source,
    direction,
    subject,
    preview,
    notes,
    from,
    to,
    cc,
    call,
    requires_response: requiresResponse,
    is_resolved: isResolved,
    is_ar_related: isArRelated,
    strategy_tags: strategyTags,
    invoice_ids: invoiceIds ?? [],
    scheduled_action:
      actionId === null ? null : { id: actionId, status: actionStatus ?? '', executed_at: actionExecutedAt },
    scheduled_touchpoint:
      touchpointId === null
        ? null
        : {
            id: touchpointId,
            status: touchpointStatus ?? '',
            completed_at: touchpointCompletedAt,
          },
    message_count: messageCount,
    has_attachments: hasAttachments,
    logged_by: loggedById === null ? null : { id: loggedById, name: loggedByName ?? '' },
    timestamp,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

export function toDetailRow(values: [...SummaryValues, ...DetailValues]): DetailRow {
  const [body, bodyType, attachments] = values.slice(-3) as DetailValues;
  return {
    ...toSummaryRow(values as unknown as SummaryValues),
    body,
    body_type: bodyType,
    attachments: attachments ?? [],
  };
}

/** @throws DecryptionError when the notes can't be opened */
export function withOpenNotes<Row extends SummaryRow | DetailRow>(row: Row, companyId: string, ring: KeyRing) {
  const notes = row.notes && decryptField(ring, notesRef(companyId, row.id), row.notes);
  return { ...row, company_id: companyId, notes };
}
