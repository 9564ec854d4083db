import { searchErrors } from '../../../conversations/search-words.ts';
import { CELL_BITS, type CountCell, cellNumbers } from '../../../db/count-cell.ts';
import type { FieldErrors } from '../../../domain/errors.ts';
import { lowerCase } from '../../../domain/normalize-text.ts';
import type { View } from '../../../domain/vocabulary.ts';
import {
  extentOf,
  type ListIdentity,
  type PagingInput,
  type PagingQuery,
  pagingErrors,
} from '../../../http/lists/pagination.ts';
import { updatedAfterErrors } from '../../../http/lists/updated-after.ts';
import type { ThreadsQuery } from '../query-schema.ts';

/**
 * The filters of the threads and emails lists, after validation. `assignee_id`: a user's id, `none`, or before `forCaller`
 * also `me`.
 */
export type ThreadFilter = Omit<ThreadsQuery, 'view' | keyof typeof PagingQuery>;

/** The list and its view, which determine the rows before the filters are applied. */
export type ListView = View | 'emails';

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
  'strategy_tags',
  'logged_by_id',
  'outcome',
  'assignee_id',
  'follow_up_before',
  'is_snoozed',
  'search',
  'updated_after',
  'ordering',
] as const satisfies readonly (keyof ThreadFilter)[];

/** The identity that a cursor is bound to: the list and its filters, independent of their order in the query. */
export function identityOf(companyId: string, view: ListView, filter: ThreadFilter): ListIdentity {
  return [companyId, view, ...FILTER_NAMES.map((name) => normalised(filter, name))];
}

function normalised(filter: ThreadFilter, name: (typeof FILTER_NAMES)[number]) {
  const value = filter[name];
  if (value === undefined || value === '-timestamp') return null;
  if (Array.isArray(value)) return [...value].sort();
  return name.endsWith('_id') ? lowerCase(String(value)) : value;
}

/** Errors between parameters that are valid one by one: dates, the number of search words, the forms of paging. */
export function queryErrors(query: ThreadFilter & PagingInput): FieldErrors {
  const errors = { ...pagingErrors(query), ...updatedAfterErrors(query), ...searchErrors(query) };
  const { date_from: from, date_to: to } = query;
  if (from !== undefined && to !== undefined && from > to) errors.date_from = ['Must not be after date_to.'];
  return errors;
}

/** Whether the response depends on the caller, because `me` is the caller's id. */
export function isCallers({ assignee_id: assigneeId }: ThreadFilter): boolean {
  return assigneeId === 'me';
}

/** The query with the caller's id in place of `me`. Without `me` the request needn't be authorised yet. */
export function forCaller<Query extends ThreadFilter>(query: Query, request: { caller: { userId: string } }): Query {
  return isCallers(query) ? { ...query, assignee_id: request.caller.userId } : query;
}

/**
 * Whether a list reads only a few rows of an index and takes its count from the counters, which is fast in any company.
 */
export function isShortList(query: ThreadFilter & PagingInput): boolean {
  const { pageSize, offset } = extentOf(query);
  return LONG_FILTERS.every((name) => query[name] === undefined) && offset === 0 && pageSize <= SHORT_PAGE;
}

const SHORT_PAGE = 50;
const LONG_FILTERS = FILTER_NAMES.slice(FILTER_NAMES.indexOf('date_from'));

/** A set of count cells in the two forms that statements use. */
export type Cells = {
  /** A PostgreSQL array literal, for index scans. */
  array: string;
  /**
   * A bit string with a bit for each cell, from the lowest on: cheaper than the array for testing each row of the
   * counters.
   */
  bits: Buffer;
};

const known = new Map<string, Cells>();

/**
 * The count cells that match the list and the filters with few values. Cached, so that equal filters share one object.
 */
export function cellsOf(view: ListView, filter: ThreadFilter): Cells {
  const key = [view, ...CELL_FILTERS.map((name) => filter[name] ?? '')].join('/');
  let cells = known.get(key);
  if (cells === undefined) {
    const numbers = cellNumbers(cellFilter(view, filter));
    cells = { array: `{${numbers.join(',')}}`, bits: bitsOf(numbers) };
    if (known.size >= KNOWN_AT_MOST) known.clear();
    known.set(key, cells);
  }
  return cells;
}

/** Whether the daily counters suffice: of the columns in a cell they have only type and source (`db/count-cell.ts`). */
export function isCountedByDay(filter: ThreadFilter): boolean {
  const {
    direction,
    requires_response: requiresResponse,
    is_resolved: isResolved,
    is_ar_related: isArRelated,
  } = filter;
  return [direction, requiresResponse, isResolved, isArRelated].every((value) => value === undefined);
}

function bitsOf(numbers: number[]): Buffer {
  const bits = Buffer.alloc(CELL_BITS / 8);
  for (const number of numbers) bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7));
  return bits;
}

const KNOWN_AT_MOST = 1_000;
const CELL_FILTERS = FILTER_NAMES.slice(0, FILTER_NAMES.indexOf('date_from'));

/** `communication_type=manual` also matches every manual log, whatever its type. */
function cellFilter(view: ListView, filter: ThreadFilter): (cell: CountCell) => boolean {
  const { communication_type: types, source, direction } = filter;
  return (cell) =>
    (view === 'message' || cell.isLatest) &&
    (view !== 'emails' || (cell.communicationType === 'email' && cell.source !== 'manual')) &&
    (types === undefined ||
      types.includes(cell.communicationType) ||
      (types.includes('manual') && cell.source === 'manual')) &&
    (source === undefined || cell.source === source) &&
    (direction === undefined || cell.direction === direction) &&
    (filter.requires_response === undefined || cell.requiresResponse === filter.requires_response) &&
    (filter.is_resolved === undefined || cell.isResolved === filter.is_resolved) &&
    (filter.is_ar_related === undefined || cell.isArRelated === filter.is_ar_related);
}
