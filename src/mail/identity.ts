import { createHash } from 'node:crypto';
import { lowerCase, normalizeText } from '../domain/normalize-text.ts';
import { indexableId } from '../domain/storable-text.ts';
import { exactAddressKey } from './address.ts';

/** More ids than the longest real conversations have. Of longer lists the oldest and the newest ids are kept. */
const MAX_REFERENCES = 100;
/** In UTF-16 units. Longer than `INDEXED_LENGTH`, because a Message-ID is the only text in its indexes. */
const MAX_ID = 500;
/** Longer than any subject that people write. */
const MAX_SUBJECT = 10_000;

interface MailHeader {
  name: string;
  value: string;
}

export interface IdentifiableMail {
  subject: string;
  from: { email: string } | null;
  to: readonly { email: string }[];
  cc: readonly { email: string }[];
  date: Date | null;
  headers: readonly MailHeader[];
}

/** What identifies a mail that several mailboxes of a company received. */
export interface MailIdentity {
  /** `Message-ID` without its angle brackets; null when the delivery has no headers. */
  messageId: string | null;
  /** Hex SHA-256 of sender, time, subject and recipients; null when the sender or the time is unknown. */
  digest: string | null;
}

/**
 * The identity of a mail. Two mails are the same when their Message-IDs are equal or, if one of them has none, when
 * their digests are equal.
 */
export function mailIdentity(mail: IdentifiableMail): MailIdentity {
  return { messageId: messageIdOf(mail.headers), digest: digestOf(mail) };
}

export function haveSameIdentity(a: MailIdentity, b: MailIdentity): boolean {
  if (a.messageId !== null && b.messageId !== null) return a.messageId === b.messageId;
  return a.digest !== null && a.digest === b.digest;
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

/** The mail's own Message-ID without its angle brackets; null when there is none. */
export function messageIdOf(headers: readonly MailHeader[]): string | null {
  return idsIn(headerValue(headers, 'message-id'))[0] ?? null;
}

function digestOf(mail: IdentifiableMail): string | null {
  const sender = mail.from === null ? null : exactAddressKey(mail.from.email);
  if (sender === null || mail.date === null) return null;
  // Without bcc, which only the sender's own copy has.
  const recipients = [...mail.to, ...mail.cc].map(({ email }) => exactAddressKey(email) ?? lowerCase(email.trim()));
  const seconds = Math.floor(mail.date.getTime() / 1000);
  const subject = normalizeText(mail.subject, 'NFC', MAX_SUBJECT).replace(/\s+/g, ' ').trim();
  const facts = [sender, seconds, subject, [...new Set(recipients)].toSorted()];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
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
