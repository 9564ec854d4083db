import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Db } from '../../db/client.ts';
import type { Statement } from '../../db/statement.ts';
import { messageLines } from './messages.ts';
import { noteLines } from './notes.ts';
import { type Cursor, promiseLines, recordLines } from './records.ts';

export type ExportOptions = {
  /** Receives several lines at a time, each with its line end. The next ones are read when it resolves. */
  write: (lines: string) => Promise<void>;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
};

/** `lines`: the number of lines that were written. */
export type ExportResult = { lines: number };

/** UTF-16 units of the file that are buffered before they are written. */
const CHUNK_CHARACTERS = 1 << 18;

/**
 * Writes a company as an import file, from one snapshot: parents before children, always in the same order.
 * @throws DecryptionError when a note can't be decrypted
 * @throws the abort reason of `signal`
 */
export async function exportCompany(
  db: Db,
  ring: KeyRing,
  companyId: string,
  { write, onProgress, signal }: ExportOptions,
): Promise<ExportResult> {
  const client = await db.pool.connect();
  let isWhole = false;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    for (const timeout of TIMEOUTS) await client.query(`SET LOCAL ${timeout} = 0`);
    const cursor: Cursor = async <Row>(statement: Statement) => (await client.query(statement)).rows as Row[];
    const total = await countLines(cursor, companyId);
    let lines = 0;
    let chunk = '';
    for await (const line of companyLines(cursor, ring, companyId)) {
      chunk += `${JSON.stringify(line)}\n`;
      lines += 1;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      signal?.throwIfAborted();
      await write(chunk);
      chunk = '';
      onProgress?.(lines, Math.max(total, lines));
    }
    if (chunk !== '') await write(chunk);
    onProgress?.(lines, lines);
    await client.query('COMMIT');
    isWhole = true;
    return { lines };
  } finally {
    // After a failure the connection is inside a transaction, so it is closed.
    client.release(!isWhole);
  }
}

const TIMEOUTS = ['statement_timeout', 'idle_in_transaction_session_timeout'];

async function* companyLines(cursor: Cursor, ring: KeyRing, companyId: string): AsyncGenerator<object> {
  yield* recordLines(cursor, companyId);
  yield* messageLines(cursor, ring, companyId);
  yield* noteLines(cursor, ring, companyId);
  yield* promiseLines(cursor, companyId);
}

/** The approximate number of lines, for the progress display. */
async function countLines(cursor: Cursor, companyId: string): Promise<number> {
  const [row] = await cursor<{ lines: number }>({
    text: `
      SELECT (SELECT count(*) FROM communication_threads WHERE company_id = $1)
           + (SELECT count(*) FROM thread_notes WHERE company_id = $1) AS lines`,
    values: [companyId],
  });
  return row?.lines ?? 0;
}
