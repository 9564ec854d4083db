import { newId } from '../../domain/ids.ts';
import { STEPS } from '../../domain/scheduled-steps.ts';
import { OPERATOR, recordAudit } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import { LINE_TYPES } from '../line-schema.ts';
import type { ImportSession } from './session.ts';
import { RECORDS } from './staging-tables.ts';
import type { Tally } from './tally.ts';

/** The last steps of an import, which depend on the merged rows. */

/**
 * Links each completed action and touchpoint to its manual log: the earliest one that refers to it at the completion's
 * time.
 */
export async function linkCompletions(session: ImportSession, companyIds: string[]): Promise<void> {
  for (const { table, link, completedAt } of Object.values(STEPS)) {
    await session.execute({
      text: `
        UPDATE ${table} d
        SET completed_by_thread_id = found.thread_id
        FROM (
          SELECT a.company_id, a.id,
                 (SELECT t.id
                  FROM communication_threads t
                  WHERE t.company_id = a.company_id AND t.customer_id = a.customer_id
                    AND t."timestamp" = a.${completedAt} AND t.${link} = a.id
                  ORDER BY t.created_at, t.id
                  LIMIT 1) AS thread_id
          FROM ${table} a
          WHERE a.company_id = ANY($1::uuid[]) AND a.status = 'completed'
        ) found
        WHERE d.company_id = found.company_id AND d.id = found.id
          AND d.completed_by_thread_id IS DISTINCT FROM found.thread_id`,
      values: [companyIds],
    });
  }
}

/**
 * Puts the words that still wait beside their index into it. A role that doesn't own the index leaves it to autovacuum.
 */
export async function indexWords(session: ImportSession): Promise<void> {
  await session.execute(`
    SELECT gin_clean_pending_list(oid)
    FROM pg_class
    WHERE oid = 'ctw_words_by_week'::regclass AND pg_has_role(relowner, 'USAGE')`);
}

/** From this many new rows on, autovacuum's statistics come too late for the queries right after the import. */
const MANY_ROWS = 5_000;

/**
 * Analyses tables with many new rows, for the plans of lists. It has no effect for a role that doesn't own the tables.
 */
export async function refreshStatistics(session: ImportSession, tally: Tally): Promise<void> {
  const types = LINE_TYPES.filter((type) => tally.created(type) >= MANY_ROWS);
  const tables = types.map((type) => RECORDS[type].table);
  if (types.includes('thread'))
    tables.push('communication_thread_invoices', 'communication_thread_words', 'attachments');
  if (tables.length > 0) await session.execute(`ANALYZE ${tables.join(', ')}`);
}

/** Raises the list version of each changed company, counts its new notes, and records one audit event for it. */
export async function recordImport(session: ImportSession, tally: Tally): Promise<void> {
  await session.settled();
  const { tx } = session;
  const importId = newId();
  for (const [companyId, details] of tally.changedCompanies()) {
    recordChange(tx, companyId, details.created.thread_note ?? 0);
    recordAudit(tx, companyId, OPERATOR, { action: 'import.completed', subjectId: importId, details });
    await tx.settled();
  }
  // The lists of every company in which a user has logged something show the user's name.
  if (tally.replaced('user') > 0) {
    const others = await tx.query<{ id: string }>({ text: 'SELECT id FROM companies' });
    for (const { id } of others.filter((company) => !tally.changedCompanies().has(company.id))) {
      recordChange(tx, id);
      recordAudit(tx, id, OPERATOR, {
        action: 'import.completed',
        subjectId: importId,
        details: { created: {}, replaced: { user: tally.replaced('user') } },
      });
    }
    await tx.settled();
  }
}
