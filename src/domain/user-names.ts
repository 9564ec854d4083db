import { normalizeText } from './normalize-text.ts';

/** In UTF-16 units; longer than any user name that the API, the commands or an import accept. */
const LONGEST = 1_000;

/** A user name in the form that is stored and shown: NFC, without surrounding blanks (contract §1, Authentication). */
export function normalizeUsername(text: string): string {
  return normalizeText(text, 'NFC', LONGEST).trim();
}

/** SQL of the key by which user names are compared, without case. The unique index is on this expression. */
export function usernameKeySql(username: string): string {
  return `lower(normalize(${username}, NFC))`;
}
