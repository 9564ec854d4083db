import type { Db } from '../db/client.ts';
import { companyToday } from '../db/company-day.ts';
import { dayCellSql, daySql } from '../db/count-cell.ts';
import { tryLockFoldingSql } from '../db/locks.ts';
import type { Statement } from '../db/statement.ts';
import type { Tx } from '../db/transaction.ts';

/**
 * Raises the version of a company's lists for a change that moves no count of messages, in the transaction of the
 * change. Every write that can alter a list's response appends a delta, here or in `changeMessages`: the number of
 * deltas is the version.
 * @param threadNotes by how much the number of notes grows; negative when it shrinks
 */
export function recordChange(tx: Tx, companyId: string, threadNotes = 0): void {
  tx.send({
    name: 'record_change',
    text: 'INSERT INTO thread_count_deltas (company_id, thread_notes) VALUES ($1, $2)',
    values: [companyId, threadNotes],
  });
}

/**
 * SQL of the version of a company's lists, a text. It has the number of changes, folded and unfolded, in one snapshot,
 * and what changes lists without a write: the company's date, which breaks promises, and the follow-up that came due
 * last, which ends a snooze. The date is the slowest part, so it is left out while the company has no promise.
 * @param company SQL of the company's id
 */
export function versionSql(company: string): string {
  return `concat_ws('.',
           COALESCE((SELECT ct.changes FROM company_totals ct WHERE ct.company_id = ${company}), 0)
           + (SELECT count(*) FROM thread_count_deltas d WHERE d.company_id = ${company}),
           CASE WHEN EXISTS (SELECT FROM promises p WHERE p.company_id = ${company})
                THEN ${companyToday(company)} - date '2000-01-01' ELSE 0
           END,
           extract(epoch FROM (SELECT max(f.follow_up_at)
                               FROM communication_threads f
                               WHERE f.company_id = ${company} AND f.follow_up_at <= now())))`;
}

/** Counts all notes of a company exactly, without scanning them. One row `{ count }`. */
export function countThreadNotes(companyId: string): Statement {
  return {
    name: 'count_thread_notes',
    text: `
      SELECT COALESCE((SELECT ct.thread_notes FROM company_totals ct WHERE ct.company_id = $1), 0)
           + COALESCE((SELECT sum(d.thread_notes) FROM thread_count_deltas d WHERE d.company_id = $1), 0) AS count`,
    values: [companyId],
  };
}

export type Miscount = {
  what: 'messages' | 'messages of a day' | 'notes';
  /** Null for notes. */
  cell: number | null;
  day: string | null;
  counted: number;
  stored: number;
};

/**
 * Finds counters that differ from the stored rows: of messages by facet, of messages by day, and of notes. Deltas that
 * aren't folded yet count too. Reads all messages of the company.
 */
export function findMiscounts(db: Db, companyId: string): Promise<Miscount[]> {
  return db.query({
    text: `
      WITH stored AS (
        SELECT cell, ${daySql('"timestamp"')} AS day
        FROM communication_threads
        WHERE company_id = $1
      )
      SELECT what, cell, day::text, sum(counted)::int AS counted, sum(stored)::int AS stored
      FROM (
        SELECT 'messages' AS what, cell, NULL::date AS day, messages AS counted, 0 AS stored
        FROM thread_counts WHERE company_id = $1
        UNION ALL
        SELECT 'messages', cell, NULL, messages, 0
        FROM thread_count_deltas WHERE company_id = $1 AND cell IS NOT NULL
        UNION ALL
        SELECT 'messages', cell, NULL, 0, 1 FROM stored
        UNION ALL
        SELECT 'messages of a day', cell, day, messages, 0 FROM thread_day_counts WHERE company_id = $1
        UNION ALL
        SELECT 'messages of a day', ${dayCellSql('cell')}, day, messages, 0
        FROM thread_count_deltas WHERE company_id = $1 AND cell IS NOT NULL
        UNION ALL
        SELECT 'messages of a day', ${dayCellSql('cell')}, day, 0, 1 FROM stored
        UNION ALL
        SELECT 'notes', NULL, NULL, thread_notes, 0 FROM company_totals WHERE company_id = $1
        UNION ALL
        SELECT 'notes', NULL, NULL, thread_notes, 0 FROM thread_count_deltas WHERE company_id = $1
        UNION ALL
        SELECT 'notes', NULL, NULL, 0, 1 FROM thread_notes WHERE company_id = $1
      ) c
      GROUP BY what, cell, day
      HAVING sum(counted) <> sum(stored)`,
    values: [companyId],
  });
}

/**
 * Folds the deltas into the counters, company by company. Several servers may call it at once: one that doesn't get a
 * company's lock skips the company.
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
