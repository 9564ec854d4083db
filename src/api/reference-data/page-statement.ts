import type { Statement } from '../../db/statement.ts';
import type { Paging } from '../../http/lists/pagination.ts';
import { type Collection, columnsOf, type Order, type Row } from './collection.ts';
import { conditionsOf, MOST_COUNTED, type Selection } from './selection.ts';
import { countsOpen, lookedUpOpen, probedOpen, waitingPageSql } from './worklist.ts';

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

/** The first rows of a list, which a search samples, and the most that it walks. */
const [SAMPLED, MOST_WALKED] = [1_000, 5_000];

/**
 * A search. The list is walked in its order when many of its first rows match: that soon fills the page and shows that more
 * rows match than are counted, while the index of words reads every match of a word that very many rows have, such as the
 * `INV` of invoice numbers. Otherwise all matches are found by the index of words, counted and sorted. Only their keys are;
 * the page's rows are read last. Each has the number of matches.
 */
function searchPageSql(page: PageInput, order: Order, words: string): string {
  const { collection, columns, selection, after, fetchLimit, offset } = page;
  const enough = after ? fetchLimit : Math.max(fetchLimit + offset, MOST_COUNTED + 1);
  const isEnough = `(SELECT count(*) FROM walked) = ${enough}`;
  const matches = [`t.list_words @@ ${words}`, ...(after ? probedOpen : lookedUpOpen)(selection.hasOpen)];
  const keys = `t.id, ${order.key} AS ordered`;
  return `
      WITH walked AS MATERIALIZED (
        SELECT ${keys}
        FROM (${nextRowsSql(page, order, walkedRows(page, order, words, enough))}) t
        WHERE ${matches.join(' AND ')}
        LIMIT ${enough}
      ), found AS MATERIALIZED (
        SELECT ${keys}
        FROM ${collection.table} t
        WHERE ${[`NOT (${isEnough})`, ...selection.clauses, ...matches, ...afterSql(page, order)].join(' AND ')}
      ), page AS MATERIALIZED (
        SELECT k.id, k.ordered
        FROM (SELECT * FROM walked WHERE ${isEnough} UNION ALL SELECT * FROM found) k
        ORDER BY k.ordered, k.id
        LIMIT ${fetchLimit} OFFSET ${offset}
      )
      SELECT ${columns}, k.ordered::text AS order_key,
             CASE WHEN ${isEnough} THEN ${enough} ELSE (SELECT count(*) FROM found) END AS matches
      FROM page k
      JOIN ${collection.table} t ON t.company_id = $1 AND t.id = k.id
      ORDER BY k.ordered, k.id`;
}

/** SQL of the number of rows to walk: none, unless as many matches as wanted are expected among `MOST_WALKED`. */
function walkedRows(page: PageInput, order: Order, words: string, enough: number): string {
  return `(SELECT CASE WHEN count(*) >= ${Math.ceil((enough * SAMPLED) / MOST_WALKED)} THEN ${MOST_WALKED} ELSE 0 END
               FROM (${nextRowsSql(page, order, `${SAMPLED}`)}) t
               WHERE t.list_words @@ ${words})`;
}

function nextRowsSql(page: PageInput, order: Order, limit: string): string {
  return `SELECT t.*
              FROM ${page.collection.table} t
              WHERE ${[...page.selection.clauses, ...afterSql(page, order)].join(' AND ')}
              ORDER BY ${order.key}, t.id
              LIMIT ${limit}`;
}
