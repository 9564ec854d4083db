import type { Tx } from '../db/transaction.ts';

/**
 * The customers that a conversation has messages of, but not its latest one (`former_customers`): few conversations
 * ever change hands, and the list of a customer with a hundred thousand messages need not look at each to find those
 * that did. `joinThreadGroup` keeps them for a message that joins; whatever else moves messages counts them anew.
 */

/**
 * Finds the former customers of conversations anew. The caller holds their locks.
 * @param threadGroupIds also those that were merged away
 */
export function recountFormerCustomers(tx: Tx, companyId: string, threadGroupIds: readonly string[]): void {
  const text = recountFormerSql('unnest($2::uuid[]) AS g(thread_group_id)', '$1::uuid');
  tx.send({ name: 'recount_former_customers', text, values: [companyId, threadGroupIds] });
}

/** The same for the conversation of a message that was changed in this transaction. */
export function recountFormerCustomersOf(tx: Tx, companyId: string, threadId: string): void {
  const group = '(SELECT c.thread_group_id FROM communication_threads c WHERE c.company_id = $1 AND c.id = $2) g';
  const text = recountFormerSql(group, '$1::uuid');
  tx.send({ name: 'recount_former_customers_of', text, values: [companyId, threadId] });
}

/**
 * Writes only what isn't so yet.
 * @param groups conversations `g`, each once, as SQL
 * @param company theirs, as SQL
 */
export function recountFormerSql(groups: string, company: string): string {
  return `
      WITH former AS MATERIALIZED (
        SELECT DISTINCT m.company_id, m.customer_id, m.thread_group_id
        FROM ${groups}
        JOIN communication_threads l
          ON l.company_id = ${company} AND l.thread_group_id = g.thread_group_id AND l.is_latest
        JOIN communication_threads m
          ON m.company_id = ${company} AND m.thread_group_id = g.thread_group_id
             AND m.customer_id IS DISTINCT FROM l.customer_id
        WHERE m.customer_id IS NOT NULL
      ), gone AS (
        DELETE FROM former_customers k
        USING ${groups}
        WHERE k.company_id = ${company} AND k.thread_group_id = g.thread_group_id
          AND NOT EXISTS (SELECT FROM former f
                          WHERE f.company_id = k.company_id AND f.customer_id = k.customer_id
                            AND f.thread_group_id = k.thread_group_id)
      )
      INSERT INTO former_customers (company_id, customer_id, thread_group_id)
      SELECT f.company_id, f.customer_id, f.thread_group_id FROM former f
      ON CONFLICT DO NOTHING`;
}

/**
 * CTEs, each with a comma behind, for a message that joins `latest`, the latest message so far: only where the two are of
 * different customers does anything change.
 * @param company, group and `customer`: of the message, as SQL
 */
export function joinFormerCustomers(company: string, group: string, customer: string): string {
  return `
      former AS (
        INSERT INTO former_customers (company_id, customer_id, thread_group_id)
        SELECT ${company}, f.customer_id, ${group}
        FROM (SELECT CASE WHEN l.is_older THEN l.customer_id ELSE ${customer} END AS customer_id
              FROM latest l
              WHERE l.customer_id IS DISTINCT FROM ${customer}) f
        WHERE f.customer_id IS NOT NULL
        ON CONFLICT DO NOTHING
      ), returned AS (
        DELETE FROM former_customers g
        USING latest l
        WHERE g.company_id = ${company} AND g.customer_id = ${customer} AND g.thread_group_id = ${group} AND l.is_older
      ),`;
}
