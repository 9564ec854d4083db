import { type CountCell, cellNumber, dayCellSql } from './db/cells.ts';
import type { Db, Statement, Tx } from './db/client.ts';
import { tryLockFoldingSql } from './db/locks.ts';

export type { CountCell };

/** `messages`: how many more (or, negative, fewer) there are of this kind, of one day in UTC, as `2026-05-12`. */
export type CountDelta = { cell: CountCell; day: string; messages: number };

/**
 * Appends count changes in the transaction that makes them. Every write that can alter a list's answer calls this,
 * with no deltas when no count moves: the number of such rows is the lists' version.
 */
export function recordChange(tx: Tx, companyId: string, deltas: CountDelta[] = [], threadNotes = 0): void {
  const rows: (CountDelta | typeof NO_COUNT)[] = deltas.length > 0 ? deltas : [NO_COUNT];
  tx.send({
    name: 'record_change',
    text: `
      INSERT INTO thread_count_deltas (company_id, cell, day, messages, thread_notes)
      SELECT $1, d.cell, d.day, d.messages, CASE WHEN d.nth = 1 THEN $2::int ELSE 0 END
      FROM unnest($3::smallint[], $4::date[], $5::int[]) WITH ORDINALITY AS d(cell, day, messages, nth)`,
    values: [
      companyId,
      threadNotes,
      rows.map(({ cell }) => cell && cellNumber(cell)),
      rows.map(({ day }) => day),
      rows.map(({ messages }) => messages),
    ],
  });
}

const NO_COUNT = { cell: null, day: null, messages: 0 } as const;

/** SQL of a company's list version: folded changes plus unfolded ones, in one snapshot. */
export function versionSql(companyParameter: string): string {
  return `(COALESCE((SELECT ct.changes FROM company_totals ct WHERE ct.company_id = ${companyParameter}), 0)
         + (SELECT count(*) FROM thread_count_deltas d WHERE d.company_id = ${companyParameter}))`;
}

/** All notes of a company, exactly, without scanning them. One row `{ count }`. */
export function countThreadNotes(companyId: string): Statement {
  return {
    name: 'count_thread_notes',
    text: `
      SELECT COALESCE((SELECT ct.thread_notes FROM company_totals ct WHERE ct.company_id = $1), 0)
           + COALESCE((SELECT sum(d.thread_notes) FROM thread_count_deltas d WHERE d.company_id = $1), 0) AS count`,
    values: [companyId],
  };
}

/**
 * Folds appended deltas into the cells, a company at a time. Several servers may call it at once: whoever doesn't get
 * a company's fold leaves it to the other.
 */
export async function foldCounts(db: Db): Promise<void> {
  const companies = await db.query<{ company_id: string }>({
    text: 'SELECT DISTINCT company_id FROM thread_count_deltas',
  });
  for (const { company_id: companyId } of companies) await foldCompany(db, companyId);
}

async function foldCompany(db: Db, companyId: string): Promise<void> {
  await db.query({
    name: 'fold_counts',
    text: `
      WITH mine AS MATERIALIZED (
        SELECT ${tryLockFoldingSql('$1')} AS locked
      ), folded AS (
        DELETE FROM thread_count_deltas
        WHERE company_id = $1 AND (SELECT locked FROM mine)
        RETURNING cell, day, messages, thread_notes
      ), cells AS (
        INSERT INTO thread_counts AS c (company_id, cell, messages)
        SELECT $1, cell, sum(messages)
        FROM folded
        WHERE cell IS NOT NULL
        GROUP BY cell
        HAVING sum(messages) <> 0
        ON CONFLICT (company_id, cell) DO UPDATE SET messages = c.messages + excluded.messages
      ), days AS (
        INSERT INTO thread_day_counts AS c (company_id, day, cell, messages)
        SELECT $1, day, ${dayCellSql('cell')}, sum(messages)
        FROM folded
        WHERE cell IS NOT NULL
        GROUP BY 2, 3
        HAVING sum(messages) <> 0
        ON CONFLICT (company_id, day, cell) DO UPDATE SET messages = c.messages + excluded.messages
      )
      INSERT INTO company_totals AS t (company_id, changes, thread_notes)
      SELECT $1, count(*), COALESCE(sum(thread_notes), 0) FROM folded HAVING count(*) > 0
      ON CONFLICT (company_id) DO UPDATE
      SET changes = t.changes + excluded.changes, thread_notes = t.thread_notes + excluded.thread_notes`,
    values: [companyId],
  });
}
