import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/**
 * Ciphertext of one column of one row, AES-256-GCM:
 *
 *     0x01 ‖ key id (u32, big-endian) ‖ nonce (12) ‖ tag (16) ‖ text
 *
 * The header and the location (table, column, company, row) are authenticated, so a ciphertext that was moved to
 * another row or company can't be decrypted. Nonces are random: a key is safe for 2³² values and has to be rotated
 * after them.
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
 * The location of a ciphertext. `table` and `column` are fixed names: when a column is renamed in the database they
 * must stay as they are, or nothing can be decrypted. Ids compare without case. The row id has to be known before the
 * insert.
 */
export type FieldRef = {
  readonly table: string;
  readonly column: string;
  readonly companyId: string;
  readonly rowId: string;
};

/**
 * `unknown_key`: the ring lacks the key that encrypted it. `malformed`: another format, or shorter than the header.
 * `not_authentic`: altered, moved from its location, or the key with this id has other material.
 */
export type DecryptionFailure = 'unknown_key' | 'malformed' | 'not_authentic';

/**
 * Holds the location and the reason, never any text, so it is safe to log. `keyId` is null for a malformed ciphertext.
 */
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
    const location = ref === null ? 'ciphertext' : `${ref.table}.${ref.column}`;
    super(`Could not decrypt ${location} (key ${keyId ?? 'unreadable'}): ${reason}.`);
    this.reason = reason;
    this.keyId = keyId;
    this.table = ref?.table ?? null;
    this.column = ref?.column ?? null;
    this.rowId = ref?.rowId ?? null;
  }
}

/**
 * Encrypts with the ring's current primary key. The same text gives other bytes each time.
 * @throws TypeError for a lone surrogate, which UTF-8 can't represent; requests with one are refused earlier
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

/** Decrypts a text that was encrypted for this location, with any key of the ring. @throws DecryptionError */
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
