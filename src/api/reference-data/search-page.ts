import type { Collection, Order } from './collection.ts';
import { SORT_KEY } from './fields.ts';
import { afterSql, type PageInput } from './page-input.ts';
import { type WordEntries, wordCondition } from './search-words.ts';
import { MOST_COUNTED, wordsSql } from './selection.ts';
import { lookedUpOpen, OPEN_CUSTOMERS } from './worklist.ts';

/** The statement that reads a page of a search. */

type SearchInput = {
  search: string;
  entries: WordEntries | undefined;
  /** The parameters of the statement, to which those of the search are added. */
  values: unknown[];
};

/** Rows as a source of keys: SQL of the table and of the condition for its row `t`. */
type Source = { table: string; condition: string };

/** SQL of the rows of a page. On a first page each has the number of matches, at most `MOST_COUNTED` and one more. */
export function searchPageSql(page: PageInput, order: Order, { search, entries, values }: SearchInput): string {
  const { collection, columns, selection, fetchLimit, offset } = page;
  const isOrdered = entries !== undefined && 'same' in entries.words && order.key === SORT_KEY.key;
  const isUsed = entries !== undefined && (isOrdered || entries.areMatches);
  const source = isUsed ? { table: entries.table, condition: wordCondition(entries, values) } : undefined;
  const ordered = isOrdered ? source : undefined;
  const all = entries?.areMatches ? source : undefined;
  const matches =
    ordered && all
      ? orderedMatches(page, order, all)
      : foundMatches(page, order, { words: wordsSql(search, values), all, ordered });
  const tables = [...(selection.hasOpen === undefined ? [] : [OPEN_CUSTOMERS]), ...matches];
  return `
      WITH ${tables.join(', ')}, page AS MATERIALIZED (
        SELECT m.id, m.ordered
        FROM matches m
        ORDER BY m.ordered, m.id
        LIMIT ${fetchLimit} OFFSET ${offset}
      )
      SELECT ${columns}, k.ordered::text AS order_key${page.after ? '' : ', (SELECT count(*) FROM counted) AS matches'}
      FROM page k
      JOIN ${collection.table} t ON t.company_id = $1 AND t.id = k.id
      ORDER BY k.ordered, k.id`;
}

/** The rows from the first of the list to the last of the page, which determine the page. */
function enoughOf({ fetchLimit, offset }: PageInput): number {
  return fetchLimit + offset;
}

/** SQL of matches that are in the order of the list. */
function orderedMatches(page: PageInput, order: Order, all: Source): string[] {
  const limit = page.after ? enoughOf(page) : Math.max(enoughOf(page), MOST_COUNTED + 1);
  return [
    `counted AS MATERIALIZED (${keysSql(page, order, all)}
        ORDER BY ${order.key}, t.id
        LIMIT ${limit}
      )`,
    'matches AS (SELECT * FROM counted)',
  ];
}

/**
 * SQL of other matches. The first are probably soon found in the order of the list; if they are not, all are read and sorted.
 * For a first page, as many as are counted are read before, in any order: they are the page's when there are no more.
 */
function foundMatches(
  page: PageInput,
  order: Order,
  { words, all, ordered }: { words: string; all: Source | undefined; ordered: Source | undefined },
): string[] {
  const enough = enoughOf(page);
  const isMatch = `t.list_words @@ ${words}`;
  const source = all ?? { table: page.collection.table, condition: isMatch };
  const areMany = page.after ? [] : [`(SELECT count(*) FROM counted) > ${MOST_COUNTED}`];
  const areWalked = `(SELECT count(*) FROM walked) = ${enough}`;
  const counted = `counted AS MATERIALIZED (${keysSql(page, order, source)}
        LIMIT ${MOST_COUNTED + 1}
      )`;
  const walked = `walked AS MATERIALIZED (
        SELECT t.id, ${order.key} AS ordered
        FROM (${walkSql(page, order, ordered)}) t
        WHERE ${[...areMany, isMatch, ...lookedUpOpen(page.selection.hasOpen)].join(' AND ')}
        LIMIT ${enough}
      )`;
  const matches = `matches AS (${areMany.map((many) => `SELECT * FROM counted WHERE NOT ${many} UNION ALL`).join('')}
        SELECT * FROM walked WHERE ${areWalked}
        UNION ALL
        (${keysSql(page, order, source, [...areMany, `NOT ${areWalked}`])}
        ORDER BY ${order.key}, t.id
        LIMIT ${enough})
      )`;
  return [...(page.after ? [] : [counted]), walked, matches];
}

/** SQL of the sort keys and ids of a source's rows. */
function keysSql(page: PageInput, order: Order, { table, condition }: Source, conditions: string[] = []): string {
  const { clauses, hasOpen } = page.selection;
  const where = [...conditions, ...clauses, condition, ...lookedUpOpen(hasOpen), ...afterSql(page, order)];
  return `
        SELECT t.id, ${order.key} AS ordered
        FROM ${table} t
        WHERE ${where.join(' AND ')}`;
}

/** The rows among which the first matches are looked for: four for each that is wanted, at least and at most so many. */
const [LEAST_WALKED, MOST_WALKED] = [1_000, 5_000];

/** SQL of the first rows of the list, or of those of an ordered source. */
function walkSql(page: PageInput, order: Order, ordered: Source | undefined): string {
  const { collection, selection } = page;
  const enough = enoughOf(page);
  const walked = enough > MOST_WALKED ? 0 : Math.min(Math.max(LEAST_WALKED, 4 * enough), MOST_WALKED);
  const first = (columns: string, table: string, conditions: string[]) => `
          SELECT ${columns}
          FROM ${table} t
          WHERE ${[...selection.clauses, ...conditions, ...afterSql(page, order)].join(' AND ')}
          ORDER BY ${order.key}, t.id
          LIMIT ${walked}`;
  if (!ordered) return first('t.*', collection.table, []);
  return withRows(collection, first('t.sort_key, t.id', ordered.table, [ordered.condition]));
}

/** SQL of the rows with these keys, in the same order. `LIMIT` excludes other joins than one look-up for each key. */
function withRows({ table }: Collection, keys: string): string {
  return `
          SELECT r.*
          FROM (${keys}) k
          CROSS JOIN LATERAL (SELECT t.* FROM ${table} t WHERE t.company_id = $1 AND t.id = k.id LIMIT 1) r
          ORDER BY k.sort_key, k.id`;
}
