/** The list of customers as a collector's worklist: by open conversations and by how long customers have waited. */

/**
 * SQL of the open conversations with each of their customers, including customers of older messages only. `$1` is the
 * company.
 */
function openConversations(condition: string, columns: string, union = 'UNION ALL'): string {
  return `
        SELECT o.customer_id${columns}
        FROM communication_threads o
        WHERE o.company_id = $1 AND o.is_latest AND NOT o.is_resolved ${condition} AND o.customer_id IS NOT NULL
        ${union}
        SELECT f.customer_id${columns}
        FROM former_customers f
        JOIN communication_threads o
          ON o.company_id = $1 AND o.thread_group_id = f.thread_group_id AND o.is_latest AND NOT o.is_resolved ${condition}
        WHERE f.company_id = $1`;
}

/** SQL of the ids of customers with an open conversation. With `UNION` each occurs once. */
function openCustomers(union: 'UNION' | 'UNION ALL'): string {
  return openConversations('', '', union);
}

/** SQL over a customer `t`, for all customers at once: reads the open conversations once. */
export function hasOpenSql(wanted: boolean | undefined): string[] {
  return clausesOf(wanted, `t.id IN (SELECT w.customer_id FROM (${openCustomers('UNION ALL')}) w)`);
}

/**
 * The same for customers one by one, as a page in the order of names reads them until it is full. A scalar subquery,
 * because PostgreSQL may read all open conversations into a hash table for IN and EXISTS.
 */
export function probedOpen(wanted: boolean | undefined): string[] {
  return clausesOf(
    wanted,
    `COALESCE((SELECT true FROM (${openCustomers('UNION ALL')}) w WHERE w.customer_id = t.id LIMIT 1), false)`,
  );
}

/** The same among `OPEN_CUSTOMERS`, for a search that looks at very many customers. */
export function lookedUpOpen(wanted: boolean | undefined): string[] {
  return clausesOf(wanted, 'COALESCE(t.id IN (SELECT o.customer_id FROM open o), false)');
}

/** A common table expression of all customers with an open conversation. */
export const OPEN_CUSTOMERS = `open AS MATERIALIZED (${openCustomers('UNION ALL')}
      )`;

function clausesOf(wanted: boolean | undefined, hasOpen: string): string[] {
  return wanted === undefined ? [] : [wanted ? hasOpen : `NOT (${hasOpen})`];
}

/** SQL that counts the customers of a company with an open conversation: their ids are foreign keys, so none is read. */
export const COUNT_WITH_OPEN = `
      SELECT count(*) AS count
      FROM (${openCustomers('UNION')}) w`;

type WaitingPage = {
  columns: string;
  /** SQL over a customer `t`, apart from `hasOpen`. */
  clauses: string[];
  /** Whether the customers have an open conversation; undefined: with and without. */
  hasOpen: boolean | undefined;
  /** The parameters of the last row's `order_key` and id; undefined for the first page. */
  after: string[] | undefined;
  fetchLimit: number;
  offset: number;
};

/**
 * SQL of a page of customers: those who wait first, the longest wait at the top, then the others by name. `order_key`
 * begins with the part of the list that a row is in: `w` before a time or `n` before a name. The second part is read only
 * as far as the first leaves room on the page.
 */
export function waitingPageSql(page: WaitingPage): string {
  const { columns, fetchLimit, offset } = page;
  const needed = fetchLimit + offset;
  return `
      WITH ${page.hasOpen && !page.after ? WAITING_OF_OPEN : WAITING}, first_part AS MATERIALIZED (
        SELECT ${columns}, 'w' || w.since AS order_key, w.since
        FROM waiting w
        JOIN customers t ON t.company_id = $1 AND t.id = w.customer_id
        WHERE ${waitingClauses(page).join(' AND ')}
        ORDER BY w.since, w.customer_id
        LIMIT ${needed}
      )
      SELECT *${countsOpen(page) ? ', (SELECT count(*) FROM open) AS matches' : ''}
      FROM (
        SELECT *, 1 AS part, '' AS named FROM first_part
        UNION ALL
        (SELECT ${columns}, 'n' || t.sort_key, NULL, 2, t.sort_key
         FROM customers t
         WHERE ${namedClauses(page).join(' AND ')}
         ORDER BY t.sort_key, t.id
         LIMIT ${needed} - (SELECT count(*) FROM first_part))
      ) t
      ORDER BY part, since, named COLLATE "C", id
      LIMIT ${fetchLimit} OFFSET ${offset}`;
}

/** Whether the rows of a page have the number of customers in the list: it has no other filter than `has_open=true`. */
export function countsOpen({ clauses, hasOpen, after }: Pick<WaitingPage, 'clauses' | 'hasOpen' | 'after'>): boolean {
  return hasOpen === true && clauses.length === 1 && !after;
}

const WAITING = `waiting AS MATERIALIZED (
        SELECT customer_id, min("timestamp") AS since
        FROM (${openConversations('AND o.requires_response', ', o."timestamp"')}) w
        GROUP BY customer_id
        ORDER BY since, customer_id
      )`;

/** The first page with `has_open=true` reads the open conversations once: for who waits, who else is open, and the count. */
const WAITING_OF_OPEN = `open AS MATERIALIZED (
        SELECT customer_id, min("timestamp") FILTER (WHERE requires_response) AS since
        FROM (${openConversations('', ', o."timestamp", o.requires_response')}) w
        GROUP BY customer_id
      ), waiting AS MATERIALIZED (
        SELECT customer_id, since
        FROM open
        WHERE since IS NOT NULL
        ORDER BY since, customer_id
      )`;

/** Customers who wait have an open conversation, so `hasOpen` needs no look-up. */
function waitingClauses({ clauses, hasOpen, after }: WaitingPage): string[] {
  const [key, id] = after ?? [];
  const since = `(CASE WHEN ${isNamed(key)} THEN 'infinity' ELSE substr(${key}, 2) END)::timestamptz`;
  return [
    ...clauses,
    ...(hasOpen === false ? ['false'] : []),
    ...(after ? [`NOT ${isNamed(key)} AND (w.since, w.customer_id) > (${since}, ${id}::uuid)`] : []),
  ];
}

function namedClauses({ clauses, hasOpen, after }: WaitingPage): string[] {
  const [key, id] = after ?? [];
  return [
    ...clauses,
    't.id NOT IN (SELECT w.customer_id FROM waiting w)',
    ...(after ? [`(NOT ${isNamed(key)} OR (t.sort_key, t.id) > (substr(${key}, 2), ${id}::uuid))`] : []),
    ...(hasOpen && !after ? ['t.id IN (SELECT o.customer_id FROM open o)'] : probedOpen(hasOpen)),
  ];
}

function isNamed(key: string | undefined): string {
  return `left(${key}, 1) = 'n'`;
}
