import { cellNumbers } from '../db/cells.ts';
import { invalid } from '../errors.ts';
import type { ListIdentity } from '../pagination.ts';
import { countSearchWords, SEARCH_WORDS, searchQuery } from '../search.ts';
import type { CommunicationType, Direction, Source, View } from '../vocabulary.ts';

/** Filters of the threads and emails lists, as checked input. */
export type ThreadFilter = {
  communication_type?: CommunicationType[];
  source?: Source;
  direction?: Direction;
  requires_response?: boolean;
  is_resolved?: boolean;
  is_ar_related?: boolean;
  date_from?: string;
  date_to?: string;
  customer_id?: string;
  contact_id?: string;
  invoice_id?: string;
  search?: string;
};

/** Which rows a list is made of before the filters choose among them. */
export type Rows = View | 'emails';

/** Clauses of a WHERE over `communication_threads t`, with the values of their parameters. `$1` is the company. */
export type Conditions = {
  companyId: string;
  /** The count cells that every clause but those on other columns lets through. */
  cells: number[];
  clauses: string[];
  values: unknown[];
  /** Every clause is about what a count cell holds, so that the count needs no scan. */
  isCounted: boolean;
  /** Few enough texts to prepare each on every connection. */
  isCommon: boolean;
};

const FILTER_NAMES = [
  'communication_type',
  'source',
  'direction',
  'requires_response',
  'is_resolved',
  'is_ar_related',
  'date_from',
  'date_to',
  'customer_id',
  'contact_id',
  'invoice_id',
  'search',
] as const satisfies readonly (keyof ThreadFilter)[];

/** What a cursor is tied to: the list and its filters, in whatever order they were given. */
export function identityOf(companyId: string, rows: Rows, filter: ThreadFilter): ListIdentity {
  return [companyId, rows, ...FILTER_NAMES.map((name) => normalised(filter, name))];
}

function normalised(filter: ThreadFilter, name: (typeof FILTER_NAMES)[number]) {
  const value = filter[name];
  if (value === undefined) return null;
  if (Array.isArray(value)) return [...value].sort();
  return name.endsWith('_id') ? String(value).toLowerCase() : value;
}

/** @throws invalid for dates the wrong way round and for a search without words or with too many */
export function checkFilter(filter: ThreadFilter): void {
  const { date_from: from, date_to: to, search } = filter;
  if (from !== undefined && to !== undefined && from > to) throw invalid({ date_from: ['Must not be after date_to.'] });
  if (search === undefined) return;
  const words = countSearchWords(search);
  if (words < SEARCH_WORDS.minimum || words > SEARCH_WORDS.maximum)
    throw invalid({ search: ['Must have 1 to 10 words.'] });
}

/**
 * The view makes the rows first, then the filters choose among them (contract §3). Literal booleans: a parameter would
 * cost PostgreSQL the partial index.
 */
export function conditionsOf(companyId: string, rows: Rows, filter: ThreadFilter): Conditions {
  const values: unknown[] = [companyId];
  const counted = countedClauses(rows, filter, values);
  const others = otherClauses(rows, filter, values);
  const given = FILTER_NAMES.filter((name) => filter[name] !== undefined).length;
  return {
    companyId,
    cells: cellsOf(rows, filter),
    clauses: ['t.company_id = $1', ...counted, ...others],
    values,
    isCounted: others.length === 0,
    isCommon: others.length === 0 && given <= 1,
  };
}

function cellsOf(rows: Rows, filter: ThreadFilter): number[] {
  const { communication_type: types, source, direction } = filter;
  return cellNumbers(
    (cell) =>
      (rows === 'message' || cell.isLatest) &&
      (rows !== 'emails' || (cell.communicationType === 'email' && cell.source !== 'manual')) &&
      (types === undefined ||
        types.includes(cell.communicationType) ||
        (types.includes('manual') && cell.source === 'manual')) &&
      (source === undefined || cell.source === source) &&
      (direction === undefined || cell.direction === direction) &&
      (filter.requires_response === undefined || cell.requiresResponse === filter.requires_response) &&
      (filter.is_resolved === undefined || cell.isResolved === filter.is_resolved) &&
      (filter.is_ar_related === undefined || cell.isArRelated === filter.is_ar_related),
  );
}

function countedClauses(rows: Rows, filter: ThreadFilter, values: unknown[]): string[] {
  const clauses: string[] = [];
  if (rows !== 'message') clauses.push('t.is_latest');
  if (rows === 'emails') clauses.push(`t.communication_type = 'email'`, `t.source <> 'manual'`);
  if (filter.communication_type) clauses.push(typeClause(filter.communication_type, values));
  if (filter.source) clauses.push(`t.source = $${values.push(filter.source)}`);
  if (filter.direction) clauses.push(`t.direction = $${values.push(filter.direction)}`);
  if (filter.requires_response !== undefined) clauses.push(flag('t.requires_response', filter.requires_response));
  if (filter.is_resolved !== undefined) clauses.push(flag('t.is_resolved', filter.is_resolved));
  if (filter.is_ar_related !== undefined) clauses.push(`t.is_ar_related IS ${filter.is_ar_related ? '' : 'NOT '}TRUE`);
  return clauses;
}

/** `manual` also matches everything that was logged by hand, whatever its type. */
function typeClause(types: CommunicationType[], values: unknown[]): string {
  const named = `t.communication_type = ANY($${values.push([...types].sort())}::text[])`;
  return types.includes('manual') ? `(${named} OR t.source = 'manual')` : named;
}

function flag(column: string, wanted: boolean): string {
  return wanted ? column : `NOT ${column}`;
}

function otherClauses(rows: Rows, filter: ThreadFilter, values: unknown[]): string[] {
  const clauses: string[] = [];
  if (filter.date_from) clauses.push(`t."timestamp" >= ${dayStart(values.push(filter.date_from), 0)}`);
  if (filter.date_to) clauses.push(`t."timestamp" < ${dayStart(values.push(filter.date_to), 1)}`);
  if (filter.contact_id) clauses.push(`t.contact_id = $${values.push(filter.contact_id)}`);
  if (filter.customer_id) clauses.push(customerClause(rows, values.push(filter.customer_id)));
  if (filter.invoice_id) clauses.push(invoiceClause(rows, values.push(filter.invoice_id)));
  if (filter.search !== undefined)
    clauses.push(`t.search_words @@ $${values.push(searchQuery(filter.search))}::tsquery`);
  return clauses;
}

/** Midnight that begins a day in the company's time zone. */
function dayStart(parameter: number, daysLater: 0 | 1): string {
  return `(SELECT ($${parameter}::date + ${daysLater})::timestamp AT TIME ZONE co.timezone FROM companies co WHERE co.id = $1)`;
}

/** About the conversation: in `view=thread` any message of the group may be linked. */
function customerClause(rows: Rows, parameter: number): string {
  if (rows === 'message') return `t.customer_id = $${parameter}`;
  return `t.thread_group_id IN (
        SELECT g.thread_group_id
        FROM communication_threads g
        WHERE g.company_id = $1 AND g.customer_id = $${parameter})`;
}

function invoiceClause(rows: Rows, parameter: number): string {
  const linked = `
        FROM communication_thread_invoices i
        WHERE i.company_id = $1 AND i.invoice_id = $${parameter}`;
  if (rows === 'message') return `t.id IN (SELECT i.thread_id ${linked})`;
  return `t.thread_group_id IN (
        SELECT g.thread_group_id
        FROM communication_threads g
        WHERE g.company_id = $1 AND g.id IN (SELECT i.thread_id ${linked}))`;
}
