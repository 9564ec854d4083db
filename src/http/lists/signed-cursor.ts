import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { invalidCursor } from '../../domain/errors.ts';

/** The signature of every cursor: only the list that issued it, with the same filters, takes it back. */

/** Identifies a list with its filters, so that a cursor of another list is refused. */
export type ListIdentity = readonly (string | number | boolean | null | readonly string[])[];

const HEAD_BYTES = 5;
const MAC_BYTES = 16;

/**
 * version (1 byte) ‖ key id (u32) ‖ position ‖ MAC (16 bytes) over these and the list identity, base64url.
 * @param version tells how the position is written
 */
export function signCursor(ring: KeyRing, list: ListIdentity, version: number, position: Buffer): string {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(version, 0);
  head.writeUInt32BE(ring.primaryId, 1);
  const signed = Buffer.concat([head, position]);
  return Buffer.concat([signed, macOf(ring, ring.primaryId, list, signed)]).toString('base64url');
}

/** @returns the position. @throws invalidCursor for a cursor that this list with these filters didn't issue */
export function verifyCursor(ring: KeyRing, list: ListIdentity, version: number, text: string): Buffer {
  const cursor = Buffer.from(text, 'base64url');
  if (cursor.length <= HEAD_BYTES + MAC_BYTES || cursor.readUInt8(0) !== version) throw invalidCursor();
  const signed = cursor.subarray(0, -MAC_BYTES);
  const keyId = signed.readUInt32BE(1);
  if (cursor.toString('base64url') !== text || !ring.has(keyId)) throw invalidCursor();
  if (!timingSafeEqual(macOf(ring, keyId, list, signed), cursor.subarray(-MAC_BYTES))) throw invalidCursor();
  return signed.subarray(HEAD_BYTES);
}

function macOf(ring: KeyRing, keyId: number, list: ListIdentity, signed: Buffer): Buffer {
  return createHmac('sha256', ring.derive(keyId, 'cursor'))
    .update(JSON.stringify(list))
    .update(signed)
    .digest()
    .subarray(0, MAC_BYTES);
}
