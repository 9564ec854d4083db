import { hashToken } from '../../crypto/token.ts';
import type { Connection, Db } from '../../db/client.ts';
import { sqlStateOf } from '../../db/errors.ts';
import { notAuthenticated, permissionDenied, readOnlyRole } from '../../domain/errors.ts';
import type { Role } from '../../domain/vocabulary.ts';
import { versionSql } from '../../journal/counters.ts';

/** The caller that a token belongs to and the caller's membership, as stored when the statement runs. */
export type CallerRow = {
  token_id: string;
  user_id: string;
  username: string;
  name: string;
  email: string;
  role: Role | null;
  /** The list version of the company; null outside a company and when the statement doesn't select it. */
  version: string | null;
  /** `last_used_at` of the token is more than a minute old. */
  is_stale: boolean;
};

const COLUMNS = (version: string) => `
         t.id AS token_id,
         u.id AS user_id, u.username, u.name, u.email,
         m.role,
         ${version} AS version,
         t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS is_stale`;
const IS_VALID = 't.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND u.disabled_at IS NULL';
const VERSION = `CASE WHEN m.role IS NOT NULL THEN ${versionSql('$2::uuid')} END`;
/** Writes don't need the list version, whose computation reads every delta that isn't folded yet. */
const NO_VERSION = 'NULL::text';

/** @param token a condition on the tokens `t`; `$2` is the company */
const lookUpSql = (token: string, version: string) => `
  SELECT t.hash, ${COLUMNS(version)}
  FROM tokens t
  JOIN users u ON u.id = t.user_id
  LEFT JOIN memberships m ON m.company_id = $2::uuid AND m.user_id = u.id
  WHERE ${token}
    AND ${IS_VALID}`;

const TOKENS = 't.hash = ANY($1::bytea[])';
const LOOK_UP_FOR_READ = { name: 'look_up_callers_for_read', text: lookUpSql(TOKENS, VERSION) };
const LOOK_UP_FOR_WRITE = { name: 'look_up_callers_for_write', text: lookUpSql(TOKENS, NO_VERSION) };

/** How long after its last renewal a used ticket may resume its stream: an SQL interval. */
export const RESUME_WITHIN = "interval '5 minutes'";

/**
 * A ticket opens one stream. After a broken connection EventSource requests the same URL again with `Last-Event-ID`, so
 * a used ticket stays valid for resuming (`$3`) for `RESUME_WITHIN`.
 */
const LOOK_UP_TICKET = `
  WITH used AS (
    UPDATE stream_tickets
    SET used_at = COALESCE(used_at, now()), expires_at = now() + ${RESUME_WITHIN}
    WHERE company_id = $2 AND hash = $1 AND expires_at > now() AND (used_at IS NULL OR $3::boolean)
    RETURNING token_id
  )
  ${lookUpSql('t.id = (SELECT token_id FROM used)', VERSION)}`;

/** Custom SQLSTATEs that the SQL function `refuse_caller` raises (`migrations/`). */
const REFUSALS = { CA401: notAuthenticated, CA403: permissionDenied, CA40R: readOnlyRole };

/** Returns one row, or raises the refusal as an error, after which PostgreSQL skips the rest of the pipelined batch. */
const authorizeSql = (version: string, refusedRoles: string) => `
  SELECT CASE WHEN t.id IS NULL THEN refuse_caller('CA401')
              WHEN m.role IS NULL THEN refuse_caller('CA403')
              ${refusedRoles}
         END AS refusal, ${COLUMNS(version)}
  FROM (VALUES (true)) caller
  LEFT JOIN (tokens t JOIN users u ON u.id = t.user_id) ON t.hash = $1 AND ${IS_VALID}
  LEFT JOIN memberships m ON m.company_id = $2::uuid AND m.user_id = u.id`;

const AUTHORIZE_READ = { name: 'authorize_read', text: authorizeSql(VERSION, '') };
const AUTHORIZE_WRITE = {
  name: 'authorize_write',
  text: authorizeSql(NO_VERSION, `WHEN m.role = 'viewer' THEN refuse_caller('CA40R')`),
};

/**
 * Authorises a member of the company on a connection. PostgreSQL runs the statements that follow in the same pipelined
 * batch only when the caller is authorised.
 * @throws notAuthenticated, permissionDenied, readOnlyRole
 */
