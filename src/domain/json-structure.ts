/** What of a JSON text is bounded before it is parsed. */
export type StructureLimits = {
  /** Nesting depth of lists and objects. */
  depth: number;
  /** Values, counted by commas and opening brackets. Parsing takes about as long for one as for a hundred bytes of text. */
  values: number;
};

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\,[]{}');

/**
 * Counts brackets and commas outside of strings, up to the limits. Accepts text that isn't JSON, which the parser rejects.
 * @param json UTF-8
 * @returns the limit that the text exceeds
 */
export function exceededLimit(json: Uint8Array, limits: StructureLimits): keyof StructureLimits | undefined {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === COMMA) values += 1;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      values += 1;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
    if (depth > limits.depth) return 'depth';
    if (values > limits.values) return 'values';
  }
  return undefined;
}

function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}
