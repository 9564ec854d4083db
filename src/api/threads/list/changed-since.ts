import { hasBrokenSinceSql } from '../../../conversations/promise-status.ts';
import { searchTerms } from '../../../conversations/search-words.ts';
import type { Connection } from '../../../db/client.ts';
import type { Paging, Position } from '../../../http/lists/pagination.ts';
import { areFew, renamedUsers } from '../../../http/lists/updated-after.ts';
import {
  type Bind,
  dateRange,
  isAboutInvoice,
  isBehind,
  isFound,
  isOfCustomer,
  isWithin,
  orderOf,
  ownConditions,
} from './conditions.ts';
import { countStatement } from './count.ts';
import { queryWithinASecond } from './count-search.ts';
import { cellsOf, type ListView, type ThreadFilter } from './filters.ts';
import { excludedOfLatest, not, ofConversation, wantedOfLatest } from './follow-up.ts';
import { EMPTY_PAGE, type PageResult, pageStatement } from './page.ts';
import type { Selection } from './selection.ts';

/**
 * Rows of the lists that changed since a transaction (`http/lists/updated-after.ts`), under any of the lists' filters.
 */

/** From when on changes are included: the transaction, and the time for promises that have become broken since. */
export type Since = { since: bigint; sinceTime: string };

/** The same as SQL. */
type SinceSql = { transaction: string; time: string };

/**
 * A page of the changed rows. Few changes are read by the index of changes and sorted; with many, a scan of the list finds a
 * page soon. `count` is null when counting would take over a second.
 */
export async function findChanges(
  connection: Connection,
  companyId: string,
  view: ListView,
  filter: ThreadFilter,
  since: Since,
  paging: Paging,
): Promise<PageResult> {
  const isShort = await areFew(connection, {
    name: 'few_changes',
    text: changedIds({ transaction: '$2::xid8', time: '$3::timestamptz' }, 'UNION ALL'),
    values: [companyId, since.since.toString(), since.sinceTime],
  });
  const selection = selectionOfChanges(companyId, view, filter, since, paging.after, isShort);
  const [found = EMPTY_PAGE] = await connection.query<PageResult>(
    pageStatement(selection, paging, { isCounted: false }),
  );
  if (paging.after) return found;
  const counted = await queryWithinASecond<{ count: number }>(connection, countStatement(selection));
  return { ...found, count: counted?.count ?? null };
}

function selectionOfChanges(
  companyId: string,
  view: ListView,
  filter: ThreadFilter,
  { since, sinceTime }: Since,
  after: Position | undefined,
  isShort: boolean,
): Selection {
  const values: unknown[] = [companyId];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const order = orderOf(filter);
  const cells = cellsOf(view, filter);
  const inCells = `t.cell = ANY(${bind(cells.array)}::smallint[])`;
  const changed = { transaction: `${bind(since.toString())}::xid8`, time: `${bind(sinceTime)}::timestamptz` };
  const times = [...isWithin(dateRange(filter, bind)), ...(after ? [isBehind(order, bind, after)] : [])];
  const viewClauses = ['t.company_id = $1', ...(view === 'message' ? [] : ['t.is_latest']), ...times];
  const clauses = [
    ...viewClauses,
    inCells,
    ...(isShort ? [] : [hasChanged(view, changed)]),
    ...filterConditions(companyId, view, filter, bind),
  ];
  const from = isShort
    ? view === 'message'
      ? changedWithOthers(changed)
      : changedRows(changed)
    : 'communication_threads t';
  return {
    values,
    order,
    sources: [{ from, clauses }],
    pagePlan: 'scan',
    viewClauses,
    times,
    terms: [],
    cells,
    inCells,
    isCounted: false,
    dates: undefined,
    excluded: [],
    perMessage: [],
    wholeCount: undefined,
    isCommon: false,
  };
}

/** The conditions of all filters but those on dates and on the facets of a count cell. */
function filterConditions(companyId: string, view: ListView, filter: ThreadFilter, bind: Bind): string[] {
  return [
    ...(filter.customer_id ? [isOfCustomer(view, bind(filter.customer_id))] : []),
    ...(filter.invoice_id ? [isAboutInvoice(view, bind(filter.invoice_id))] : []),
    ...ownConditions(filter, bind),
    ...wantedOfLatest(filter, bind).map((condition) => ofConversation(view, condition)),
    ...excludedOfLatest(filter).map((condition) => not(ofConversation(view, condition))),
    ...searchTerms(companyId, filter.search ?? '').map((term) => isFound(bind(term))),
  ];
}

