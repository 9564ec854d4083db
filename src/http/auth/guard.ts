import type { FastifyReply, FastifyRequest } from 'fastify';
import { looksLikeToken } from '../../crypto/token.ts';
import type { BorrowedConnection, Connection } from '../../db/client.ts';
import { guarded } from '../../db/guarded-connection.ts';
import { settleAll } from '../../db/settle-all.ts';
import { adminsOnly, notAuthenticated, notFound, permissionDenied, readOnlyRole } from '../../domain/errors.ts';
import { UUID_PATTERN } from '../../domain/ids.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import type { Role } from '../../domain/vocabulary.ts';
import type { FairConcurrencyLimit } from '../concurrency-limit.ts';
import { isNotModified, listETag, namesInIfNoneMatch } from '../conditional-requests.ts';
import { responseKey, sendCached } from '../lists/response-cache.ts';
import { prefers } from '../preferences.ts';
import { authorizeOn, type CallerRow, type Callers, findTicketHolder } from './callers.ts';

/**
 * The authenticated user with the role in the company of the path. Read from the database on every request, so that a
 * revoked token or a changed membership takes effect with the next request, in every process.
 */
export type Caller = {
  userId: string;
  tokenId: string;
  username: string;
  name: string;
  email: string;
  /** Undefined outside a company. */
  role: Role | undefined;
  /** Changes with every write that can alter a list of the company; '' outside a company and for writes. */
  listVersion: string;
};

/**
 * What a route requires of its caller. `public`: nothing. `token`: a valid token. `read`: membership of the company in
 * the path. `write`: the role `member` or `admin` in it. `admin`: the role `admin` in it.
 */
export type Access = 'public' | 'token' | 'read' | 'write' | 'admin';

/**
 * Limits the long lists of each company, so that they leave connections and processors to other requests. `largePages`
 * are limited further, because one of 500 long rows occupies the event loop for milliseconds, too.
 */
export type ReadLimits = { longLists: FairConcurrencyLimit; largePages: FairConcurrencyLimit };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** The handler authorises in the round trip that reads its rows, through `authorizedRead` or `createOnce`. */
    authorizesItself?: boolean;
    /** A stream ticket of the company in `?ticket=` is accepted in place of the Authorization header. */
    acceptsTicket?: boolean;
  }
  interface FastifyInstance {
    callers: Callers;
    readLimits: ReadLimits;
  }
  interface FastifyRequest {
    caller: Caller;
  }
}

/**
 * Lower-cases the ids in the path, because UUIDs compare without case.
 * @throws notFound for an id that isn't a UUID, whatever the caller's rights
 */
export function checkPathIds(request: FastifyRequest): void {
  const params = request.params as Record<string, string>;
  for (const name of Object.keys(params)) {
    const value = params[name] ?? '';
    if (name !== '*' && !UUID_PATTERN.test(value)) throw notFound();
    params[name] = lowerCase(value);
  }
}

/**
 * Authenticates the caller, checks the route's `access` and sets `request.caller`.
 * @param connection for a route with access `read` or `write`: PostgreSQL skips the statements that follow on it in the
 *   same pipelined batch when the caller is refused
 * @throws notAuthenticated, permissionDenied, readOnlyRole
 */
export async function authorize(request: FastifyRequest, connection?: Connection): Promise<Caller> {
  const access = request.routeOptions.config.access ?? 'write';
  const { company_id: companyId } = request.params as { company_id?: string };
  const isReading = access === 'read';
  const isMembers = isReading || access === 'write';
  const found =
    connection && isMembers && companyId !== undefined
      ? await authorizeOn(connection, presentedToken(request), companyId, isReading)
      : await lookUp(request, companyId, isReading);
  if (!found) throw notAuthenticated();
  if (found.is_stale) request.server.callers.markUsed(found.token_id);
  const caller = toCaller(found);
  if (isMembers && caller.role === undefined) throw permissionDenied();
  if (access === 'write' && caller.role === 'viewer') throw readOnlyRole();
  if (access === 'admin' && caller.role !== 'admin') throw caller.role ? adminsOnly() : permissionDenied();
  request.caller = caller;
  return caller;
}

async function lookUp(request: FastifyRequest, companyId: string | undefined, isReading: boolean) {
  const ticket = presentedTicket(request);
  if (ticket) return findTicketHolder(request.db, ticket, companyId, 'last-event-id' in request.headers);
  return request.server.callers.find(presentedToken(request), companyId, isReading);
}

