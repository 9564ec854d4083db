import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { FieldErrors } from '../../domain/errors.ts';
import { EXAMPLE_CURSOR } from '../openapi/examples.ts';
import { markApplied, prefers } from '../preferences.ts';
import { doc, Nullable, ResponseObject } from '../schema.ts';
import { type ListIdentity, signCursor, verifyCursor } from './signed-cursor.ts';
import { Watermark } from './updated-after.ts';

export type { ListIdentity } from './signed-cursor.ts';

/** Paging of every list (contract §1, Lists): `page`, `limit`/`offset` or `cursor`. */
export const PagingQuery = {
  page: Type.Optional(Type.Integer({ minimum: 1, ...doc('Page number, from 1.', 1) })),
  page_size: Type.Optional(
    Type.Integer({ minimum: 1, default: 20, ...doc('Rows a page; over 500 is taken as 500.', 20) }),
  ),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, ...doc('Rows to return, with `offset`; over 500 is taken as 500.', 20) }),
  ),
  offset: Type.Optional(Type.Integer({ minimum: 0, ...doc('Rows to skip, with `limit`.', 0) })),
  cursor: Type.Optional(
    Type.String(doc('The `next_cursor` of the previous page. The cost is the same for every page.', EXAMPLE_CURSOR)),
  ),
};

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 500;
/**
 * The values of LIMIT: a closed set, so that there are few prepared statements. Each exceeds a page size by one row,
 * which shows whether another page follows.
 */
const FETCH_LIMITS = [21, 51, 101, 501] as const;

export type PagingInput = { page?: number; page_size?: number; limit?: number; offset?: number; cursor?: string };

/**
 * The sort key of the last row of a page, after which the next page begins. `time` is RFC 3339 UTC with milliseconds.
 */
export type Position = { time: string; id: string };

export type Paging = {
  pageSize: number;
  /** Rows to fetch: a literal in the SQL text. */
  fetchLimit: (typeof FETCH_LIMITS)[number];
  /** Rows to skip; 0 with a cursor. */
  offset: number;
  /** Undefined with a cursor. */
  page: number | undefined;
  /** Undefined without a cursor. */
  after: Position | undefined;
};

/**
 * @param input without `pagingErrors`
 * @throws invalidCursor for a cursor that this list with these filters didn't issue
 */
export function readPaging(input: PagingInput, list: ListIdentity, ring: KeyRing): Paging {
  const { pageSize, offset } = extentOf(input);
  const fetchLimit = FETCH_LIMITS.find((limit) => limit > pageSize) ?? FETCH_LIMITS[3];
  if (input.cursor !== undefined) {
    return { pageSize, fetchLimit, offset, page: undefined, after: decodeCursor(ring, list, input.cursor) };
  }
  return { pageSize, fetchLimit, offset, page: Math.floor(offset / pageSize) + 1, after: undefined };
}

