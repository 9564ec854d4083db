import { promiseInvoicesSql, promiseStatusSql } from '../../conversations/promise-status.ts';
import { decryptField } from '../../crypto/field-encryption.ts';
import { notesRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { cellOf } from '../../db/count-cell.ts';
import { toIsoTimestamp } from '../../db/schema/columns.ts';
import type { communicationThreads } from '../../db/schema.ts';
import { columnList, columnName } from '../../db/table-columns.ts';
import type { CommunicationThread, CommunicationThreadDetail } from './schema.ts';

/** Selects rows of `communication_threads` and maps them to the CommunicationThread of the contract (§2). */

type StoredMessage = typeof communicationThreads.$inferSelect;

/** Columns that are shown as they are stored. `cell` encodes the columns with few values. */
const SHOWN_COLUMNS = [
  ...([
    'id',
    'threadGroupId',
    'customerId',
    'contactId',
    'loggedById',
    'scheduledActionId',
    'scheduledTouchpointId',
  ] as const),
  ...(['cell', 'isArRelated', 'hasAttachments', 'subject', 'preview', 'notes', 'fromAddress', 'toAddresses'] as const),
  ...(['ccAddresses', 'call', 'strategyTags', 'outcome', 'dispute', 'timestamp', 'createdAt'] as const),
] satisfies (keyof StoredMessage)[];

/** Further columns that `withNames` needs. */
const OTHER_COLUMNS = [
  'isLatest',
  'messageCount',
  'followUpAt',
  'assigneeId',
  'updatedAt',
] as const satisfies (keyof StoredMessage)[];
const BODY_COLUMNS = ['body', 'bodyType'] as const satisfies (keyof StoredMessage)[];

/** The maximum size of all bodies in one response, in bytes of UTF-8 (contract §2). */
export const BODY_BYTES_OF_RESPONSE = 8 * 1024 * 1024;

/** Limits on one message in a list, so that rows are small whatever a mail contains (contract §2). */
const SHOWN_RECIPIENTS = 100;
const SHOWN_SUBJECT = 2_000;

const CUT_COLUMNS: Partial<Record<keyof StoredMessage, string>> = {
  subject: `left(t.subject, ${SHOWN_SUBJECT})`,
  toAddresses: cutRecipients('t.to_addresses'),
  ccAddresses: cutRecipients('t.cc_addresses'),
};

/** `jsonb_path_query_array` reads only the first recipients; the CASE skips it for mails with few, which are most. */
function cutRecipients(addresses: string): string {
  return `CASE WHEN jsonb_array_length(${addresses}) > ${SHOWN_RECIPIENTS}
               THEN jsonb_path_query_array(${addresses}, '$[0 to ${SHOWN_RECIPIENTS - 1}]')
               ELSE ${addresses}
          END`;
}

function summaryColumn(key: keyof StoredMessage): string {
  const cut = CUT_COLUMNS[key];
  return cut === undefined ? columnList([key], 't') : `${cut} AS ${columnName(key)}`;
}

/** The columns of messages `t` that `withNames` needs; a list never reads `body`. */
export const PAGE_COLUMNS = {
  summary: [...SHOWN_COLUMNS, ...OTHER_COLUMNS].map(summaryColumn).join(', '),
  detail: `${columnList([...SHOWN_COLUMNS, ...OTHER_COLUMNS, 'bodyType'], 't')}, ${cutBodySql('t')}`,
};

/** A message's body, or null without reading it when it exceeds the budget. `bytes_so_far` includes the body itself. */
function cutBodySql(message: string): string {
  const isBeyond = `(${message}.id <> $2 AND ${message}.bytes_so_far > ${BODY_BYTES_OF_RESPONSE})`;
  return `CASE WHEN NOT ${isBeyond} THEN ${message}.body END AS body,
          ${message}.body IS NOT NULL AND ${isBeyond} AS body_truncated`;
}

/** A value that isn't a column of the message: its SQL over the message `p`, and its type in JSON. */
type Derived<Value> = { sql: string; value?: Value };
const derived = <Value>(sql: string): Derived<Value> => ({ sql });

const SUMMARY_DERIVED = {
  customerName: derived<string | null>('c.name'),
  contactName: derived<string | null>('k.name'),
  loggedByName: derived<string | null>(`
    CASE WHEN p.logged_by_id IS NOT NULL
         THEN (SELECT COALESCE(NULLIF(u.name, ''), u.username) FROM users u WHERE u.id = p.logged_by_id)
    END`),
  actionStatus: derived<string | null>('a.status'),
  actionExecutedAt: derived<string | null>('a.executed_at'),
  touchpointStatus: derived<string | null>('s.status'),
  touchpointCompletedAt: derived<string | null>('s.completed_at'),
  groupMessageCount: derived<number>('CASE WHEN p.is_latest THEN p.message_count ELSE l.message_count END'),
  // A new message of the conversation writes only the latest message, but all messages show the changed count.
  updatedAt: derived<string>('GREATEST(p.updated_at, l.updated_at, c.renamed_at, k.renamed_at, v.renamed_at)'),
  promise: derived<CommunicationThread['promise']>(`
    (SELECT json_build_object('id', m.id, 'status', ${promiseStatusSql('m')}, 'due_on', m.due_on,
                              'amount', m.amount::text, 'currency', m.currency, 'invoice_ids', ${promiseInvoicesSql('m')})
     FROM promises m
     WHERE m.company_id = $1 AND m.thread_id = p.id)`),
  assignee: derived<CommunicationThread['assignee']>(`
    CASE WHEN COALESCE(p.assignee_id, l.assignee_id) IS NOT NULL
         THEN (SELECT json_build_object('id', u.id, 'name', COALESCE(NULLIF(u.name, ''), u.username))
               FROM users u
               WHERE u.id = COALESCE(p.assignee_id, l.assignee_id))
    END`),
  followUpAt: derived<string | null>('COALESCE(p.follow_up_at, l.follow_up_at)'),
  invoices: derived<{ id: string; number: string }[] | null>('v.invoices'),
};

const DETAIL_DERIVED = {
  bodyTruncated: derived<boolean>('p.body_truncated'),
  attachments: derived<CommunicationThreadDetail['attachments'] | null>(`
    (SELECT json_agg(json_build_object('id', f.id, 'filename', f.filename, 'content_type', f.content_type,
                                       'size_bytes', f.size_bytes, 'is_inline', f.is_inline) ORDER BY f.position)
     FROM attachments f
     WHERE f.company_id = $1 AND f.thread_id = p.id)`),
};

/** PostgreSQL writes `bytea` into JSON as text. */
type AsJson<Value> = Value extends Buffer ? string : Value;
type ShownColumns = { [Key in (typeof SHOWN_COLUMNS)[number]]: AsJson<StoredMessage[Key]> };
type Values<Named> = { [Key in keyof Named]: Named[Key] extends Derived<infer Value> ? Value : never };

/** A message in a list. Timestamps are in PostgreSQL's format. */
export type SummaryRow = ShownColumns & Values<typeof SUMMARY_DERIVED>;
/** A message in a detail, with its body and attachments. */
export type DetailRow = SummaryRow & Pick<StoredMessage, (typeof BODY_COLUMNS)[number]> & Values<typeof DETAIL_DERIVED>;

const SUMMARY_FIELDS = [
  ...SHOWN_COLUMNS.map((key) => ({ key, sql: `p.${columnName(key)}` })),
  ...Object.entries(SUMMARY_DERIVED).map(([key, { sql }]) => ({ key, sql })),
];
const DETAIL_FIELDS = [
  ...SUMMARY_FIELDS,
  ...BODY_COLUMNS.map((key) => ({ key, sql: `p.${columnName(key)}` })),
  ...Object.entries(DETAIL_DERIVED).map(([key, { sql }]) => ({ key, sql })),
];

/**
 * Adds names and links to a page of messages. Each message is returned as one JSON array for `summaryRow` or `detailRow`,
 * because parsing thirty columns one by one would take this process longer than the rest of the page. The names are looked
 * up by key for each row. `OFFSET 0` keeps PostgreSQL from a hash join that reads all customers of the company, whose
 * number it underestimates.
 * @param page SQL of the messages, with `PAGE_COLUMNS`; `$1` is the company
 * @param order `DESC`: newest first
 */
export function withNames(page: string, form: 'summary' | 'detail', order: 'ASC' | 'DESC'): string {
  const fields = form === 'detail' ? DETAIL_FIELDS : SUMMARY_FIELDS;
  return `
    SELECT json_build_array(${fields.map(({ sql }) => sql).join(', ')}) AS message
    FROM (${page}) p
    LEFT JOIN LATERAL (SELECT c.name, c.renamed_at
                       FROM customers c
                       WHERE c.company_id = $1 AND c.id = p.customer_id
                       OFFSET 0) c ON true
    LEFT JOIN LATERAL (SELECT k.name, k.renamed_at
                       FROM contacts k
                       WHERE k.company_id = $1 AND k.id = p.contact_id
                       OFFSET 0) k ON true
    LEFT JOIN LATERAL (SELECT json_agg(json_build_object('id', i.invoice_id, 'number', v.number) ORDER BY i.position) AS invoices,
                              max(v.renamed_at) AS renamed_at
                       FROM communication_thread_invoices i
                       JOIN invoices v ON v.company_id = $1 AND v.id = i.invoice_id
                       WHERE i.company_id = $1 AND i.thread_id = p.id) v ON true
    LEFT JOIN LATERAL (SELECT a.status, a.executed_at
                       FROM scheduled_actions a
                       WHERE a.company_id = $1 AND a.id = p.scheduled_action_id
                       OFFSET 0) a ON true
    LEFT JOIN LATERAL (SELECT s.status, s.completed_at
                       FROM scheduled_touchpoints s
                       WHERE s.company_id = $1 AND s.id = p.scheduled_touchpoint_id
                       OFFSET 0) s ON true
    LEFT JOIN LATERAL (SELECT l.message_count, l.updated_at, l.follow_up_at, l.assignee_id
                       FROM communication_threads l
                       WHERE NOT p.is_latest
                         AND l.company_id = $1 AND l.thread_group_id = p.thread_group_id AND l.is_latest
                       OFFSET 0) l ON true
    ORDER BY p."timestamp" ${order}, p.id ${order}`;
}

/** One message as `withNames` returns it: the values in the order of `SUMMARY_FIELDS` or `DETAIL_FIELDS`. */
export type RowValues = unknown[];

export function summaryRow(values: RowValues): SummaryRow {
  return toObject(SUMMARY_FIELDS, values) as SummaryRow;
}

export function detailRow(values: RowValues): DetailRow {
  return toObject(DETAIL_FIELDS, values) as DetailRow;
}

function toObject(fields: readonly { key: string }[], values: RowValues): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let nth = 0; nth < fields.length; nth += 1) row[(fields[nth] as { key: string }).key] = values[nth];
  return row;
}

