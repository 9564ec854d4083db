import { invalid } from '../../domain/errors.ts';
import { exceededLimit } from '../../domain/json-structure.ts';

/** Of a body: the depth by contract §1, Bodies. The largest batch of 500 rows has fewer than 20,000 values. */
const LIMITS = { depth: 32, values: 50_000 };

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Parses the JSON of a request body.
 * @throws invalid for a body that is too deep or has too many values, without parsing it, and for one that isn't UTF-8 or
 *   JSON
 */
export function parseJson(body: Buffer): unknown {
  const exceeded = exceededLimit(body, LIMITS);
  if (exceeded === 'depth') throw invalid({ body: [`Must be nested at most ${LIMITS.depth} levels deep.`] });
  if (exceeded === 'values') throw invalid({ body: [`Must have at most ${LIMITS.values} values.`] });
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
