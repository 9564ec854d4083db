import type { BodyType } from '../domain/vocabulary.ts';
import { HtmlLineParser, type LeftOut, type Shown } from './html-line-parser.ts';
import { LineCollector, type MailLine } from './line-collector.ts';
import { withoutQuotedPrintable } from './quoted-printable.ts';

/**
 * Bound of the markup that is read, in UTF-16 units: no mail's own words begin later, and a hostile mail costs no more.
 */
const MAX_MARKUP = 1024 * 1024;
/** Reading stops after this much markup without a tag or text, such as comments and broken tags; in UTF-16 units. */
const MAX_SILENCE = 256 * 1024;
const MAX_PLAIN = 256 * 1024;
const MAX_BODY = 6 * 1024 * 1024;
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
  readonly #lines = new LineCollector();
  readonly #pieces: Iterator<void>;
  readonly #parser: HtmlLineParser | undefined;
  #isRead = false;

  constructor(body: string, bodyType: BodyType, shown: Shown = 'visible') {
    const text = withoutQuotedPrintable(body);
    if (bodyType === 'text/html') {
      const markup = withoutEmbeddedImages(text).slice(0, MAX_MARKUP);
      this.#parser = new HtmlLineParser(markup, this.#lines, shown);
      this.#pieces = readHtml(markup, this.#parser);
    } else this.#pieces = readPlain(text, this.#lines);
  }

  /** What was left out of the lines that were read so far. */
  get leftOut(): LeftOut {
    return this.#parser?.leftOut ?? { coloured: false, otherwise: false };
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

function* readHtml(markup: string, parser: HtmlLineParser): Generator<void> {
  const end = markup.length;
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
