import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `comms_` ‖ 32 random base62 characters (190 bits) ‖ the CRC32 of both, as 6 base62 characters. */
const PREFIX = 'comms_';
const RANDOM_CHARACTERS = 32;
const CHECKSUM_CHARACTERS = 6;
const CHECKED_CHARACTERS = PREFIX.length + RANDOM_CHARACTERS;
const DISPLAY_CHARACTERS = 12;
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_CHARACTERS + CHECKSUM_CHARACTERS}}$`);

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const TOKEN_LENGTH = CHECKED_CHARACTERS + CHECKSUM_CHARACTERS;

/** `token` is shown once. `hash` (SHA-256) and `prefix` (the first 12 characters, to recognise it by) are stored. */
export function createToken(): { token: string; hash: Buffer; prefix: string } {
  const checked = PREFIX + randomBase62(RANDOM_CHARACTERS);
  const token = checked + checksumOf(checked);
  return { token, hash: hashToken(token), prefix: token.slice(0, DISPLAY_CHARACTERS) };
}

/**
 * SHA-256, 32 bytes. It needs no salt, because a token can't be guessed, and is fast, because every request computes
 * it.
 */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/**
 * Whether this could be one of our tokens, by its form and checksum, so that a typo, a truncated token or another
 * service's key is refused without a query. The checksum is no secret, so it needs no comparison in constant time.
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

/**
 * Each character stands for four byte values; the eight values left over are skipped, so that all are equally likely.
 */
export function base62FromBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) if (byte < 248) text += BASE62.charAt(byte % 62);
  return text;
}
