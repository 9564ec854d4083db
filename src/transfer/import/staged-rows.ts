import { createHash } from 'node:crypto';
import { nameWords } from '../../conversations/search-words.ts';
import { encryptField } from '../../crypto/field-encryption.ts';
import { noteContentRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';
import { normalizeUsername } from '../../domain/user-names.ts';
import { addressKey } from '../../mail/address.ts';
import type { LineOf, LineType, ThreadLine } from '../line-schema.ts';
import type { KnownKeys } from './check-line.ts';
import type { BinaryRows } from './copy-format.ts';
import { RECORDS, stagedColumns } from './staging-tables.ts';

/** Lines as rows of their staging tables, cells in the order of the tables' columns. */

const WIDTHS = Object.fromEntries(
  Object.entries(RECORDS).map(([type, record]) => [type, stagedColumns(record).length]),
) as Record<LineType, number>;

export function writeRecord(rows: BinaryRows, number: number, line: LineOf<LineType>, ring: KeyRing): void {
  rows.row(WIDTHS[line.type]);
  rows.integer(number);
  writeCells(rows, line, ring);
}

function writeCells(rows: BinaryRows, line: LineOf<LineType>, ring: KeyRing): void {
  switch (line.type) {
    case 'company':
      rows.uuid(line.id);
      rows.text(line.name);
      rows.text(line.timezone ?? 'UTC');
      return;
    case 'user':
      rows.uuid(line.id);
      rows.text(normalizeUsername(line.username));
      rows.text(line.email ?? '');
      rows.text(line.name ?? '');
      return;
    case 'membership':
      rows.uuid(line.company_id);
      rows.uuid(line.user_id);
      rows.text(line.role);
      return;
    case 'customer':
      rows.uuid(line.company_id);
      rows.uuid(line.id);
      rows.text(line.external_id);
      rows.text(line.name);
      rows.tsvector(nameWords(line.company_id, line.name));
      return;
    case 'contact':
      rows.uuid(line.company_id);
      rows.uuid(line.id);
      rows.text(line.external_id);
      rows.uuid(line.customer_id);
      rows.text(line.name);
      rows.text(line.email);
      rows.text(line.email && addressKey(line.email));
      rows.text(line.phone);
      return;
    case 'invoice':
      rows.uuid(line.company_id);
      rows.uuid(line.id);
      rows.text(line.external_id);
      rows.uuid(line.customer_id);
      rows.text(line.number);
      rows.text(line.amount);
      rows.text(line.currency);
      rows.date(line.due_date);
      rows.text(line.status);
      rows.tsvector(nameWords(line.company_id, line.number));
      return;
    case 'scheduled_action':
      rows.uuid(line.company_id);
      rows.uuid(line.id);
      rows.text(line.external_id);
      rows.uuid(line.customer_id);
      rows.uuid(line.invoice_id);
      rows.text(line.action_type);
      rows.text(line.status);
      rows.text(line.description ?? '');
      rows.timestamp(timeOf(line.due_at));
      rows.timestamp(timeOf(line.executed_at));
      return;
    case 'scheduled_touchpoint':
      rows.uuid(line.company_id);
      rows.uuid(line.id);
      rows.text(line.external_id);
      rows.uuid(line.customer_id);
      rows.text(line.step_type);
      rows.text(line.status);
      rows.text(line.label ?? '');
      rows.timestamp(timeOf(line.scheduled_for));
      rows.timestamp(timeOf(line.completed_at));
      return;
    case 'thread':
      rows.uuid(line.company_id);
      rows.uuid(line.id);
      rows.uuid(line.thread_group_id);
      rows.timestamp(timeOf(line.timestamp));
      rows.uuid(line.customer_id);
      rows.uuid(line.contact_id);
      rows.uuid(line.logged_by_id);
      rows.uuid(line.scheduled_action_id);
      rows.uuid(line.scheduled_touchpoint_id);
      rows.uuid(line.assignee_id);
      rows.uuids(distinctIds(line.invoice_ids));
      rows.uuids(distinctIds(line.dispute?.invoice_ids));
      rows.text(line.provider?.call_uuid);
      rows.timestamp(timeOf(line.created_at));
      rows.timestamp(timeOf(line.updated_at));
      return;
    case 'thread_note':
      rows.uuid(line.company_id);
      rows.uuid(line.id);
      rows.uuid(line.thread_id);
      rows.uuid(line.author_id);
      // Not even a temporary table holds a note in the clear.
      rows.bytea(encryptField(ring, noteContentRef(lowerCase(line.company_id), lowerCase(line.id)), line.content));
      rows.timestamp(timeOf(line.created_at));
      rows.timestamp(timeOf(line.updated_at));
      return;
    case 'mailbox':
      rows.uuid(line.id);
      rows.uuid(line.company_id);
      rows.uuid(line.user_id);
      rows.text(line.grant_id);
      rows.text(line.email);
      rows.text(line.sync);
      return;
    case 'phone':
      rows.uuid(line.id);
      rows.uuid(line.company_id);
      rows.text(line.number);
      return;
    case 'promise':
      rows.uuid(line.company_id);
      rows.uuid(line.id);
      rows.uuid(line.customer_id);
      rows.uuid(line.thread_id);
      rows.text(line.status);
      rows.date(line.due_on);
      rows.text(line.amount);
      rows.text(line.currency);
      rows.uuid(line.created_by_id);
      rows.uuids(distinctIds(line.invoice_ids));
      rows.timestamp(timeOf(line.created_at));
      rows.timestamp(timeOf(line.updated_at));
  }
}

/** A faulty line by its key alone, when all of it is known: what refers to it isn't faulty for that. */
export function writeKeys(rows: BinaryRows, number: number, keys: readonly string[]): void {
  rows.row(1 + keys.length);
  rows.integer(number);
  for (const key of keys) rows.uuid(key);
}

/** The ids of a line's key, in the order of its staging table; undefined unless all are known. */
export function keysOf(known: KnownKeys): string[] | undefined {
  const ids = RECORDS[known.type].key.map((name) => known[name as 'company_id' | 'id' | 'user_id']);
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

/** How many cells {@link writeAttachments} writes for each. */
const ATTACHMENT_CELLS = 9;

/**
 * A row for each attachment, in the order of the table's columns.
 * @param number of the line, which goes first in the staging table alone
 */
export function writeAttachments(rows: BinaryRows, line: ThreadLine, number?: number): void {
  for (const [position, attachment] of (line.attachments ?? []).entries()) {
    rows.row(ATTACHMENT_CELLS + (number === undefined ? 0 : 1));
    if (number !== undefined) rows.integer(number);
    rows.uuid(line.company_id);
    rows.uuid(attachment.id ?? attachmentId(line, position));
    rows.uuid(line.id);
    rows.smallint(position);
    rows.text(attachment.filename);
    rows.text(attachment.content_type);
    rows.bigint(attachment.size_bytes);
    rows.boolean(attachment.is_inline ?? false);
    rows.text(attachment.provider_id);
  }
}

/** An attachment without an id gets the same one at every import: a UUID version 8 of its message and place. */
function attachmentId(line: ThreadLine, position: number): string {
  const name = `attachment/${lowerCase(line.company_id)}/${lowerCase(line.id)}/${position}`;
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

/** In order, each once, in lower case. */
export function distinctIds(ids: readonly string[] | null | undefined): string[] {
  return [...new Set((ids ?? []).map((id) => lowerCase(id)))];
}

export function timeOf(text: string | null | undefined): string | null {
  return (text && parseTimestamp(text)) || null;
}
