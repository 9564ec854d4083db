import { differs, INVOICES_DIFFER, mergeRecords, sameKey } from './merge.ts';
import type { ImportSession } from './session.ts';
import { RECORDS } from './staging-tables.ts';
import type { Tally } from './tally.ts';

const PROMISE = RECORDS.promise;
const IS_SAME = sameKey('d', PROMISE.key);

/** Merges promises, after the messages in which they were made. */
export async function mergePromises(session: ImportSession, tally: Tally): Promise<void> {
  await showRenamedCustomers(session);
  if (tally.lines('promise') === 0) return;
  await markMessagesThatShow(session);
  await mergeRecords(session, tally, 'promise');
  await replaceInvoices(session);
}

/** Moves `updated_at` of promises of renamed customers, which show the name. A promise in the file gets what its line says. */
async function showRenamedCustomers(session: ImportSession): Promise<void> {
  await session.execute(`
    UPDATE promises p
    SET updated_at = now()
    FROM import_customers s
    JOIN customers r ON r.company_id = s.company_id AND r.id = s.id
    WHERE p.company_id = r.company_id AND p.customer_id = r.id AND r.renamed_at = now()::timestamptz(3)`);
}

/**
 * Writes messages again whose promise changes or moves to another message, and moves their `updated_at`. A message in the
 * file keeps what its line says, so that the same file changes nothing when it is imported again.
 */
async function markMessagesThatShow(session: ImportSession): Promise<void> {
  await session.execute(`
    UPDATE communication_threads t
    SET updated_at = CASE WHEN EXISTS (SELECT FROM import_existing e WHERE e.company_id = t.company_id AND e.id = t.id)
                          THEN t.updated_at ELSE now() END
    FROM (
      SELECT DISTINCT s.company_id, unnest(ARRAY[s.thread_id, d.thread_id]) AS thread_id
      FROM ${PROMISE.staging} s
      LEFT JOIN promises d ON ${IS_SAME}
      WHERE d.id IS NULL OR ${differs(PROMISE)}
    ) shown
    WHERE t.company_id = shown.company_id AND t.id = shown.thread_id AND t.changed_in <> pg_current_xact_id()`);
}

async function replaceInvoices(session: ImportSession): Promise<void> {
  await session.execute(`
    DELETE FROM promise_invoices v
    USING ${PROMISE.staging} s, promises d
    WHERE ${IS_SAME} AND v.company_id = d.company_id AND v.promise_id = d.id AND ${INVOICES_DIFFER}`);
  await session.execute(`
    INSERT INTO promise_invoices (company_id, promise_id, invoice_id, position)
    SELECT s.company_id, s.id, i.id, i.nth - 1
    FROM ${PROMISE.staging} s
    CROSS JOIN unnest(s.invoice_ids) WITH ORDINALITY AS i(id, nth)
    WHERE NOT EXISTS (SELECT FROM promise_invoices v WHERE v.company_id = s.company_id AND v.promise_id = s.id)`);
}
