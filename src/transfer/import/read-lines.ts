import { isUtf8 } from 'node:buffer';
import { LINE_BYTES, type Piece, TOO_LONG } from './source.ts';

/** `fault`: why the line's text can't be read. */
export type SourceLine =
  | { number: number; text: string; fault?: never }
  | { number: number; text?: never; fault: string };

const NEWLINE = 0x0a;
const BOM = '\uFEFF';

/** The lines of a piece, in order. Blank lines are left out, but counted in the numbering. */
export function* linesOf({ firstLine, bytes, tooLong }: Piece): Generator<SourceLine> {
  for (const number of tooLong) yield { number, fault: TOO_LONG };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // In UTF-8 a newline byte is never part of another character, so the piece is valid if and only if every line is.
  const isValid = isUtf8(buffer);
  let number = firstLine;
  for (let start = 0; start < buffer.length; number += 1) {
    const newline = buffer.indexOf(NEWLINE, start);
    const end = newline === -1 ? buffer.length : newline;
    const line = lineOf(number, buffer, start, end, isValid);
    if (line) yield line;
    start = end + 1;
  }
}

function lineOf(number: number, buffer: Buffer, start: number, end: number, isValid: boolean): SourceLine | undefined {
  if (end - start > LINE_BYTES) return { number, fault: TOO_LONG };
  if (!isValid && !isUtf8(buffer.subarray(start, end))) return { number, fault: 'is not valid UTF-8' };
  const text = buffer.toString('utf8', start, end);
  const line = number === 1 && text.startsWith(BOM) ? text.slice(1) : text;
  return line.trim() === '' ? undefined : { number, text: line };
}
