import { searchErrors } from '../../conversations/search-words.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { FieldErrors } from '../../domain/errors.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { decodeKeyset, encodeKeyset } from '../../http/lists/keyset-cursor.ts';
import {
  type List,
  type ListIdentity,
  listOf,
  type Paging,
  pagingErrors,
  readPaging,
} from '../../http/lists/pagination.ts';
import { startIncrementalSync, updatedAfterErrors, withWatermark } from '../../http/lists/updated-after.ts';
import { queryWithinASecond } from '../threads/list/count-search.ts';
import type { Collection, Row } from './collection.ts';
import { withCommunications } from './communications.ts';
import { countsMatches, type OrderedRow, pageStatement } from './page-statement.ts';
import { findWordEntries } from './search-words.ts';
import {
  countStatement,
  exactCountStatement,
  type ListQuery,
  MOST_COUNTED,
  type Selection,
  selectChanged,
  selectionOf,
} from './selection.ts';

/** Errors of a query that the schema of each parameter doesn't find. */
export function queryErrors(query: ListQuery): FieldErrors {
  const errors: FieldErrors = { ...pagingErrors(query), ...updatedAfterErrors(query), ...searchErrors(query) };
  const { due_from: from, due_to: to } = query as { due_from?: string; due_to?: string };
  if (from !== undefined && to !== undefined && from > to) errors.due_from = ['Must not be after due_to.'];
  return errors;
}

/**
 * A page of a collection, in the order of `ordering` or else in its first order.
 * @param isExact whether a search counts all its rows
 */
export async function listRows(
  collection: Collection,
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  query: ListQuery,
  isExact = false,
): Promise<List<Row>> {
  const identity = identityOf(collection, companyId, query);
  const { cursor, updated_after: updatedAfter, ...uncursored } = query;
  const after = cursor === undefined ? undefined : decodeKeyset(ring, identity, cursor);
  const paging: Paging = { ...readPaging(uncursored, identity, ring), ...(after ? { page: undefined } : {}) };
  const sync =
    updatedAfter === undefined ? undefined : await startIncrementalSync(ring, connection, companyId, updatedAfter);
  const selection = selectionOf(collection, companyId, query);
  if (sync?.since !== undefined) await selectChanged(selection, collection, connection, companyId, sync.since);
  const { search, ordering } = query;
  const isPlainSearch = search !== undefined && selection.clauses.length === 1 && ordering !== '-waiting_since';
  const entries = isPlainSearch ? await findWordEntries(collection, connection, companyId, search) : undefined;
  const { offset } = paging;
  const page = connection.query<OrderedRow>(pageStatement(collection, selection, ordering, paging, after, entries));
  const [rows, count] = await settleAll(
    page,
    after ? Promise.resolve(undefined) : countRows(collection, connection, selection, query, { page, offset, isExact }),
  );
  const list = listOf(rows, count, paging, (last) => encodeKeyset(ring, identity, [last.order_key, last.id]));
  const data = await withCommunications(collection, connection, companyId, list.data.map(withoutKeys));
  return withWatermark({ ...list, data }, sync, { after, offset });
}

/** `page`: its rows may have the number of matches; a page behind the last row has no row that could. */
type Counting = { page: Promise<OrderedRow[]>; offset: number; isExact: boolean };

/** The number of rows of the whole list; null for a search that matches too many, and when counting takes over a second. */
async function countRows(
  collection: Collection,
  connection: Connection,
  selection: Selection,
  query: ListQuery,
  counting: Counting,
): Promise<number | null> {
  const count = await countUpToMany(collection, connection, selection, query, counting);
  if (count !== null || !counting.isExact) return count;
  const counted = await queryWithinASecond<{ count: number }>(connection, exactCountStatement(collection, selection));
  return counted?.count ?? null;
}

/** Null for a search that matches more than `MOST_COUNTED`. */
async function countUpToMany(
  collection: Collection,
  connection: Connection,
  selection: Selection,
  { ordering }: ListQuery,
  { page, offset }: Counting,
): Promise<number | null> {
  const isSearch = selection.search !== undefined;
  if (countsMatches(selection, ordering)) {
    const [first] = await page;
    if (first || offset === 0) return countOf(first?.matches ?? 0, isSearch);
  }
  const [counted] = await connection.query<{ count: number }>(countStatement(collection, selection));
  return countOf(counted?.count ?? 0, isSearch);
}

function countOf(rows: number, isSearch: boolean): number | null {
  return isSearch && rows > MOST_COUNTED ? null : rows;
}

/** The row as responses show it, without the columns that its page is ordered and counted by. */
function withoutKeys({
  order_key: _key,
  ordered: _ordered,
  matches: _matches,
  ...row
}: OrderedRow & { ordered?: string }): Row {
  return row as Row;
}

/** Identifies the list with its filters, so that a cursor of another list is refused. */
function identityOf(collection: Collection, companyId: string, query: ListQuery): ListIdentity {
  const names = ['external_id', ...Object.keys(collection.filters), 'search', 'has_open', 'updated_after'];
  const [first = ''] = Object.keys(collection.orders);
  const normalised = names.map((name) => {
    const value = query[name];
    if (value === undefined) return null;
    if (Array.isArray(value)) return [...value].sort();
    return name.endsWith('_id') ? lowerCase(String(value)) : String(value);
  });
  return [companyId, collection.name, query.ordering ?? first, ...normalised];
}
