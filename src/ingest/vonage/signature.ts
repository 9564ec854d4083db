import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';

const ISSUER = 'Vonage';
/** How far `iat` may be from now, either way: the tokens carry no expiry. */
export const IAT_TOLERANCE_SECONDS = 300;
const MAX_TOKEN = 8192;
const MAX_JTI = 255;
const HEX_SHA256 = /^[0-9a-f]{64}$/i;

export interface VonageClaims {
  /** Unix seconds. */
  iat: number;
  /** Unique id of the token. The caller stores it for as long as `iat` is accepted: a second use of it is a replay. */
  jti: string;
  apiKey: string | null;
  applicationId: string | null;
}

/** For the log only; the response is 401 for all of them. */
export type VonageRefusal =
  | 'no secret'
  | 'no token'
  | 'malformed'
  | 'signature'
  | 'issuer'
  | 'stale'
  | 'payload hash'
  | 'no jti';

export type VonageToken =
  | { ok: true; claims: VonageClaims; payloadHash: unknown }
  | { ok: false; reason: VonageRefusal };

/**
 * Checks a signed Voice webhook before its body is there: `Authorization: Bearer <JWT>`, HS256 and nothing else, made with
 * one of the live secrets, by Vonage, within five minutes. Whether the `jti` was seen before is the caller's to check, and
 * so is `payloadHash`, by {@link isPayloadHash}.
 *
 * Vonage hashes the request's JSON, which it sends without whitespace, so the raw body is what was hashed. Events sent
 * by GET hash the query instead and aren't supported: the event URL's method must be POST, its default.
 */
export async function verifyVonageToken(
  authorization: string | undefined,
  secrets: readonly string[],
  now: Date = new Date(),
): Promise<VonageToken> {
  const token = /^bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec((authorization ?? '').slice(0, MAX_TOKEN))?.[1];
  if (token === undefined) return { ok: false, reason: 'no token' };
  let verdict: VonageToken = { ok: false, reason: 'no secret' };
  for (const secret of secrets) {
    if (secret === '') continue;
    verdict = await verifyToken(token, secret, now);
    if (verdict.ok || verdict.reason !== 'signature') return verdict;
  }
  return verdict;
}

/** The `Authorization` header that Vonage would send with these bytes; `claims` override the default ones. */
export async function signVonage(body: Uint8Array, secret: string, claims: JWTPayload = {}): Promise<string> {
  const usual = {
    iat: Math.floor(Date.now() / 1000),
    jti: randomUUID(),
    iss: ISSUER,
    payload_hash: sha256(body).toString('hex'),
    api_key: 'a1b2c3d4',
    application_id: '3f1c7d0e-8a52-4b7e-9a3d-6d0f5f1c2b4a',
  };
  const token = await new SignJWT({ ...usual, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(keyOf(secret));
  return `Bearer ${token}`;
}

async function verifyToken(token: string, secret: string, now: Date): Promise<VonageToken> {
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, keyOf(secret), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      maxTokenAge: 0,
      clockTolerance: IAT_TOLERANCE_SECONDS,
      currentDate: now,
    }));
  } catch (error) {
    return { ok: false, reason: refusalOf(error) };
  }
  const { iat, jti } = payload;
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI || jti.includes('\0'))
    return { ok: false, reason: 'no jti' };
  if (iat === undefined) return { ok: false, reason: 'stale' };
  return {
    ok: true,
    claims: { iat, jti, apiKey: textOf(payload.api_key), applicationId: textOf(payload.application_id) },
    payloadHash: payload.payload_hash,
  };
}

function refusalOf(error: unknown): VonageRefusal {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JWTExpired) return 'stale';
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'iss' ? 'issuer' : 'stale';
  return 'malformed';
}

/** @param digest SHA-256 of the body as transmitted */
export function isPayloadHash(digest: Buffer, claimed: unknown): boolean {
  if (typeof claimed !== 'string' || !HEX_SHA256.test(claimed)) return false;
  return timingSafeEqual(digest, Buffer.from(claimed, 'hex'));
}

function sha256(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest();
}

function keyOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim !== '' ? claim : null;
}
