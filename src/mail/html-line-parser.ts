import { type Handler, Parser } from 'htmlparser2';
import { lowerCase } from '../domain/normalize-text.ts';
import { type Colour, isUnseenOn, WHITE } from './colours.ts';
import {
  type Attributes,
  combineEffects,
  type Effects,
  effectsOfAttributes,
  effectsOfStyle,
  isUnseenElement,
  NO_EFFECTS,
} from './hidden-text.ts';
import type { LineCollector, LineKind } from './line-collector.ts';
import { StyleSheet } from './style-sheet.ts';

/** Reads the lines of HTML, as far as people see them. */

/** Bound of tags, attributes and pieces of text, which cost the time in dense markup. */
const MAX_EVENTS = 20_000;
/** The same for the second reading of a mail, whose first one found no words. */
const MAX_EVENTS_AGAIN = 5_000;
/**
 * Deeper than any mail program nests elements. Beyond it the parser's bookkeeping grows with the square of the input.
 */
const MAX_DEPTH = 800;

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

/**
 * Which text is read. `visible`: what people see; `coloured`: also text in the colour of its background, because a reply
 * that was written in a dark window may say so; `everything`: also text that a style sheet or its size hides.
 */
export type Shown = 'visible' | 'coloured' | 'everything';

/** Whether text was left out that another value of {@link Shown} includes. */
export interface LeftOut {
  coloured: boolean;
  otherwise: boolean;
}

/** What opening an element changed, to be undone when it closes. */
interface OpenElement {
  hidden: boolean;
  /** Whether only a style sheet hides it. */
  softlyHidden: boolean;
  kind: LineKind | null;
  preformatted: boolean;
  isStyle: boolean;
  effects: Effects;
}

const MAX_CACHED_STYLES = 1_000;
const LONGEST_CACHED_STYLE = 500;
/** UTF-16 units. */
const MAX_SHEET = 64 * 1024;

/** Parses markup into lines. A stack of the open elements makes every change end with the element that made it. */
export class HtmlLineParser implements Partial<Handler> {
  isDone = false;
  readonly leftOut: LeftOut = { coloured: false, otherwise: false };
  readonly #lines: LineCollector;
  readonly #open: OpenElement[] = [];
  readonly #parser: Parser;
  #hidden = 0;
  #softlyHidden = 0;
  #preformatted = 0;
  #events = 0;
  readonly #kinds: LineKind[] = ['text'];
  readonly #sizeless: boolean[] = [];
  readonly #invisible: boolean[] = [];
  readonly #colours: Colour[] = [];
  readonly #backgrounds: Colour[] = [WHITE];
  readonly #shown: Shown;
  #sheet: StyleSheet | undefined;
  #sheetText = '';
  readonly #styles = new Map<string, Effects>();

  /** @param markup all the markup that will be passed to `write`, piece by piece */
  constructor(markup: string, lines: LineCollector, shown: Shown) {
    this.#lines = lines;
    this.#shown = shown;
    // A body without any tag is plain text, so its line breaks count.
    if (!/<[a-z!/]/i.test(markup)) this.#preformatted = 1;
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
    const inline = this.#effectsOfStyle(attributes.style);
    const effects = this.#effectsOf(name, attributes, inline);
    const element: OpenElement = {
      hidden: isUnseenElement(name, attributes) || (isHidden(inline) && isHidden(effects)),
      softlyHidden: isHidden(effects) && !isHidden(inline),
      kind: kindOf(name, attributes),
      preformatted: name === 'pre' || /white-space\s*:\s*(?:pre|break-spaces)/i.test(attributes.style ?? ''),
      isStyle: name === 'style' && /^(?:\s*(?:all|screen)\s*)?$/i.test(attributes.media ?? ''),
      effects,
    };
    this.#open.push(element);
    if (element.hidden) this.#hidden += 1;
    if (element.softlyHidden) this.#softlyHidden += 1;
    if (element.preformatted) this.#preformatted += 1;
    if (effects !== NO_EFFECTS) this.#inherit(effects);
    if (element.kind !== null) this.#kinds.push(element.kind);
  }

