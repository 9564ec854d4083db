import { describe, expect, it } from 'vitest';
import { matchesNylasSignature, nylasHashes, signNylas } from '../../src/ingest/nylas/signature.ts';
import { nylasDelivery, nylasEvent } from '../support/nylas-samples.ts';

const SECRETS = ['new-secret', 'old-secret'];

function isSignatureOf(bytes: Uint8Array, signature: unknown, secrets: readonly string[] = SECRETS): boolean {
  const hashes = nylasHashes(secrets).map((hash) => hash.update(bytes));
  return matchesNylasSignature(signature, hashes);
}

describe('matchesNylasSignature', () => {
  it('knows the documented algorithm: hex HMAC-SHA256 of the body', () => {
    // RFC 4231, test case 2.
    const bytes = Buffer.from('what do ya want for nothing?');
    expect(signNylas(bytes, 'Jefe')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it.each(SECRETS)('accepts each of two live secrets, plain and gzip (%s)', (secret) => {
    for (const gzip of [false, true]) {
      const { bytes, headers } = nylasDelivery(nylasEvent(), secret, { gzip });
      expect(isSignatureOf(bytes, headers['x-nylas-signature'])).toBe(true);
      expect(isSignatureOf(bytes, headers['x-nylas-signature']?.toUpperCase())).toBe(true);
    }
  });

  it('refuses on any doubt', () => {
    const { bytes, headers } = nylasDelivery(nylasEvent(), 'new-secret');
    const signature = headers['x-nylas-signature'] ?? '';
    const changed = Buffer.concat([bytes, Buffer.from(' ')]);
    expect(isSignatureOf(changed, signature)).toBe(false);
    expect(isSignatureOf(bytes, signature, ['other'])).toBe(false);
    expect(isSignatureOf(bytes, signature, [])).toBe(false);
    expect(isSignatureOf(bytes, undefined)).toBe(false);
    expect(isSignatureOf(bytes, [signature, signature])).toBe(false);
    for (const wrong of [
      '',
      signature.slice(1),
      `${signature}00`,
      ` ${signature}`,
      `sha256=${signature}`,
      'é'.repeat(64),
      '0'.repeat(64),
    ]) {
      expect(isSignatureOf(bytes, wrong)).toBe(false);
    }
    expect(isSignatureOf(bytes, signNylas(bytes, ''), ['', 'new-secret'])).toBe(false);
  });
});
