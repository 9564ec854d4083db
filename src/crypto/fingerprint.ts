import { createHmac } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/**
 * 32 bytes by which two lists of parts can be compared, byte for byte, without revealing them: an HMAC-SHA256 with a
 * key of the ring, because a plain hash of a short note could be guessed from a database dump. Store `keyId` beside it:
 * only fingerprints of the same key are comparable.
 * @param purpose a constant that separates the uses of the key
 * @param parts strings count as their UTF-8 bytes
 * @throws UnknownKeyError
 */
export function fingerprint(ring: KeyRing, keyId: number, purpose: string, ...parts: (string | Buffer)[]): Buffer {
  return createHmac('sha256', ring.derive(keyId, `fingerprint:${purpose}`))
    .update(lengthPrefixed(parts))
    .digest();
}
