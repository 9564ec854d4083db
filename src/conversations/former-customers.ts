import type { Tx } from '../db/transaction.ts';

/**
 * Maintains `former_customers`: the customers that a conversation has messages of, but whose message isn't the latest.
 * Few conversations ever change their customer, so the list of a customer with a hundred thousand messages finds those
 * few here. `joinThreadGroup` updates the table for an added message; every other write that moves messages recomputes
 * it.
 */

/**
 * Recomputes the former customers of conversations. The caller holds their locks.
 * @param threadGroupIds including conversations that were merged into others
 */
export function recountFormerCustomers(tx: Tx, companyId: string, threadGroupIds: readonly string[]): void {
  const text = recountFormerSql('unnest($2::uuid[]) AS g(thread_group_id)', '$1::uuid');
  tx.send({ name: 'recount_former_customers', text, values: [companyId, threadGroupIds] });
}

/** Recomputes the former customers of the conversation of a message that this transaction changed. */
export function recountFormerCustomersOf(tx: Tx, companyId: string, threadId: string): void {
  const group = '(SELECT c.thread_group_id FROM communication_threads c WHERE c.company_id = $1 AND c.id = $2) g';
  const text = recountFormerSql(group, '$1::uuid');
  tx.send({ name: 'recount_former_customers_of', text, values: [companyId, threadId] });
}

/**
 * SQL that recomputes the former customers and writes only the differences.
 * @param groups SQL of a FROM item `g` with each conversation once, as `thread_group_id`
 * @param company SQL of the conversations' company
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
 * CTEs, each followed by a comma, that update `former_customers` for a message added to a conversation. They refer to
 * the CTE `latest`, the latest message so far, and write only when the two messages have different customers.
 * @param company SQL of the message's company
 * @param group SQL of its conversation
 * @param customer SQL of its customer
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
