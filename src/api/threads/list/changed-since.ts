import { searchTerms } from '../../../conversations/search-words.ts';
import type { Connection } from '../../../db/client.ts';
import type { Paging, Position } from '../../../http/lists/pagination.ts';
import {
  dayStart,
  type Given,
  hasAnyTag,
  hasOutcome,
  isAboutInvoice,
  isBehind,
  isFound,
  isLoggedBy,
  isOfContact,
  isOfCustomer,
  orderOf,
} from './conditions.ts';
import { countStatement } from './count.ts';
import { withinASecond } from './count-search.ts';
import { cellsOf, type Rows, type ThreadFilter } from './filters.ts';
import { excludedOfLatest, not, ofConversation, wantedOfLatest } from './follow-up.ts';
import { NOTHING, type Page, pageStatement } from './page.ts';
import type { Selection } from './selection.ts';

/**
 * Rows of the lists that changed since a transaction (`http/lists/updated-after.ts`), under any of the lists' filters.
 */

/** More changed rows than are worth sorting for every page. */
const FEW_CHANGES = 20_000;

/**
 * A page of what changed. Few changes are taken from the index of changes and sorted; many are met soon on a walk through
 * the list. `count` is null when counting would take over a second.
 */
export async function findChanges(
  connection: Connection,
  companyId: string,
  rows: Rows,
  filter: ThreadFilter,
  since: bigint,
  paging: Paging,
): Promise<Page> {
  const areFew = await hasFewChanges(connection, companyId, since);
  const selection = selectionOfChanges(companyId, rows, filter, since, paging.after, areFew);
  const [found = NOTHING] = await connection.query<Page>(pageStatement(selection, paging, { isCounted: false }));
  if (paging.after) return found;
  const counted = await withinASecond<{ count: number }>(connection, countStatement(selection));
  return { ...found, count: counted?.count ?? null };
}

async function hasFewChanges(connection: Connection, companyId: string, since: bigint): Promise<boolean> {
  const [row] = await connection.query<{ changes: number }>({
    name: 'few_changes',
    text: `
      SELECT count(*) AS changes FROM (SELECT FROM (${changedIds('$2::xid8', 'UNION ALL')}) c LIMIT ${FEW_CHANGES + 1}) c`,
    values: [companyId, since.toString()],
  });
  return (row?.changes ?? 0) <= FEW_CHANGES;
}

function selectionOfChanges(
  companyId: string,
  rows: Rows,
  filter: ThreadFilter,
  since: bigint,
  after: Position | undefined,
  areFew: boolean,
): Selection {
  const values: unknown[] = [companyId];
  const given: Given = (value) => `$${values.push(value)}`;
  const order = orderOf(filter);
  const cells = cellsOf(rows, filter);
  const inCells = `t.cell = ANY(${given(cells.array)}::smallint[])`;
  const changed = `${given(since.toString())}::xid8`;
  const times = [
    ...(filter.date_from ? [`t."timestamp" >= ${dayStart(given(filter.date_from), 0)}`] : []),
    ...(filter.date_to ? [`t."timestamp" < ${dayStart(given(filter.date_to), 1)}`] : []),
    ...(after ? [isBehind(order, given, after)] : []),
  ];
  const view = ['t.company_id = $1', ...(rows === 'message' ? [] : ['t.is_latest']), ...times];
  const clauses = [
    ...view,
    inCells,
    ...(areFew ? [] : [hasChanged(rows, changed)]),
    ...(filter.contact_id ? [isOfContact(given(filter.contact_id))] : []),
    ...(filter.customer_id ? [isOfCustomer(rows, given(filter.customer_id))] : []),
    ...(filter.invoice_id ? [isAboutInvoice(rows, given(filter.invoice_id))] : []),
    ...(filter.logged_by_id ? [isLoggedBy(given(filter.logged_by_id))] : []),
    ...(filter.strategy_tags ? [hasAnyTag(given(filter.strategy_tags))] : []),
    ...(filter.outcome ? [hasOutcome(given(filter.outcome))] : []),
    ...wantedOfLatest(filter, given).map((condition) => ofConversation(rows, condition)),
    ...excludedOfLatest(filter).map((condition) => not(ofConversation(rows, condition))),
    ...searchTerms(companyId, filter.search ?? '').map((term) => isFound(given(term))),
  ];
  const from = areFew
    ? rows === 'message'
      ? changedWithOthers(changed)
      : changedRows(changed)
    : 'communication_threads t';
  return {
    values,
    order,
    sources: [{ from, clauses }],
    way: 'walk',
    view,
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

// `OFFSET 0` leaves PostgreSQL no other way than the indexes of changes.

/** Messages that changed themselves, and those that show a customer, a contact or an invoice that did. */
function changedIds(since: string, union: 'UNION' | 'UNION ALL'): string {
  return [
    `SELECT c.id FROM communication_threads c WHERE c.company_id = $1 AND c.changed_in >= ${since}`,
    ...['customer', 'contact'].map(
      (shown) => `SELECT m.id
             FROM (SELECT s.id FROM ${shown}s s WHERE s.company_id = $1 AND s.changed_in >= ${since} OFFSET 0) s
             CROSS JOIN LATERAL (SELECT m.id FROM communication_threads m
                                 WHERE m.company_id = $1 AND m.${shown}_id = s.id OFFSET 0) m`,
    ),
    `SELECT l.thread_id
             FROM (SELECT i.id FROM invoices i WHERE i.company_id = $1 AND i.changed_in >= ${since} OFFSET 0) i
             CROSS JOIN LATERAL (SELECT l.thread_id FROM communication_thread_invoices l
                                 WHERE l.company_id = $1 AND l.invoice_id = i.id OFFSET 0) l`,
  ].join(`
             ${union}
             `);
}

function changedRows(since: string): string {
  return `(SELECT m.*
       FROM (${changedIds(since, 'UNION')}) c
       JOIN communication_threads m ON m.company_id = $1 AND m.id = c.id
       OFFSET 0) t`;
}

/**
 * A message shows how many its conversation has, and only the latest one is written when that changes: with it, all of
 * them have changed.
 */
function changedWithOthers(since: string): string {
  return `(SELECT m.*
       FROM (${changedIds(since, 'UNION')}
             UNION
             SELECT o.id
             FROM (SELECT l.thread_group_id
                   FROM communication_threads l
                   WHERE l.company_id = $1 AND l.changed_in >= ${since} AND l.message_count > 1
                   OFFSET 0) l
             JOIN communication_threads o ON o.company_id = $1 AND o.thread_group_id = l.thread_group_id) c
       JOIN communication_threads m ON m.company_id = $1 AND m.id = c.id
       OFFSET 0) t`;
}

/** The message, or what it shows of others, has changed. */
function hasChanged(rows: Rows, since: string): string {
  const showsChanged = ['customer', 'contact'].map(
    (shown) => `t.${shown}_id IN (SELECT s.id FROM ${shown}s s WHERE s.company_id = $1 AND s.changed_in >= ${since})`,
  );
  const isOfChanged = `EXISTS (SELECT FROM communication_threads l
                      WHERE l.company_id = $1 AND l.thread_group_id = t.thread_group_id AND l.is_latest
                        AND l.changed_in >= ${since})`;
  return `(t.changed_in >= ${since}
           OR ${showsChanged.join(`
           OR `)}
           OR t.id IN (SELECT l.thread_id FROM communication_thread_invoices l
                       JOIN invoices i ON i.company_id = $1 AND i.id = l.invoice_id
                       WHERE l.company_id = $1 AND i.changed_in >= ${since})
           ${rows === 'message' ? `OR ${isOfChanged}` : ''})`;
}
