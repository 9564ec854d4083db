import type { FastifyReply, FastifyRequest } from 'fastify';
import { looksLikeToken } from '../../crypto/token.ts';
import type { BorrowedConnection, Connection } from '../../db/client.ts';
import { guarded } from '../../db/guarded-connection.ts';
import { settleAll } from '../../db/settle-all.ts';
import { adminsOnly, notAuthenticated, notFound, permissionDenied, readOnlyRole } from '../../domain/errors.ts';
import { UUID_PATTERN } from '../../domain/ids.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import type { Role } from '../../domain/vocabulary.ts';
import { hasSeen, isUnchanged, listETag } from '../conditional-requests.ts';
import { responseKey, sendCached } from '../lists/response-cache.ts';
import { prefers } from '../preferences.ts';
import { authorizeOn, type CallerRow, type Callers, findTicketHolder } from './callers.ts';

/**
 * Who may call: token → caller, company membership, role. Looked up in the database on every request, so that a revoked
 * token or a changed membership counts from the next one on, in every process.
 */
export type Caller = {
  userId: string;
  tokenId: string;
  username: string;
  name: string;
  email: string;
  /** Undefined outside a company. */
  role: Role | undefined;
  /** Changes with whatever can alter a list of the company; '' outside one, and for a write. */
  listVersion: string;
};

/**
 * What a route requires of its caller. `public`: nothing. `token`: a valid token. `read`, `write`: membership of the
 * company in the path, for `write` a role that may, and for `admin` that role.
 */
export type Access = 'public' | 'token' | 'read' | 'write' | 'admin';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** The handler authorises in the same round trip as its rows, through `authorizedRead` or `createOnce`. */
    authorizesItself?: boolean;
    /** A stream ticket of the company in `?ticket=` does in place of the header. */
    acceptsTicket?: boolean;
  }
  interface FastifyInstance {
    callers: Callers;
  }
  interface FastifyRequest {
    caller: Caller;
  }
}

/** A path id that is no UUID is an unknown address, whatever the caller's rights. UUIDs compare without case. */
export function checkPathIds(request: FastifyRequest): void {
  const params = request.params as Record<string, string>;
  for (const name of Object.keys(params)) {
    const value = params[name] ?? '';
    if (name !== '*' && !UUID_PATTERN.test(value)) throw notFound();
    params[name] = lowerCase(value);
  }
}

/**
 * Finds the caller and checks what the route asks for; sets `request.caller`.
 * @param connection of a member's request, for statements that are sent together with this one: for a caller who is
 *   refused PostgreSQL doesn't run them
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
 * Authorises and reads in one round trip; for a caller who is refused PostgreSQL skips the reading. With an ETag of the
 * list or a cached response the caller and the list's version are looked up first, so that an unchanged list reads no rows.
 * @param isShort the reading takes PostgreSQL little time in any company, so it may use the shared connection
 * @param isCallers the list is another one for each caller, who is therefore looked up first
 * @returns undefined when 304 or the cached response was sent
 * @throws notAuthenticated, permissionDenied, preconditionFailed
 */
export async function authorizedRead<Result>(
  request: FastifyRequest,
  reply: FastifyReply,
  read: (connection: Connection, caller: Promise<Caller>) => Promise<Result>,
  { isShort = false, isCallers = false } = {},
): Promise<Result | undefined> {
  const lend = <T>(use: (connection: BorrowedConnection) => Promise<T>) =>
    isShort ? request.db.withShared(use) : request.db.withConnection(use);
  // Before a connection is taken: a request without a token costs the database nothing.
  presentedToken(request);
  const { 'if-match': wanted, 'if-none-match': known } = request.headers;
  const cached = request.server.responseCache.get(responseKey(request));
  if (wanted !== undefined || known !== undefined || cached || isCallers) {
    const caller = await authorize(request);
    if (isCallers) caller.listVersion += `/${caller.userId}`;
    const isCurrent = cached?.version === caller.listVersion;
    const etag = isCurrent ? cached.etag : listETagOf(request);
    // Preconditions apply to a list that exists, which only reading tells: a cursor may belong to another list.
    const result =
      isCurrent || hasSeen(request.headers, etag)
        ? undefined
        : await lend((connection) => read(connection, Promise.resolve(caller)));
    reply.header('etag', etag);
    if (isUnchanged(request.headers, etag)) reply.code(304).send();
    else if (isCurrent) sendCached(reply, cached);
    else return result;
    return undefined;
  }
  return lend(async (connection) => {
    const authorized = authorize(request, connection);
    const [, result] = await settleAll(authorized, read(guarded(connection, authorized), authorized));
    reply.header('etag', listETagOf(request));
    return result;
  });
}

function presentedToken(request: FastifyRequest): string {
  const token = tokenIn(request.headers.authorization);
  if (token === undefined) throw notAuthenticated();
  return token;
}

/** `Token <key>` (RFC 9110 §11.4): the scheme in any case, blanks before the key. Undefined for what can't be a token of ours. */
export function tokenIn(authorization = ''): string | undefined {
  const [, token = ''] = /^Token +([^ ]+)$/i.exec(authorization) ?? [];
  return looksLikeToken(token) ? token : undefined;
}

/** Only where the route takes one, and only without an Authorization header. */
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
