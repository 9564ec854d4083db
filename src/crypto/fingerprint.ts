import { createHmac } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/**
 * 32 bytes that tell whether two lists of parts are the same, byte for byte, without revealing them: HMAC-SHA256 under a
 * key of the ring, because a plain hash of a short note can be guessed from a database dump. Keep `keyId` beside it: it
 * compares only under the same key. `purpose` is a constant. A string counts as its UTF-8 bytes. Throws
 * `UnknownKeyError`.
 */
export function fingerprint(ring: KeyRing, keyId: number, purpose: string, ...parts: (string | Buffer)[]): Buffer {
  return createHmac('sha256', ring.derive(keyId, `fingerprint:${purpose}`))
    .update(lengthPrefixed(parts))
    .digest();
}
