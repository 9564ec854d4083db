import { hashToken } from '../../crypto/token.ts';
import type { Connection, Db } from '../../db/client.ts';
import { sqlStateOf } from '../../db/errors.ts';
import { notAuthenticated, permissionDenied, readOnlyRole } from '../../domain/errors.ts';
import type { Role } from '../../domain/vocabulary.ts';
import { versionSql } from '../../journal/counters.ts';

/** Token → caller and membership, as PostgreSQL has them at the moment of the statement. */
export type CallerRow = {
  token_id: string;
  user_id: string;
  username: string;
  name: string;
  email: string;
  role: Role | null;
  /** Of the company's lists; null outside one, and where it wasn't asked for. */
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
/** The version takes reading every count that isn't folded yet; a writer has no use for it. */
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
const LOOK_UP_READERS = { name: 'look_up_readers', text: lookUpSql(TOKENS, VERSION) };
const LOOK_UP_WRITERS = { name: 'look_up_writers', text: lookUpSql(TOKENS, NO_VERSION) };

/** How long a stream that a ticket opened may be resumed with it, after it was last seen open. */
export const RESUME_WITHIN = "interval '5 minutes'";

/**
 * A ticket opens one stream. EventSource asks for the very same address again when its connection breaks, and says in
 * `Last-Event-ID` how far it came: that may be done with a used ticket for a few minutes.
 */
const LOOK_UP_TICKET = `
  WITH used AS (
    UPDATE stream_tickets
    SET used_at = COALESCE(used_at, now()), expires_at = now() + ${RESUME_WITHIN}
    WHERE company_id = $2 AND hash = $1 AND expires_at > now() AND (used_at IS NULL OR $3::boolean)
    RETURNING token_id
  )
  ${lookUpSql('t.id = (SELECT token_id FROM used)', VERSION)}`;

/** SQLSTATEs of our own, raised by the function `refuse_caller` (`migrations`). */
const REFUSALS = { CA401: notAuthenticated, CA403: permissionDenied, CA40R: readOnlyRole };

/** One row, or the refusal as an error, after which PostgreSQL skips what was sent in the same batch. */
const authorizeSql = (version: string, refusedRoles: string) => `
  SELECT CASE WHEN t.id IS NULL THEN refuse_caller('CA401')
              WHEN m.role IS NULL THEN refuse_caller('CA403')
              ${refusedRoles}
         END AS refusal, ${COLUMNS(version)}
  FROM (VALUES (true)) caller
  LEFT JOIN (tokens t JOIN users u ON u.id = t.user_id) ON t.hash = $1 AND ${IS_VALID}
  LEFT JOIN memberships m ON m.company_id = $2::uuid AND m.user_id = u.id`;

const AUTHORIZE_READER = { name: 'authorize_reader', text: authorizeSql(VERSION, '') };
const AUTHORIZE_WRITER = {
  name: 'authorize_writer',
  text: authorizeSql(NO_VERSION, `WHEN m.role = 'viewer' THEN refuse_caller('CA40R')`),
};

/**
 * Authorises a member of the company on a connection. Statements sent on it afterwards in the same batch run only for an
 * entitled caller.
 * @throws notAuthenticated, permissionDenied, readOnlyRole
 */
export async function authorizeOn(
  connection: Connection,
  token: string,
  companyId: string,
  isReading: boolean,
): Promise<CallerRow> {
  const statement = { ...(isReading ? AUTHORIZE_READER : AUTHORIZE_WRITER), values: [hashToken(token), companyId] };
  try {
    const [caller] = await connection.query<CallerRow>(statement);
    if (!caller) throw notAuthenticated();
    return caller;
  } catch (error) {
    const refusal = REFUSALS[(sqlStateOf(error) ?? '') as keyof typeof REFUSALS];
    throw refusal ? refusal() : error;
  }
}

/** Looks callers up. Request coalescing: the look-ups of one turn of the event loop are one statement for each company. */
export class Callers {
  readonly #db: Db;
  readonly #asked = new Map<string | undefined, { asking: Asking; found: Promise<Found> }>();
  readonly #marking = new Set<string>();

  constructor(db: Db) {
    this.#db = db;
  }

  async find(token: string, companyId: string | undefined, isReading: boolean): Promise<CallerRow | undefined> {
    let asked = this.#asked.get(companyId);
    if (!asked) {
      const asking = { tokens: new Map<string, number>(), isReading };
      asked = { asking, found: this.#askAtEndOfTurn(asking, companyId) };
      this.#asked.set(companyId, asked);
    }
    const { asking, found } = asked;
    const nth = asking.tokens.get(token) ?? asking.tokens.size;
    asking.tokens.set(token, nth);
    asking.isReading ||= isReading;
    return (await found)[nth];
  }

  /**
   * For the operator's list of tokens, exact to a minute. No request waits for it or fails with it; while one update is
   * running, requests with the same token start no second one.
   */
  markUsed(tokenId: string): void {
    if (this.#marking.has(tokenId)) return;
    this.#marking.add(tokenId);
    this.#db
      .query({ text: 'UPDATE tokens SET last_used_at = now() WHERE id = $1', values: [tokenId] })
      .catch(() => undefined)
      .finally(() => this.#marking.delete(tokenId));
  }

  async #askAtEndOfTurn(asking: Asking, companyId: string | undefined): Promise<Found> {
    await new Promise(setImmediate);
    // Requests that arrive later need a later look-up: the token may be revoked in between.
    this.#asked.delete(companyId);
    const endsAt = performance.now() + this.#db.answerWithinMs;
    return this.#db.for({ endsAt, rows: companyId ?? 'none' }).withLookUps((connection) => {
      const found = findCallers(connection, [...asking.tokens.keys()], companyId, asking.isReading);
      connection.flush();
      return found;
    });
  }
}

/** Each token with its place in the answer. */
type Asking = { tokens: Map<string, number>; isReading: boolean };

/** In the order of the tokens. */
type Found = (CallerRow | undefined)[];

async function findCallers(
  connection: Connection,
  tokens: string[],
  companyId: string | undefined,
  isReading: boolean,
): Promise<Found> {
  const hashes = tokens.map(hashToken);
  const statement = { ...(isReading ? LOOK_UP_READERS : LOOK_UP_WRITERS), values: [hashes, companyId ?? null] };
  const rows = await connection.query<CallerRow & { hash: Buffer }>(statement);
  const found = new Map(rows.map((row) => [row.hash.toString('latin1'), row]));
  return hashes.map((hash) => found.get(hash.toString('latin1')));
}

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
