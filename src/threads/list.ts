import { createHash } from 'node:crypto';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Connection, Statement } from '../db/client.ts';
import { sqlStateOf } from '../errors.ts';
import { encodeCursor, type List, listOf, type Paging, type PagingInput, readPaging } from '../pagination.ts';
import { type Conditions, checkFilter, conditionsOf, identityOf, type Rows, type ThreadFilter } from './filters.ts';
import { PAGE_COLUMNS, type SummaryRow, toCommunicationThread, withNames } from './rows.ts';
import type { CommunicationThread } from './schema.ts';

/** The list behind `threads` and `emails`: rows and count in one round trip. */
export async function listMessages(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  rows: Rows,
  query: ThreadFilter & PagingInput,
): Promise<List<CommunicationThread>> {
  checkFilter(query);
  const identity = identityOf(companyId, rows, query);
  const paging = readPaging(query, identity, ring);
  const conditions = conditionsOf(companyId, rows, query);

  const [page, count] = await Promise.all([
    connection.query<SummaryRow>(pageStatement(conditions, paging)),
    paging.after ? undefined : countMessages(connection, conditions, query.search !== undefined),
  ]);

  const threads = page.slice(0, paging.pageSize + 1).map((row) => toCommunicationThread(row, companyId, ring));
  return listOf(threads, count, paging, (last) => encodeCursor(ring, identity, { time: last.timestamp, id: last.id }));
}

function pageStatement(conditions: Conditions, paging: Paging): Statement {
  const values = [...conditions.values];
  const clauses = [...conditions.clauses];
  if (paging.after)
    clauses.push(
      `(t."timestamp", t.id) < ($${values.push(paging.after.time)}::timestamptz, $${values.push(paging.after.id)}::uuid)`,
    );
  const page =
    paging.offset === 0 ? firstRows(clauses, paging) : rowsBehind(clauses, paging, values.push(paging.offset));
  const text = withNames(page, 'summary', 'DESC');
  const isCommon = conditions.isCommon && paging.offset === 0 && paging.fetchLimit <= 51;
  return isCommon ? { name: nameOf(text), text, values } : { text, values };
}

function firstRows(clauses: string[], { fetchLimit }: Paging): string {
  return `
      SELECT ${PAGE_COLUMNS.summary}
      FROM communication_threads t
      WHERE ${clauses.join('\n        AND ')}
      ORDER BY t."timestamp" DESC, t.id DESC
      LIMIT ${fetchLimit}`;
}

/** Skips rows in the index alone and reads only the page's rows. */
function rowsBehind(clauses: string[], { fetchLimit }: Paging, offsetParameter: number): string {
  return `
      SELECT ${PAGE_COLUMNS.summary}
      FROM (SELECT t.id
            FROM communication_threads t
            WHERE ${clauses.join('\n              AND ')}
            ORDER BY t."timestamp" DESC, t.id DESC
            LIMIT ${fetchLimit} OFFSET $${offsetParameter}) skipped
      JOIN communication_threads t ON t.company_id = $1 AND t.id = skipped.id`;
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = `list_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}

/** @returns null only for a search whose count takes over a second */
async function countMessages(
  connection: Connection,
  conditions: Conditions,
  isSearch: boolean,
): Promise<number | null> {
  if (isSearch) return countWithinASecond(connection, scanCount(conditions));
  const statement = conditions.isCounted ? cellCount(conditions) : scanCount(conditions);
  const [row] = await connection.query<{ count: number }>(statement);
  return row?.count ?? 0;
}

/** From the count cells and what isn't folded into them yet, in one snapshot. */
function cellCount({ companyId, cells }: Conditions): Statement {
  return {
    name: 'count_cells',
    text: `
      SELECT COALESCE(sum(c.messages), 0)::bigint AS count
      FROM (SELECT cell, messages FROM thread_counts WHERE company_id = $1
            UNION ALL
            SELECT cell, messages FROM thread_count_deltas WHERE company_id = $1) c
      WHERE c.cell = ANY($2::smallint[])`,
    values: [companyId, cells],
  };
}

function scanCount({ clauses, values }: Conditions): Statement {
  return { text: `SELECT count(*) AS count FROM communication_threads t WHERE ${clauses.join(' AND ')}`, values };
}

const QUERY_CANCELED = '57014';

/** Travels behind the page on its connection; what a timeout aborts is this short transaction alone. */
async function countWithinASecond(connection: Connection, statement: Statement): Promise<number | null> {
  const [, , counted] = await Promise.allSettled([
    connection.query({ text: 'BEGIN READ ONLY' }),
    connection.query({ text: `SET LOCAL statement_timeout = '1s'` }),
    connection.query<{ count: number }>(statement),
    connection.query({ text: 'ROLLBACK' }),
  ]);
  if (counted.status === 'fulfilled') return counted.value[0]?.count ?? 0;
  if (sqlStateOf(counted.reason) === QUERY_CANCELED) return null;
  throw counted.reason;
}
