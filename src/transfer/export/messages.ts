import { getTableColumns } from 'drizzle-orm';
import { decryptField } from '../../crypto/field-encryption.ts';
import { notesRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import {
  type attachments,
  communicationThreads,
  type StoredAddress,
  type StoredCall,
  type StoredDispute,
} from '../../db/schema.ts';
import { type ColumnKey, columnList, type SnakeCase, type StoredRow } from '../../db/table-columns.ts';
import { type Cursor, withoutNulls } from './records.ts';

const BATCH_SIZE = 500;

/** What an import makes again of the rest, or keeps by itself. */
const NOT_EXPORTED = [
  ...(['companyId', 'isLatest', 'messageCount', 'hasAttachments', 'preview', 'cell', 'changedIn'] as const),
] satisfies ColumnKey<typeof communicationThreads>[];

type NotExported = (typeof NOT_EXPORTED)[number];
type Stored = Omit<StoredRow<typeof communicationThreads>, SnakeCase<NotExported>>;

type MessageRow = Stored & {
  invoice_ids: string[] | null;
  attachments: AttachmentRow[] | null;
  copies: MailCopyRow[] | null;
  awaits: string[] | null;
  call_keys: string[] | null;
  call_state: object | null;
};

type AttachmentRow = Omit<StoredRow<typeof attachments>, 'company_id' | 'thread_id' | 'position'>;

type MailCopyRow = { grant_id: string; message_id: string; thread_id: string | null };

const STORED_COLUMNS = Object.keys(getTableColumns(communicationThreads)).filter(
  (key) => !(NOT_EXPORTED as readonly string[]).includes(key),
);

const COLUMNS = `
  ${columnList(STORED_COLUMNS, 't')},
  (SELECT json_agg(i.invoice_id ORDER BY i.position)
   FROM communication_thread_invoices i
   WHERE i.company_id = $1 AND i.thread_id = t.id) AS invoice_ids,
  (SELECT json_agg(json_build_object('id', a.id, 'filename', a.filename, 'content_type', a.content_type,
                                     'size_bytes', a.size_bytes, 'is_inline', a.is_inline,
                                     'provider_id', a.provider_id) ORDER BY a.position)
   FROM attachments a
   WHERE a.company_id = $1 AND a.thread_id = t.id) AS attachments,
  (SELECT json_agg(json_build_object('grant_id', m.grant_id, 'message_id', m.provider_message_id,
                                     'thread_id', m.provider_thread_id) ORDER BY m.grant_id, m.provider_message_id)
   FROM mail_copies m
   WHERE m.company_id = $1 AND m.thread_id = t.id) AS copies,
  (SELECT json_agg(w.rfc_message_id ORDER BY w.rfc_message_id)
   FROM awaited_mails w
   WHERE w.company_id = $1 AND w.thread_id = t.id) AS awaits,
  (SELECT json_agg(k.key ORDER BY k.key)
   FROM call_keys k
   WHERE k.company_id = $1 AND k.thread_id = t.id) AS call_keys,
  (SELECT s.state
   FROM calls s
   WHERE s.company_id = $1 AND s.thread_id = t.id) AS call_state`;

/** Oldest first, so that an import writes the rows of each list next to each other. */
export async function* messageLines(cursor: Cursor, ring: KeyRing, companyId: string): AsyncGenerator<object> {
  let after: MessageRow | undefined;
  do {
    const rows: MessageRow[] = await cursor<MessageRow>({
      name: after ? 'export_messages_after' : 'export_messages',
      text: `
        SELECT ${COLUMNS}
        FROM communication_threads t
        WHERE t.company_id = $1 ${after ? 'AND (t."timestamp", t.id) > ($2, $3)' : ''}
        ORDER BY t."timestamp", t.id
        LIMIT ${BATCH_SIZE}`,
      values: after ? [companyId, after.timestamp, after.id] : [companyId],
    });
    for (const row of rows) yield messageLine(row, ring, companyId);
    after = rows.length < BATCH_SIZE ? undefined : rows.at(-1);
  } while (after);
}

function messageLine(row: MessageRow, ring: KeyRing, companyId: string): object {
  return withoutNulls({
    type: 'thread',
    id: row.id,
    company_id: companyId,
    thread_group_id: row.thread_group_id,
    customer_id: row.customer_id,
    contact_id: row.contact_id,
    communication_type: row.communication_type,
    source: row.source,
    direction: row.direction,
    subject: row.subject || null,
    body: row.body,
    body_type: row.body_type,
    notes: row.notes && decryptField(ring, notesRef(companyId, row.id), row.notes),
    from: row.from_address && addressOf(row.from_address),
    to: unlessEmpty(row.to_addresses.map(addressOf)),
    cc: unlessEmpty(row.cc_addresses.map(addressOf)),
    call: row.call && callOf(row.call),
    requires_response: row.requires_response || null,
    is_resolved: row.is_resolved || null,
    is_ar_related: row.is_ar_related,
    strategy_tags: unlessEmpty(row.strategy_tags),
    invoice_ids: row.invoice_ids,
    attachments: row.attachments?.map(attachmentOf) ?? null,
    provider: providerOf(row),
    outcome: row.outcome,
    dispute: row.dispute && disputeOf(row.dispute),
    follow_up_at: row.follow_up_at,
    assignee_id: row.assignee_id,
    logged_by_id: row.logged_by_id,
    scheduled_action_id: row.scheduled_action_id,
    scheduled_touchpoint_id: row.scheduled_touchpoint_id,
    timestamp: row.timestamp,
    created_at: row.created_at,
    updated_at: row.updated_at,
  });
}

function addressOf({ name, email }: StoredAddress): object {
  return { ...(name === '' ? {} : { name }), email };
}

function callOf({ status, from_number, to_number, started_at, ended_at, duration_seconds }: StoredCall): object {
  return withoutNulls({ status, from_number, to_number, started_at, ended_at, duration_seconds });
}

function disputeOf({ reason, invoice_ids: invoiceIds }: StoredDispute): object {
  return withoutNulls({ reason, invoice_ids: unlessEmpty(invoiceIds) });
}

function attachmentOf(attachment: AttachmentRow): object {
  return withoutNulls({ ...attachment, is_inline: attachment.is_inline || null });
}

function providerOf(row: MessageRow): object | null {
  const provider = withoutNulls({
    grant_id: row.grant_id,
    message_id: row.provider_message_id,
    thread_id: row.provider_thread_id,
    rfc_message_id: row.rfc_message_id,
    call_uuid: row.call_uuid,
    recordings: row.recordings,
    truncated: row.is_truncated || null,
    automatic: row.is_automatic || null,
    answer: row.is_answer,
    further_addresses: unlessEmpty(row.further_addresses),
    copies: row.copies?.map(withoutNulls) ?? null,
    awaits: row.awaits,
    call_keys: row.call_keys,
    call_state: row.call_state,
  });
  return Object.keys(provider).length === 0 ? null : provider;
}

function unlessEmpty<Entry>(entries: Entry[]): Entry[] | null {
  return entries.length === 0 ? null : entries;
}
