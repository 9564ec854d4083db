import type { KeyRing } from '../crypto/key-ring.ts';
import { type CheckedLine, checkLine } from './check.ts';
import { copyRow } from './copy.ts';
import type { Faults } from './faults.ts';
import {
  ATTACHMENTS_STAGING,
  ATTACHMENTS_TABLE,
  attachmentRows,
  RECORDS,
  stagedKeys,
  stagedRow,
  stagingTable,
} from './records.ts';
import type { LineType } from './schema.ts';
import type { ImportSession } from './session.ts';
import type { Source } from './source.ts';

const BATCH_CHARACTERS = 1 << 20;

/** How many lines there are of each type, the faulty ones left out. */
export type LineCounts = Map<LineType, number>;

/**
 * The first reading: checks every line by itself and stages what the checks and merges need of it.
 * @param onBytes is told how far the reading is
 */
export async function stageLines(
  session: ImportSession,
  source: Source,
  ring: KeyRing,
  faults: Faults,
  onBytes: (bytes: number) => void,
): Promise<LineCounts> {
  for (const record of Object.values(RECORDS)) await session.execute(stagingTable(record));
  await session.execute(ATTACHMENTS_TABLE);
  const staged = new Batches(session);
  const counts: LineCounts = new Map();
  for await (const { lines, bytesRead } of source.lines()) {
    for (const { number, text, fault } of lines) {
      if (text === undefined) {
        faults.add(number, fault);
        continue;
      }
      const checked = checkLine(text);
      if (checked.ok) {
        stageLine(staged, number, checked.line, ring);
        counts.set(checked.line.type, (counts.get(checked.line.type) ?? 0) + 1);
      } else {
        stageFaulty(staged, number, checked, faults);
      }
    }
    await staged.sendFull();
    onBytes(bytesRead);
  }
  await staged.sendAll();
  await session.settled();
  const tables = [...Object.values(RECORDS).map((record) => record.staging), ATTACHMENTS_STAGING];
  // Nobody else analyses temporary tables, and without it a join of a million rows is planned for a thousand.
  await session.execute(`ANALYZE ${tables.join(', ')}`);
  return counts;
}

function stageLine(
  staged: Batches,
  number: number,
  line: Extract<CheckedLine, { ok: true }>['line'],
  ring: KeyRing,
): void {
  staged.add(RECORDS[line.type].staging, stagedRow(number, line, ring));
  if (line.type !== 'thread' || !line.attachments) return;
  for (const cells of attachmentRows(line)) staged.add(ATTACHMENTS_STAGING, copyRow([String(number), ...cells]));
}

function stageFaulty(
  staged: Batches,
  number: number,
  { errors, known }: Extract<CheckedLine, { ok: false }>,
  faults: Faults,
): void {
  for (const error of errors) faults.add(number, error);
  const keys = known && stagedKeys(number, known);
  if (keys) staged.add(keys.into, keys.row);
}

/** Rows on their way into staging tables. */
class Batches {
  readonly #session: ImportSession;
  readonly #rows = new Map<string, string>();
  #copied: Promise<void> = Promise.resolve();

  constructor(session: ImportSession) {
    this.#session = session;
  }

  add(into: string, row: string): void {
    this.#rows.set(into, (this.#rows.get(into) ?? '') + row);
  }

  async sendFull(): Promise<void> {
    for (const [into, rows] of this.#rows) if (rows.length > BATCH_CHARACTERS) await this.#send(into, rows);
  }

  async sendAll(): Promise<void> {
    for (const [into, rows] of this.#rows) await this.#send(into, rows);
  }

  /** One batch is copied while the next is made. */
  async #send(into: string, rows: string): Promise<void> {
    this.#rows.delete(into);
    const before = this.#copied;
    this.#copied = this.#session.copy(into, rows);
    await before;
  }
}
