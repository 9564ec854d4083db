import { hashToken } from '../../crypto/token.ts';
import type { Connection, Db } from '../../db/client.ts';
import type { Role } from '../../domain/vocabulary.ts';
import { versionSql } from '../../journal/counters.ts';

/** Token → caller and membership, as PostgreSQL has it when it is asked. */
export type CallerRow = {
  token_id: string;
  user_id: string;
  username: string;
  name: string;
  email: string;
  role: Role | null;
  /** Of the company's lists; null outside one, and where it wasn't asked for. */
  version: number | null;
  /** Nobody noted for a minute that the token is used. */
  is_stale: boolean;
};

/** @param token a condition on the tokens `t`; `$2` is the company */
const authorizeSql = (token: string, version: string) => `
  SELECT t.hash, t.id AS token_id,
         u.id AS user_id, u.username, u.name, u.email,
         m.role,
         ${version} AS version,
         t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS is_stale
  FROM tokens t
  JOIN users u ON u.id = t.user_id
  LEFT JOIN memberships m ON m.company_id = $2::uuid AND m.user_id = u.id
  WHERE ${token}
    AND t.revoked_at IS NULL
    AND (t.expires_at IS NULL OR t.expires_at > now())`;

const VERSION = `CASE WHEN m.role IS NOT NULL THEN ${versionSql('$2::uuid')} END`;
const TOKENS = 't.hash = ANY($1::bytea[])';
const AUTHORIZE_READER = { name: 'authorize_reader', text: authorizeSql(TOKENS, VERSION) };
/** The version takes reading every count that isn't folded yet; who writes has no use for it. */
const AUTHORIZE_WRITER = { name: 'authorize_writer', text: authorizeSql(TOKENS, 'NULL::bigint') };

/** A ticket is used up by the first look at it. */
const AUTHORIZE_TICKET = `
  WITH used AS (
    DELETE FROM stream_tickets
    WHERE company_id = $2 AND hash = $1 AND expires_at > now()
    RETURNING token_id
  )
  ${authorizeSql('t.id = (SELECT token_id FROM used)', VERSION)}`;

/** With what else is read on that connection in the same round trip. */
export async function findCaller(
  connection: Connection,
  token: string,
  companyId: string | undefined,
  isReading: boolean,
): Promise<CallerRow | undefined> {
  return (await findCallers(connection, [token], companyId, isReading))[0];
}

/** Who calls this server. Looked up alone, those of one turn of the event loop are one statement for each company. */
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
   * For the operator's list of tokens, a minute exact. No request waits for it or fails with it, and those that come
   * meanwhile with the same token leave it to this one.
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
    // Who comes from now on must be looked up from now on: a token may be revoked in between.
    this.#asked.delete(companyId);
    const endsAt = performance.now() + this.#db.answerWithinMs;
    return this.#db.for({ endsAt, rows: companyId ?? 'none' }).withShared((connection) => {
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
  const statement = { ...(isReading ? AUTHORIZE_READER : AUTHORIZE_WRITER), values: [hashes, companyId ?? null] };
  const rows = await connection.query<CallerRow & { hash: Buffer }>(statement);
  const found = new Map(rows.map((row) => [row.hash.toString('latin1'), row]));
  return hashes.map((hash) => found.get(hash.toString('latin1')));
}

export async function findTicketHolder(
  connection: Connection,
  ticket: string,
  companyId: string | undefined,
): Promise<CallerRow | undefined> {
  const values = [hashToken(ticket), companyId ?? null];
  const [row] = await connection.query<CallerRow>({ name: 'authorize_ticket', text: AUTHORIZE_TICKET, values });
  return row;
}
