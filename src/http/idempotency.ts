import { Type } from '@sinclair/typebox';
import { decryptField, encryptField } from '../crypto/field-encryption.ts';
import { responseRef } from '../crypto/field-refs.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { tryLockIdempotencyKey } from '../db/locks.ts';
import type { Tx } from '../db/transaction.ts';
import { ApiError } from '../domain/errors.ts';

/**
 * `Idempotency-Key` (contract §3, log-manual): the key and its response commit in the transaction of the effect, so
 * that a key is known exactly when its effect is there. Only a 2xx is remembered.
 */
export type IdempotentRequest = {
  companyId: string;
  userId: string;
  key: string;
  /** What must be the same for the same answer. */
  method: string;
  /** Byte for byte, as the body: `/api` and `/api/v1` differ. */
  path: string;
  body: Buffer;
};

export const IdempotencyHeaders = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x20-\\x7e]*$',
      description:
        'Kept 24 hours per user and company: the same key and body answer the first response again and do nothing.',
      examples: ['5f6d2c0e-call-acme-2026-05-12'],
    }),
  ),
});

export type StoredResponse = { status: number; location: string | null; body: string };

const KEPT = "interval '24 hours'";

type StoredRow = {
  fingerprint: Buffer;
  encryption_key_id: number;
  status: number;
  location: string | null;
  response: Buffer;
};

/**
 * Takes the key for this transaction.
 * @returns the first response when the same request was answered before; undefined when this is the first
 * @throws 409 while another request with the key is running, 422 when the key belongs to another request
 */
export async function takeIdempotencyKey(
  tx: Tx,
  ring: KeyRing,
  request: IdempotentRequest,
): Promise<StoredResponse | undefined> {
  const { companyId, userId, key } = request;
  const [[lock], [stored]] = await Promise.all([
    tx.query<{ locked: boolean }>(tryLockIdempotencyKey(companyId, userId, key)),
    tx.query<StoredRow>({
      name: 'find_idempotency_key',
      text: `
        SELECT fingerprint, encryption_key_id, status, location, response
        FROM idempotency_keys
        WHERE company_id = $1 AND user_id = $2 AND key = $3 AND expires_at > now()`,
      values: [companyId, userId, key],
    }),
  ]);
  if (!lock?.locked) {
    throw new ApiError('idempotency_key_in_use', 'A request with this Idempotency-Key is still running.', {
      headers: { 'retry-after': '1' },
    });
  }
  if (!stored) return undefined;
  const same = fingerprintOf(ring, stored.encryption_key_id, request).equals(stored.fingerprint);
  if (!same) {
    throw new ApiError('idempotency_key_reused', 'This Idempotency-Key was used with another body or path.');
  }
  return {
    status: stored.status,
    location: stored.location,
    body: decryptField(ring, responseRef(companyId, userId, key), stored.response),
  };
}

/** Remembers the response, in the transaction of the effect. */
export function keepResponse(tx: Tx, ring: KeyRing, request: IdempotentRequest, response: StoredResponse): void {
  const { companyId, userId, key } = request;
  tx.send({
    name: 'keep_idempotency_key',
    text: `
      INSERT INTO idempotency_keys (company_id, user_id, key, fingerprint, encryption_key_id, status, location, response, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + ${KEPT})
      ON CONFLICT (company_id, user_id, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, encryption_key_id = excluded.encryption_key_id, status = excluded.status,
          location = excluded.location, response = excluded.response, created_at = now(), expires_at = excluded.expires_at`,
    values: [
      companyId,
      userId,
      key,
      fingerprintOf(ring, ring.primaryId, request),
      ring.primaryId,
      response.status,
      response.location,
      encryptField(ring, responseRef(companyId, userId, key), response.body),
    ],
  });
}

function fingerprintOf(ring: KeyRing, keyId: number, request: IdempotentRequest): Buffer {
  return fingerprint(ring, keyId, 'idempotency', request.method, request.path, request.body);
}
