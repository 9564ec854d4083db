import { createHash } from 'node:crypto';
import type { Statement } from './statement.ts';

/** PostgreSQL tells prepared statements apart by so many bytes of their names. */
const NAME_LENGTH = 63;

/** By the joined names of their writes. */
const known = new Map<string, { name: string; text: string }>();

/**
 * Several writes as one statement, which is parsed, started and answered once instead of once each. All of them see the
 * rows as they were before the first; foreign keys between them hold, because those are checked at the end.
 * @param writes named and without a WITH of their own; what they return is dropped, except by the last
 */
export function asOneStatement(...writes: Statement[]): Statement {
  const names = writes.map((write) => write.name).join('+');
  let statement = known.get(names);
  if (statement === undefined) {
    const name =
      names.length > NAME_LENGTH ? createHash('sha256').update(names).digest('hex').slice(0, NAME_LENGTH) : names;
    statement = { name, text: textOf(writes) };
    known.set(names, statement);
  }
  return { ...statement, values: writes.flatMap(({ values = [] }) => values) };
}

function textOf(writes: Statement[]): string {
  let before = 0;
  const parts = writes.map(({ text, values = [] }) => {
    const offset = before;
    before += values.length;
    return text.replace(/\$(\d+)/g, (_, number) => `$${offset + Number(number)}`);
  });
  const last = parts.pop();
  const others = parts.map((part, nth) => `write_${nth + 1} AS (${part})`);
  return others.length > 0 ? `WITH ${others.join(', ')} ${last}` : `${last}`;
}
