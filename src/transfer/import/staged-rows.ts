import type { KeyRing } from '../../crypto/key-ring.ts';
import type { LineOf, LineType } from '../line-schema.ts';
import type { KnownKeys } from './check-line.ts';
import { writeRow } from './column-encoders.ts';
import type { BinaryRows } from './copy-format.ts';
import { RECORDS, type RecordType } from './staging-tables.ts';

/** A line as a row of its staging table. */
export function writeRecord(rows: BinaryRows, number: number, line: LineOf<LineType>, ring: KeyRing): void {
  const { staged }: RecordType = RECORDS[line.type];
  writeRow(rows, staged, { line, ring } as never, number);
}

/** A faulty line by its key alone, when all of it is known: what refers to it isn't faulty for that. */
export function writeKeys(rows: BinaryRows, number: number, keys: readonly string[]): void {
  rows.row(1 + keys.length);
  rows.integer(number);
  for (const key of keys) rows.uuid(key);
}

/** The ids of a line's key, in the order of its staging table; undefined unless all are known. */
export function keysOf(known: KnownKeys): string[] | undefined {
  const ids = RECORDS[known.type].key.map((name) => known[name as 'company_id' | 'id' | 'user_id']);
  return ids.every((id) => id !== undefined) ? ids : undefined;
}
