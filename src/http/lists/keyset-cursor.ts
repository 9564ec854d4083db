import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { invalidCursor } from '../../domain/errors.ts';
import type { ListIdentity } from './pagination.ts';

/** Cursors of lists that aren't ordered by a time. A cursor holds the sort keys of the last row of its page. */

const VERSION = 2;
const MAC_BYTES = 16;
const VALUES_AT = 5;

/** version (1 byte) ‖ key id (u32) ‖ sort keys as JSON ‖ MAC (16 bytes) over these and the list identity, base64url. */
export function encodeKeyset(ring: KeyRing, list: ListIdentity, values: readonly string[]): string {
  const head = Buffer.alloc(VALUES_AT);
  head.writeUInt8(VERSION, 0);
  head.writeUInt32BE(ring.primaryId, 1);
  const signed = Buffer.concat([head, Buffer.from(JSON.stringify(values))]);
  return Buffer.concat([signed, macOf(ring, ring.primaryId, list, signed)]).toString('base64url');
}

/** @throws invalidCursor for a cursor that this list with these filters didn't issue */
export function decodeKeyset(ring: KeyRing, list: ListIdentity, text: string): string[] {
  const cursor = Buffer.from(text, 'base64url');
  if (cursor.length <= VALUES_AT + MAC_BYTES || cursor.readUInt8(0) !== VERSION) throw invalidCursor();
  const signed = cursor.subarray(0, -MAC_BYTES);
  const keyId = signed.readUInt32BE(1);
  if (cursor.toString('base64url') !== text || !ring.has(keyId)) throw invalidCursor();
  if (!timingSafeEqual(macOf(ring, keyId, list, signed), cursor.subarray(-MAC_BYTES))) throw invalidCursor();
  return JSON.parse(signed.toString('utf8', VALUES_AT));
}

function macOf(ring: KeyRing, keyId: number, list: ListIdentity, signed: Buffer): Buffer {
  return createHmac('sha256', ring.derive(keyId, 'cursor'))
    .update(JSON.stringify(list))
    .update(signed)
    .digest()
    .subarray(0, MAC_BYTES);
}
