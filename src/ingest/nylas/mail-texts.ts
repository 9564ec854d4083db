import { SEARCHED_LENGTH } from '../../conversations/search-words.ts';
import type { BodyType } from '../../domain/vocabulary.ts';
import { BodyTexts } from '../../mail/preview.ts';

/** The plain text of a mail's body, or of its snippet when the body is missing. */
export type MailTexts = {
  /** What the sender wrote, up to about 20,000 UTF-16 units: the text that rules judge. */
  readonly own: string;
  /** What the sender wrote, up to about `SEARCHED_LENGTH`. */
  readonly searched: string;
  /** All lines, with the messages that the mail quotes, up to 40,000 UTF-16 units. */
  readonly full: string;
};

const OWN_LENGTH = 20_000;
const FULL_LENGTH = 40_000;

/**
 * Reads each text when it is first used, and once. Copying the result to another thread reads all of them, because
 * copying evaluates the getters.
 */
export function mailTexts(body: string, bodyType: BodyType): MailTexts {
  const texts = new BodyTexts(body, bodyType);
  const searched = once(() => texts.own(SEARCHED_LENGTH));
  const own = once(() => (searched().length <= OWN_LENGTH ? searched() : texts.own(OWN_LENGTH)));
  const full = once(() => texts.full(FULL_LENGTH));
  return {
    get own() {
      return own();
    },
    get searched() {
      return searched();
    },
    get full() {
      return full();
    },
  };
}

function once(read: () => string): () => string {
  let text: string | undefined;
  return () => {
    text ??= read();
    return text;
  };
}
