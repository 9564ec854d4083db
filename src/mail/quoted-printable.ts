/** RFC 2045: `=C3=BC` encodes the bytes of `ü`, and `=` at the end of a line continues the line. */

const HEX = /^[0-9A-F]{2}$/i;

/** @param content ASCII text @param options.isHeader whether `_` is a blank, as in the encoded words of headers */
export function quotedPrintableBytes(content: string, { isHeader = false } = {}): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < content.length; at += 1) {
    const hex = content[at] === '=' ? content.slice(at + 1, at + 3) : '';
    if (HEX.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(isHeader && content[at] === '_' ? 0x20 : content.charCodeAt(at) & 0xff);
  }
  return Uint8Array.from(bytes);
}

const SOFT_BREAK = /=[ \t]{0,5}\r?\n/g;
const ESCAPE = /=[0-9A-F]{2}/;
/** Bytes of one character beyond ASCII. */
const CHARACTER = /(?:=[C-F][0-9A-F](?:=[89AB][0-9A-F]){1,3})+/g;
const SIGNS = /=(?:20|3D|09|0D|0A|2E)/g;
/** UTF-16 units of a body that are examined to detect the encoding. */
const EXAMINED_LENGTH = 20_000;
/** UTF-16 units of a body that are kept: its own words begin before. */
const MOST_DECODED = 256 * 1024;

/**
 * Decodes a body that was encoded twice or never decoded: some mail programs and providers leave `=20` and `=C3=BC` in
 * texts. Returns other bodies as they are. Takes linear time.
 */
export function withoutQuotedPrintable(body: string): string {
  if (!isQuotedPrintable(body.slice(0, EXAMINED_LENGTH))) return body;
  const encoded = body.slice(0, MOST_DECODED);
  if (encoded !== last.encoded) last = { encoded, text: decodedBody(encoded) };
  return last.text;
}

/** The body that was decoded last: a mail is read several times in a row, for its own words and for all of them. */
let last = { encoded: '', text: '' };

function decodedBody(encoded: string): string {
  return encoded
    .replace(SOFT_BREAK, '')
    .replace(CHARACTER, decoded)
    .replace(SIGNS, (sign) => String.fromCharCode(Number.parseInt(sign.slice(1), 16)));
}

function isQuotedPrintable(text: string): boolean {
  if (!ESCAPE.test(text)) return false;
  return text.search(CHARACTER) >= 0 || (text.search(SOFT_BREAK) >= 0 && text.search(SIGNS) >= 0);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decoded(escapes: string): string {
  try {
    return UTF8.decode(quotedPrintableBytes(escapes));
  } catch {
    return escapes;
  }
}
