import { cutText } from '../domain/normalize-text.ts';
import { storableText } from '../domain/storable-text.ts';
import type { BodyType } from '../domain/vocabulary.ts';
import { MailLines } from './lines.ts';
import { ownWords } from './own-words.ts';

/** Unicode code points, as every length in the contract. */
export const PREVIEW_LENGTH = 200;
/** Two UTF-16 units a code point, and one character more so that the last one is known to be whole. */
const ENOUGH_FOR_PREVIEW = 2 * (PREVIEW_LENGTH + 1);

/**
 * The first words of a mail as plain text: at most 200 code points on one line, without markup, hidden text, quoted history
 * and signatures. Null when the body is missing or has no words of its own. Meant to be shown as text: it may hold `<`,
 * when the sender wrote one. Never throws, and takes milliseconds for any body.
 */
export function previewOf(body: string | null, bodyType: BodyType): string | null {
  return previewOfOwnText(ownTextOf(body, bodyType, ENOUGH_FOR_PREVIEW));
}

/** The same of what {@link ownTextOf} found, however much of it. */
export function previewOfOwnText(ownText: string): string | null {
  const text = cutText(ownText, ENOUGH_FOR_PREVIEW).replaceAll('\n', ' ');
  return text === '' ? null : firstCharacters(text, PREVIEW_LENGTH);
}

/** What the sender wrote, a line each, for the rules that judge a mail: as {@link previewOf}, cut at about `enough` UTF-16 units. */
export function ownTextOf(body: string | null, bodyType: BodyType, enough = 20_000): string {
  if (body === null || body === '') return '';
  const words = ownWords(new MailLines(body, bodyType), enough);
  const shown = words.length > 0 || !HAS_SIZES.test(body.slice(0, LOOKED_AT)) ? words : sizelessWords(body, enough);
  return storableText(shown.join('\n'));
}

const HAS_SIZES = /font(?:-size)?\s*:/i;
const LOOKED_AT = 100_000;

function sizelessWords(body: string, enough: number): string[] {
  return ownWords(new MailLines(body, 'text/html', { showsSizeless: true }), enough);
}

/** All the words of a mail, earlier messages included where the program marked them inline, cut at about `enough` UTF-16 units. */
export function fullTextOf(body: string | null, bodyType: BodyType, enough = 40_000): string {
  if (body === null || body === '') return '';
  const lines = new MailLines(body, bodyType).all().map((line) => line.text);
  return storableText(lines.join('\n').slice(0, enough));
}

const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Each unit is a character, and what follows can't join the last one. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Cut between what people see as characters, so that no emoji or accented letter is torn; between code points where one of them is longer than the limit. */
function firstCharacters(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (PLAIN.test(text.slice(0, limit + 1))) return text.slice(0, limit).trimEnd();
  const codePoints = Array.from(text);
  if (codePoints.length <= limit) return text;
  // One more than fits, so that the last character that is kept is known to be whole.
  const head = codePoints.slice(0, limit + 1).join('');
  let end = 0;
  let taken = 0;
  for (const { segment, index } of GRAPHEMES.segment(head)) {
    taken += codePointCount(segment);
    if (taken > limit) break;
    end = index + segment.length;
  }
  return end === 0 ? codePoints.slice(0, limit).join('') : head.slice(0, end).trimEnd();
}

function codePointCount(text: string): number {
  return Array.from(text).length;
}
