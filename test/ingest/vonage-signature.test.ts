import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { isPayloadHash, signVonage, verifyVonageToken } from '../../src/ingest/vonage/signature.ts';
import { vonageDelivery, vonageStarted } from '../support/vonage-samples.ts';

const SECRETS = ['new-secret', 'old-secret'];
const bytes = Buffer.from(JSON.stringify(vonageStarted));
const now = new Date('2026-03-01T10:00:00Z');
const iat = now.getTime() / 1000;

/** As a delivery is checked: its token first, its body against the hash in it. */
async function verify(
  authorization: string | undefined,
  secrets: readonly string[] = SECRETS,
  body: Uint8Array = bytes,
  at: Date = now,
) {
  const token = await verifyVonageToken(authorization, secrets, at);
  if (!token.ok) return token;
  const digest = createHash('sha256').update(body).digest();
  return isPayloadHash(digest, token.payloadHash)
    ? { ok: true, claims: token.claims }
    : { ok: false, reason: 'payload hash' };
}

describe('verifyVonageToken and isPayloadHash', () => {
  it.each(SECRETS)('accepts each of two live secrets (%s)', async (secret) => {
    const authorization = await signVonage(bytes, secret, { iat, jti: 'j1', api_key: 'k', application_id: 'app' });
    expect(await verify(authorization)).toEqual({
      ok: true,
      claims: { iat, jti: 'j1', apiKey: 'k', applicationId: 'app' },
    });
    expect((await verify(authorization.replace('Bearer', 'bearer'))).ok).toBe(true);
  });

  it('accepts what the sample delivery sends now', async () => {
    const delivery = await vonageDelivery(vonageStarted, 'new-secret');
    expect((await verify(delivery.headers.authorization, SECRETS, delivery.bytes, new Date())).ok).toBe(true);
  });

  it.each([
    ['no jti', { jti: undefined }],
    ['no jti', { jti: '' }],
    ['no jti', { jti: 'x'.repeat(256) }],
    ['issuer', { iss: 'Nexmo' }],
    ['issuer', { iss: undefined }],
    ['stale', { iat: iat - 301 }],
    ['stale', { iat: iat + 301 }],
    ['stale', { iat: undefined }],
    ['stale', { exp: iat - 301 }],
    ['payload hash', { payload_hash: undefined }],
    ['payload hash', { payload_hash: '' }],
    ['payload hash', { payload_hash: '0'.repeat(64) }],
  ])('refuses a token: %s %j', async (reason, claims) => {
    const authorization = await signVonage(bytes, 'new-secret', { iat, jti: 'j1', ...claims } as Record<
      string,
      unknown
    >);
    expect(await verify(authorization)).toEqual({ ok: false, reason });
  });

  it('accepts a clock that differs by five minutes', async () => {
    for (const skew of [-300, 300]) {
      expect((await verify(await signVonage(bytes, 'new-secret', { iat: iat + skew }))).ok).toBe(true);
    }
  });

  it('refuses a body that is not the one that was signed', async () => {
    const authorization = await signVonage(bytes, 'new-secret', { iat });
    for (const body of [Buffer.concat([bytes, Buffer.from(' ')]), Buffer.alloc(0)]) {
      expect(await verify(authorization, SECRETS, body)).toEqual({ ok: false, reason: 'payload hash' });
    }
  });

  it('refuses other algorithms, whoever signed', async () => {
    const claims = { iat, jti: 'j1', iss: 'Vonage' };
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rs256 = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    const hs512 = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS512' })
      .sign(Buffer.from('new-secret'.repeat(7)));
    expect(await verify(`Bearer ${rs256}`)).toEqual({ ok: false, reason: 'malformed' });
    expect(await verify(`Bearer ${hs512}`)).toEqual({ ok: false, reason: 'malformed' });
    expect(await verify(`Bearer ${new UnsecuredJWT(claims).encode()}`)).toEqual({ ok: false, reason: 'no token' });
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    const forged = createHmac('sha256', 'new-secret').update(none).digest('base64url');
    expect(await verify(`Bearer ${none}.${forged}`)).toEqual({ ok: false, reason: 'malformed' });
  });

  it('refuses what is no token, and everything without a secret', async () => {
    const authorization = await signVonage(bytes, 'new-secret', { iat });
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer x',
      `Token ${authorization.slice(7)}`,
      `${authorization} x`,
      `Bearer ${'a'.repeat(9000)}`,
    ]) {
      expect(await verify(header)).toEqual({ ok: false, reason: 'no token' });
    }
    expect(await verify('Bearer a.b.c')).toMatchObject({ ok: false });
    expect(await verify(authorization, ['other'])).toEqual({ ok: false, reason: 'signature' });
    expect(await verify(authorization, [])).toEqual({ ok: false, reason: 'no secret' });
    expect(await verify(authorization, [''])).toEqual({ ok: false, reason: 'no secret' });
  });
});
