import { type Faults, REPORTED_FAULTS } from './faults.ts';
import type { ImportSession } from './session.ts';

/** A faulty line that a check found; `of` is the number of all faulty lines that the check found. */
type FaultRow = { line: number; of: number };

/** Reports the faulty lines that a query finds. */
export type Report = ReturnType<typeof reportTo>;

/** @returns a function that adds the faulty lines which a query finds to `faults` */
export function reportTo(session: ImportSession, faults: Faults) {
  /**
   * @param found SQL of the faulty lines, with `values` as its parameters; `Fields` are its columns besides `line`
   * @returns whether it found any
   */
  return async <Fields = unknown>(
    found: string,
    reasonOf: (row: FaultRow & Fields) => string,
    values: unknown[] = [],
  ): Promise<boolean> => {
    const rows = await session.query<FaultRow & Fields>({
      text: `SELECT f.*, count(*) OVER () AS of FROM (${found}) f ORDER BY f.line LIMIT ${REPORTED_FAULTS}`,
      values,
    });
    const [first] = rows;
    if (!first) return false;
    const unreported = first.of - rows.length;
    for (const [nth, row] of rows.entries()) faults.add(row.line, reasonOf(row), nth === 0 ? unreported : 0);
    return true;
  };
}
