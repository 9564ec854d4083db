import { Type } from '@sinclair/typebox';
import { decryptField, encryptField } from '../crypto/field-encryption.ts';
import { responseRef } from '../crypto/field-refs.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { tryLockIdempotencyKey } from '../db/locks.ts';
import type { idempotencyKeys } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';
import type { Tx } from '../db/transaction.ts';
import { ApiError } from '../domain/errors.ts';
import { doc } from './schema.ts';

/**
 * A request with an `Idempotency-Key` (contract §3, log-manual). The key and the response are committed in the
 * transaction of the effect, so that a stored key always has its effect. Only 2xx responses are stored.
 */
export type IdempotentRequest = {
  companyId: string;
  userId: string;
  key: string;
  /** A stored response is replayed only for the same method, path and body. */
  method: string;
  /** Compared byte for byte, like the body: `/api` and `/api/v1` are different paths. */
  path: string;
  body: Buffer;
};

export const IdempotencyHeaders = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x20-\\x7e]*$',
      ...doc(
        'Stored for 24 hours per user and company: a request with the same key and body gets the first response again and has no effect.',
        '5f6d2c0e-call-acme-2026-05-12',
      ),
    }),
  ),
});

export type StoredResponse = { status: number; location: string | null; body: string };

const RETENTION = "interval '24 hours'";

type KeyRow = StoredRow<typeof idempotencyKeys, 'fingerprint' | 'encryptionKeyId' | 'status' | 'location' | 'response'>;

/**
 * Claims the key for this transaction.
 * @returns the stored response of the same request; undefined for the first request with the key
 * @throws ApiError idempotency_key_in_use (409) while another request with the key is running, idempotency_key_reused
 *   (422) when the key was used with another method, path or body
 */
export async function claimIdempotencyKey(
  tx: Tx,
  ring: KeyRing,
  request: IdempotentRequest,
): Promise<StoredResponse | undefined> {
  const { companyId, userId, key } = request;
  const [[lock], [stored]] = await Promise.all([
    tx.query<{ locked: boolean }>(tryLockIdempotencyKey(companyId, userId, key)),
    tx.query<KeyRow>({
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
  const isSame = fingerprintOf(ring, stored.encryption_key_id, request).equals(stored.fingerprint);
  if (!isSame) {
    throw new ApiError('idempotency_key_reused', 'This Idempotency-Key was used with another body or path.');
  }
  return {
    status: stored.status,
    location: stored.location,
    body: decryptField(ring, responseRef(companyId, userId, key), stored.response),
  };
}

/** Stores the response in the transaction of the effect. */
export function storeResponse(tx: Tx, ring: KeyRing, request: IdempotentRequest, response: StoredResponse): void {
  const { companyId, userId, key } = request;
  tx.send({
    name: 'store_idempotency_key',
    text: `
      INSERT INTO idempotency_keys (company_id, user_id, key, fingerprint, encryption_key_id, status, location, response, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + ${RETENTION})
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
