import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto';

const HEX_SHA256 = /^[0-9a-f]{64}$/i;

/**
 * The value of `x-nylas-signature` for these bytes: hex HMAC-SHA256 of the body as transmitted, that is of the
 * compressed bytes when the delivery is gzip.
 */
export function signNylas(bytes: Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(bytes).digest('hex');
}

/** Whether the raw header has the form of a signature: the check that needs no body. */
export function isNylasSignature(signature: unknown): signature is string {
  return typeof signature === 'string' && HEX_SHA256.test(signature);
}

/** An HMAC for each live secret, to be updated with the body as it arrives. Empty secrets are left out. */
export function nylasHashes(secrets: readonly string[]): Hmac[] {
  return secrets.filter((secret) => secret !== '').map((secret) => createHmac('sha256', secret));
}

/**
 * Whether `signature` (the raw header) is one of these hashes of the whole body. Any doubt is false: no hash, a missing or
 * repeated header, another length. Every hash is compared, so that the time doesn't tell which secret fits.
 */
export function matchesNylasSignature(signature: unknown, hashes: readonly { digest(): Buffer }[]): boolean {
  if (!isNylasSignature(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  return hashes.filter((hash) => timingSafeEqual(hash.digest(), given)).length > 0;
}
