import { invalid } from '../../domain/errors.ts';

/** Maximum nesting depth of lists and objects in a body (contract §1, Bodies). */
const MAX_DEPTH = 32;
/**
 * Maximum number of values in a body, counted by its commas and opening brackets. Parsing and checking take about as
 * long for a value as for a hundred bytes of text, and the largest batch of 500 rows has fewer than 20,000.
 */
const MAX_VALUES = 50_000;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Parses the JSON of a request body.
 * @throws invalid for a body that is too deep or has too many values, without parsing it, and for one that isn't UTF-8 or
 *   JSON
 */
export function parseJson(body: Buffer): unknown {
  checkStructure(body);
  let text: string;
  try {
    text = UTF8.decode(body);
  } catch {
    throw invalid({ body: ['Must be UTF-8.'] });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw invalid({ body: ['Must be valid JSON.'] });
  }
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\,[]{}');

/** Counts brackets and commas outside of strings. It accepts text that isn't JSON, which the parser rejects later. */
function checkStructure(body: Buffer): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) at = endOfString(body, at);
    else if (byte === COMMA) values += 1;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      values += 1;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
    if (depth > MAX_DEPTH) throw invalid({ body: [`Must be nested at most ${MAX_DEPTH} levels deep.`] });
    if (values > MAX_VALUES) throw invalid({ body: [`Must have at most ${MAX_VALUES} values.`] });
  }
}

function endOfString(body: Buffer, start: number): number {
  let at = start + 1;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return at;
}
