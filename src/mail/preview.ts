import { cutText } from '../domain/normalize-text.ts';
import { storableText } from '../domain/storable-text.ts';
import type { BodyType } from '../domain/vocabulary.ts';
import { MailLines } from './lines.ts';
import { othersWords, writtenWords } from './own-words.ts';

/** In Unicode code points, as every length in the contract. */
export const PREVIEW_LENGTH = 200;
/** In UTF-16 units: two for each code point, and one character more to see that the last one is complete. */
const ENOUGH_FOR_PREVIEW = 2 * (PREVIEW_LENGTH + 1);

/**
 * The first words of a mail as plain text: at most 200 code points on one line, without markup, hidden text, quoted
 * history and signatures. Null when the body is missing or has no words of its own. It is text, not HTML: it contains a
 * `<` that the sender wrote. Never throws, and takes milliseconds for any body.
 */
export function previewOf(body: string | null, bodyType: BodyType): string | null {
  return previewOfOwnText(ownTextOf(body, bodyType, ENOUGH_FOR_PREVIEW));
}

/** {@link previewOf} for a text that {@link ownTextOf} returned. */
export function previewOfOwnText(ownText: string): string | null {
  const text = cutText(ownText, ENOUGH_FOR_PREVIEW).replaceAll('\n', ' ');
  return text === '' ? null : firstCharacters(text, PREVIEW_LENGTH);
}

/** The lines that the sender wrote, selected as for {@link previewOf}; stops at about `enough` UTF-16 units. */
export function ownTextOf(body: string | null, bodyType: BodyType, enough = 20_000): string {
  return new BodyTexts(body, bodyType).own(enough);
}

/** All lines of a mail, with the earlier messages that the program quotes inline; cut at `enough` UTF-16 units. */
export function fullTextOf(body: string | null, bodyType: BodyType, enough = 40_000): string {
  return new BodyTexts(body, bodyType).full(enough);
}

/** {@link ownTextOf} and {@link fullTextOf} of one body, whose markup is parsed once for all of them. */
export class BodyTexts {
  readonly #body: string;
  readonly #bodyType: BodyType;
  #lines: MailLines | undefined;

  constructor(body: string | null, bodyType: BodyType) {
    this.#body = body ?? '';
    this.#bodyType = bodyType;
  }

  own(enough: number): string {
    if (this.#body === '') return '';
    const lines = this.#shownLines();
    const written = writtenWords(lines, enough);
    const words = written.length > 0 ? written : othersWords(lines, enough);
    if (words.length > 0 || !(lines.leftOut.coloured || lines.leftOut.otherwise)) return storableText(words.join('\n'));
    const everything = new MailLines(this.#body, this.#bodyType, 'everything');
    const own = writtenWords(everything, enough);
    return storableText((own.length > 0 ? own : othersWords(everything, enough)).join('\n'));
  }

  full(enough: number): string {
    if (this.#body === '') return '';
    const text = this.#shownLines()
      .all()
      .map((line) => line.text);
    return storableText(text.join('\n').slice(0, enough));
  }

  /** The lines that people see. When the sender's words are all in the colour of the background, these too. */
  #shownLines(): MailLines {
    this.#lines ??= this.#chooseLines();
    return this.#lines;
  }

  #chooseLines(): MailLines {
    const lines = new MailLines(this.#body, this.#bodyType);
    if (hasWrittenWords(lines) || !lines.leftOut.coloured) return lines;
    const coloured = new MailLines(this.#body, this.#bodyType, 'coloured');
    return hasWrittenWords(coloured) ? coloured : lines;
  }
}

function hasWrittenWords(lines: MailLines): boolean {
  return writtenWords(lines, 1).length > 0;
}

const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Texts in which every UTF-16 unit is a character by itself. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Cuts between graphemes, so that no emoji or accented letter is split. When the first grapheme is longer than the
 * limit, it cuts between code points.
 */
function firstCharacters(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (PLAIN.test(text.slice(0, limit + 1))) return text.slice(0, limit).trimEnd();
  const codePoints = Array.from(text);
  if (codePoints.length <= limit) return text;
  // One code point more than fits, to see that the last character that is kept is complete.
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
