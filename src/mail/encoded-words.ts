/** RFC 2047: `=?utf-8?B?…?=`, which some programs leave undecoded in names and subjects. */
const ENCODED_WORD = /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([BbQq])\?([^?\s]{0,2000})\?=/g;
/** Blanks between two encoded words are no part of the text. */
const BETWEEN_WORDS = /(\?=)[ \t\r\n]{1,20}(?==\?)/g;

/** `text` with its encoded words decoded; one that can't be decoded stays as it was sent. Linear. */
export function decodeEncodedWords(text: string): string {
  if (!text.includes('=?')) return text;
  return text.replace(BETWEEN_WORDS, '$1').replace(ENCODED_WORD, (word, charset, encoding, content) => {
    try {
      const bytes = /b/i.test(encoding) ? Buffer.from(content, 'base64') : quotedPrintable(content);
      return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch {
      return word;
    }
  });
}

function quotedPrintable(content: string): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < content.length; at += 1) {
    const hex = content[at] === '=' ? content.slice(at + 1, at + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(content[at] === '_' ? 0x20 : content.charCodeAt(at) & 0xff);
  }
  return Uint8Array.from(bytes);
}
