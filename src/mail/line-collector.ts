/** Joins the pieces of text that a mail's markup consists of to lines. */

/**
 * The kinds of lines. `quoted`: a line of an earlier message; `attribution`: the program's "On … wrote:"; `signature`:
 * the program's signature block; `history`: an empty marker, after which everything is an earlier message.
 */
export type LineKind = 'text' | 'quoted' | 'attribution' | 'signature' | 'history';

/** A line with its whitespace collapsed. Only a `history` line has an empty text. */
export interface MailLine {
  text: string;
  kind: LineKind;
}

/** Reading stops at this many UTF-16 units of own text, as many as a search covers. */
const MAX_OWN_TEXT = 100_000;
const MAX_LINES = 5_000;
/** A longer line, such as a paragraph of a program that doesn't wrap, becomes several. */
const MAX_LINE = 4_000;
/**
 * The most lines in a row that are kept of an earlier message; they are used only when a mail has no words of its own.
 */
const MAX_QUOTED_RUN = 40;

/** Soft hyphens, zero-width spaces and grapheme joiners: possible breaks in a word, and the padding of newsletters. */
const INVISIBLE = /[\u034F\u00AD\u180E\u200B\u2060\uFEFF]+/g;
/** Blanks and control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const BLANK = /[\s\u0000-\u001F\u007F-\u009F\u2028\u2029\u2800]+/g;

/** Joiners and direction marks outside words, with which newsletters pad; inside words they stay. */
const LONE_JOINER = /(?<=^| )[\u200C-\u200F]+(?: |$)/g;

/** `> `, or the initials of the writer before it: `AR> `. */
const QUOTE_MARK = /^(?:\p{Lu}{1,3})?>(?=[\s>]|$)|^>/u;

/** Lines that may need collapsing. Most lines don't match, which saves time in imports. */
const UNTIDY = /[^ -~]| {2}/;

function collapsed(text: string): string {
  return UNTIDY.test(text) ? text.replace(INVISIBLE, '').replace(BLANK, ' ').replace(LONE_JOINER, '') : text;
}

/** Joins pieces of text to lines, drops blank lines, and reports when the limits are reached. */
export class LineCollector {
  readonly all: MailLine[] = [];
  #current = '';
  #kind: LineKind = 'text';
  #ownLength = 0;
  #quotedRun = 0;
  /** Whether the line before the current one was quoted; undefined: the current one isn't the rest of a long line. */
  #continuesQuoted: boolean | undefined;

  get isFull(): boolean {
    return this.#ownLength >= MAX_OWN_TEXT || this.all.length >= MAX_LINES;
  }

  add(text: string, kind: LineKind): void {
    if (kind !== this.#kind) this.endLine();
    this.#kind = kind;
    let rest = text;
    while (this.#current.length + rest.length > MAX_LINE && !this.isFull) {
      const room = MAX_LINE - this.#current.length;
      this.#current += rest.slice(0, room);
      rest = rest.slice(room);
      this.#breakLine();
    }
    this.#current += rest.slice(0, MAX_LINE);
  }

  /** Ends a line that is too long at its last blank, so that no word is split; what follows is the next line. */
  #breakLine(): void {
    const line = this.#current;
    const blank = line.lastIndexOf(' ');
    const end = blank > 0 ? blank : line.length;
    this.#current = line.slice(0, end);
    this.#continuesQuoted = this.endLine();
    this.#current = line.slice(end);
  }

  /** @returns whether the line is quoted */
  endLine(): boolean {
    const text = collapsed(this.#current).trim();
    const isQuoted =
      this.#kind === 'quoted' || (this.#kind === 'text' && (this.#continuesQuoted ?? QUOTE_MARK.test(text)));
    this.#current = '';
    this.#continuesQuoted = undefined;
    if (text !== '' && !this.isFull) this.#push(text, isQuoted);
    return isQuoted;
  }

  #push(text: string, isQuoted: boolean): void {
    if (!isQuoted) {
      this.#quotedRun = 0;
      this.all.push({ text, kind: this.#kind });
      if (this.#kind === 'text') this.#ownLength += text.length;
    } else if (this.#quotedRun++ < MAX_QUOTED_RUN) {
      this.all.push({ text: text.replace(QUOTE_MARK, '').replace(/^[>\s]+/, ''), kind: 'quoted' });
    }
  }

  markHistory(): void {
    this.endLine();
    this.all.push({ text: '', kind: 'history' });
  }
}
