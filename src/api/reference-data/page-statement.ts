import type { Statement } from '../../db/statement.ts';
import type { Paging } from '../../http/lists/pagination.ts';
import { type Collection, columnsOf, type Order, type Row } from './collection.ts';
import { afterSql, type PageInput } from './page-input.ts';
import { searchPageSql } from './search-page.ts';
import type { WordEntries } from './search-words.ts';
import { conditionsOf, type Selection } from './selection.ts';
import { countsOpen, probedOpen, waitingPageSql } from './worklist.ts';

/** The statement that reads a page of a list. */

/** A row of a page with its sort key. */
export type OrderedRow = Row & {
  /** The sort key as text, for the cursor. */
  order_key: string;
  /** With `countsMatches`: the rows of the whole list; of a search, at most `MOST_COUNTED` and one more. */
  matches?: number;
};

/**
 * @param after the sort key and the id of the last row before the page; undefined: the page is read by `offset`
 * @param entries what `findWordEntries` found for a search
 */
export function pageStatement(
  collection: Collection,
  selection: Selection,
  ordering: string | undefined,
  { fetchLimit, offset }: Paging,
  after: string[] | undefined,
  entries: WordEntries | undefined,
): Statement {
  const values = [...selection.values];
  const parameters = after?.map((value) => `$${values.push(value)}`);
  const page = { collection, columns: columnsOf(collection), selection, after: parameters, fetchLimit, offset };
  if (ordering === '-waiting_since') {
    const clauses = conditionsOf(selection, values);
    return { text: waitingPageSql({ ...page, clauses, hasOpen: selection.hasOpen }), values };
  }
  const [first] = Object.values(collection.orders);
  const order = (ordering === undefined ? undefined : collection.orders[ordering]) ?? first;
  if (!order) throw new Error(`The collection ${collection.name} has no order.`);
  if (selection.statuses !== undefined) return { text: statusesPageSql(page, order, selection.statuses), values };
  const { search } = selection;
  if (search !== undefined) return { text: searchPageSql(page, order, { search, entries, values }), values };
  // All changed rows are read to sort them, so counting them takes no second look.
  const counted = selection.isIncremental && !after ? `${page.columns}, count(*) OVER () AS matches` : page.columns;
  const from = `${collection.table} t`;
  return { text: orderedSql({ ...page, columns: counted }, order, { from, conditions: selection.clauses }), values };
}

/** Whether the rows of a first page have the number of matches, so that no other statement counts them. */
export function countsMatches(selection: Selection, ordering: string | undefined): boolean {
  const { clauses, search, statuses, hasOpen, isIncremental } = selection;
  if (ordering === '-waiting_since')
    return search === undefined && statuses === undefined && countsOpen({ clauses, hasOpen, after: undefined });
  return statuses === undefined && (search !== undefined || isIncremental);
}

/**
 * SQL of the rows of a page in the order of the list, from the first or after `after`. With `isPart`, it has the rows
 * before the page too, because `offset` applies to several parts together.
 */
function orderedSql(
  page: PageInput,
  order: Order,
  { from, conditions, isPart = false }: { from: string; conditions: string[]; isPart?: boolean },
): string {
  const { columns, selection, fetchLimit, offset } = page;
  const clauses = [...conditions, ...probedOpen(selection.hasOpen), ...afterSql(page, order)];
  const { key } = order;
  return `
      SELECT ${columns}, ${isPart ? `${key} AS ordered, ` : ''}(${key})::text AS order_key
      FROM ${from}
      WHERE ${clauses.join(' AND ')}
      ORDER BY ${key}, t.id
      LIMIT ${isPart ? fetchLimit + offset : `${fetchLimit} OFFSET ${offset}`}`;
}

/** An index is in the order of the list within one status: the first rows of each status are read and sorted. */
function statusesPageSql(page: PageInput, order: Order, statuses: string): string {
  const { collection, selection, fetchLimit, offset } = page;
  const conditions = [...selection.clauses, 't.status = s.status'];
  return `
      SELECT t.*
      FROM unnest(${statuses}) AS s(status)
      CROSS JOIN LATERAL (${orderedSql(page, order, { from: `${collection.table} t`, conditions, isPart: true })}
      ) t
      ORDER BY t.ordered, t.id
      LIMIT ${fetchLimit} OFFSET ${offset}`;
}
