import type { KeyRing } from '../../crypto/key-ring.ts';
import { type ListIdentity, signCursor, verifyCursor } from './signed-cursor.ts';

/** Cursors of lists that aren't ordered by a time. A cursor holds the sort keys of the last row of its page, as JSON. */

const VERSION = 2;

export function encodeKeyset(ring: KeyRing, list: ListIdentity, values: readonly string[]): string {
  return signCursor(ring, list, VERSION, Buffer.from(JSON.stringify(values)));
}

/** @throws invalidCursor for a cursor that this list with these filters didn't issue */
export function decodeKeyset(ring: KeyRing, list: ListIdentity, text: string): string[] {
  return JSON.parse(verifyCursor(ring, list, VERSION, text).toString());
}
