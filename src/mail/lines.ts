import { type Handler, Parser } from 'htmlparser2';
import { lowerCase } from '../domain/normalize-text.ts';
import type { BodyType } from '../domain/vocabulary.ts';
import { type Attributes, type Inherited, inheritedOf, isHidden } from './hidden-text.ts';
import { withoutQuotedPrintable } from './quoted-printable.ts';

/**
 * How a line of a mail is meant. `quoted`: an earlier message; `attribution`: the program's "On … wrote:"; `signature`:
 * the program's signature block; `history`: no line at all but a mark that everything below is an earlier message.
 */
export type LineKind = 'text' | 'quoted' | 'attribution' | 'signature' | 'history';

/** A line that isn't blank, whitespace collapsed. */
export interface MailLine {
  text: string;
  kind: LineKind;
}

/** Markup and plain text are read up to here: no mail's own words begin later, and a hostile one costs no more. */
const MAX_MARKUP = 1024 * 1024;
/** Tags, attributes and pieces of text: what costs time in markup that is dense. */
const MAX_EVENTS = 20_000;
/** Comments, broken tags and entities may be so long before something comes again. */
const MAX_SILENCE = 256 * 1024;
const MAX_PLAIN = 256 * 1024;
const MAX_BODY = 6 * 1024 * 1024;
/** Enough own words for a preview and for rules; reading stops there. */
const MAX_OWN_TEXT = 40_000;
const MAX_LINES = 5_000;
const MAX_LINE = 4_000;
/** Of an earlier message no more lines are kept in a row: they are only shown where a forwarded mail has nothing else. */
const MAX_QUOTED_RUN = 40;
/** Deeper than any mail program nests. Beyond it the parser's own bookkeeping would grow with the square of the input. */
const MAX_DEPTH = 800;
/** Read at once. A preview needs a few hundred characters of most mails, and an import makes millions. */
const PIECE = 256;
/** No shorter body is looked through for pictures. */
const ROOM_FOR_PICTURES = 16 * 1024;

/**
 * The lines of a body in reading order, with what the mail program's markup says about each; the body is read no
 * further than they are asked for. Linear in the input, never throws.
 */
export class MailLines {
  readonly #lines: LineCollector;
  readonly #pieces: Iterator<void>;
  #isRead = false;

  /** @param options.showsSizeless texts of size 0 as well: of a mail that has no others */
  constructor(body: string, bodyType: BodyType, { showsSizeless = false } = {}) {
    const text = withoutQuotedPrintable(body);
    this.#lines = new LineCollector();
    this.#pieces = bodyType === 'text/html' ? readHtml(text, this.#lines, showsSizeless) : readPlain(text, this.#lines);
  }

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
  const reader = new HtmlReader(markup, lines, showsSizeless);
  let [eventsBefore, silent] = [0, 0];
  for (let at = 0; at < end && !reader.isDone && silent < MAX_SILENCE; at += PIECE) {
    reader.write(markup.slice(at, Math.min(at + PIECE, end)));
    silent = reader.events === eventsBefore ? silent + PIECE : 0;
    eventsBefore = reader.events;
    yield;
  }
  reader.finish();
}

/** Pictures pasted into a mail stand in its markup as megabytes of base64, often before the text. */
function withoutEmbeddedImages(body: string): string {
  if (body.length <= ROOM_FOR_PICTURES) return body;
  return body.slice(0, MAX_BODY).replace(/data:[a-z]{1,20}\/[^"'>\s]*/gi, '');
}

/** Elements that begin and end a line. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header ' +
    'hr html li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

/** Where Outlook (desktop, web, mobile, new) and its relatives begin the earlier message: all that follows is history. */
const HISTORY_IDS =
  /(?:^|_)(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|isReplyContent|OLK_SRC_BODY_SECTION)$/;
const HISTORY_CLASSES =
  /(?:^|\s)(?:ms-outlook-mobile-reference-message|protonmail_quote|tutanota_quote|zmail_extra|WM_QUOTE|gmail_extra_history)(?:\s|$)/;
/** Apple Mail, Thunderbird, Gmail, Yahoo and others wrap the earlier message. */
const QUOTED_CLASSES = /(?:yahoo_quoted|moz-email-headers-table|front-blockquote|hubspot_quote|skiff_quote)/;
const ATTRIBUTION_CLASSES = /(?:^|\s)(?:x_)?(?:gmail_attr|moz-cite-prefix|moz-forward-header)(?:\s|$)/;
const SIGNATURE_MARK =
  /(?:^|[\s_])(?:gmail_signature(?:_prefix)?|moz-signature|Signature|ms-outlook-mobile-signature|AppleMailSignature|lineBreakAtBeginningOfSignature|protonmail_signature_block)(?:\s|$)/;

interface OpenElement {
  /** Undoes what opening the element changed. */
  hidden: boolean;
  kind: LineKind | null;
  preformatted: boolean;
  inherited: Inherited;
}

/** Turns a stream of markup into lines. A stack entry for each open element, so that what an element changed ends with it. */
class HtmlReader implements Partial<Handler> {
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

  /** @param markup what will be written, piece by piece */
  constructor(markup: string, lines: LineCollector, showsSizeless: boolean) {
    this.#lines = lines;
    this.#showsSizeless = showsSizeless;
    // A body that holds no tag at all was never HTML: its line ends are line ends.
    if (!/<[a-z!/]/i.test(markup.slice(0, MAX_MARKUP))) this.#preformatted = 1;
    // Where nothing is to be decoded the parser runs through a text.
    this.#parser = new Parser(this, { decodeEntities: markup.includes('&') });
  }

  /** Tags, attributes and pieces of text so far. */
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

  /** A quote stays a quote whatever stands inside it. */
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
    return isQuote || /border-left\s*:(?!\s*(?:none|0))/i.test(style) ? 'quoted' : null;
  }
  if (QUOTED_CLASSES.test(classes) || QUOTED_CLASSES.test(id)) return 'quoted';
  if (ATTRIBUTION_CLASSES.test(classes)) return 'attribution';
  if (SIGNATURE_MARK.test(classes) || SIGNATURE_MARK.test(id)) return 'signature';
  return null;
}

/** Blanks, invisible padding of newsletters (soft hyphens, zero-width spaces, grapheme joiners) and control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const BLANK = /[\u034F\s\u0000-\u001F\u007F-\u009F\u00AD\u180E\u200B\u2028\u2029\u2060\u2800\uFEFF]+/g;

/** Joiners and direction marks with no word beside them, which newsletters pad with; inside words they stay. */
const LONE_JOINER = /(?<=^| )[\u200C-\u200F]+(?: |$)/g;

/** Neither blanks to collapse nor joiners: most lines, and an import reads them by the million. */
const UNTIDY = /[^ -~]| {2}/;

function collapsed(text: string): string {
  return UNTIDY.test(text) ? text.replace(BLANK, ' ').replace(LONE_JOINER, '') : text;
}

/** Joins pieces of text to lines, drops blank ones, and knows when there is enough. */
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
    const isQuoted = this.#kind === 'quoted' || (this.#kind === 'text' && text.startsWith('>'));
    if (!isQuoted) {
      this.#quotedRun = 0;
      this.all.push({ text, kind: this.#kind });
      if (this.#kind === 'text') this.#ownLength += text.length;
    } else if (this.#quotedRun++ < MAX_QUOTED_RUN) {
      this.all.push({ text: text.replace(/^[>\s]+/, ''), kind: 'quoted' });
    }
  }

  markHistory(): void {
    this.endLine();
    this.all.push({ text: '', kind: 'history' });
  }
}
