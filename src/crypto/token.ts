import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `comms_` ‖ 32 random base62 characters (190 bits) ‖ 6 base62 characters of the CRC32 of all before them. */
const PREFIX = 'comms_';
const RANDOM_CHARACTERS = 32;
const CHECKSUM_CHARACTERS = 6;
const CHECKED_CHARACTERS = PREFIX.length + RANDOM_CHARACTERS;
const DISPLAY_CHARACTERS = 12;
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_CHARACTERS + CHECKSUM_CHARACTERS}}$`);

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const TOKEN_LENGTH = CHECKED_CHARACTERS + CHECKSUM_CHARACTERS;

/** `token` is shown once; `hash` (SHA-256) and `prefix` (its first characters, to recognise it by) are what is stored. */
export function createToken(): { token: string; hash: Buffer; prefix: string } {
  const checked = PREFIX + randomBase62(RANDOM_CHARACTERS);
  const token = checked + checksumOf(checked);
  return { token, hash: hashToken(token), prefix: token.slice(0, DISPLAY_CHARACTERS) };
}

/** SHA-256, 32 bytes. Plain, because the token's own randomness can't be guessed; fast, because it is on every request. */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/**
 * Whether this could be one of our tokens, by shape and checksum: a typo, a cut or another service's key is refused
 * without asking the database. No secret is involved, so nothing is lost by comparing in plain time.
 */
export function looksLikeToken(token: string): boolean {
  if (token.length !== TOKEN_LENGTH || !SHAPE.test(token)) return false;
  return checksumOf(token.slice(0, CHECKED_CHARACTERS)) === token.slice(CHECKED_CHARACTERS);
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let encoded = '';
  for (let place = 0; place < CHECKSUM_CHARACTERS; place++) {
    encoded = BASE62.charAt(rest % 62) + encoded;
    rest = Math.floor(rest / 62);
  }
  return encoded;
}

function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) text += base62FromBytes(randomBytes(length));
  return text.slice(0, length);
}

/** Exported for the test that every character is equally likely: each stands for four bytes, the eight left are skipped. */
export function base62FromBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) if (byte < 248) text += BASE62.charAt(byte % 62);
  return text;
}
