import { createHash } from 'node:crypto';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { attachments } from '../../db/schema.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import type { ThreadLine } from '../line-schema.ts';
import { columnEncoders } from './column-encoders.ts';
import type { BinaryRows } from './copy-format.ts';

type Attachment = { line: ThreadLine; position: number; attachment: NonNullable<ThreadLine['attachments']>[number] };

const COLUMNS = columnEncoders(attachments, {
  companyId: ({ line }: Attachment) => line.company_id,
  threadId: ({ line }: Attachment) => line.id,
  id: ({ attachment, line, position }: Attachment) => attachment.id ?? attachmentId(line, position),
  position: ({ position }: Attachment) => position,
  filename: ({ attachment }: Attachment) => attachment.filename,
  contentType: ({ attachment }: Attachment) => attachment.content_type,
  sizeBytes: ({ attachment }: Attachment) => attachment.size_bytes,
  isInline: ({ attachment }: Attachment) => attachment.is_inline,
  providerId: ({ attachment }: Attachment) => attachment.provider_id,
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
export function writeAttachments(rows: BinaryRows, line: ThreadLine, ring: KeyRing, number?: number): void {
  for (const [position, attachment] of (line.attachments ?? []).entries()) {
    rows.row(COLUMNS.length + (number === undefined ? 0 : 1));
    if (number !== undefined) rows.integer(number);
    for (const { encode } of COLUMNS) encode(rows, { line, position, attachment }, ring);
  }
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
