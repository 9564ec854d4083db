import { createHash } from 'node:crypto';
import { INDEXED_LENGTH } from './vocabulary.ts';

/**
 * `text` as PostgreSQL can store it: NUL and lone surrogates become U+FFFD, everything else stays as it was sent.
 * Webhooks only (contract §1, Bodies): a refused delivery would be a lost mail.
 */
export function storableText(text: string): string {
  const withoutNul = text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
  return withoutNul.isWellFormed() ? withoutNul : withoutNul.toWellFormed();
}

/**
 * `id` as an index can hold it. For a longer one than any provider makes its digest stands: the same id is still the
 * same, so that a replay, a copy and an answer are known for what they are.
 */
export function indexableId(id: string, atMost = INDEXED_LENGTH): string {
  return id.length <= atMost ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
}
