import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/**
 * Ciphertext of one column of one row, AES-256-GCM:
 *
 *     0x01 ‖ key id (u32, big-endian) ‖ nonce (12) ‖ tag (16) ‖ text
 *
 * The header and the place it was written for (table, column, company, row) are authenticated, so that a ciphertext
 * moved to another row or company doesn't open. Nonces are random: a key is good for 2³² values, then rotate.
 */
const VERSION = 0x01;
const HEADER_BYTES = 5;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const TAG_AT = HEADER_BYTES + NONCE_BYTES;
const TEXT_AT = TAG_AT + TAG_BYTES;
const ALGORITHM = 'aes-256-gcm';

/** How many bytes longer than its UTF-8 text a ciphertext is. */
export const CIPHERTEXT_OVERHEAD_BYTES = TEXT_AT;

/**
 * Where a ciphertext lives. `table` and `column` are stable names of ours: renaming the column in the database must not
 * rename them here, or nothing opens. UUIDs compare without case. The row id is made before the insert.
 */
export type FieldRef = {
  readonly table: string;
  readonly column: string;
  readonly companyId: string;
  readonly rowId: string;
};

/**
 * `unknown_key`: the ring lacks the key it was written with. `malformed`: not of our format, or cut in the header.
 * `not_authentic`: altered, moved from its place, or the key of this id has other material.
 */
export type DecryptionFailure = 'unknown_key' | 'malformed' | 'not_authentic';

/** Says where and why, never what: safe to log. `keyId` is null when the ciphertext was too broken to name one. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
  readonly reason: DecryptionFailure;
  readonly keyId: number | null;
  readonly table: string | null;
  readonly column: string | null;
  readonly rowId: string | null;

  constructor(
    reason: DecryptionFailure,
    keyId: number | null,
    ref: (Pick<FieldRef, 'table' | 'column'> & Partial<FieldRef>) | null,
  ) {
    const place = ref === null ? 'ciphertext' : `${ref.table}.${ref.column}`;
    super(`Could not decrypt ${place} (key ${keyId ?? 'unreadable'}): ${reason}.`);
    this.reason = reason;
    this.keyId = keyId;
    this.table = ref?.table ?? null;
    this.column = ref?.column ?? null;
    this.rowId = ref?.rowId ?? null;
  }
}

/**
 * Encrypts under the ring's primary key of this moment. The same text gives other bytes each time. Throws TypeError for
 * a lone surrogate: UTF-8 has none, and what is read back must be what was sent (requests with one are refused earlier).
 */
export function encryptField(ring: KeyRing, ref: FieldRef, plaintext: string): Buffer {
  if (!plaintext.isWellFormed()) throw new TypeError(`Text for ${ref.table}.${ref.column} holds a lone surrogate.`);
  const keyId = ring.primaryId;
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION, 0);
  header.writeUInt32BE(keyId, 1);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, ring.material(keyId), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(header, ref));
  const text = cipher.update(plaintext, 'utf8');
  cipher.final(); // A stream mode: nothing is left to write, but the tag exists only now.
  return Buffer.concat([header, nonce, cipher.getAuthTag(), text]);
}

/** The text that was encrypted for this very place, under whichever key of the ring. Throws `DecryptionError`. */
export function decryptField(ring: KeyRing, ref: FieldRef, ciphertext: Buffer): string {
  const keyId = readKeyId(ciphertext, ref);
  if (!ring.has(keyId)) throw new DecryptionError('unknown_key', keyId, ref);
  const nonce = ciphertext.subarray(HEADER_BYTES, TAG_AT);
  const decipher = createDecipheriv(ALGORITHM, ring.material(keyId), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(ciphertext.subarray(0, HEADER_BYTES), ref));
  decipher.setAuthTag(ciphertext.subarray(TAG_AT, TEXT_AT));
  const text = decipher.update(ciphertext.subarray(TEXT_AT));
  try {
    decipher.final();
  } catch {
    throw new DecryptionError('not_authentic', keyId, ref);
  }
  return text.toString('utf8');
}

function readKeyId(ciphertext: Buffer, ref: FieldRef | null): number {
  if (ciphertext.length < TEXT_AT || ciphertext[0] !== VERSION) throw new DecryptionError('malformed', null, ref);
  return ciphertext.readUInt32BE(1);
}

function associatedData(header: Buffer, ref: FieldRef): Buffer {
  return lengthPrefixed([ref.table, ref.column, ref.companyId.toLowerCase(), ref.rowId.toLowerCase()], header);
}
