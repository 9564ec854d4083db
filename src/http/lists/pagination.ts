import { createHmac, timingSafeEqual } from 'node:crypto';
import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { type FieldErrors, invalidCursor } from '../../domain/errors.ts';
import { EXAMPLE_CURSOR } from '../openapi/examples.ts';
import { applied, prefers } from '../preferences.ts';
import { Answer, Nullable } from '../schema.ts';
import { Watermark } from './updated-after.ts';

/** Paging of every list (contract §1, Lists): `page`, `limit`/`offset` or `cursor`. */
export const PagingQuery = {
  page: Type.Optional(Type.Integer({ minimum: 1, description: 'Page number, from 1.', examples: [1] })),
  page_size: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Rows a page; over 500 is taken as 500.', default: 20, examples: [20] }),
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'Rows to return, with `offset`; over 500 is taken as 500.',
      examples: [20],
    }),
  ),
  offset: Type.Optional(Type.Integer({ minimum: 0, description: 'Rows to skip, with `limit`.', examples: [0] })),
  cursor: Type.Optional(
    Type.String({
      description: 'The `next_cursor` of the page before; constant cost however deep.',
      examples: [EXAMPLE_CURSOR],
    }),
  ),
};

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 500;
/** Rows asked of PostgreSQL: a closed set, so that prepared statements stay few. One more than a page, to see if another follows. */
const FETCH_LIMITS = [21, 51, 101, 501] as const;

export type PagingInput = { page?: number; page_size?: number; limit?: number; offset?: number; cursor?: string };

/** A place in a list: the row after which it goes on. `time` is RFC 3339 UTC with milliseconds. */
export type Position = { time: string; id: string };

export type Paging = {
  pageSize: number;
  /** Rows to fetch: a literal of the SQL text. */
  fetchLimit: (typeof FETCH_LIMITS)[number];
  /** Rows to skip; 0 with a cursor. */
  offset: number;
  /** Undefined with a cursor. */
  page: number | undefined;
  after: Position | undefined;
};

/** Names a list with its filters, so that a cursor of another one is refused. */
export type ListIdentity = readonly (string | number | boolean | null | readonly string[])[];

/**
 * @param input free of `pagingErrors`
 * @throws invalidCursor for a cursor that isn't this list's
 */
export function readPaging(input: PagingInput, list: ListIdentity, ring: KeyRing): Paging {
  const { pageSize, offset } = extentOf(input);
  const fetchLimit = FETCH_LIMITS.find((limit) => limit > pageSize) ?? FETCH_LIMITS[3];
  if (input.cursor !== undefined) {
    return { pageSize, fetchLimit, offset, page: undefined, after: decodeCursor(ring, list, input.cursor) };
  }
  return { pageSize, fetchLimit, offset, page: Math.floor(offset / pageSize) + 1, after: undefined };
}

