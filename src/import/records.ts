import { createHash } from 'node:crypto';
import { encryptField } from '../crypto/field-encryption.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { noteContentRef } from '../crypto/refs.ts';
import { parseTimestamp } from '../timestamps.ts';
import { addressKey } from '../webhooks/email-address.ts';
import type { KnownKeys } from './check.ts';
import { copyBytes, copyIds, copyPlain, copyRow, copyText } from './copy.ts';
import type { LineOf, LineType, ThreadLine } from './schema.ts';

/**
 * How each type of line is staged: a temporary table with the line's number, the key and the columns, to which every
 * check and merge then refers as a whole. Of a message only what others refer to is staged; its text is read again.
 */
export type RecordType = {
  table: string;
  staging: string;
  key: string[];
  /** Besides the key. */
  columns: Record<string, 'uuid' | 'text' | 'timestamptz(3)' | 'bytea' | 'uuid[]'>;
  /** When the row was changed is kept: by `updated_at` of the line, or of its own. */
  stamps: 'none' | 'updated_at' | 'both';
};

const company = ['company_id', 'id'];

export const RECORDS = {
  company: record('companies', ['id'], { name: 'text', timezone: 'text' }, 'updated_at'),
  user: record('users', ['id'], { username: 'text', email: 'text', name: 'text' }, 'updated_at'),
  membership: record('memberships', ['company_id', 'user_id'], { role: 'text' }, 'none'),
  customer: record('customers', company, { name: 'text' }, 'updated_at'),
  contact: record(
    'contacts',
    company,
    { customer_id: 'uuid', name: 'text', email: 'text', email_key: 'text', phone: 'text' },
    'updated_at',
  ),
  invoice: record('invoices', company, { customer_id: 'uuid', number: 'text' }, 'updated_at'),
  scheduled_action: record(
    'scheduled_actions',
    company,
    {
      customer_id: 'uuid',
      invoice_id: 'uuid',
      action_type: 'text',
      status: 'text',
      description: 'text',
      due_at: 'timestamptz(3)',
      executed_at: 'timestamptz(3)',
    },
    'updated_at',
  ),
  scheduled_touchpoint: record(
    'scheduled_touchpoints',
    company,
    {
      customer_id: 'uuid',
      step_type: 'text',
      status: 'text',
      label: 'text',
      scheduled_for: 'timestamptz(3)',
      completed_at: 'timestamptz(3)',
    },
    'updated_at',
  ),
  thread: record(
    'communication_threads',
    company,
    {
      thread_group_id: 'uuid',
      timestamp: 'timestamptz(3)',
      customer_id: 'uuid',
      contact_id: 'uuid',
      logged_by_id: 'uuid',
      scheduled_action_id: 'uuid',
      scheduled_touchpoint_id: 'uuid',
      invoice_ids: 'uuid[]',
      call_uuid: 'text',
    },
    'both',
  ),
  thread_note: record('thread_notes', company, { thread_id: 'uuid', author_id: 'uuid', content: 'bytea' }, 'both'),
  mailbox: record(
    'mailboxes',
    ['id'],
    { company_id: 'uuid', user_id: 'uuid', grant_id: 'text', email: 'text', sync: 'text' },
    'none',
  ),
  phone: record('phones', ['id'], { company_id: 'uuid', number: 'text' }, 'none'),
} satisfies Record<LineType, RecordType>;

function record(
  table: string,
  key: string[],
  columns: RecordType['columns'],
  stamps: RecordType['stamps'],
): RecordType {
  return { table, staging: `import_${table}`, key, columns, stamps };
}

export function stagingTable({ staging, key, columns, stamps }: RecordType): string {
  const given = stamps === 'both' ? ['created_at timestamptz(3)', 'updated_at timestamptz(3)'] : [];
  const all = [
    'line int',
    ...key.map((name) => `${name} uuid`),
    ...Object.entries(columns).map(([name, type]) => `"${name}" ${type}`),
    ...given,
  ];
  return `CREATE TEMP TABLE ${staging} (${all.join(', ')}) ON COMMIT DROP`;
}

/** The row of a line in its staging table, in the order of the table's columns. */
export function stagedRow(number: number, line: LineOf<LineType>, ring: KeyRing): string {
  return copyRow([String(number), ...stagedCells(line, ring)]);
}

