import { randomFillSync } from 'node:crypto';
import { NIL, v7 } from 'uuid';

const RANDOM_BYTES = 16;
/** Random bytes of the next 256 ids: asking the operating system for each id takes longer than everything else about it. */
const pool = new Uint8Array(256 * RANDOM_BYTES);
let used = pool.length;
/** The time and the counter of the last id. */
let last = { msecs: 0, seq: 0 };

/**
 * A UUID version 7 in lower case. Later ids of this process sort later, so that inserts go to the end of an index.
 */
export function newId(): string {
  const random = randomBytes();
  last = following(last, Date.now(), random);
  return v7({ random, ...last });
}

/** Each millisecond resets the counter to a random value in the lower half of its range, so that it hardly ever overflows. */
function following({ msecs, seq }: typeof last, now: number, random: Uint8Array): typeof last {
  if (now > msecs) return { msecs: now, seq: new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1 };
  return seq === 0xffff_ffff ? { msecs: msecs + 1, seq: 0 } : { msecs, seq: seq + 1 };
}

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.subarray(used - RANDOM_BYTES, used);
}

/** The plain form of a UUID of any version, in either case. */
export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Sorts before every id. */
export const NIL_ID: string = NIL;
