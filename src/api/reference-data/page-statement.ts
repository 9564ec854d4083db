import type { Statement } from '../../db/statement.ts';
import type { Paging } from '../../http/lists/pagination.ts';
import { type Collection, columnsOf, type Order, type Row } from './collection.ts';
import { conditionsOf, MOST_COUNTED, type Selection } from './selection.ts';
import { probedOpen, waitingPageSql } from './worklist.ts';

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
    const { columns, hasOpen } = { ...page, ...selection };
    return {
      text: waitingPageSql({
        columns,
        clauses: conditionsOf(selection),
        hasOpen,
        after: parameters,
        fetchLimit,
        offset,
      }),
      values,
    };
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
export function countsMatches({ words, statuses, isIncremental }: Selection, ordering: string | undefined): boolean {
  if (ordering === '-waiting_since' || statuses !== undefined) return false;
  return words !== undefined || isIncremental;
}

/**
 * SQL of the rows of a page in the order of the list, from the first or after `after`. With `isPart`, of the rows before the page
 * too, because `offset` applies to several parts together.
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

/** So many rows are walked for a search that matches many. */
const MOST_WALKED = 1_000;

/**
 * A search. Rows are found by the index of words and then sorted, which takes long for a word that very many rows have,
 * such as the `INV` of invoice numbers. So when more rows match than are counted, the list is first walked in its order:
 * that fills the page at once, unless the matching rows are together at the end of the list. Each row of the page has
 * the number of matches.
 */
function searchPageSql(page: PageInput, order: Order, words: string): string {
  const { collection, selection, fetchLimit, offset } = page;
  const from = `${collection.table} t`;
  const isCounted = `(SELECT n.matches FROM number n) <= ${MOST_COUNTED}`;
  const isWalked = `(SELECT count(*) FROM walked) = ${fetchLimit + offset}`;
  const found = orderedSql(page, order, { from: 'found t', conditions: [isCounted], isPart: true });
  // OFFSET 0 keeps PostgreSQL from walking the list again.
  const sorted = orderedSql(page, order, {
    from: `(SELECT t.*
            FROM ${from}
            WHERE ${[`NOT (${isCounted})`, `NOT (${isWalked})`, ...conditionsOf(selection)].join(' AND ')}
            OFFSET 0) t`,
    conditions: ['true'],
    isPart: true,
  });
  const first = orderedSql(page, order, {
    from: `(SELECT t.*
            FROM ${from}
            WHERE ${[`NOT (${isCounted})`, ...selection.clauses, ...afterSql(page, order)].join(' AND ')}
            ORDER BY ${order.key}, t.id
            LIMIT ${MOST_WALKED}) t`,
    conditions: [`t.list_words @@ ${words}`],
    isPart: true,
  });
  return `
      WITH found AS MATERIALIZED (
        SELECT t.*
        FROM ${from}
        WHERE ${[...conditionsOf(selection), ...probedOpen(selection.hasOpen)].join(' AND ')}
        LIMIT ${MOST_COUNTED + 1}
      ), number AS MATERIALIZED (
        SELECT count(*) AS matches FROM found
      ), walked AS MATERIALIZED (${first}
      )
      SELECT t.*, n.matches
      FROM ((${found}) UNION ALL (SELECT * FROM walked WHERE ${isWalked}) UNION ALL (${sorted})) t
      CROSS JOIN number n
      ORDER BY t.ordered, t.id
      LIMIT ${fetchLimit} OFFSET ${offset}`;
}
