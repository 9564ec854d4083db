import { createHmac, timingSafeEqual } from 'node:crypto';

const HEX_SHA256 = /^[0-9a-f]{64}$/i;

/**
 * The value of `x-nylas-signature` for these bytes: hex HMAC-SHA256 of the body as it travels, so of the compressed
 * bytes when the delivery is gzip.
 */
export function signNylas(bytes: Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(bytes).digest('hex');
}

/**
 * Whether `signature` (the raw header) was made with one of the live secrets. Any doubt is false: no secret, an empty
 * secret, a missing or repeated header, another length. Every secret is tried, so that the time doesn't tell which one fits.
 */
export function verifyNylasSignature(
  bytes: Uint8Array,
  signature: string | readonly string[] | undefined,
  secrets: readonly string[],
): boolean {
  if (typeof signature !== 'string' || !HEX_SHA256.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  let valid = false;
  for (const secret of secrets) {
    if (secret === '') continue;
    const expected = createHmac('sha256', secret).update(bytes).digest();
    if (timingSafeEqual(expected, given)) valid = true;
  }
  return valid;
}