// `OFFSET 0` forces PostgreSQL to use the indexes of changes.

/** Ids of the messages that changed, and of those that show something that did. */
function changedIds({ transaction: since, time }: SinceSql, union: 'UNION' | 'UNION ALL'): string {
  return [
    `SELECT c.id FROM communication_threads c WHERE c.company_id = $1 AND c.changed_in >= ${since}`,
    ...['customer', 'contact'].map(
      (shown) => `SELECT m.id
             FROM (SELECT s.id FROM ${shown}s s WHERE s.company_id = $1 AND s.changed_in >= ${since} OFFSET 0) s
             CROSS JOIN LATERAL (SELECT m.id FROM communication_threads m
                                 WHERE m.company_id = $1 AND m.${shown}_id = s.id OFFSET 0) m`,
    ),
    ...['logged_by', 'assignee'].map(
      (shown) => `SELECT m.id
             FROM (${renamedUsers(since)} OFFSET 0) u
             CROSS JOIN LATERAL (SELECT m.id FROM communication_threads m
                                 WHERE m.company_id = $1 AND m.${shown}_id = u.id OFFSET 0) m`,
    ),
    `SELECT l.thread_id
             FROM (SELECT i.id FROM invoices i WHERE i.company_id = $1 AND i.changed_in >= ${since} OFFSET 0) i
             CROSS JOIN LATERAL (SELECT l.thread_id FROM communication_thread_invoices l
                                 WHERE l.company_id = $1 AND l.invoice_id = i.id OFFSET 0) l`,
    brokenPromises(time),
  ].join(`
             ${union}
             `);
}

/** Ids of the messages whose promise has become broken. */
function brokenPromises(time: string): string {
  return `SELECT p.thread_id FROM promises p WHERE p.company_id = $1 AND ${hasBrokenSinceSql('p', time)}`;
}

function changedRows(since: SinceSql): string {
  return `(SELECT m.*
       FROM (${changedIds(since, 'UNION')}) c
       JOIN communication_threads m ON m.company_id = $1 AND m.id = c.id
       OFFSET 0) t`;
}

/**
 * Every message shows the number of messages of its conversation and its assignee, but only the latest message has them. So
 * when the latest message changed, or its assignee was renamed, all messages of the conversation have.
 */
function changedWithOthers(changes: SinceSql): string {
  const { transaction: since } = changes;
  return `(SELECT m.*
       FROM (${changedIds(changes, 'UNION')}
             UNION
             SELECT o.id
             FROM (SELECT l.thread_group_id
                   FROM communication_threads l
                   WHERE l.company_id = $1 AND l.changed_in >= ${since} AND l.message_count > 1
                   UNION ALL
                   SELECT l.thread_group_id
                   FROM (${renamedUsers(since)} OFFSET 0) u
                   CROSS JOIN LATERAL (SELECT l.thread_group_id FROM communication_threads l
                                       WHERE l.company_id = $1 AND l.assignee_id = u.id OFFSET 0) l
                   OFFSET 0) l
             JOIN communication_threads o ON o.company_id = $1 AND o.thread_group_id = l.thread_group_id) c
       JOIN communication_threads m ON m.company_id = $1 AND m.id = c.id
       OFFSET 0) t`;
}

/** The message has changed, or a row whose values it shows. */
function hasChanged(view: ListView, { transaction: since, time }: SinceSql): string {
  const showsChanged = ['customer', 'contact'].map(
    (shown) => `t.${shown}_id IN (SELECT s.id FROM ${shown}s s WHERE s.company_id = $1 AND s.changed_in >= ${since})`,
  );
  const showsRenamed = (alias: string, shown: string) => `${alias}.${shown}_id IN (${renamedUsers(since)})`;
  const isOfChanged = `EXISTS (SELECT FROM communication_threads l
                      WHERE l.company_id = $1 AND l.thread_group_id = t.thread_group_id AND l.is_latest
                        AND (l.changed_in >= ${since} OR ${showsRenamed('l', 'assignee')}))`;
  return `(t.changed_in >= ${since}
           OR ${showsChanged.join(`
           OR `)}
           OR t.id IN (SELECT l.thread_id FROM communication_thread_invoices l
                       JOIN invoices i ON i.company_id = $1 AND i.id = l.invoice_id
                       WHERE l.company_id = $1 AND i.changed_in >= ${since})
           OR t.id IN (${brokenPromises(time)})
           OR ${showsRenamed('t', 'logged_by')}
           OR ${showsRenamed('t', 'assignee')}
           ${view === 'message' ? `OR ${isOfChanged}` : ''})`;
}
