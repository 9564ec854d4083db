import type { ImportSession } from './session.ts';
import type { Tally } from './tally.ts';

/**
 * The counts of what an import changes: of the new messages by what they are written as, of those that were there by what
 * they were before and are after. The rest of a company isn't looked at, however much it is.
 */

/** Messages of one kind in a company. */
export type CountedCell = { company_id: string; cell: number; rows: number };

/** Messages by company and kind. */
export class CellCounts {
  readonly #counted = new Map<string, CountedCell>();

  add({ company_id, cell, rows }: CountedCell): void {
    const key = `${company_id}/${cell}`;
    const known = this.#counted.get(key);
    if (known) known.rows += rows;
    else this.#counted.set(key, { company_id, cell, rows });
  }

  all(): CountedCell[] {
    return [...this.#counted.values()];
  }
}

/** Messages that were there and whose kind the import may change, while they are what they were. */
export async function rememberCells(session: ImportSession): Promise<void> {
  await session.execute(`
    CREATE TEMP TABLE import_cells ON COMMIT DROP AS
    SELECT d.company_id, d.id, d.cell
    FROM import_existing e
    JOIN communication_threads d ON d.company_id = e.company_id AND d.id = e.id
    UNION
    SELECT d.company_id, d.id, d.cell
    FROM import_groups g
    JOIN communication_threads d ON d.company_id = g.company_id AND d.thread_group_id = g.thread_group_id`);
}

/** Last, when every message is what it will be. */
export async function recordCells(session: ImportSession, tally: Tally): Promise<void> {
  const created = tally.cells.all();
  await session.execute({
    text: `
      INSERT INTO thread_count_deltas (company_id, cell, messages)
      SELECT company_id, cell, sum(messages)
      FROM (
        SELECT company_id, cell, messages
        FROM unnest($1::uuid[], $2::smallint[], $3::int[]) AS created(company_id, cell, messages)
        UNION ALL
        SELECT company_id, cell, -1 FROM import_cells
        UNION ALL
        SELECT d.company_id, d.cell, 1
        FROM import_cells c
        JOIN communication_threads d ON d.company_id = c.company_id AND d.id = c.id
      ) change
      GROUP BY company_id, cell
      HAVING sum(messages) <> 0`,
    values: [
      created.map((kind) => kind.company_id),
      created.map((kind) => kind.cell),
      created.map((kind) => kind.rows),
    ],
  });
}
