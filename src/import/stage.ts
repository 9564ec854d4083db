import type { KeyRing } from '../crypto/key-ring.ts';
import { type CheckedLine, checkLine } from './check.ts';
import { copyRow } from './copy.ts';
import type { Fault, Faults } from './faults.ts';
import { linesOf } from './lines.ts';
import type { Readers } from './readers.ts';
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
import type { Piece, Source } from './source.ts';
import { TRACES_STAGING, TRACES_TABLE, traceRows } from './traces.ts';

/** How many lines there are of each type, the faulty ones left out. */
export type LineCounts = Map<LineType, number>;

/** What the first reading makes of a piece of the file. */
export type StagedPiece = {
  /** Rows for COPY by the table they go into. */
  rows: { into: string; rows: Uint8Array<ArrayBuffer> }[];
  counts: LineCounts;
  faults: Fault[];
};

/**
 * The first reading: checks every line by itself and stages what the checks and merges need of it.
 * @param onBytes is told how far the reading is
 */
export async function stageLines(
  session: ImportSession,
  source: Source,
  readers: Readers,
  faults: Faults,
  onBytes: (bytes: number) => void,
): Promise<LineCounts> {
  for (const record of Object.values(RECORDS)) await session.execute(stagingTable(record));
  await session.execute(ATTACHMENTS_TABLE);
  await session.execute(TRACES_TABLE);
  const counts: LineCounts = new Map();
  const staged = readers.inOrder(source.pieces(), async (piece) => ({
    ...(await readers.stage(piece)),
    bytesRead: piece.bytesRead,
  }));
  for await (const { rows, counts: ofPiece, faults: found, bytesRead } of staged) {
    await session.takesMore();
    for (const { into, rows: copied } of rows) void session.copy(into, copied);
    for (const [type, count] of ofPiece) counts.set(type, (counts.get(type) ?? 0) + count);
    for (const { line, reason } of found) faults.add(line, reason);
    onBytes(bytesRead);
  }
  await session.settled();
  const tables = [...Object.values(RECORDS).map((record) => record.staging), ATTACHMENTS_STAGING, TRACES_STAGING];
  // Nobody else analyses temporary tables, and without it a join of a million rows is planned for a thousand.
  await session.execute(`ANALYZE ${tables.join(', ')}`);
  return counts;
}

export function stagePiece(piece: Piece, ring: KeyRing): StagedPiece {
  const texts = new Map<string, string>();
  const counts: LineCounts = new Map();
  const faults: Fault[] = [];
  const add = (into: string, row: string) => texts.set(into, (texts.get(into) ?? '') + row);
  for (const { number, text, fault } of linesOf(piece)) {
    if (text === undefined) {
      faults.push({ line: number, reason: fault });
      continue;
    }
    const checked = checkLine(text);
    if (checked.ok) {
      stageLine(add, number, checked.line, ring);
      counts.set(checked.line.type, (counts.get(checked.line.type) ?? 0) + 1);
    } else {
      faults.push(...checked.errors.map((reason) => ({ line: number, reason })));
      const keys = checked.known && stagedKeys(number, checked.known);
      if (keys) add(keys.into, keys.row);
    }
  }
  const rows = [...texts].map(([into, text]) => ({ into, rows: new TextEncoder().encode(text) }));
  return { rows, counts, faults };
}

function stageLine(
  add: (into: string, row: string) => void,
  number: number,
  line: Extract<CheckedLine, { ok: true }>['line'],
  ring: KeyRing,
): void {
  add(RECORDS[line.type].staging, stagedRow(number, line, ring));
  if (line.type !== 'thread') return;
  for (const cells of attachmentRows(line)) add(ATTACHMENTS_STAGING, copyRow([String(number), ...cells]));
  for (const cells of traceRows(line)) add(TRACES_STAGING, copyRow([String(number), ...cells]));
}
