import type { KeyRing } from '../../crypto/key-ring.ts';
import { ATTACHMENTS_STAGING, ATTACHMENTS_TABLE } from './attachments.ts';
import type { Faults } from './faults.ts';
import { TRACES_STAGING, TRACES_TABLE } from './provider-traces.ts';
import type { ImportSession } from './session.ts';
import type { ImportFile } from './source.ts';
import { stagePiece } from './stage-piece.ts';
import { RECORDS, stagingTable } from './staging-tables.ts';
import type { LineCounts } from './tally.ts';

/**
 * The first reading: checks every line by itself and stages what later checks and merges need.
 * @param onBytes called with the number of bytes read so far
 * @returns the number of lines by type
 */
export async function stageLines(
  session: ImportSession,
  source: ImportFile,
  ring: KeyRing,
  faults: Faults,
  onBytes: (bytes: number) => void,
): Promise<LineCounts> {
  for (const record of Object.values(RECORDS)) await session.execute(stagingTable(record));
  await session.execute(ATTACHMENTS_TABLE);
  await session.execute(TRACES_TABLE);
  const counts: LineCounts = new Map();
  for await (const piece of source.pieces()) {
    const { rows, counts: ofPiece, faults: found } = stagePiece(piece, ring);
    await session.takesMore();
    for (const { into, rows: copied } of rows) void session.copy(into, copied);
    for (const [type, count] of ofPiece) counts.set(type, (counts.get(type) ?? 0) + count);
    for (const { line, reason } of found) faults.add(line, reason);
    onBytes(piece.bytesRead);
  }
  await session.settled();
  const tables = [...Object.values(RECORDS).map((record) => record.staging), ATTACHMENTS_STAGING, TRACES_STAGING];
  // Autovacuum doesn't analyse temporary tables. Without statistics, a join of a million rows is planned for a thousand.
  await session.execute(`ANALYZE ${tables.join(', ')}`);
  return counts;
}