/**
 * Authorises the caller and reads a list in one round trip; PostgreSQL skips the read when the caller is refused. With
 * `If-Match`, `If-None-Match` or a cached response the caller and the list version are looked up first, so that an
 * unchanged list reads no rows.
 * @param isShort whether the query is fast in any company and may therefore run on the shared connection; others wait for
 *   `readLimits`
 * @param isCallers whether the list depends on the caller, who is then looked up first
 * @returns undefined when 304 or the cached response was sent
 * @throws notAuthenticated, permissionDenied, preconditionFailed, unavailable
 */
export async function authorizedRead<Result>(
  request: FastifyRequest,
  reply: FastifyReply,
  read: (connection: Connection, caller: Promise<Caller>) => Promise<Result>,
  { isShort = false, isCallers = false } = {},
): Promise<Result | undefined> {
  const withConnection = <T>(use: (connection: BorrowedConnection) => Promise<T>) =>
    isShort ? request.db.withShared(use) : readLong(request, use);
  // Throws before a connection is taken, so that a request without a token costs the database nothing.
  presentedToken(request);
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  const cached = request.server.responseCache.get(responseKey(request));
  if (ifMatch !== undefined || ifNoneMatch !== undefined || cached || isCallers) {
    const caller = await authorize(request);
    if (isCallers) caller.listVersion += `/${caller.userId}`;
    const isCurrent = cached?.version === caller.listVersion;
    const etag = isCurrent ? cached.etag : listETagOf(request);
    // Preconditions are evaluated after the read, which throws for a request without a result, such as one with a
    // cursor
    // of another list. A client that sends the current tag had a result, so the read is skipped.
    const result =
      isCurrent || namesInIfNoneMatch(request.headers, etag)
        ? undefined
        : await withConnection((connection) => read(connection, Promise.resolve(caller)));
    reply.header('etag', etag);
    if (isNotModified(request.headers, etag)) reply.code(304).send();
    else if (isCurrent) sendCached(reply, cached);
    else return result;
    return undefined;
  }
  return withConnection(async (connection) => {
    const authorized = authorize(request, connection);
    const [, result] = await settleAll(authorized, read(guarded(connection, authorized), authorized));
    reply.header('etag', listETagOf(request));
    return result;
  });
}

/** Rows. */
const LARGE_PAGE = 100;

function readLong<T>(request: FastifyRequest, use: (connection: BorrowedConnection) => Promise<T>): Promise<T> {
  const { company_id: companyId = '' } = request.params as { company_id?: string };
  const { page_size: pageSize = 0 } = request.query as { page_size?: number };
  const { longLists, largePages } = request.server.readLimits;
  const limit = pageSize > LARGE_PAGE ? largePages : longLists;
  return limit(companyId, request.timeLeftMs, () => request.db.withConnection(use));
}

function presentedToken(request: FastifyRequest): string {
  const token = tokenIn(request.headers.authorization);
  if (token === undefined) throw notAuthenticated();
  return token;
}

/**
 * The token of an `Authorization: Token <key>` header (RFC 9110 §11.4): the scheme in any case, one or more spaces.
 * @returns undefined for any other header and for a key that doesn't have the form of a token
 */
export function tokenIn(authorization = ''): string | undefined {
  const [, token = ''] = /^Token +([^ ]+)$/i.exec(authorization) ?? [];
  return looksLikeToken(token) ? token : undefined;
}

/** @returns undefined when the route accepts no ticket or the request has an Authorization header */
export function presentedTicket(request: FastifyRequest): string | undefined {
  if (!request.routeOptions.config.acceptsTicket || request.headers.authorization !== undefined) return undefined;
  const { ticket } = request.query as { ticket?: unknown };
  return typeof ticket === 'string' && ticket !== '' ? ticket : undefined;
}

function toCaller(row: CallerRow): Caller {
  return {
    userId: row.user_id,
    tokenId: row.token_id,
    username: row.username,
    name: row.name,
    email: row.email,
    role: row.role ?? undefined,
    listVersion: row.version ?? '',
  };
}

function listETagOf(request: FastifyRequest): string {
  const { params, query, caller, routeOptions } = request;
  const route = prefers(request, 'exactCount') ? `${routeOptions.url} count=exact` : `${routeOptions.url}`;
  return listETag(route, params, query, caller.listVersion);
}
