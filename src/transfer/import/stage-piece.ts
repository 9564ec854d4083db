import type { KeyRing } from '../../crypto/key-ring.ts';
import type { LineOf, LineType } from '../line-schema.ts';
import { ATTACHMENTS_STAGING, writeAttachments } from './attachments.ts';
import { checkLine, type KnownKeys } from './check-line.ts';
import { BinaryRows } from './copy-format.ts';
import type { Fault } from './faults.ts';
import { TRACES_STAGING, writeTraces } from './provider-traces.ts';
import { linesOf } from './read-lines.ts';
import type { Piece } from './source.ts';
import { keysOf, writeKeys, writeRecord } from './staged-rows.ts';
import { RECORDS } from './staging-tables.ts';
import type { LineCounts } from './tally.ts';

/** The result of the first reading of a piece. */
export type StagedPiece = {
  /** Rows for COPY, by table. */
  rows: { into: string; rows: Uint8Array<ArrayBuffer> }[];
  counts: LineCounts;
  faults: Fault[];
};

/** The rows of a piece by table. Their memory is reused for the next piece. */
class StagedRows {
  readonly #rows = new Map<string, BinaryRows>();

  into(table: string): BinaryRows {
    const known = this.#rows.get(table);
    if (known) return known;
    const rows = new BinaryRows();
    this.#rows.set(table, rows);
    return rows;
  }

  clear(): void {
    for (const rows of this.#rows.values()) rows.clear();
  }

  copy(): StagedPiece['rows'] {
    const filled = [...this.#rows].filter(([, rows]) => rows.count > 0);
    return filled.map(([into, rows]) => ({ into, rows: rows.copy() }));
  }
}

const staged = new StagedRows();

/** Checks each line of a piece by itself, and encodes the rows of the valid ones for the staging tables. */
export function stagePiece(piece: Piece, ring: KeyRing): StagedPiece {
  staged.clear();
  const counts: LineCounts = new Map();
  const faults: Fault[] = [];
  for (const { number, text, fault } of linesOf(piece)) {
    if (text === undefined) {
      faults.push({ line: number, reason: fault });
      continue;
    }
    const checked = checkLine(text);
    if (checked.ok) {
      stageLine(number, checked.line, ring);
      counts.set(checked.line.type, (counts.get(checked.line.type) ?? 0) + 1);
    } else {
      faults.push(...checked.errors.map((reason) => ({ line: number, reason })));
      if (checked.known) stageKeys(number, checked.known);
    }
  }
  return { rows: staged.copy(), counts, faults };
}

function stageLine(number: number, line: LineOf<LineType>, ring: KeyRing): void {
  writeRecord(staged.into(RECORDS[line.type].staging), number, line, ring);
  if (line.type !== 'thread') return;
  writeAttachments(staged.into(ATTACHMENTS_STAGING), line, number);
  writeTraces(staged.into(TRACES_STAGING), number, line);
}

/** Stages the keys of a faulty line, so that lines which refer to it aren't reported too. */
function stageKeys(number: number, known: KnownKeys): void {
  const keys = keysOf(known);
  const { staging, key } = RECORDS[known.type];
  if (keys) writeKeys(staged.into(`${staging} (line, ${key.join(', ')})`), number, keys);
}
