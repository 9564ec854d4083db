import type { Statement } from '../../db/statement.ts';
import type { Paging } from '../../http/lists/pagination.ts';
import { type Collection, columnsOf, type Order, type Row } from './collection.ts';
import { conditionsOf, MOST_COUNTED, type Selection } from './selection.ts';
import { countsOpen, probedOpen, waitingPageSql } from './worklist.ts';

/** The statement that reads a page of a list. */

/** A row of a page with its sort key. */
export type OrderedRow = Row & {
  /** The sort key as text, for the cursor. */
  order_key: string;
  /** With `countsMatches`: the rows of the whole list; of a search, at most `MOST_COUNTED` and one more. */
  matches?: number;
};

/** What a page reads, as SQL: `after` are the parameters of the sort key and the id of the row before it. */
type PageInput = {
  collection: Collection;
  columns: string;
  selection: Selection;
  after: string[] | undefined;
  fetchLimit: number;
  offset: number;
};

/** @param after the sort key and the id of the last row before the page; undefined: the page is read by `offset` */
export function pageStatement(
  collection: Collection,
  selection: Selection,
  ordering: string | undefined,
  { fetchLimit, offset }: Paging,
  after: string[] | undefined,
): Statement {
  const values = [...selection.values];
  const parameters = after?.map((value) => `$${values.push(value)}`);
  const page = { collection, columns: columnsOf(collection), selection, after: parameters, fetchLimit, offset };
  if (ordering === '-waiting_since') {
    const clauses = conditionsOf(selection);
    return { text: waitingPageSql({ ...page, clauses, hasOpen: selection.hasOpen }), values };
  }
  const [first] = Object.values(collection.orders);
  const order = (ordering === undefined ? undefined : collection.orders[ordering]) ?? first;
  if (!order) throw new Error(`The collection ${collection.name} has no order.`);
  if (selection.statuses !== undefined) return { text: statusesPageSql(page, order, selection.statuses), values };
  if (selection.words !== undefined) return { text: searchPageSql(page, order, selection.words), values };
  // All changed rows are read to sort them, so counting them takes no second look.
  const counted = selection.isIncremental && !after ? `${page.columns}, count(*) OVER () AS matches` : page.columns;
  const from = `${collection.table} t`;
  return { text: orderedSql({ ...page, columns: counted }, order, { from, conditions: selection.clauses }), values };
}

/** Whether the rows of a first page have the number of matches, so that no other statement counts them. */
export function countsMatches(selection: Selection, ordering: string | undefined): boolean {
  const { words, statuses, hasOpen, isIncremental } = selection;
  if (ordering === '-waiting_since') return countsOpen({ clauses: conditionsOf(selection), hasOpen, after: undefined });
  return statuses === undefined && (words !== undefined || isIncremental);
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

function afterSql({ after }: PageInput, { key, type }: Order): string[] {
  return after ? [`(${key}, t.id) > (${after[0]}::${type}, ${after[1]}::uuid)`] : [];
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

/** The most rows of a list that are walked for a search. */
const MOST_WALKED = 1_000;

/**
 * A search. Rows are found by the index of words and then sorted, which takes long for a word that very many rows have,
 * such as the `INV` of invoice numbers. So when more rows match than are counted, the list is first walked in its order:
 * that fills the page at once, unless the matching rows are together at the end of the list. Each row of the page has
 * the number of matches.
 */
function searchPageSql(page: PageInput, order: Order, words: string): string {
  const { collection, selection, fetchLimit, offset } = page;
  const isCounted = `(SELECT n.matches FROM number n) <= ${MOST_COUNTED}`;
  const isFilled = `(SELECT count(*) FROM walked) = ${fetchLimit + offset}`;
  const found = orderedSql(page, order, { from: 'found t', conditions: [isCounted], isPart: true });
  return `
      WITH found AS MATERIALIZED (
        SELECT t.*
        FROM ${collection.table} t
        WHERE ${[...conditionsOf(selection), ...probedOpen(selection.hasOpen)].join(' AND ')}
        LIMIT ${MOST_COUNTED + 1}
      ), number AS MATERIALIZED (
        SELECT count(*) AS matches FROM found
      ), walked AS MATERIALIZED (${walkedSql(page, order, words, `NOT (${isCounted})`)}
      )
      SELECT t.*, n.matches
      FROM (
        (${found})
        UNION ALL
        (SELECT * FROM walked WHERE ${isFilled})
        UNION ALL
        (${sortedSql(page, order, `NOT (${isCounted}) AND NOT (${isFilled})`)})
      ) t
      CROSS JOIN number n
      ORDER BY t.ordered, t.id
      LIMIT ${fetchLimit} OFFSET ${offset}`;
}

/** The matching rows among the next `MOST_WALKED` of the list. */
function walkedSql(page: PageInput, order: Order, words: string, condition: string): string {
  const { collection, selection } = page;
  const next = `(SELECT t.*
            FROM ${collection.table} t
            WHERE ${[condition, ...selection.clauses, ...afterSql(page, order)].join(' AND ')}
            ORDER BY ${order.key}, t.id
            LIMIT ${MOST_WALKED}) t`;
  return orderedSql(page, order, { from: next, conditions: [`t.list_words @@ ${words}`], isPart: true });
}

/** All matching rows, sorted. OFFSET 0 keeps PostgreSQL from walking the list to find them in their order. */
function sortedSql(page: PageInput, order: Order, condition: string): string {
  const { collection, selection } = page;
  const matching = `(SELECT t.*
            FROM ${collection.table} t
            WHERE ${[condition, ...conditionsOf(selection)].join(' AND ')}
            OFFSET 0) t`;
  return orderedSql(page, order, { from: matching, conditions: ['true'], isPart: true });
}
