import { lowerCase } from '../../domain/normalize-text.ts';
import { decodeEncodedWords } from '../../mail/encoded-words.ts';
import { isRecord, readCount, readList, readName, readText } from './values.ts';

/** The files of a message: metadata only. */

export interface NylasAttachment {
  /** The provider's id; null when it wasn't given. */
  id: string | null;
  filename: string;
  contentType: string;
  sizeBytes: number | null;
  isInline: boolean;
  contentId: string | null;
}

const MAX_ATTACHMENTS = 10_000;

/**
 * Reads the list of attachments. A part counts as inline only if it is a picture that the body shows, whatever its mark
 * says.
 */
export function readAttachments(value: unknown, body: string | null): NylasAttachment[] {
  const attachments = readList(value, readAttachment, MAX_ATTACHMENTS);
  const isPlaced = ({ isInline, contentId, contentType, filename }: NylasAttachment) =>
    isInline || (contentId !== null && isPicture(contentType, filename));
  if (body === null || !attachments.some(isPlaced)) return attachments;
  const shown = contentIdsIn(body);
  const isShown = ({ contentId }: NylasAttachment) => contentId !== null && shown.has(bareContentId(contentId));
  return attachments.map((attachment) => ({ ...attachment, isInline: isPlaced(attachment) && isShown(attachment) }));
}

const MOST_PICTURES = 2_000;

function contentIdsIn(body: string): Set<string> {
  const ids = new Set<string>();
  for (const [, id = ''] of body.matchAll(/cid:([^"'\s<>)]{1,500})/gi)) {
    ids.add(bareContentId(id));
    if (ids.size >= MOST_PICTURES) break;
  }
  return ids;
}

/** The id without a header's angle brackets, with a link's percent-encoding decoded, in lower case. */
function bareContentId(id: string): string {
  const bare = id.trim().replace(/^<|>$/g, '').replaceAll('&amp;', '&');
  try {
    return lowerCase(decodeURIComponent(bare));
  } catch {
    return lowerCase(bare);
  }
}

function readAttachment(value: unknown): NylasAttachment | null {
  if (!isRecord(value)) return null;
  const disposition = lowerCase(readText(value.content_disposition)).trim();
  const contentType = readText(value.content_type);
  const isMarkedInline = typeof value.is_inline === 'boolean' ? value.is_inline : disposition.startsWith('inline');
  return {
    id: readName(value.id),
    filename: decodeEncodedWords(readText(value.filename)),
    contentType,
    sizeBytes: readCount(value.size),
    isInline: isMarkedInline && isPicture(contentType, readText(value.filename)),
    contentId: readName(value.content_id),
  };
}

function isPicture(contentType: string, filename: string): boolean {
  if (/^\s*image\//i.test(contentType)) return true;
  const isUntyped = contentType.trim() === '' || /^\s*application\/octet-stream/i.test(contentType);
  return isUntyped && /\.(?:png|jpe?g|gif|bmp|webp|svg|emf|wmz)$/i.test(filename.slice(-20));
}