/**
 * Maps a row to the contract and decrypts its notes.
 * @throws DecryptionError when the notes can't be decrypted
 */
export function toThread(row: SummaryRow, companyId: string, ring: KeyRing): CommunicationThread {
  const { communicationType, source, direction, requiresResponse, isResolved } = cellOf(row.cell ?? -1);
  const { id, notes } = row;
  const invoices = row.invoices ?? [];
  return {
    id,
    thread_group_id: row.threadGroupId,
    company_id: companyId,
    customer_id: row.customerId,
    customer_name: row.customerName,
    contact_id: row.contactId,
    contact_name: row.contactName,
    communication_type: communicationType,
    source,
    direction,
    subject: row.subject,
    preview: row.preview,
    notes: notes === null ? null : decryptField(ring, notesRef(companyId, id), fromJsonBytea(notes)),
    from: row.fromAddress,
    to: row.toAddresses,
    cc: row.ccAddresses,
    call: row.call,
    requires_response: requiresResponse,
    is_resolved: isResolved,
    is_ar_related: row.isArRelated,
    strategy_tags: row.strategyTags,
    outcome: row.outcome,
    promise: row.promise,
    dispute: row.dispute,
    assignee: row.assignee,
    follow_up_at: row.followUpAt && toIsoTimestamp(row.followUpAt),
    invoice_ids: invoices.map((invoice) => invoice.id),
    invoices,
    scheduled_action:
      row.scheduledActionId === null
        ? null
        : {
            id: row.scheduledActionId,
            status: row.actionStatus ?? '',
            executed_at: row.actionExecutedAt && toIsoTimestamp(row.actionExecutedAt),
          },
    scheduled_touchpoint:
      row.scheduledTouchpointId === null
        ? null
        : {
            id: row.scheduledTouchpointId,
            status: row.touchpointStatus ?? '',
            completed_at: row.touchpointCompletedAt && toIsoTimestamp(row.touchpointCompletedAt),
          },
    message_count: row.groupMessageCount,
    has_attachments: row.hasAttachments,
    logged_by: row.loggedById === null ? null : { id: row.loggedById, name: row.loggedByName ?? '' },
    timestamp: toIsoTimestamp(row.timestamp),
    created_at: toIsoTimestamp(row.createdAt),
    updated_at: toIsoTimestamp(row.updatedAt),
  };
}

/** @throws DecryptionError when the notes can't be decrypted */
export function toDetail(row: DetailRow, companyId: string, ring: KeyRing): CommunicationThreadDetail {
  return Object.assign(toThread(row, companyId, ring), {
    body: row.body,
    body_type: row.bodyType,
    body_truncated: row.bodyTruncated,
    attachments: row.attachments ?? [],
  });
}

/** PostgreSQL writes `bytea` into JSON as `\x` and hexadecimal digits. */
function fromJsonBytea(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex');
}