export async function authorizeOn(
  connection: Connection,
  token: string,
  companyId: string,
  isReading: boolean,
): Promise<CallerRow> {
  const statement = { ...(isReading ? AUTHORIZE_READ : AUTHORIZE_WRITE), values: [hashToken(token), companyId] };
  try {
    const [caller] = await connection.query<CallerRow>(statement);
    if (!caller) throw notAuthenticated();
    return caller;
  } catch (error) {
    const refusal = REFUSALS[(sqlStateOf(error) ?? '') as keyof typeof REFUSALS];
    throw refusal ? refusal() : error;
  }
}

/** Looks callers up with request coalescing: one statement for each company and turn of the event loop. */
export class Callers {
  readonly #db: Db;
  /** The look-up that collects tokens in this turn of the event loop, by company. */
  readonly #pending = new Map<string | undefined, { lookUp: LookUp; found: Promise<FoundCallers> }>();
  readonly #marking = new Set<string>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** @returns undefined for a token that is unknown, expired or revoked, or whose user is disabled */
  async find(token: string, companyId: string | undefined, isReading: boolean): Promise<CallerRow | undefined> {
    let pending = this.#pending.get(companyId);
    if (!pending) {
      const lookUp = { tokens: new Map<string, number>(), isReading };
      pending = { lookUp, found: this.#runAtEndOfTurn(lookUp, companyId) };
      this.#pending.set(companyId, pending);
    }
    const { lookUp, found } = pending;
    const index = lookUp.tokens.get(token) ?? lookUp.tokens.size;
    lookUp.tokens.set(token, index);
    lookUp.isReading ||= isReading;
    return (await found)[index];
  }

  /**
   * Updates `last_used_at`, which operators see in the list of tokens, to the minute. No request waits for the update or
   * fails with it, and only one update of a token runs at a time.
   */
  markUsed(tokenId: string): void {
    if (this.#marking.has(tokenId)) return;
    this.#marking.add(tokenId);
    this.#db
      .query({ text: 'UPDATE tokens SET last_used_at = now() WHERE id = $1', values: [tokenId] })
      .catch(() => undefined)
      .finally(() => this.#marking.delete(tokenId));
  }

  async #runAtEndOfTurn(lookUp: LookUp, companyId: string | undefined): Promise<FoundCallers> {
    await new Promise(setImmediate);
    // Later requests start a later look-up, because the token may be revoked in between.
    this.#pending.delete(companyId);
    const endsAt = performance.now() + this.#db.answerWithinMs;
    return this.#db.for({ endsAt, tenant: companyId ?? 'none' }).withLookUps((connection) => {
      const found = findCallers(connection, [...lookUp.tokens.keys()], companyId, lookUp.isReading);
      connection.flush();
      return found;
    });
  }
}

/** `tokens`: each token with its index in the result. `isReading`: at least one caller needs the list version. */
type LookUp = { tokens: Map<string, number>; isReading: boolean };

/** In the order of the tokens; undefined for a token that isn't valid. */
type FoundCallers = (CallerRow | undefined)[];

async function findCallers(
  connection: Connection,
  tokens: string[],
  companyId: string | undefined,
  isReading: boolean,
): Promise<FoundCallers> {
  const hashes = tokens.map(hashToken);
  const statement = { ...(isReading ? LOOK_UP_FOR_READ : LOOK_UP_FOR_WRITE), values: [hashes, companyId ?? null] };
  const rows = await connection.query<CallerRow & { hash: Buffer }>(statement);
  const found = new Map(rows.map((row) => [row.hash.toString('latin1'), row]));
  return hashes.map((hash) => found.get(hash.toString('latin1')));
}

/**
 * Marks a stream ticket as used and looks up the caller that it was made for.
 * @param isResuming whether a used ticket is accepted too
 * @returns undefined for a ticket that is unknown, expired or used
 */
export async function findTicketHolder(
  connection: Connection,
  ticket: string,
  companyId: string | undefined,
  isResuming: boolean,
): Promise<CallerRow | undefined> {
  const values = [hashToken(ticket), companyId ?? null, isResuming];
  const [row] = await connection.query<CallerRow>({ name: 'look_up_ticket', text: LOOK_UP_TICKET, values });
  return row;
}
