import contentDisposition from 'content-disposition';
import { lowerCase } from '../../domain/normalize-text.ts';

/**
 * The content type and file name of an attachment, so that a sender's file can neither run in a browser nor disguise
 * its type.
 */

/**
 * Types that a browser only shows or saves. All others, such as HTML and SVG, are sent as `application/octet-stream`.
 */
const SAFE_TYPES = new Set([
  'application/pdf',
  'application/zip',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/csv',
  'text/plain',
]);

export function safeContentType(given: string): string {
  const [type = ''] = lowerCase(given).split(';');
  return SAFE_TYPES.has(type.trim()) ? type.trim() : 'application/octet-stream';
}

const FILENAME_LENGTH = 150;
const FALLBACK = 'attachment';

/** `Content-Disposition` (RFC 6266) of type `attachment`, with an ASCII fallback of the name for old clients. */
export function attachmentDisposition(filename: string): string {
  const name = safeName(filename);
  const fallback = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  return contentDisposition(name, { type: 'attachment', fallback });
}

/** Removes path separators, control characters, and direction marks that can hide the file extension. */
function safeName(filename: string): string {
  const name = filename
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const characters = [...name];
  if (characters.length === 0) return FALLBACK;
  if (characters.length <= FILENAME_LENGTH) return name;
  const extension = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return characters.slice(0, FILENAME_LENGTH - [...extension].length).join('') + extension;
}
