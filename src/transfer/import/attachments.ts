import { createHash } from 'node:crypto';
import { attachments } from '../../db/schema.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import type { ThreadLine } from '../line-schema.ts';
import { columnEncoders, writeRow } from './column-encoders.ts';
import type { BinaryRows } from './copy-format.ts';

type Attachment = { line: ThreadLine; position: number; attachment: NonNullable<ThreadLine['attachments']>[number] };

const COLUMNS = columnEncoders<Attachment>()(attachments, {
  companyId: ({ line }) => line.company_id,
  threadId: ({ line }) => line.id,
  id: ({ attachment, line, position }) => attachment.id ?? attachmentId(line, position),
  position: ({ position }) => position,
  filename: ({ attachment }) => attachment.filename,
  contentType: ({ attachment }) => attachment.content_type,
  sizeBytes: ({ attachment }) => attachment.size_bytes,
  isInline: ({ attachment }) => attachment.is_inline,
  providerId: ({ attachment }) => attachment.provider_id,
});

export const ATTACHMENT_COLUMNS = COLUMNS.map(({ name }) => name);
export const ATTACHMENTS_STAGING = 'import_attachments';
export const ATTACHMENTS_TABLE = `
  CREATE TEMP TABLE ${ATTACHMENTS_STAGING} (
    line int, ${COLUMNS.map(({ name, type }) => `${name} ${type}`).join(', ')}
  ) ON COMMIT DROP`;

/**
 * A row of `ATTACHMENT_COLUMNS` for each attachment of a message.
 * @param number of the line; it is the first column of the staging table, and of that alone
 */
export function writeAttachments(rows: BinaryRows, line: ThreadLine, number?: number): void {
  for (const [position, attachment] of (line.attachments ?? []).entries())
    writeRow(rows, COLUMNS, { line, position, attachment }, number);
}

/** An attachment without an id gets the same one at every import: a UUID version 8 of its message and position. */
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
