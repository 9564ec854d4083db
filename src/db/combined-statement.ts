import { createHash } from 'node:crypto';
import type { Statement } from './statement.ts';

/** PostgreSQL uses only so many bytes of a prepared statement's name. */
const NAME_LENGTH = 63;

/** Combined statements by the joined names of their writes. */
const known = new Map<string, { name: string; text: string }>();

/**
 * Combines several writes into one statement, which PostgreSQL parses, starts and answers once. Each write sees the
 * rows as they were before the first one. Foreign keys between the writes hold, because they are checked at the end.
 * @param writes statements with a name and without a WITH clause; only the last one's RETURNING has a result
 */
export function combineStatements(...writes: Statement[]): Statement {
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
