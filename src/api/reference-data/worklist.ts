/** The list of customers as a collector's worklist: by open conversations and by how long customers have waited. */

/**
 * SQL of the open conversations with each of their customers, including customers of older messages only. `$1` is the
 * company.
 */
const openConversations = (condition: string) => `
        SELECT o.customer_id, o."timestamp"
        FROM communication_threads o
        WHERE o.company_id = $1 AND o.is_latest AND NOT o.is_resolved ${condition} AND o.customer_id IS NOT NULL
        UNION ALL
        SELECT f.customer_id, o."timestamp"
        FROM former_customers f
        JOIN communication_threads o
          ON o.company_id = $1 AND o.thread_group_id = f.thread_group_id AND o.is_latest AND NOT o.is_resolved ${condition}
        WHERE f.company_id = $1`;

/** SQL over a customer `t`, for all customers at once: reads the open conversations once. */
export const HAS_OPEN = `t.id IN (SELECT w.customer_id FROM (${openConversations('')}) w)`;

/**
 * The same for customers one by one, as a page in the order of names reads them until it is full. A scalar subquery,
 * because PostgreSQL may read all open conversations into a hash table for IN and EXISTS.
 */
export const HAS_OPEN_PROBED = `COALESCE(
        (SELECT true FROM (${openConversations('')}) w WHERE w.customer_id = t.id LIMIT 1),
        false)`;

type WaitingPage = {
  columns: string;
  /** SQL over a customer `t`. */
  clauses: string[];
  /** The parameters of the last row's `order_key` and id; undefined for the first page. */
  after: string[] | undefined;
  fetchLimit: number;
  offset: number;
};

/**
 * SQL of a page of customers: those who wait first, the longest wait at the top, then the others by name. `order_key`
 * begins with the part of the list that a row is in: `w` before a time or `n` before a name.
 */
export function waitingPageSql({ columns, clauses, after, fetchLimit, offset }: WaitingPage): string {
  const [key, id] = after ?? [];
  const isNamed = `left(${key}, 1) = 'n'`;
  const waitingAfter = after
    ? `AND NOT ${isNamed} AND (w.since, t.id) > (CASE WHEN ${isNamed} THEN 'infinity' ELSE substr(${key}, 2) END::timestamptz, ${id}::uuid)`
    : '';
  const namedAfter = after ? `AND (NOT ${isNamed} OR (t.sort_key, t.id) > (substr(${key}, 2), ${id}::uuid))` : '';
  return `
      WITH waiting AS MATERIALIZED (
        SELECT customer_id, min("timestamp") AS since FROM (${openConversations('AND o.requires_response')}) w GROUP BY customer_id
      )
      SELECT *
      FROM (
        (SELECT ${columns}, 'w' || w.since AS order_key, 1 AS part, w.since, '' AS named
         FROM waiting w
         JOIN customers t ON t.company_id = $1 AND t.id = w.customer_id
         WHERE ${clauses.join(' AND ')} ${waitingAfter}
         ORDER BY w.since, t.id
         LIMIT ${fetchLimit + offset})
        UNION ALL
        (SELECT ${columns}, 'n' || t.sort_key, 2, NULL, t.sort_key
         FROM customers t
         WHERE ${clauses.join(' AND ')} AND t.id NOT IN (SELECT w.customer_id FROM waiting w) ${namedAfter}
         ORDER BY t.sort_key, t.id
         LIMIT ${fetchLimit + offset})
      ) t
      ORDER BY part, since, named COLLATE "C", id
      LIMIT ${fetchLimit} OFFSET ${offset}`;
}
