import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Statement } from '../../db/statement.ts';
import type { FieldErrors } from '../../domain/errors.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { decodeKeyset, encodeKeyset } from '../../http/lists/keyset-cursor.ts';
import {
  type List,
  type ListIdentity,
  listOf,
  type Paging,
  type PagingInput,
  pagingErrors,
  readPaging,
} from '../../http/lists/pagination.ts';
import { startIncrementalSync, updatedAfterErrors, withWatermark } from '../../http/lists/updated-after.ts';
import { changedSince } from './changed-since.ts';
import { withCommunications } from './communications.ts';
import { type Collection, columnsOf, type Row } from './definitions.ts';
import { HAS_OPEN, HAS_OPEN_PROBED, waitingPageSql } from './worklist.ts';

export type ListQuery = PagingInput & {
  external_id?: string[];
  search?: string;
  has_open?: boolean;
  ordering?: string;
  updated_after?: string;
} & Record<string, unknown>;

/** What is wrong with a query beyond each parameter's own form. */
export function queryErrors(query: ListQuery): FieldErrors {
  const errors: FieldErrors = { ...pagingErrors(query), ...updatedAfterErrors(query) };
  const { due_from: from, due_to: to } = query as { due_from?: string; due_to?: string };
  if (from !== undefined && to !== undefined && from > to) errors.due_from = ['Must not be after due_to.'];
  return errors;
}

type OrderedRow = Row & { order_key: string };

/** A page of a collection, in the order that was asked for. */
export async function listRows(
  collection: Collection,
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  query: ListQuery,
): Promise<List<Row>> {
  const identity = identityOf(collection, companyId, query);
  const { cursor, ...unplaced } = query;
  const after = cursor === undefined ? undefined : decodeKeyset(ring, identity, cursor);
  const paging: Paging = { ...readPaging(unplaced, identity, ring), ...(after ? { page: undefined } : {}) };
  const sync =
    query.updated_after === undefined
      ? undefined
      : await startIncrementalSync(ring, connection, companyId, query.updated_after);
  const selection = selectionOf(collection, companyId, query);
  if (sync?.since !== undefined) {
    const given = (value: unknown) => `$${selection.values.push(value)}`;
    const changed = await changedSince(collection, connection, companyId, sync.since, given);
    if (changed !== undefined) selection.clauses.push(changed);
  }
  const [rows, counted] = await settleAll(
    connection.query<OrderedRow>(pageStatement(collection, selection, query, paging, after)),
    after ? Promise.resolve([]) : connection.query<{ count: number }>(countStatement(collection, selection, query)),
  );
  const list = listOf(rows, after ? undefined : countOf(counted[0]?.count, query), paging, (last) =>
    encodeKeyset(ring, identity, [last.order_key, last.id]),
  );
  const data = await withCommunications(collection, connection, companyId, list.data.map(withoutKey));
  return withWatermark({ ...list, data }, sync, { after, offset: paging.offset });
}

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

type Selection = { values: unknown[]; clauses: string[] };

/** Which rows a list has, apart from `has_open`, which a page and a count read differently. The status of a step is chosen by `pageStatement`, which reads each status in its order. */
function selectionOf(collection: Collection, companyId: string, query: ListQuery): Selection {
  const values: unknown[] = [companyId];
  const given = (value: unknown) => `$${values.push(value)}`;
  const clauses = ['t.company_id = $1'];
  if (query.external_id)
    clauses.push(`t.external_id IS NOT NULL AND t.external_id = ANY(${given(query.external_id)}::text[])`);
  for (const [name, { sql }] of Object.entries(collection.filters)) {
    if (query[name] !== undefined) clauses.push(sql(given(query[name])));
  }
  if (query.search !== undefined) clauses.push(`t.list_words @@ ${searchSql(given(query.search))}`);
  return { values, clauses };
}

/** @param hasOpen SQL over a customer `t` */
function openClauses({ has_open: wanted }: ListQuery, hasOpen: string): string[] {
  return wanted === undefined ? [] : [wanted ? hasOpen : `NOT (${hasOpen})`];
}

/**
 * Words hold letters and digits only, so nothing in them needs quoting. Without any word it is null and finds nothing.
 */
function searchSql(search: string): string {
  return `(SELECT string_agg('''' || w || ''':*', ' & ')::tsquery FROM unnest(list_words(${search}::text)) w)`;
}

function pageStatement(
  collection: Collection,
  selection: Selection,
  query: ListQuery,
  paging: Paging,
  after: string[] | undefined,
): Statement {
  const values = [...selection.values];
  const given = (value: unknown) => `$${values.push(value)}`;
  const selected = [...selection.clauses, ...openClauses(query, HAS_OPEN_PROBED)];
  const columns = columnsOf(collection);
  const { fetchLimit, offset } = paging;
  if (query.ordering === '-waiting_since') {
    const text = waitingPageSql({ columns, clauses: selected, after: after?.map(given), fetchLimit, offset });
    return { text, values };
  }
  const [first] = Object.values(collection.orders);
  const order = (query.ordering === undefined ? undefined : collection.orders[query.ordering]) ?? first;
  if (!order) throw new Error(`The collection ${collection.name} has no order.`);
  const [key, id] = after ?? [];
  const clauses = [
    ...selected,
    ...(after ? [`(${order.key}, t.id) > (${given(key)}::${order.type}, ${given(id)}::uuid)`] : []),
  ];
  const page = (from: string, where: string[], limit: string) => `
      SELECT ${columns}, (${order.key})::text AS order_key
      FROM ${from}
      WHERE ${where.join(' AND ')}
      ORDER BY ${order.key}, t.id
      LIMIT ${limit}`;
  const statuses = clauses.find((clause) => clause.startsWith(ANY_STATUS))?.slice(ANY_STATUS.length, -1);
  if (statuses === undefined)
    return { text: page(`${collection.table} t`, clauses, `${fetchLimit} OFFSET ${offset}`), values };
  // An index is in the order of the list within one status: the first rows of each are read and put in order.
  const ofOne = clauses.map((clause) => (clause.startsWith(ANY_STATUS) ? 't.status = s.status' : clause));
  const text = `
      SELECT t.*
      FROM unnest(${statuses}) AS s(status)
      CROSS JOIN LATERAL (
        SELECT ${columns}, ${order.key} AS ordered, (${order.key})::text AS order_key
        FROM ${collection.table} t
        WHERE ${ofOne.join(' AND ')}
        ORDER BY ${order.key}, t.id
        LIMIT ${given(fetchLimit + offset)}::bigint
      ) t
      ORDER BY t.ordered, t.id
      LIMIT ${fetchLimit} OFFSET ${offset}`;
  return { text, values };
}

/** The clause of the filter `status` where it is a list. */
const ANY_STATUS = 't.status = ANY(';

/** A search that finds more is not counted. */
const COUNTED_FOUND = 1_000;

function countStatement(collection: Collection, { values, clauses }: Selection, query: ListQuery): Statement {
  const rows = `FROM ${collection.table} t WHERE ${[...clauses, ...openClauses(query, HAS_OPEN)].join(' AND ')}`;
  const text =
    query.search === undefined
      ? `SELECT count(*) AS count ${rows}`
      : `SELECT count(*) AS count FROM (SELECT ${rows} LIMIT ${COUNTED_FOUND + 1}) f`;
  return { text, values };
}

function countOf(count: number | undefined, query: ListQuery): number | null {
  return count === undefined || (query.search !== undefined && count > COUNTED_FOUND) ? null : count;
}

function withoutKey({ order_key: _key, ordered: _ordered, ...row }: OrderedRow & { ordered?: string }): Row {
  return row as Row;
}
