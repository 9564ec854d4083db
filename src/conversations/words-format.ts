import type { Words } from './search-words.ts';

/** Search words in the two formats in which PostgreSQL takes a `tsvector`. */

/** The text format, for arrays of `tsvector`. */
export function vectorText({ mark, positions }: Words): string {
  return Array.from(positions, ([word, numbers]) => `'${mark}${word}':${numbers.join(',')}`).join(' ');
}

/**
 * The binary format, which costs less to make and far less to read. `pg` sends a `Buffer` as a binary parameter.
 */
export function vectorBytes({ mark, positions }: Words): Buffer {
  let mostBytes = COUNT_BYTES;
  for (const [word, numbers] of positions)
    mostBytes += MOST_BYTES_A_UNIT * (mark.length + word.length) + 3 + 2 * numbers.length;
  const bytes = Buffer.allocUnsafe(mostBytes);
  let at = bytes.writeInt32BE(positions.size, 0);
  for (const [word, numbers] of positions) {
    at = writeWord(bytes, word, writeWord(bytes, mark, at));
    bytes[at++] = 0;
    at = writeNumber(bytes, numbers.length, at);
    for (const number of numbers) at = writeNumber(bytes, number, at);
  }
  return bytes.subarray(0, at);
}

const COUNT_BYTES = 4;
/** A UTF-16 unit takes at most three bytes in UTF-8. */
const MOST_BYTES_A_UNIT = 3;
const LAST_OF_ASCII = 0x7f;

/** In JavaScript while it is ASCII: for short texts, the call of `Buffer.write` costs more than the writing. */
function writeWord(bytes: Buffer, word: string, start: number): number {
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code > LAST_OF_ASCII) return start + bytes.write(word, start);
    bytes[start + at] = code;
  }
  return start + word.length;
}

/** `Buffer.writeUInt16BE` without its checks, which would take most of the time. */
function writeNumber(bytes: Buffer, number: number, at: number): number {
  bytes[at] = number >> 8;
  bytes[at + 1] = number;
  return at + 2;
}
