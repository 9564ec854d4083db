import { decryptField } from '../crypto/field-encryption.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { notesRef } from '../crypto/refs.ts';
import type { StoredAddress, StoredCall } from '../db/schema.ts';
import type { BodyType, CommunicationType, Direction, Source } from '../vocabulary.ts';
import type { CommunicationThread, CommunicationThreadDetail } from './schema.ts';

/** From rows of `communication_threads` to the CommunicationThread of the contract. */

/** What a list needs of a message: never `body`. `t` is the table. */
const SUMMARY_COLUMNS = `
  t.id, t.thread_group_id, t.customer_id, t.contact_id, t.logged_by_id, t.scheduled_action_id, t.scheduled_touchpoint_id,
  t.communication_type, t.source, t.direction, t.subject, t.preview, t.notes, t.from_address, t.to_addresses,
  t.cc_addresses, t.call, t.requires_response, t.is_resolved, t.is_ar_related, t.strategy_tags, t.is_latest,
  t.message_count, t.has_attachments, t."timestamp", t.created_at, t.updated_at`;

/** Columns of a page of messages for `withNames`. */
export const PAGE_COLUMNS = { summary: SUMMARY_COLUMNS, detail: `${SUMMARY_COLUMNS}, t.body, t.body_type` };

/**
 * Puts the names and links round a page of messages: one look-up by key for each row.
 * @param page SQL of the messages, with `PAGE_COLUMNS`; `$1` is the company
 * @param order `DESC`: newest first
 */
export function withNames(page: string, form: 'summary' | 'detail', order: 'ASC' | 'DESC'): string {
  return `
    SELECT p.*,
           c.name AS customer_name,
           k.name AS contact_name,
           u.name AS logged_by_name, u.username AS logged_by_username,
           a.status AS action_status, a.executed_at AS action_executed_at,
           s.status AS touchpoint_status, s.completed_at AS touchpoint_completed_at,
           (SELECT json_agg(i.invoice_id ORDER BY i.position)
            FROM communication_thread_invoices i
            WHERE i.company_id = $1 AND i.thread_id = p.id) AS invoice_ids,
           CASE WHEN p.is_latest THEN p.message_count
                ELSE (SELECT l.message_count
                      FROM communication_threads l
                      WHERE l.company_id = $1 AND l.thread_group_id = p.thread_group_id AND l.is_latest)
           END AS group_message_count
           ${form === 'detail' ? ATTACHMENTS : ''}
    FROM (${page}) p
    LEFT JOIN customers c ON c.company_id = $1 AND c.id = p.customer_id
    LEFT JOIN contacts k ON k.company_id = $1 AND k.id = p.contact_id
    LEFT JOIN users u ON u.id = p.logged_by_id
    LEFT JOIN scheduled_actions a ON a.company_id = $1 AND a.id = p.scheduled_action_id
    LEFT JOIN scheduled_touchpoints s ON s.company_id = $1 AND s.id = p.scheduled_touchpoint_id
    ORDER BY p."timestamp" ${order}, p.id ${order}`;
}

const ATTACHMENTS = `,
           (SELECT json_agg(json_build_object('id', f.id, 'filename', f.filename, 'content_type', f.content_type,
                                              'size_bytes', f.size_bytes, 'is_inline', f.is_inline) ORDER BY f.position)
            FROM attachments f
            WHERE f.company_id = $1 AND f.thread_id = p.id) AS attachments`;

export type SummaryRow = {
  id: string;
  thread_group_id: string;
  customer_id: string | null;
  customer_name: string | null;
  contact_id: string | null;
  contact_name: string | null;
  logged_by_id: string | null;
  logged_by_name: string | null;
  logged_by_username: string | null;
  scheduled_action_id: string | null;
  action_status: string | null;
  action_executed_at: string | null;
  scheduled_touchpoint_id: string | null;
  touchpoint_status: string | null;
  touchpoint_completed_at: string | null;
  communication_type: CommunicationType;
  source: Source;
  direction: Direction;
  subject: string;
  preview: string | null;
  notes: Buffer | null;
  from_address: StoredAddress | null;
  to_addresses: StoredAddress[];
  cc_addresses: StoredAddress[];
  call: StoredCall | null;
  requires_response: boolean;
  is_resolved: boolean;
  is_ar_related: boolean | null;
  strategy_tags: string[];
  invoice_ids: string[] | null;
  group_message_count: number;
  has_attachments: boolean;
  timestamp: string;
  created_at: string;
  updated_at: string;
};

export type DetailRow = SummaryRow & {
  body: string | null;
  body_type: BodyType | null;
  attachments: CommunicationThreadDetail['attachments'] | null;
};

/** @throws DecryptionError when the notes can't be opened */
export function toCommunicationThread(row: SummaryRow, companyId: string, ring: KeyRing): CommunicationThread {
  return {
    id: row.id,
    company_id: companyId,
    thread_group_id: row.thread_group_id,
    customer_id: row.customer_id,
    customer_name: row.customer_name,
    contact_id: row.contact_id,
    contact_name: row.contact_name,
    communication_type: row.communication_type,
    source: row.source,
    direction: row.direction,
    subject: row.subject,
    preview: row.preview,
    notes: row.notes && decryptField(ring, notesRef(companyId, row.id), row.notes),
    from: row.from_address,
    to: row.to_addresses,
    cc: row.cc_addresses,
    call: row.call,
    requires_response: row.requires_response,
    is_resolved: row.is_resolved,
    is_ar_related: row.is_ar_related,
    strategy_tags: row.strategy_tags,
    invoice_ids: row.invoice_ids ?? [],
    scheduled_action:
      row.scheduled_action_id === null
        ? null
        : { id: row.scheduled_action_id, status: row.action_status ?? '', executed_at: row.action_executed_at },
    scheduled_touchpoint:
      row.scheduled_touchpoint_id === null
        ? null
        : {
            id: row.scheduled_touchpoint_id,
            status: row.touchpoint_status ?? '',
            completed_at: row.touchpoint_completed_at,
          },
    message_count: row.group_message_count,
    has_attachments: row.has_attachments,
    logged_by:
      row.logged_by_id === null
        ? null
        : { id: row.logged_by_id, name: row.logged_by_name || (row.logged_by_username ?? '') },
    timestamp: row.timestamp,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

/** @throws DecryptionError when the notes can't be opened */
export function toCommunicationThreadDetail(
  row: DetailRow,
  companyId: string,
  ring: KeyRing,
): CommunicationThreadDetail {
  return {
    ...toCommunicationThread(row, companyId, ring),
    body: row.body,
    body_type: row.body_type,
    attachments: row.attachments ?? [],
  };
}
