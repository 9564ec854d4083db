import { createHash } from 'node:crypto';
import { INDEXED_LENGTH } from './vocabulary.ts';

/**
 * `text` in a form that PostgreSQL can store: NUL and lone surrogates become U+FFFD, everything else stays. For
 * webhooks only (contract §1, Bodies), because refusing a delivery would lose a mail.
 */
export function storableText(text: string): string {
  const withoutNul = text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
  return withoutNul.isWellFormed() ? withoutNul : withoutNul.toWellFormed();
}

/**
 * `id` in a form that an index can hold. An id that is longer than any provider's is replaced by its digest: equal ids
 * stay equal, so that replays, copies and answers are still recognised.
 */
export function indexableId(id: string, atMost = INDEXED_LENGTH): string {
  return id.length <= atMost ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
}
