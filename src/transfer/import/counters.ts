import { dayCellSql, daySql } from '../../db/count-cell.ts';
import { lockFolding } from '../../db/locks.ts';
import type { ImportSession } from './session.ts';
import type { Tally } from './tally.ts';

/**
 * Updates the materialised counters for what an import changes: new messages count by the cell that they are written
 * with, stored ones by their cells before and after. Other messages of the company aren't read.
 */

export const CREATED_BY_DAY = 'import_created_by_day';

/** Stores the cells of the messages that the import may change, before it changes them. */
export async function startCounting(session: ImportSession): Promise<void> {
  await session.execute(
    `CREATE TEMP TABLE ${CREATED_BY_DAY} (company_id uuid, day date, cell smallint, messages int) ON COMMIT DROP`,
  );
  await session.execute(`
    CREATE TEMP TABLE import_cells ON COMMIT DROP AS
    SELECT d.company_id, d.id, d.cell, ${daySql('d."timestamp"')} AS day
    FROM import_existing e
    JOIN communication_threads d ON d.company_id = e.company_id AND d.id = e.id
    UNION
    SELECT d.company_id, d.id, d.cell, ${daySql('d."timestamp"')}
    FROM import_groups g
    JOIN communication_threads d ON d.company_id = g.company_id AND d.thread_group_id = g.thread_group_id`);
}

/** Writes the counters, after all messages are written. The folding lock excludes other writers of these counters. */
export async function recordCounts(session: ImportSession, tally: Tally, companyIds: readonly string[]): Promise<void> {
  for (const companyId of companyIds) void session.execute(lockFolding(companyId));
  const created = tally.cells.all();
  await session.execute({
    text: `
      INSERT INTO thread_counts AS c (company_id, cell, messages)
      SELECT company_id, cell, sum(messages)
      FROM (
        SELECT company_id, cell, messages
        FROM unnest($1::uuid[], $2::smallint[], $3::int[]) AS created(company_id, cell, messages)
        UNION ALL
        SELECT company_id, cell, -1 FROM import_cells
        UNION ALL
        SELECT d.company_id, d.cell, 1
        FROM import_cells i
        JOIN communication_threads d ON d.company_id = i.company_id AND d.id = i.id
      ) change
      GROUP BY company_id, cell
      HAVING sum(messages) <> 0
      ORDER BY company_id, cell
      ON CONFLICT (company_id, cell) DO UPDATE SET messages = c.messages + excluded.messages`,
    values: [
      created.map((kind) => kind.company_id),
      created.map((kind) => kind.cell),
      created.map((kind) => kind.rows),
    ],
  });
  await session.execute(`
      INSERT INTO thread_day_counts AS c (company_id, day, cell, messages)
      SELECT company_id, day, cell, sum(messages)
      FROM (
        SELECT company_id, day, cell, messages FROM ${CREATED_BY_DAY}
        UNION ALL
        SELECT company_id, day, ${dayCellSql('cell')}, -1 FROM import_cells
        UNION ALL
        SELECT d.company_id, ${daySql('d."timestamp"')}, ${dayCellSql('d.cell')}, 1
        FROM import_cells i
        JOIN communication_threads d ON d.company_id = i.company_id AND d.id = i.id
      ) change
      GROUP BY company_id, day, cell
      HAVING sum(messages) <> 0
      ORDER BY company_id, day, cell
      ON CONFLICT (company_id, day, cell) DO UPDATE SET messages = c.messages + excluded.messages`);
}
