/**
 * The only file that normalises, folds or lower-cases text from outside. `String.normalize` sorts a run of combining
 * marks in quadratic time (25,000 marks take seconds), and compatibility forms turn half-width letters into marks and
 * one character into eighteen. So the length and the runs of marks are cut before the text is normalised.
 * `test/house/bounded-text.test.ts` forbids the bare methods elsewhere.
 */

export type NormalForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/**
 * More than 30 marks in a row, the stream-safe limit of UAX #15, several times what any script writes. Half-width forms
 * count, which compatibility normalisation turns into marks.
 */
const TOO_MANY_MARKS = /([\p{M}\uFF9E\uFF9F]{30})[\p{M}\uFF9E\uFF9F]+/gu;
const ASCII = /^[\0-\x7F]*$/;

/** `text` with no more than 30 marks in a row. Takes linear time. */
export function withBoundedMarks(text: string): string {
  return ASCII.test(text) ? text : text.replace(TOO_MANY_MARKS, '$1');
}

/** The first `atMost` UTF-16 units, without half of a surrogate pair at the end. */
export function cutText(text: string, atMost: number): string {
  if (text.length <= atMost) return text;
  const last = text.charCodeAt(atMost - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? atMost - 1 : atMost);
}

/** The beginning of `text` in a normal form: at most `atMost` UTF-16 units are read, and at most as many returned. */
export function normalizeText(text: string, form: NormalForm, atMost: number): string {
  const beginning = cutText(text, atMost);
  if (ASCII.test(beginning)) return beginning;
  return cutText(withBoundedMarks(beginning).normalize(form), atMost);
}

/** Longer than any identifier, header name or keyword that is compared without case. */
const IDENTIFIER_LENGTH = 1_000;

/** The first `atMost` UTF-16 units of `text` in lower case, for identifiers, names of headers and keywords. */
export function lowerCase(text: string, atMost: number = IDENTIFIER_LENGTH): string {
  return cutText(text, atMost).toLowerCase();
}

/** Letters that Unicode doesn't decompose, although they have a stroke or are ligatures. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
};

/**
 * The form in which words of all languages are compared: the first `atMost` UTF-16 units in lower case, with
 * compatibility forms replaced and marks removed.
 */
export function foldText(text: string, atMost: number): string {
  return normalizeText(text, 'NFKD', atMost)
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßłøæœđðþħı]|\p{M}+/gu, (letter) => UNDECOMPOSED[letter] ?? '');
}

/** Soft hyphens, zero-width and other invisible characters. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;
const MARKS_ON_LETTERS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;

/**
 * The form in which words are searched (contract §3, `search`): the first `atMost` UTF-16 units in NFKC with full case
 * folding, without invisible characters and without the marks on Latin, Greek and Cyrillic letters.
 */
export function foldForSearch(text: string, atMost: number): string {
  const beginning = cutText(text, atMost);
  if (ASCII.test(beginning)) return beginning.toLowerCase();
  const visible = withBoundedMarks(beginning.replace(INVISIBLE, '')).normalize('NFKC').replace(INVISIBLE, '');
  const folded = foldCase(visible).normalize('NFD').replace(MARKS_ON_LETTERS, '$1');
  return cutText(folded.normalize('NFC'), atMost);
}

/**
 * Full case folding, which JavaScript lacks. Upper-casing first expands letters that lower-casing keeps, such as `ß` to
 * `SS`. `ı` is kept out of it, because it would become `i`.
 */
function foldCase(text: string): string {
  return text
    .split('ı')
    .map((part) => part.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
    .join('ı');
}
