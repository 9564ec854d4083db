import type { FastifyReply, FastifyRequest } from 'fastify';
import { versionSql } from './counts.ts';
import { hashToken, looksLikeToken } from './crypto/token.ts';
import type { Connection } from './db/client.ts';
import { notAuthenticated, notFound, permissionDenied } from './errors.ts';
import { isUnchanged, listETag } from './etags.ts';
import { sendKept } from './kept-answers.ts';
import { UUID_PATTERN } from './schemas.ts';
import { together } from './together.ts';
import type { Role } from './vocabulary.ts';

/**
 * Who may call: token → caller, company membership, role. Asked of the database on every request, so that a revoked
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
  /** Changes with every write that can alter a list of the company; '' outside one. */
  listVersion: string;
};

/**
 * What a route asks of its caller. `public`: nothing. `token`: a valid token. `read`, `write`: membership of the
 * company in the path, and for `write` a role that may.
 */
export type Access = 'public' | 'token' | 'read' | 'write';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** The handler authorises in the same round trip as its rows, through `authorizedRead` or `createOnce`. */
    authorizesItself?: boolean;
    /** A stream ticket of the company in `?ticket=` does in place of the header. */
    acceptsTicket?: boolean;
  }
  interface FastifyRequest {
    caller: Caller;
  }
}

/** A path id that is no UUID is an unknown address, before anything is asked of the caller. UUIDs compare without case. */
export function checkPathIds(request: FastifyRequest): void {
  const params = request.params as Record<string, string>;
  for (const name of Object.keys(params)) {
    const value = params[name] ?? '';
    if (name !== '*' && !UUID_PATTERN.test(value)) throw notFound();
    params[name] = value.toLowerCase();
  }
}

/**
 * Finds the caller and checks what the route asks for; sets `request.caller`.
 * @param connection for the look-up of a token
 * @throws notAuthenticated, permissionDenied
 */
export async function authorize(request: FastifyRequest, connection: Connection = request.db.shared): Promise<Caller> {
  const access = request.routeOptions.config.access ?? 'write';
  const companyId = (request.params as { company_id?: string }).company_id;
  const ticket = presentedTicket(request);
  const found = ticket
    ? await findTicketHolder(request.db, ticket, companyId)
    : await findCaller(connection, presentedToken(request), companyId);
  if (!found) throw notAuthenticated();
  if (found.is_stale) markTokenUsed(request.db, found.token_id);
  const caller = toCaller(found);
  if (access === 'read' || access === 'write') {
    if (caller.role === undefined) throw permissionDenied();
    if (access === 'write' && caller.role === 'viewer')
      throw permissionDenied('Your role in this company may only read.');
  }
  request.caller = caller;
  return caller;
}

/**
 * Authorises and reads in one round trip: both travel together, and what was read is thrown away when the caller may
 * not see it. With an ETag of a list the version is compared first, so that an unchanged list costs no rows.
 * @param isShort what is read takes little of PostgreSQL, whichever company's it is: it need not wait for a connection
 * @returns undefined when 304 was sent
 * @throws notAuthenticated, permissionDenied, preconditionFailed
 */
export async function authorizedRead<Result>(
  request: FastifyRequest,
  reply: FastifyReply,
  read: (connection: Connection) => Promise<Result>,
  { isShort = false } = {},
): Promise<Result | undefined> {
  const lend = (use: typeof read) => (isShort ? request.db.withShared(use) : request.db.withConnection(use));
  // Before a connection is taken: who shows no token costs the database nothing.
  presentedToken(request);
  const { 'if-match': wanted, 'if-none-match': known } = request.headers;
  const kept = request.server.keptAnswers.find(request.url);
  if (wanted !== undefined || known !== undefined || kept) {
    const { listVersion } = await authorize(request);
    const isCurrent = kept?.version === listVersion;
    const etag = isCurrent ? kept.etag : listETagOf(request);
    reply.header('etag', etag);
    if (isUnchanged(request.headers, etag)) reply.code(304).send();
    else if (isCurrent) sendKept(reply, kept);
    else return lend(read);
    return undefined;
  }
  return lend(async (connection) => {
    const [, result] = await together(authorize(request, connection), read(connection));
    reply.header('etag', listETagOf(request));
    return result;
  });
}

function presentedToken(request: FastifyRequest): string {
  const [scheme, token, ...more] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'token' || token === undefined || more.length > 0 || !looksLikeToken(token))
    throw notAuthenticated();
  return token;
}

/** Only where the route takes one, and only without an Authorization header. */
function presentedTicket(request: FastifyRequest): string | undefined {
  if (!request.routeOptions.config.acceptsTicket || request.headers.authorization !== undefined) return undefined;
  const { ticket } = request.query as { ticket?: unknown };
  return typeof ticket === 'string' && ticket !== '' ? ticket : undefined;
}

type CallerRow = {
  token_id: string;
  user_id: string;
  username: string;
  name: string;
  email: string;
  role: Role | null;
  version: number | null;
  is_stale: boolean;
};

/** @param token a condition on the token `t`; `$2` is the company */
const authorizeSql = (token: string) => `
  SELECT t.id AS token_id,
         u.id AS user_id, u.username, u.name, u.email,
         m.role,
         CASE WHEN m.role IS NOT NULL THEN ${versionSql('$2::uuid')} END AS version,
         t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS is_stale
  FROM tokens t
  JOIN users u ON u.id = t.user_id
  LEFT JOIN memberships m ON m.company_id = $2::uuid AND m.user_id = u.id
  WHERE ${token}
    AND t.revoked_at IS NULL
    AND (t.expires_at IS NULL OR t.expires_at > now())`;

const AUTHORIZE = authorizeSql('t.hash = $1');

/** A ticket is used up by the first look at it. */
const AUTHORIZE_TICKET = `
  WITH used AS (
    DELETE FROM stream_tickets
    WHERE company_id = $2 AND hash = $1 AND expires_at > now()
    RETURNING token_id
  )
  ${authorizeSql('t.id = (SELECT token_id FROM used)')}`;

async function findCaller(
  connection: Connection,
  token: string,
  companyId: string | undefined,
): Promise<CallerRow | undefined> {
  const values = [hashToken(token), companyId ?? null];
  const [row] = await connection.query<CallerRow>({ name: 'authorize', text: AUTHORIZE, values });
  return row;
}

async function findTicketHolder(
  connection: Connection,
  ticket: string,
  companyId: string | undefined,
): Promise<CallerRow | undefined> {
  const values = [hashToken(ticket), companyId ?? null];
  const [row] = await connection.query<CallerRow>({ name: 'authorize_ticket', text: AUTHORIZE_TICKET, values });
  return row;
}

function toCaller(row: CallerRow): Caller {
  return {
    userId: row.user_id,
    tokenId: row.token_id,
    username: row.username,
    name: row.name,
    email: row.email,
    role: row.role ?? undefined,
    listVersion: row.version === null ? '' : String(row.version),
  };
}

/** For the operator's list of tokens, a minute exact; the request doesn't wait for it and doesn't fail with it. */
function markTokenUsed(database: Connection, tokenId: string): void {
  const marked = database.query({ text: 'UPDATE tokens SET last_used_at = now() WHERE id = $1', values: [tokenId] });
  marked.catch(() => undefined);
}

function listETagOf(request: FastifyRequest): string {
  return listETag(request.routeOptions.url ?? '', request.params, request.query, request.caller.listVersion);
}
