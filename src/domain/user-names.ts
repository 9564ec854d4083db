import { normalizeText } from './normalize-text.ts';

/** Longer than any that a door takes. */
const LONGEST = 1_000;

/** A user name as it is stored and shown: NFC, without blanks around it (contract §1, Authentication). */
export function normalizeUsername(text: string): string {
  return normalizeText(text, 'NFC', LONGEST).trim();
}

/** SQL: by this two user names are compared, without case. It is what the unique index is made of. */
export function usernameKeySql(username: string): string {
  return `lower(normalize(${username}, NFC))`;
}