/** The rows of a page and the rows to skip before it: none with a cursor, which excludes `page` and `offset`. */
export function extentOf(input: PagingInput): Pick<Paging, 'pageSize' | 'offset'> {
  const pageSize = Math.min(input.page_size ?? input.limit ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  const offset = input.offset ?? ((input.page ?? 1) - 1) * pageSize;
  // Clamped to what a number and PostgreSQL represent exactly; that is past the end of any list.
  return { pageSize, offset: Math.min(offset, Number.MAX_SAFE_INTEGER) };
}

/** The three forms of paging exclude one another, except that a cursor may come with `page_size`. */
export function pagingErrors(input: PagingInput): FieldErrors {
  const errors: FieldErrors = {};
  const given = (['limit', 'offset', 'page', 'cursor'] as const).filter((name) => input[name] !== undefined);
  const paged = input.page !== undefined || input.page_size !== undefined;
  for (const name of given) {
    if (name === 'cursor' && given.length > 1) errors.cursor = ['Give a cursor without page, limit and offset.'];
    if ((name === 'limit' || name === 'offset') && paged)
      errors[name] = ['Give either page and page_size or limit and offset.'];
  }
  return errors;
}

/** Whether a request has a paging parameter; without one the list of thread notes is complete. */
export function isPaged(input: PagingInput): boolean {
  return ['page', 'page_size', 'limit', 'offset', 'cursor'].some(
    (name) => input[name as keyof PagingInput] !== undefined,
  );
}

type ComponentOptions = { $id: string; description: string; examples: unknown[] };

/** The response of a list. `count` and `page` are absent with a cursor. */
export function ListOf<Row extends TSchema>(row: Row, options: ComponentOptions) {
  const { count, page, watermark } = COUNTED;
  const data = Type.Array(row, { description: 'The rows, newest first.' });
  return inOrder(ResponseObject({ count, page, ...PAGED, watermark, data }, options));
}

/** The response of a list that is complete without a paging parameter and then has only `count` and `data`. */
export function WholeOrListOf<Row extends TSchema>(row: Row, options: ComponentOptions) {
  const { count, page, watermark } = COUNTED;
  const paged = { page_size: Type.Optional(PAGED.page_size), next_cursor: Type.Optional(PAGED.next_cursor) };
  const data = Type.Array(row, { description: 'The rows, newest first.' });
  return inOrder(ResponseObject({ count, page, ...paged, watermark, data }, options));
}

/**
 * Moves `required` to `x-required`, because the serialiser writes required fields first, which would put `count` behind
 * the rows. `http/openapi/plugin.ts` restores `required` in the OpenAPI document.
 */
function inOrder<Schema extends TObject>({ required, ...schema }: Schema): Schema {
  return { ...schema, 'x-required': required } as unknown as Schema;
}

const COUNTED = {
  count: Type.Optional(
    Nullable(
      Type.Integer(
        doc(
          'The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has ' +
            '`Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.',
          137,
        ),
      ),
    ),
  ),
  watermark: Watermark,
  page: Type.Optional(Type.Integer(doc('The page, from 1. Absent with a cursor.', 1))),
};

const PAGED = {
  page_size: Type.Integer(doc('Rows a page.', 20)),
  next_cursor: Nullable(Type.String(doc('Pass it as `cursor` for the next page; null on the last.', EXAMPLE_CURSOR))),
};

export type List<Row> = {
  count?: number | null;
  page?: number;
  watermark?: string;
  page_size: number;
  next_cursor: string | null;
  data: Row[];
};

/**
 * Builds the response of a list from the fetched rows.
 * @param rows up to `paging.fetchLimit` rows, of which the page is the first `paging.pageSize`
 * @param count undefined with a cursor, null when the rows weren't counted
 */
export function listOf<Row>(
  rows: Row[],
  count: number | null | undefined,
  paging: Paging,
  cursorAfter: (row: Row) => string,
): List<Row> {
  const data = rows.length > paging.pageSize ? rows.slice(0, paging.pageSize) : rows;
  const last = data.at(-1);
  const nextCursor = last !== undefined && rows.length > paging.pageSize ? cursorAfter(last) : null;
  if (paging.page === undefined || count === undefined)
    return { page_size: paging.pageSize, next_cursor: nextCursor, data };
  return { count, page: paging.page, page_size: paging.pageSize, next_cursor: nextCursor, data };
}

/**
 * The URL of the next page for the `Link` header: the query of this request with the cursor in place of `page`, `limit`
 * and `offset`. It consists of the query alone, so that it is valid behind a proxy that strips a path prefix.
 */
function nextPageUrl(url: string, list: { page_size: number }, nextCursor: string): string {
  const [, ...query] = url.split('?');
  const parameters = new URLSearchParams(query.join('?'));
  if (parameters.has('limit')) parameters.set('page_size', String(list.page_size));
  for (const name of ['page', 'limit', 'offset']) parameters.delete(name);
  parameters.set('cursor', nextCursor);
  return `?${parameters}`;
}

/**
 * Sends a page with the `Link` to the next one (RFC 8288).
 * @param list undefined when 304 or the cached response was sent
 */
export function sendList<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  list: List<Row> | undefined,
): List<Row> | FastifyReply {
  if (!list) return reply;
  linkNextPage(request, reply, list);
  if (typeof list.count === 'number' && prefers(request, 'exactCount')) markApplied(reply, 'exactCount');
  return list;
}

/** Sets the `Link` header to the next page, if there is one. */
export function linkNextPage(
  request: FastifyRequest,
  reply: FastifyReply,
  list: { page_size: number; next_cursor: string | null },
): void {
  if (list.next_cursor !== null)
    reply.header('link', `<${nextPageUrl(request.url, list, list.next_cursor)}>; rel="next"`);
}

const CURSOR_VERSION = 1;

/** The cursor after a row: Unix time in ms (i64) ‖ id (16 bytes). */
export function encodeCursor(ring: KeyRing, list: ListIdentity, { time, id }: Position): string {
  const position = Buffer.alloc(24);
  position.writeBigInt64BE(BigInt(Date.parse(time)));
  position.write(id.replaceAll('-', ''), 8, 'hex');
  return signCursor(ring, list, CURSOR_VERSION, position);
}

function decodeCursor(ring: KeyRing, list: ListIdentity, text: string): Position {
  const position = verifyCursor(ring, list, CURSOR_VERSION, text);
  return {
    time: new Date(Number(position.readBigInt64BE())).toISOString(),
    id: position.toString('hex', 8).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  };
}