  onclosetag(name: string): void {
    if (BLOCKS.has(name)) this.#lines.endLine();
    const element = this.#open.pop();
    if (element === undefined) return;
    if (element.hidden) this.#hidden -= 1;
    if (element.softlyHidden) this.#softlyHidden -= 1;
    if (element.preformatted) this.#preformatted -= 1;
    if (element.effects !== NO_EFFECTS) this.#disinherit(element.effects);
    if (element.isStyle) this.#readSheet();
    if (element.kind !== null) {
      this.#lines.endLine();
      this.#kinds.pop();
    }
  }

  ontext(text: string): void {
    if (!this.#goesOn()) return;
    if (this.#hidden > 0) {
      if (this.#open.at(-1)?.isStyle === true && this.#sheetText.length < MAX_SHEET) this.#sheetText += text;
      return;
    }
    if (this.#isUnseen(text)) return;
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

  #readSheet(): void {
    if (this.#shown === 'everything') return;
    this.#sheet ??= new StyleSheet();
    this.#sheet.add(this.#sheetText);
    this.#sheetText = '';
  }

  #effectsOfStyle(style: string | undefined): Effects {
    if (style === undefined) return NO_EFFECTS;
    const known = this.#styles.get(style);
    if (known !== undefined) return known;
    const effects = effectsOfStyle(style);
    if (style.length <= LONGEST_CACHED_STYLE && this.#styles.size < MAX_CACHED_STYLES) this.#styles.set(style, effects);
    return effects;
  }

  #effectsOf(name: string, attributes: Attributes, inline: Effects): Effects {
    const ofAttributes = effectsOfAttributes(name, attributes);
    const own = combineEffects(ofAttributes, inline);
    if (this.#sheet === undefined || this.#sheet.isEmpty) return own;
    const { normal, important } = this.#sheet.layersOf(name, attributes);
    if (normal === NO_EFFECTS) return own;
    const withSheet = combineEffects(combineEffects(ofAttributes, normal), inline);
    return combineEffects(withSheet, important);
  }

  #inherit({ isSizeless, isInvisible, colour, background }: Effects): void {
    if (isSizeless !== null) this.#sizeless.push(isSizeless);
    if (isInvisible !== null) this.#invisible.push(isInvisible);
    if (colour !== null) this.#colours.push(colour);
    if (background !== null) this.#backgrounds.push(background);
  }

  #disinherit({ isSizeless, isInvisible, colour, background }: Effects): void {
    if (isSizeless !== null) this.#sizeless.pop();
    if (isInvisible !== null) this.#invisible.pop();
    if (colour !== null) this.#colours.pop();
    if (background !== null) this.#backgrounds.pop();
  }

  #isUnseen(text: string): boolean {
    if (this.#invisible.at(-1) === true) return true;
    if (this.#shown === 'everything') return false;
    if (this.#softlyHidden > 0 || this.#sizeless.at(-1) === true) {
      this.leftOut.otherwise ||= HAS_WORDS.test(text);
      return true;
    }
    const colour = this.#colours.at(-1);
    if (this.#shown !== 'visible' || colour === undefined || !isUnseenOn(colour, this.#backgrounds.at(-1) ?? WHITE))
      return false;
    this.leftOut.coloured ||= HAS_WORDS.test(text);
    return true;
  }

  onattribute(): void {
    this.#goesOn();
  }

  #goesOn(): boolean {
    this.#events += 1;
    if (this.#events > (this.#shown === 'visible' ? MAX_EVENTS : MAX_EVENTS_AGAIN) || this.#open.length >= MAX_DEPTH) {
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

const HAS_WORDS = /[\p{L}\p{N}]/u;

function isHidden({ isUndisplayed, isCollapsed }: Effects): boolean {
  return isUndisplayed === true || isCollapsed === true;
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