function stagedCells(line: LineOf<LineType>, ring: KeyRing): string[] {
  switch (line.type) {
    case 'company':
      return [id(line.id), copyText(line.name), copyText(line.timezone ?? 'UTC')];
    case 'user':
      return [id(line.id), copyText(line.username), copyText(line.email ?? ''), copyText(line.name ?? '')];
    case 'membership':
      return [id(line.company_id), id(line.user_id), line.role];
    case 'customer':
      return [id(line.company_id), id(line.id), copyText(line.name)];
    case 'contact':
      return [
        ...[id(line.company_id), id(line.id), id(line.customer_id), copyText(line.name)],
        ...[copyText(line.email), copyText(line.email && addressKey(line.email)), copyText(line.phone)],
      ];
    case 'invoice':
      return [id(line.company_id), id(line.id), id(line.customer_id), copyText(line.number)];
    case 'scheduled_action':
      return [
        ...[id(line.company_id), id(line.id), id(line.customer_id), id(line.invoice_id), line.action_type],
        ...[line.status, copyText(line.description ?? ''), time(line.due_at), time(line.executed_at)],
      ];
    case 'scheduled_touchpoint':
      return [
        ...[id(line.company_id), id(line.id), id(line.customer_id), line.step_type, line.status],
        ...[copyText(line.label ?? ''), time(line.scheduled_for), time(line.completed_at)],
      ];
    case 'thread':
      return [
        ...[id(line.company_id), id(line.id), id(line.thread_group_id), time(line.timestamp), id(line.customer_id)],
        ...[id(line.contact_id), id(line.logged_by_id), id(line.scheduled_action_id), id(line.scheduled_touchpoint_id)],
        ...[
          copyIds(invoiceIdsOf(line)),
          copyText(line.provider?.call_uuid),
          time(line.created_at),
          time(line.updated_at),
        ],
      ];
    case 'thread_note':
      return [
        ...[id(line.company_id), id(line.id), id(line.thread_id), id(line.author_id), contentOf(line, ring)],
        ...[time(line.created_at), time(line.updated_at)],
      ];
    case 'mailbox':
      return [
        ...[id(line.id), id(line.company_id), id(line.user_id), copyText(line.grant_id), copyText(line.email)],
        line.sync,
      ];
    case 'phone':
      return [id(line.id), id(line.company_id), line.number];
  }
}

/** Not even a temporary table holds a note in the clear. */
function contentOf(line: LineOf<'thread_note'>, ring: KeyRing): string {
  const ref = noteContentRef(line.company_id.toLowerCase(), line.id.toLowerCase());
  return copyBytes(encryptField(ring, ref, line.content));
}

/** A faulty line, staged by its key alone: what refers to it isn't faulty for that. */
export function stagedKeys(number: number, known: KnownKeys): { into: string; row: string } | undefined {
  const { staging, key } = RECORDS[known.type];
  const values = key.map((name) => known[name as 'company_id' | 'id' | 'user_id']);
  if (values.includes(undefined)) return undefined;
  return { into: `${staging} (line, ${key.join(', ')})`, row: copyRow([String(number), ...values.map(id)]) };
}

export function invoiceIdsOf(line: ThreadLine): string[] {
  return [...new Set((line.invoice_ids ?? []).map((invoiceId) => invoiceId.toLowerCase()))];
}

export const ATTACHMENTS_STAGING = 'import_attachments';
export const ATTACHMENTS_TABLE = `
  CREATE TEMP TABLE ${ATTACHMENTS_STAGING} (
    line int, company_id uuid, id uuid, thread_id uuid, position int, filename text, content_type text,
    size_bytes bigint, is_inline boolean, provider_id text
  ) ON COMMIT DROP`;

/** Rows of the attachments, without the line's number, in the order of the table's columns. */
export function attachmentRows(line: ThreadLine): string[][] {
  return (line.attachments ?? []).map((attachment, position) => [
    id(line.company_id),
    id(attachment.id ?? attachmentId(line, position)),
    id(line.id),
    String(position),
    copyText(attachment.filename),
    copyText(attachment.content_type),
    String(attachment.size_bytes),
    copyPlain(attachment.is_inline ?? false),
    copyText(attachment.provider_id),
  ]);
}

/** An attachment without an id gets the same one at every import: a UUID version 8 of its message and place. */
function attachmentId(line: ThreadLine, position: number): string {
  const name = `attachment/${line.company_id.toLowerCase()}/${line.id.toLowerCase()}/${position}`;
  const hex = createHash('sha256').update(name).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function id(uuid: string | null | undefined): string {
  return copyPlain(uuid?.toLowerCase());
}

function time(text: string | null | undefined): string {
  return copyPlain(text && parseTimestamp(text));
}
