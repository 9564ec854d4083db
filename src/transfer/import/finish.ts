import { searchVector } from '../../conversations/search-words.ts';
import type { StoredAddress } from '../../db/schema.ts';
import { newId } from '../../domain/ids.ts';
import { STEPS } from '../../domain/scheduled-steps.ts';
import { OPERATOR, recordAudit } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import { LINE_TYPES } from '../line-schema.ts';
import type { ImportSession } from './session.ts';
import { RECORDS } from './staging-tables.ts';
import type { Tally } from './tally.ts';

/** What follows from the merged rows. */

/** Finds the log that completed each action and touchpoint: the earliest that names it and has the time of completion. */
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

const MESSAGES_AT_ONCE = 2_000;

type RenamedRow = {
  company_id: string;
  id: string;
  subject: string;
  preview: string | null;
  customer_name: string;
  from_address: StoredAddress | null;
  to_addresses: StoredAddress[];
  cc_addresses: StoredAddress[];
};

/**
 * A customer's name is shown with its messages and among their words, also of those that the file doesn't hold. Writing
 * `customer_id` again is what tells `updated_after` of it.
 */
export async function rewriteSearchWords(session: ImportSession): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  let company = after;
  for (;;) {
    const rows = await session.query<RenamedRow>({
      text: `
        SELECT t.company_id, t.id, t.subject, t.preview, r.name AS customer_name,
               t.from_address, t.to_addresses, t.cc_addresses
        FROM import_renamed_customers r
        JOIN communication_threads t ON t.company_id = r.company_id AND t.customer_id = r.id
        WHERE (t.company_id, t.id) > ($1, $2)
        ORDER BY t.company_id, t.id
        LIMIT ${MESSAGES_AT_ONCE}`,
      values: [company, after],
    });
    const last = rows.at(-1);
    if (!last) return;
    await session.execute({
      text: `
        UPDATE communication_threads d
        SET search_words = s.words, customer_id = d.customer_id,
            -- What the file itself says of a message stands, or the same file again would change it.
            updated_at = CASE WHEN EXISTS (SELECT FROM ${RECORDS.thread.staging} f
                                           WHERE f.company_id = d.company_id AND f.id = d.id)
                              THEN d.updated_at ELSE now() END
        FROM unnest($1::uuid[], $2::uuid[], $3::tsvector[]) AS s(company_id, id, words)
        WHERE d.company_id = s.company_id AND d.id = s.id`,
      values: [rows.map((row) => row.company_id), rows.map((row) => row.id), rows.map(wordsOf)],
    });
    company = last.company_id;
    after = last.id;
  }
}

function wordsOf(row: RenamedRow): string {
  return searchVector({
    subject: row.subject,
    preview: row.preview,
    customerName: row.customer_name,
    from: row.from_address,
    to: row.to_addresses,
    cc: row.cc_addresses,
  });
}

/** From as many new rows on PostgreSQL's own statistics come too late for the reads right after. */
const MANY_ROWS = 5_000;

/** So that lists are planned for what is there now. A role that doesn't own the tables leaves it to autovacuum. */
export async function refreshStatistics(session: ImportSession, tally: Tally): Promise<void> {
  const types = LINE_TYPES.filter((type) => tally.created(type) >= MANY_ROWS);
  const tables = types.map((type) => RECORDS[type].table);
  if (types.includes('thread')) tables.push('communication_thread_invoices', 'attachments');
  if (tables.length > 0) await session.execute(`ANALYZE ${tables.join(', ')}`);
}

/** Moves the version of the changed companies' lists on, and counts their notes; one line in the audit trail of each. */
export async function recordOutcome(session: ImportSession, tally: Tally): Promise<void> {
  await session.settled();
  const { tx } = session;
  const importId = newId();
  for (const [companyId, details] of tally.changedCompanies()) {
    recordChange(tx, companyId, details.created.thread_note ?? 0);
    recordAudit(tx, companyId, OPERATOR, { action: 'import.completed', subjectId: importId, details });
    await tx.settled();
  }
  // Users' names stand in the lists of every company that they ever logged for.
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
