import { quotedPrintableBytes } from './quoted-printable.ts';

/** RFC 2047: `=?utf-8?B?…?=`, which some programs leave undecoded in names and subjects. */
const ENCODED_WORD = /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([BbQq])\?([^?\r\n]{0,2000})\?=/g;
/** Blanks between two encoded words aren't part of the text. */
const BETWEEN_WORDS = /(\?=)[ \t\r\n]{1,20}(?==\?)/g;
/** Two adjacent words, joined into one when the bytes of a character are split between them. */
const SPLIT_WORD = /=\?([\w.:-]{1,40})\?([BbQq])\?([^?\r\n]{0,2000})\?==\?\1\?\2\?/g;
const MOST_JOINED = 50;

/** `text` with its encoded words decoded; a word that can't be decoded stays as it is. Takes linear time. */
export function decodeEncodedWords(text: string): string {
  if (!text.includes('=?')) return text;
  const adjacent = text.replace(BETWEEN_WORDS, '$1');
  const words = adjacent.replace(ENCODED_WORD, decodeWord);
  return words.includes('=?') ? joinSplitWords(adjacent).replace(ENCODED_WORD, decodeWord) : words;
}

function decodeWord(word: string, charset: string, encoding: string, content: string): string {
  try {
    const bytes = /b/i.test(encoding) ? base64Bytes(content) : quotedPrintableBytes(content, { isHeader: true });
    const isUnknown = /^(?:unknown|x-unknown|default)/i.test(charset);
    const text = new TextDecoder(isUnknown ? 'utf-8' : charset, { fatal: true }).decode(bytes);
    return LATIN.test(charset)
      ? text.replace(CONTROLS, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? '')
      : text;
  } catch {
    return word;
  }
}

/** What these names stand for on the web is windows-1252, which some versions of Node read as ISO 8859-1. */
const LATIN = /^(?:(?:windows-|cp|x-cp)1252|iso-?8859-?1|latin-?1|us-ascii)$/i;
const CONTROLS = /[\u0080-\u009f]/g;
const WINDOWS_1252 = Array.from('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ');

/** The bytes of joined words, each of which has its own padding. */
function base64Bytes(content: string): Buffer {
  return Buffer.concat(content.split(/(?<==)(?=[^=])/).map((part) => Buffer.from(part, 'base64')));
}

function joinSplitWords(text: string): string {
  let joined = text;
  for (let turns = 0; turns < MOST_JOINED; turns += 1) {
    const next = joined.replace(SPLIT_WORD, '=?$1?$2?$3');
    if (next === joined) break;
    joined = next;
  }
  return joined;
}
