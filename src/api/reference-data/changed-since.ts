import type { Connection } from '../../db/client.ts';
import { areFew } from '../../http/lists/updated-after.ts';
import type { Collection } from './collection.ts';

/**
 * Rows of a collection that changed since a transaction (`http/lists/updated-after.ts`): rows that were written, and
 * customers and invoices whose `communications` may have changed. A message doesn't write its customer's row, so these are
 * found through the messages that changed, and through `message_departures` for messages that were unlinked.
 */

/** The messages `m` that changed since `$2`, of the company `$1`. */
const changedMessages = (since: string) => `
        SELECT m.id, m.customer_id, m.thread_group_id
        FROM communication_threads m
        WHERE m.company_id = $1 AND m.changed_in >= ${since}`;

const departures = (since: string) => `
        SELECT d.subject_id
        FROM message_departures d
        WHERE d.company_id = $1 AND d.changed_in >= ${since}`;

/**
 * SQL of the ids of customers and invoices whose summary may have changed. Whether a conversation is open depends on its
 * latest message, so a former customer's summary changes with it too.
 */
const SUMMARIES: Partial<Record<Collection['name'], (since: string) => string>> = {
  customers: (since) => `
        SELECT m.customer_id
        FROM (${changedMessages(since)}) m
        WHERE m.customer_id IS NOT NULL
        UNION
        SELECT f.customer_id
        FROM (${changedMessages(since)}) m
        JOIN former_customers f ON f.company_id = $1 AND f.thread_group_id = m.thread_group_id
        UNION
        ${departures(since)}`,
  invoices: (since) => `
        SELECT l.invoice_id
        FROM (${changedMessages(since)}) m
        JOIN communication_thread_invoices l ON l.company_id = $1 AND l.thread_id = m.id
        UNION
        ${departures(since)}`,
};

/**
 * SQL over a row `t` of a company `$1`: whether it changed since. Undefined after many changed messages: every row counts
 * as changed.
 * @param parameter adds a value and returns its SQL
 */
export async function changedSince(
  collection: Collection,
  connection: Connection,
  companyId: string,
  since: bigint,
  parameter: (value: unknown) => string,
): Promise<string | undefined> {
  const summaries = SUMMARIES[collection.name];
  if (!summaries) return `t.changed_in >= ${parameter(since.toString())}::xid8`;
  const text = changedMessages('$2::xid8');
  if (!(await areFew(connection, { name: 'few_changed_messages', text, values: [companyId, since.toString()] })))
    return undefined;
  const changed = `${parameter(since.toString())}::xid8`;
  return `t.id IN (
        SELECT w.id FROM ${collection.table} w WHERE w.company_id = $1 AND w.changed_in >= ${changed}
        UNION
        ${summaries(changed)})`;
}
