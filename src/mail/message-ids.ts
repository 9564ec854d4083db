import { lowerCase } from '../domain/normalize-text.ts';
import { indexableId } from '../domain/storable-text.ts';

/** More ids than the longest real conversations have. Of longer lists the oldest and the newest ids are kept. */
const MAX_REFERENCES = 100;
/** In UTF-16 units. Longer than `INDEXED_LENGTH`, because a Message-ID is the only text in its indexes. */
const MAX_ID = 500;

interface MailHeader {
  name: string;
  value: string;
}

/**
 * The Message-IDs of the mails that this one answers: oldest first, the direct parent last, without duplicates and its
 * own.
 */
export function referencesOf(headers: readonly MailHeader[]): string[] {
  const parents = idsIn(headerValue(headers, 'in-reply-to'));
  const references = idsIn(headerValue(headers, 'references'));
  // The id in `In-Reply-To` may be missing from `References`, or be in its middle. The parent belongs at the end.
  const ids = [...references.filter((id) => !parents.includes(id)), ...parents];
  const own = messageIdOf(headers);
  const others = [...new Set(ids)].filter((id) => id !== own);
  if (others.length <= MAX_REFERENCES) return others;
  return [...others.slice(0, MAX_REFERENCES / 2), ...others.slice(-MAX_REFERENCES / 2)];
}

/** The Message-IDs of the mails that this one answers directly. */
export function parentsOf(headers: readonly MailHeader[]): string[] {
  const own = messageIdOf(headers);
  return [...new Set(idsIn(headerValue(headers, 'in-reply-to')))].filter((id) => id !== own).slice(0, MAX_REFERENCES);
}

/** The mail's own Message-ID without its angle brackets; null when there is none. */
export function messageIdOf(headers: readonly MailHeader[]): string | null {
  return idsIn(headerValue(headers, 'message-id'))[0] ?? null;
}

function headerValue(headers: readonly MailHeader[], name: string): string {
  return headers
    .filter((header) => lowerCase(header.name) === name)
    .map((header) => header.value)
    .join(' ');
}

/**
 * Ids in angle brackets or, if there are none, words that look like ids. Folding may have put blanks inside the
 * brackets.
 */
function idsIn(value: string): string[] {
  const bounded = value.slice(0, 100_000);
  const bracketed = Array.from(bounded.matchAll(/<([^<>]+)>/g), (match) => match[1] ?? '');
  // Only one of an id's brackets may be there.
  const bare = bounded.split(/[\s,;]+/).map((word) => word.replace(/^<|>$/g, ''));
  const ids = bracketed.length > 0 ? bracketed : bare.filter((word) => word.includes('@'));
  return ids
    .map((id) => id.replace(/\s+/g, ''))
    .filter((id) => /[\p{L}\p{N}]/u.test(id))
    .map((id) => indexableId(id, MAX_ID));
}
