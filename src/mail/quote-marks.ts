import type { MailLines } from './lines.ts';

/**
 * Recognises lines of earlier messages that are marked with something else than `>`: `) `, `| `, `# `, the writer's
 * name (`John> `). People begin lines with such characters too, so a mark counts only in a run, or below the
 * program's "… wrote:".
 */

/** No list, heading or table begins with these. */
const UNUSUAL = /^[)\]}|:;%~!¦»›┃│║](?=\s|$)/u;
/** People make lists and headings with these. */
const COMMON = /^[#*=+&$^§•·-](?=\s|$)/u;
/** The writer's initials or first name: `jd> `, `John>>`. */
const NAME = /^(\p{L}[\p{L}\p{N}._-]{0,14})>+(?=\s|$)/u;
/** A second mark directly after the first one, as in a quote within a quote. */
const FURTHER = /^(?:[)\]}|:;%~!¦»›┃│║>#*=+&$^§•·]+\s?|\p{L}{1,4}>+\s)+/u;
/** `| Invoice | Amount |` */
const TABLE_ROW = /^\|.*\|/;
const LETTER_OR_DIGIT = /^[\p{L}\p{N}]/u;

/** The mark that a line begins with, in the form in which marks are compared; null when it begins with none. */
function markOf(text: string, withCommon: boolean): string | null {
  if (LETTER_OR_DIGIT.test(text)) return text.includes('>') ? (NAME.exec(text)?.[1] ?? null) : null;
  if (TABLE_ROW.test(text)) return null;
  return UNUSUAL.test(text) || (withCommon && COMMON.test(text)) ? (text[0] ?? null) : null;
}

/** Whether the line below an introduction such as "John wrote:" begins with a mark that people don't write. */
export function hasUnusualMark(lines: MailLines, at: number): boolean {
  const line = lines.at(at);
  return line?.kind === 'text' && markOf(line.text, false) !== null;
}

/** A quoted line without its marks. */
export function withoutQuoteMarks(text: string): string {
  if (markOf(text, true) === null && !text.startsWith('>')) return text;
  return text.replace(NAME, '').replace(FURTHER, '').trimStart();
}

/** The marks that one mail uses for the lines that it quotes. */
export class QuoteMarks {
  readonly #known = new Set<string>();

  /** Whether line `at` begins with a known mark, or together with the next line shows a mark to be one. */
  includes(lines: MailLines, at: number): boolean {
    const line = lines.at(at);
    if (line?.kind !== 'text') return false;
    const mark = markOf(line.text, this.#known.size > 0);
    if (mark === null) return false;
    if (this.#known.has(mark)) return true;
    if (markOf(line.text, false) === null) return false;
    const next = lines.at(at + 1);
    if (next?.kind !== 'text' || markOf(next.text, false) !== mark) return false;
    this.#known.add(mark);
    return true;
  }

  /**
   * Learns the mark of line `at`, which is directly below an introduction.
   * @param withCommon whether marks that people begin lines with count
   * @returns whether the line begins with a mark
   */
  learn(lines: MailLines, at: number, withCommon: boolean): boolean {
    const line = lines.at(at);
    const mark = line?.kind === 'text' ? markOf(line.text, withCommon) : null;
    if (mark !== null) this.#known.add(mark);
    return mark !== null;
  }
}