/** Rows of a page, and rows to skip before it: none with a cursor, which goes with neither `page` nor `offset`. */
export function extentOf(input: PagingInput): Pick<Paging, 'pageSize' | 'offset'> {
  const pageSize = Math.min(input.page_size ?? input.limit ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  const offset = input.offset ?? ((input.page ?? 1) - 1) * pageSize;
  // What PostgreSQL counts with and a number holds exactly; behind the end of any list all the same.
  return { pageSize, offset: Math.min(offset, Number.MAX_SAFE_INTEGER) };
}

/** What is wrong with the paging parameters together: the three forms don't mix, but `page_size` may go with a cursor. */
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

/** Whether a request asks for a page at all; the list of thread notes is whole without. */
export function isPaged(input: PagingInput): boolean {
  return ['page', 'page_size', 'limit', 'offset', 'cursor'].some(
    (name) => input[name as keyof PagingInput] !== undefined,
  );
}

type ComponentOptions = { $id: string; description: string; examples: unknown[] };

/** The envelope of a list. With a cursor `count` and `page` are left out. */
export function ListOf<Row extends TSchema>(row: Row, options: ComponentOptions) {
  const { count, page, watermark } = COUNTED;
  const data = Type.Array(row, { description: 'The rows, newest first.' });
  return inOrder(Answer({ count, page, ...PAGED, watermark, data }, options));
}

/** The same, where without a paging parameter the answer is whole: `count` and `data` alone. */
export function WholeOrListOf<Row extends TSchema>(row: Row, options: ComponentOptions) {
  const { count, page, watermark } = COUNTED;
  const paged = { page_size: Type.Optional(PAGED.page_size), next_cursor: Type.Optional(PAGED.next_cursor) };
  const data = Type.Array(row, { description: 'The rows, newest first.' });
  return inOrder(Answer({ count, page, ...paged, watermark, data }, options));
}

/**
 * A list begins with its count, as the page shows it; the serialiser would write what may be left out behind the rows.
 * What is required is called so in the document again (`http/openapi/plugin.ts`).
 */
function inOrder<Schema extends TObject>({ required, ...schema }: Schema): Schema {
  return { ...schema, 'x-required': required } as unknown as Schema;
}

const COUNTED = {
  count: Type.Optional(
    Nullable(
      Type.Integer({
        description:
          'Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and ' +
          'with `updated_after` when counting would take over a second. Absent with a cursor.',
        examples: [137],
      }),
    ),
  ),
  watermark: Watermark,
  page: Type.Optional(Type.Integer({ description: 'The page, from 1. Absent with a cursor.', examples: [1] })),
};

const PAGED = {
  page_size: Type.Integer({ description: 'Rows a page.', examples: [20] }),
  next_cursor: Nullable(
    Type.String({
      description: 'Pass it as `cursor` for the next page; null on the last.',
      examples: [EXAMPLE_CURSOR],
    }),
  ),
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
 * Cuts the fetched rows to the page and puts the envelope round them.
 * @param rows up to `paging.fetchLimit` rows
 * @param count undefined with a cursor
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
 * The address of the next page for the `Link` header: what was asked for, with the cursor in place of whatever chose
 * this page. Absolute path, so that it holds behind any proxy.
 */
function nextPageAddress(url: string, list: { page_size: number }, nextCursor: string): string {
  const [, ...query] = url.split('?');
  const parameters = new URLSearchParams(query.join('?'));
  if (parameters.has('limit')) parameters.set('page_size', String(list.page_size));
  for (const name of ['page', 'limit', 'offset']) parameters.delete(name);
  parameters.set('cursor', nextCursor);
  return `?${parameters}`;
}

/** Answers a page with the `Link` to the next one (RFC 8288); without a page, 304 has been sent already. */
export function sendList<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  list: List<Row> | undefined,
): List<Row> | FastifyReply {
  if (!list) return reply;
  linkNextPage(request, reply, list);
  if (typeof list.count === 'number' && prefers(request, 'exactCount')) applied(reply, 'exactCount');
  return list;
}

/** The `Link` to the next page, where there is one. */
export function linkNextPage(
  request: FastifyRequest,
  reply: FastifyReply,
  list: { page_size: number; next_cursor: string | null },
): void {
  if (list.next_cursor !== null)
    reply.header('link', `<${nextPageAddress(request.url, list, list.next_cursor)}>; rel="next"`);
}

const CURSOR_VERSION = 1;
const MAC_AT = 29;
const MAC_BYTES = 16;
const CURSOR_BYTES = MAC_AT + MAC_BYTES;

/** version (1) ‖ key id (u32) ‖ milliseconds since 1970 (i64) ‖ id (16) ‖ MAC (16) over all that and the list, base64url. */
export function encodeCursor(ring: KeyRing, list: ListIdentity, position: Position): string {
  const cursor = Buffer.alloc(CURSOR_BYTES);
  cursor.writeUInt8(CURSOR_VERSION, 0);
  cursor.writeUInt32BE(ring.primaryId, 1);
  cursor.writeBigInt64BE(BigInt(Date.parse(position.time)), 5);
  cursor.write(position.id.replaceAll('-', ''), 13, 'hex');
  macOf(ring, ring.primaryId, list, cursor).copy(cursor, MAC_AT);
  return cursor.toString('base64url');
}

function decodeCursor(ring: KeyRing, list: ListIdentity, text: string): Position {
  const cursor = Buffer.from(text, 'base64url');
  if (cursor.length !== CURSOR_BYTES || cursor.toString('base64url') !== text || cursor.readUInt8(0) !== CURSOR_VERSION)
    throw invalidCursor();
  const keyId = cursor.readUInt32BE(1);
  if (!ring.has(keyId) || !timingSafeEqual(macOf(ring, keyId, list, cursor), cursor.subarray(MAC_AT)))
    throw invalidCursor();
  const hex = cursor.toString('hex', 13, MAC_AT);
  return {
    time: new Date(Number(cursor.readBigInt64BE(5))).toISOString(),
    id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  };
}

function macOf(ring: KeyRing, keyId: number, list: ListIdentity, cursor: Buffer): Buffer {
  return createHmac('sha256', ring.derive(keyId, 'cursor'))
    .update(JSON.stringify(list))
    .update(cursor.subarray(0, MAC_AT))
    .digest()
    .subarray(0, MAC_BYTES);
}
