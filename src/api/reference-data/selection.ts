import type { Connection } from '../../db/client.ts';
import type { Statement } from '../../db/statement.ts';
import type { PagingInput } from '../../http/lists/pagination.ts';
import { changedSince } from './changed-since.ts';
import type { Collection } from './collection.ts';
import { COUNT_WITH_OPEN, hasOpenSql } from './worklist.ts';

/** Which rows a list has: the filters of a query as SQL, and how many rows they match. */

export type ListQuery = PagingInput & {
  external_id?: string[];
  search?: string;
  has_open?: boolean;
  ordering?: string;
  updated_after?: string;
} & Record<string, unknown>;

/**
 * SQL over a row `t`. Pages and counts use the three conditions that aren't in `clauses` in different ways, and add the
 * search to their own parameters.
 */
export type Selection = {
  /** The parameters; the first is the company. */
  values: unknown[];
  clauses: string[];
  search?: string;
  /** SQL of the statuses of steps, a `text[]`. */
  statuses?: string;
  hasOpen: boolean | undefined;
  /** Whether `clauses` select the rows that changed since a transaction. */
  isIncremental: boolean;
};

export function selectionOf(collection: Collection, companyId: string, query: ListQuery): Selection {
  const selection: Selection = {
    values: [companyId],
    clauses: ['t.company_id = $1'],
    hasOpen: query.has_open,
    isIncremental: false,
  };
  const { values, clauses } = selection;
  const parameter = (value: unknown) => `$${values.push(value)}`;
  if (query.external_id)
    clauses.push(`t.external_id IS NOT NULL AND t.external_id = ANY(${parameter(query.external_id)}::text[])`);
  for (const [name, { sql }] of Object.entries(collection.filters)) {
    const value = query[name];
    if (value === undefined) continue;
    if (name === 'status' && Array.isArray(value)) selection.statuses = `${parameter(value)}::text[]`;
    else clauses.push(sql(parameter(value)));
  }
  if (query.search !== undefined) selection.search = query.search;
  return selection;
}

/** Adds the condition of `updated_after`. @param since the transaction from which on changes are included */
export async function selectChanged(
  selection: Selection,
  collection: Collection,
  connection: Connection,
  companyId: string,
  since: bigint,
): Promise<void> {
  const parameter = (value: unknown) => `$${selection.values.push(value)}`;
  const changed = await changedSince(collection, connection, companyId, since, parameter);
  if (changed === undefined) return;
  selection.clauses.push(changed);
  selection.isIncremental = true;
}

/**
 * SQL of a `tsquery` of the words of a search. Words hold letters and digits only, so nothing in them needs quoting.
 * Without any word it is null and matches no row.
 * @param values the parameters of the statement, to which the search is added
 */
export function wordsSql(search: string, values: unknown[]): string {
  return `(SELECT string_agg('''' || w || ''':*', ' & ')::tsquery FROM unnest(list_words($${values.push(search)}::text)) w)`;
}

/** The conditions other than `hasOpen`. @param values the parameters of the statement, to which the search is added */
export function conditionsOf({ clauses, search, statuses }: Selection, values: unknown[]): string[] {
  return [
    ...clauses,
    ...(search === undefined ? [] : [`t.list_words @@ ${wordsSql(search, values)}`]),
    ...(statuses === undefined ? [] : [`t.status = ANY(${statuses})`]),
  ];
}

/** A search that matches more rows isn't counted. */
export const MOST_COUNTED = 1_000;

/** One row `{ count }`; for a search at most `MOST_COUNTED` and one more. */
export function countStatement(collection: Collection, selection: Selection): Statement {
  const { clauses, hasOpen, search, statuses } = selection;
  if (hasOpen && clauses.length === 1 && search === undefined && statuses === undefined)
    return { text: COUNT_WITH_OPEN, values: selection.values };
  if (search === undefined) return exactCountStatement(collection, selection);
  const values = [...selection.values];
  const rows = rowsSql(collection, selection, values);
  return { text: `SELECT count(*) AS count FROM (SELECT ${rows} LIMIT ${MOST_COUNTED + 1}) f`, values };
}

/** One row `{ count }`, however many rows match. */
export function exactCountStatement(collection: Collection, selection: Selection): Statement {
  const values = [...selection.values];
  return { text: `SELECT count(*) AS count ${rowsSql(collection, selection, values)}`, values };
}

function rowsSql({ table }: Collection, selection: Selection, values: unknown[]): string {
  const clauses = [...conditionsOf(selection, values), ...hasOpenSql(selection.hasOpen)];
  return `FROM ${table} t WHERE ${clauses.join(' AND ')}`;
}
