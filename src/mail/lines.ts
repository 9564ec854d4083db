import { type Handler, Parser } from 'htmlparser2';
import { lowerCase } from '../domain/normalize-text.ts';
import type { BodyType } from '../domain/vocabulary.ts';
import { type Attributes, type Inherited, inheritedOf, isHidden } from './hidden-text.ts';
import { withoutQuotedPrintable } from './quoted-printable.ts';

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

/**
 * Bound of the markup that is read, in UTF-16 units: no mail's own words begin later, and a hostile mail costs no more.
 */
const MAX_MARKUP = 1024 * 1024;
/** Bound of tags, attributes and pieces of text, which cost the time in dense markup. */
const MAX_EVENTS = 20_000;
/** Reading stops after this much markup without a tag or text, such as comments and broken tags; in UTF-16 units. */
const MAX_SILENCE = 256 * 1024;
const MAX_PLAIN = 256 * 1024;
const MAX_BODY = 6 * 1024 * 1024;
/** Reading stops at this many UTF-16 units of own text, which is enough for previews and for classification. */
const MAX_OWN_TEXT = 40_000;
const MAX_LINES = 5_000;
const MAX_LINE = 4_000;
/**
 * The most lines in a row that are kept of an earlier message; they are used only when a mail has no words of its own.
 */
const MAX_QUOTED_RUN = 40;
/**
 * Deeper than any mail program nests elements. Beyond it the parser's bookkeeping grows with the square of the input.
 */
const MAX_DEPTH = 800;
/**
 * UTF-16 units that are parsed at a time. Most previews need only the first few hundred, and an import makes millions
 * of previews.
 */
const PIECE_LENGTH = 256;
/** Shorter bodies aren't searched for embedded pictures. */
const LEAST_LENGTH_WITH_PICTURES = 16 * 1024;

/**
 * The lines of a body in reading order, each with the kind that its markup implies. The body is parsed lazily, as far
 * as lines are requested. Takes linear time, never throws.
 */
export class MailLines {
  readonly #lines: LineCollector;
  readonly #pieces: Iterator<void>;
  #isRead = false;

  /** @param options.showsSizeless whether to include text of font size 0, for a mail that has no other text */
  constructor(body: string, bodyType: BodyType, { showsSizeless = false } = {}) {
    const text = withoutQuotedPrintable(body);
    this.#lines = new LineCollector();
    this.#pieces = bodyType === 'text/html' ? readHtml(text, this.#lines, showsSizeless) : readPlain(text, this.#lines);
  }

