import type { ThreadLine } from '../line-schema.ts';
import type { BinaryRows } from './copy-format.ts';
import type { ImportSession } from './session.ts';
import type { Tally } from './tally.ts';

/**
 * Traces: what a provider's events have stored beside a message, so that later events find it. They are the mail's
 * copies in other mailboxes, the Message-IDs that it answers and that haven't arrived, and a call's state and ids. Few
 * messages have any.
 */
export const TRACES_STAGING = 'import_traces';
export const TRACES_TABLE = `
  CREATE TEMP TABLE ${TRACES_STAGING} (
    line int, company_id uuid, thread_id uuid, kind text, name text, of text, more text, state jsonb
  ) ON COMMIT DROP`;
const TRACE_COLUMNS = 8;

/** Writes the message's traces as rows of `TRACES_STAGING`. */
export function writeTraces(rows: BinaryRows, number: number, line: ThreadLine): void {
  const { copies, awaits, call_state: state, call_keys: keys } = line.provider ?? {};
  const write = (kind: string, name: string, of = '', more: string | null = null, left: object | null = null) => {
    rows.row(TRACE_COLUMNS);
    rows.integer(number);
    rows.uuid(line.company_id);
    rows.uuid(line.id);
    for (const text of [kind, name, of, more]) rows.text(text);
    rows.jsonb(left);
  };
  for (const copy of copies ?? []) write('copy', copy.message_id, copy.grant_id, copy.thread_id);
  for (const awaited of new Set(awaits)) write('awaited', awaited);
  for (const key of new Set(keys)) write('call_key', key);
  if (state) write('call', '', '', null, state);
}

type TraceTable = {
  table: string;
  kind: string;
  /** The table's column for each column of the staging table. */
  columns: Record<string, string>;
};

const TABLES: TraceTable[] = [
  {
    table: 'mail_copies',
    kind: 'copy',
    columns: { name: 'provider_message_id', of: 'grant_id', more: 'provider_thread_id' },
  },
  { table: 'awaited_mails', kind: 'awaited', columns: { name: 'rfc_message_id' } },
  { table: 'call_keys', kind: 'call_key', columns: { name: 'key' } },
  { table: 'calls', kind: 'call', columns: { state: 'state' } },
];

const DEFAULTS = { name: "''", of: "''", more: 'NULL::text', state: 'NULL::jsonb' };

/** SQL of the stored traces of the messages in `import_existing`, in the form in which they would be staged. */
const STORED = TABLES.map(({ table, kind, columns }) => {
  const values = Object.entries(DEFAULTS).map(([name, empty]) => (columns[name] ? `d.${columns[name]}` : empty));
  return `
    SELECT e.line, d.company_id, d.thread_id, '${kind}', ${values.join(', ')}
    FROM import_existing e
    JOIN ${table} d ON d.company_id = e.company_id AND d.thread_id = e.id`;
}).join(' UNION ALL ');

/** Marks the stored messages whose traces the file changes. */
export async function findChangedTraces(session: ImportSession): Promise<void> {
  await session.execute(`
    UPDATE import_existing e
    SET traces_changed = true
    FROM (
      (SELECT * FROM ${TRACES_STAGING} EXCEPT (${STORED}))
      UNION ALL
      ((${STORED}) EXCEPT SELECT * FROM ${TRACES_STAGING})
    ) changed
    WHERE changed.line = e.line`);
}

/** Writes the traces of new messages, and of stored ones where they changed. Call it after the messages are written. */
export async function mergeTraces(session: ImportSession, tally: Tally): Promise<void> {
  if (tally.lines('thread') === 0) return;
  for (const { table } of TABLES) {
    await session.execute(`
      DELETE FROM ${table} d
      USING import_existing e
      WHERE e.traces_changed AND d.company_id = e.company_id AND d.thread_id = e.id`);
  }
  for (const { table, kind, columns } of TABLES) {
    const [into, from] = [Object.values(columns), Object.keys(columns).map((name) => `s.${name}`)];
    await session.execute(`
      INSERT INTO ${table} (company_id, thread_id, ${into.join(', ')})
      SELECT s.company_id, s.thread_id, ${from.join(', ')}
      FROM ${TRACES_STAGING} s
      LEFT JOIN import_existing e ON e.line = s.line
      WHERE s.kind = '${kind}' AND e.traces_changed IS NOT FALSE`);
  }
}
