import type { Words } from '../../conversations/search-words.ts';
import { vectorBytes } from '../../conversations/words-format.ts';

/**
 * Encodes rows in PostgreSQL's binary COPY format, directly into a buffer: neither side parses text, and no objects are
 * allocated for each of a million messages. Call `row`, then the method of each column's type, in the order of the
 * columns.
 */
export class BinaryRows {
  #buffer = Buffer.allocUnsafe(INITIAL_BYTES);
  #length = 0;
  count = 0;

  constructor() {
    this.clear();
  }

  row(columns: number): void {
    this.count += 1;
    this.#room(2);
    this.#length = this.#buffer.writeInt16BE(columns, this.#length);
  }

  null(): void {
    this.#room(4);
    this.#length = this.#buffer.writeInt32BE(-1, this.#length);
  }

  /** @param uuid in either case */
  uuid(uuid: string | null | undefined): void {
    if (!uuid) {
      this.null();
      return;
    }
    this.#room(20);
    let at = this.#buffer.writeInt32BE(16, this.#length);
    for (let digit = 0; digit < UUID_CHARACTERS; digit += 2) {
      if (uuid.charCodeAt(digit) === HYPHEN) digit += 1;
      this.#buffer[at++] = (nibble(uuid.charCodeAt(digit)) << 4) | nibble(uuid.charCodeAt(digit + 1));
    }
    this.#length = at;
  }

  text(text: string | null | undefined): void {
    if (text === null || text === undefined) {
      this.null();
      return;
    }
    this.#room(4 + MOST_BYTES_A_UNIT * text.length);
    const start = this.#length + 4;
    const end = this.#utf8(text, start);
    this.#buffer.writeInt32BE(end - start, this.#length);
    this.#length = end;
  }

  boolean(flag: boolean | null | undefined): void {
    if (flag === null || flag === undefined) {
      this.null();
      return;
    }
    this.#room(5);
    this.#length = this.#buffer.writeUInt8(flag ? 1 : 0, this.#buffer.writeInt32BE(1, this.#length));
  }

  integer(value: number | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.#room(8);
    this.#length = this.#buffer.writeInt32BE(value, this.#buffer.writeInt32BE(4, this.#length));
  }

  smallint(value: number): void {
    this.#room(6);
    this.#length = this.#buffer.writeInt16BE(value, this.#buffer.writeInt32BE(2, this.#length));
  }

  bigint(value: number): void {
    this.#room(12);
    const high = Math.floor(value / LOW_WORD);
    const at = this.#buffer.writeInt32BE(high, this.#buffer.writeInt32BE(8, this.#length));
    this.#length = this.#buffer.writeUInt32BE(value - high * LOW_WORD, at);
  }

  /** `YYYY-MM-DD` */
  date(day: string | null | undefined): void {
    this.integer(!day ? null : (Date.parse(day) - YEAR_2000) / DAY_MS);
  }

  /** RFC 3339 UTC with milliseconds. */
  timestamp(time: string | null): void {
    if (time === null) {
      this.null();
      return;
    }
    this.bigint((Date.parse(time) - YEAR_2000) * 1_000);
  }

  bytea(bytes: Buffer | null): void {
    if (bytes === null) {
      this.null();
      return;
    }
    this.#room(4 + bytes.length);
    const at = this.#buffer.writeInt32BE(bytes.length, this.#length);
    this.#length = at + bytes.copy(this.#buffer, at);
  }

  jsonb(value: unknown): void {
    if (value === null || value === undefined) {
      this.null();
      return;
    }
    const text = JSON.stringify(value);
    this.#room(5 + MOST_BYTES_A_UNIT * text.length);
    const start = this.#length;
    // The version of the format goes before the text.
    const end = this.#utf8(text, this.#buffer.writeUInt8(1, start + 4));
    this.#length = end;
    this.#buffer.writeInt32BE(end - start - 4, start);
  }

  /** `text[]` */
  texts(texts: readonly string[]): void {
    this.#array(TEXT_OID, texts, (text) => this.text(text));
  }

  /** `uuid[]` */
  uuids(uuids: readonly string[]): void {
    this.#array(UUID_OID, uuids, (uuid) => this.uuid(uuid));
  }

  tsvector(words: Words): void {
    this.bytea(vectorBytes(words));
  }

  /** Removes all rows, but keeps the memory for the next ones. */
  clear(): void {
    this.#length = SIGNATURE.copy(this.#buffer);
    this.count = 0;
  }

  /** A copy of all rows so far, ready for `COPY … WITH (FORMAT binary)`. */
  copy(): Uint8Array<ArrayBuffer> {
    this.#room(2);
    this.#length = this.#buffer.writeInt16BE(-1, this.#length);
    return new Uint8Array(this.#buffer.subarray(0, this.#length));
  }

  #array<Element>(elementOid: number, elements: readonly Element[], write: (element: Element) => void): void {
    const { length } = elements;
    const start = this.#length;
    this.#room(24);
    let at = this.#buffer.writeInt32BE(length === 0 ? 0 : 1, start + 4);
    at = this.#buffer.writeInt32BE(0, at);
    at = this.#buffer.writeInt32BE(elementOid, at);
    if (length > 0) at = this.#buffer.writeInt32BE(1, this.#buffer.writeInt32BE(length, at));
    this.#length = at;
    for (const element of elements) write(element);
    this.#buffer.writeInt32BE(this.#length - start - 4, start);
  }

  /** Writes a text for which there must be room. @returns the offset of its end */
  #utf8(text: string, start: number): number {
    const { length } = text;
    if (length > SHORT) return start + this.#buffer.write(text, start);
    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > LAST_OF_ASCII) return start + this.#buffer.write(text, start);
      this.#buffer[start + at] = code;
    }
    return start + length;
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#buffer.length, this.#length + bytes));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

const INITIAL_BYTES = 1 << 16;
/** Signature, flags and the length of the header's extension. */
const SIGNATURE = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const YEAR_2000 = Date.UTC(2000);
const LOW_WORD = 2 ** 32;
const DAY_MS = 86_400_000;
const TEXT_OID = 25;
const UUID_OID = 2950;
/** A UTF-16 unit takes at most three bytes in UTF-8. */
const MOST_BYTES_A_UNIT = 3;
/**
 * Texts up to this length are written in JavaScript: for them, the call of `Buffer.write` costs more than the writing.
 */
const SHORT = 32;
const LAST_OF_ASCII = 0x7f;
const UUID_CHARACTERS = 36;
const HYPHEN = 0x2d;

/** The value of a hexadecimal digit. Letters of both cases differ from digits in the same way. */
function nibble(code: number): number {
  return (code & 0x0f) + (code > 0x39 ? 9 : 0);
}
