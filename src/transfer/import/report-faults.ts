import { type Faults, REPORTED_FAULTS } from './faults.ts';
import type { ImportSession } from './session.ts';

/** A faulty line that a check found; `of` is the number of all faulty lines that the check found. */
export type FaultRow = { line: number; of: number };

/**
 * Adds the faulty lines that a query finds to `faults`.
 * @param found SQL of the faulty lines, with `values` as its parameters
 * @returns whether it found any
 */
export async function report<Row extends FaultRow>(
  session: ImportSession,
  faults: Faults,
  found: string,
  reasonOf: (row: Row) => string,
  values: unknown[] = [],
): Promise<boolean> {
  const rows = await session.query<Row>({
    text: `SELECT f.*, count(*) OVER () AS of FROM (${found}) f ORDER BY f.line LIMIT ${REPORTED_FAULTS}`,
    values,
  });
  const [first] = rows;
  if (!first) return false;
  const unreported = first.of - rows.length;
  for (const [nth, row] of rows.entries()) faults.add(row.line, reasonOf(row), nth === 0 ? unreported : 0);
  return true;
}
