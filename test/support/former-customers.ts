import type { Db } from '../../src/db/client.ts';

/** Customers that a conversation has messages of, but not its latest one: where what is kept of them isn't what is so. */
export function misjudgedFormerCustomers(
  db: Db,
  companyId: string,
): Promise<{ thread_group_id: string; customer_id: string; is_kept: boolean }[]> {
  return db.query({
    text: `
      SELECT thread_group_id, customer_id, f.company_id IS NOT NULL AS is_kept
      FROM (SELECT DISTINCT m.thread_group_id, m.customer_id
            FROM communication_threads m
            JOIN communication_threads l ON l.company_id = m.company_id AND l.thread_group_id = m.thread_group_id AND l.is_latest
            WHERE m.company_id = $1 AND m.customer_id IS NOT NULL AND m.customer_id IS DISTINCT FROM l.customer_id) so
      FULL JOIN (SELECT * FROM former_customers WHERE company_id = $1) f USING (thread_group_id, customer_id)
      WHERE f.company_id IS NULL OR so IS NULL`,
    values: [companyId],
  });
}