  /** The line at `index`, from 0; undefined past the last one. */
  at(index: number): MailLine | undefined {
    while (index >= this.#lines.all.length && !this.#isRead) this.#readOn();
    return this.#lines.all[index];
  }

  all(): readonly MailLine[] {
    while (!this.#isRead) this.#readOn();
    return this.#lines.all;
  }

  #readOn(): void {
    this.#isRead = this.#pieces.next().done === true;
    if (this.#isRead) this.#lines.endLine();
  }
}

function* readPlain(body: string, lines: LineCollector): Generator<void> {
  const end = Math.min(body.length, MAX_PLAIN);
  for (let start = 0; start < end && !lines.isFull; ) {
    const newline = body.indexOf('\n', start);
    const stop = newline === -1 || newline > end ? end : newline;
    if (stop > start) {
      lines.add(body.slice(start, stop), 'text');
      lines.endLine();
      yield;
    }
    start = stop + 1;
  }
}

function* readHtml(body: string, lines: LineCollector, showsSizeless: boolean): Generator<void> {
  const markup = withoutEmbeddedImages(body);
  const end = Math.min(markup.length, MAX_MARKUP);
  const parser = new HtmlLineParser(markup, lines, showsSizeless);
  let [eventsBefore, silent] = [0, 0];
  for (let at = 0; at < end && !parser.isDone && silent < MAX_SILENCE; at += PIECE_LENGTH) {
    parser.write(markup.slice(at, Math.min(at + PIECE_LENGTH, end)));
    silent = parser.events === eventsBefore ? silent + PIECE_LENGTH : 0;
    eventsBefore = parser.events;
    yield;
  }
  parser.finish();
}

/** Removes pictures that were pasted into a mail: megabytes of base64 in its markup, often before the text. */
function withoutEmbeddedImages(body: string): string {
  if (body.length <= LEAST_LENGTH_WITH_PICTURES) return body;
  return body.slice(0, MAX_BODY).replace(/data:[a-z]{1,20}\/[^"'>\s]*/gi, '');
}

/** Elements that begin and end a line. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header ' +
    'hr html li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

/** Elements with which Outlook (desktop, web, mobile, new) and similar programs begin the earlier message. */
const HISTORY_IDS =
  /(?:^|_)(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|isReplyContent|OLK_SRC_BODY_SECTION)$/;
const HISTORY_CLASSES =
  /(?:^|\s)(?:ms-outlook-mobile-reference-message|protonmail_quote|tutanota_quote|zmail_extra|WM_QUOTE|gmail_extra_history)(?:\s|$)/;
/** Elements in which Apple Mail, Thunderbird, Gmail, Yahoo and others wrap the earlier message. */
const QUOTED_CLASSES = /(?:yahoo_quoted|moz-email-headers-table|front-blockquote|hubspot_quote|skiff_quote)/;
const ATTRIBUTION_CLASSES = /(?:^|\s)(?:x_)?(?:gmail_attr|moz-cite-prefix|moz-forward-header)(?:\s|$)/;
const SIGNATURE_MARK =
  /(?:^|[\s_])(?:gmail_signature(?:_prefix)?|moz-signature|Signature|ms-outlook-mobile-signature|AppleMailSignature|lineBreakAtBeginningOfSignature|protonmail_signature_block)(?:\s|$)/;

/** What opening an element changed, to be undone when it closes. */
interface OpenElement {
  hidden: boolean;
  kind: LineKind | null;
  preformatted: boolean;
  inherited: Inherited;
}

/** Parses markup into lines. A stack of the open elements makes every change end with the element that made it. */
class HtmlLineParser implements Partial<Handler> {
  isDone = false;
  readonly #lines: LineCollector;
  readonly #open: OpenElement[] = [];
  readonly #parser: Parser;
  #hidden = 0;
  #preformatted = 0;
  #events = 0;
  readonly #kinds: LineKind[] = ['text'];
  readonly #sizeless: boolean[] = [];
  readonly #invisible: boolean[] = [];
  readonly #showsSizeless: boolean;

  /** @param markup all the markup that will be passed to `write`, piece by piece */
  constructor(markup: string, lines: LineCollector, showsSizeless: boolean) {
    this.#lines = lines;
    this.#showsSizeless = showsSizeless;
    // A body without any tag is plain text, so its line breaks count.
    if (!/<[a-z!/]/i.test(markup.slice(0, MAX_MARKUP))) this.#preformatted = 1;
    // Without entities to decode, the parser is faster.
    this.#parser = new Parser(this, { decodeEntities: markup.includes('&') });
  }

  /** Number of tags, attributes and pieces of text so far. */
  get events(): number {
    return this.#events;
  }

  write(markup: string): void {
    this.#parser.write(markup);
    if (this.#lines.isFull) this.isDone = true;
  }

  finish(): void {
    if (!this.isDone) this.#parser.end();
  }

  onopentag(name: string, attributes: Attributes): void {
    if (!this.#goesOn()) return;
    if (name === 'br' || BLOCKS.has(name)) this.#lines.endLine();
    else if (name === 'td' || name === 'th') this.#lines.add(' ', this.#kind);
    if (this.#hidden === 0 && startsHistory(attributes)) this.#lines.markHistory();
    const element = {
      hidden: isHidden(name, attributes),
      kind: kindOf(name, attributes),
      inherited: inheritedOf(name, attributes),
      preformatted: name === 'pre' || /white-space\s*:\s*(?:pre|break-spaces)/i.test(attributes.style ?? ''),
    };
    this.#open.push(element);
    if (element.hidden) this.#hidden += 1;
    if (element.preformatted) this.#preformatted += 1;
    this.#inherit(element.inherited);
    if (element.kind !== null) this.#kinds.push(element.kind);
  }

  onclosetag(name: string): void {
    if (BLOCKS.has(name)) this.#lines.endLine();
    const element = this.#open.pop();
    if (element === undefined) return;
    if (element.hidden) this.#hidden -= 1;
    if (element.preformatted) this.#preformatted -= 1;
    if (element.inherited.isSizeless !== null) this.#sizeless.pop();
    if (element.inherited.isInvisible !== null) this.#invisible.pop();
    if (element.kind !== null) {
      this.#lines.endLine();
      this.#kinds.pop();
    }
  }

  ontext(text: string): void {
    if (!this.#goesOn() || this.#hidden > 0 || this.#isUnseen()) return;
    if (this.#preformatted === 0) {
      this.#lines.add(text, this.#kind);
      return;
    }
    const [first = '', ...rest] = text.split('\n');
    this.#lines.add(first, this.#kind);
    for (const line of rest) {
      this.#lines.endLine();
      this.#lines.add(line, this.#kind);
    }
  }

  #inherit({ isSizeless, isInvisible }: Inherited): void {
    if (isSizeless !== null) this.#sizeless.push(isSizeless);
    if (isInvisible !== null) this.#invisible.push(isInvisible);
  }

  #isUnseen(): boolean {
    return this.#invisible.at(-1) === true || (this.#sizeless.at(-1) === true && !this.#showsSizeless);
  }

  onattribute(): void {
    this.#goesOn();
  }

  #goesOn(): boolean {
    this.#events += 1;
    if (this.#events > MAX_EVENTS || this.#open.length >= MAX_DEPTH) {
      this.isDone = true;
      this.#parser.pause();
    }
    return !this.isDone;
  }

  /** Elements inside a quote don't change its kind. */
  get #kind(): LineKind {
    return this.#kinds.includes('quoted') ? 'quoted' : (this.#kinds.at(-1) ?? 'text');
  }
}

function startsHistory(attributes: Attributes): boolean {
  return HISTORY_IDS.test(attributes.id ?? '') || HISTORY_CLASSES.test(attributes.class ?? '');
}

function kindOf(
  name: string,
  { id = '', class: classes = '', style = '', type = '', cite }: Attributes,
): LineKind | null {
  if (name === 'blockquote') {
    const isQuote = lowerCase(type) === 'cite' || cite !== undefined || /gmail_quote|quote/i.test(classes);
    // A quote without any style is one; an indented paragraph has margins of its own.
    return isQuote || style === '' || /border-left\s*:(?!\s*(?:none|0))/i.test(style) ? 'quoted' : null;
  }
  if (QUOTED_CLASSES.test(classes) || QUOTED_CLASSES.test(id)) return 'quoted';
  if (ATTRIBUTION_CLASSES.test(classes)) return 'attribution';
  if (SIGNATURE_MARK.test(classes) || SIGNATURE_MARK.test(id)) return 'signature';
  return null;
}

/**
 * Blanks, invisible padding of newsletters (soft hyphens, zero-width spaces, grapheme joiners) and control characters.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const BLANK = /[\u034F\s\u0000-\u001F\u007F-\u009F\u00AD\u180E\u200B\u2028\u2029\u2060\u2800\uFEFF]+/g;

/** Joiners and direction marks outside words, with which newsletters pad; inside words they stay. */
const LONE_JOINER = /(?<=^| )[\u200C-\u200F]+(?: |$)/g;

/** `> `, or the initials of the writer before it: `AR> `. */
const QUOTE_MARK = /^(?:\p{Lu}{1,3})?>(?=[\s>]|$)|^>/u;

/** Lines that may need collapsing. Most lines don't match, which saves time in imports. */
const UNTIDY = /[^ -~]| {2}/;

function collapsed(text: string): string {
  return UNTIDY.test(text) ? text.replace(BLANK, ' ').replace(LONE_JOINER, '') : text;
}

/** Joins pieces of text to lines, drops blank lines, and reports when the limits are reached. */
class LineCollector {
  readonly all: MailLine[] = [];
  #current = '';
  #kind: LineKind = 'text';
  #ownLength = 0;
  #quotedRun = 0;

  get isFull(): boolean {
    return this.#ownLength >= MAX_OWN_TEXT || this.all.length >= MAX_LINES;
  }

  add(text: string, kind: LineKind): void {
    if (kind !== this.#kind) this.endLine();
    this.#kind = kind;
    if (this.#current.length < MAX_LINE) this.#current += text.slice(0, MAX_LINE - this.#current.length);
  }

  endLine(): void {
    const text = collapsed(this.#current).trim();
    this.#current = '';
    if (text === '' || this.isFull) return;
    const isQuoted = this.#kind === 'quoted' || (this.#kind === 'text' && QUOTE_MARK.test(text));
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
