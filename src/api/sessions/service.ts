import { setTimeout as sleep } from 'node:timers/promises';
import { asc, eq, type SQL, sql } from 'drizzle-orm';
import { PasswordQueueFullError, reservePasswordCheck, verifyPassword } from '../../crypto/password.ts';
import { createToken } from '../../crypto/token.ts';
import type { Db } from '../../db/client.ts';
import { companies, memberships, tokens, users } from '../../db/schema.ts';
import { ApiError, invalidCredentials, unavailable } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import { normalizeUsername, usernameKeySql } from '../../domain/user-names.ts';
import type { ConcurrencyLimit } from '../../http/concurrency-limit.ts';
import { type Actor, recordSecurityEvent } from '../../journal/audit.ts';
import { clearFailures, countAttempt, type LoginAttempt, revertAttempt } from './login-throttle.ts';
import type { Credentials, Session } from './schema.ts';

/** `address`: the client's IP address. `timeLeftMs`: the time left for the response. */
export type LoginRequest = { address: string; requestId: string; timeLeftMs: number };

export type LoginSettings = {
  tokenTtlDays: number;
  /** Limits the logins that use a database connection at once, so that connections are left for other requests. */
  limit: ConcurrencyLimit;
};

/**
 * Verifies the password and creates a token. An unknown user takes as long and gets the same response. The slot in the
 * password queue is reserved before the first query, so that a flood of logins is rejected without using the database.
 * @throws invalidCredentials, throttled, unavailable when too many passwords are being verified
 */
export async function login(
  db: Db,
  { tokenTtlDays, limit }: LoginSettings,
  { address, requestId, timeLeftMs }: LoginRequest,
  credentials: Credentials,
): Promise<Session> {
  const release = await reserveOrRefuse();
  const limited = <T>(job: () => Promise<T>) => limit(timeLeftMs, job);
  try {
    const attempt = await limited(() => countAttempt(db, credentials.username, address));
    try {
      const user = await verifyUser(db, limited, { address, requestId }, credentials);
      return await limited(async () => {
        const token = await createLoginToken(db, user.id, tokenTtlDays, { address, requestId });
        await clearFailures(db, credentials.username, address);
        return {
          token,
          user: { id: user.id, username: user.username, email: user.email, name: user.name },
          companies: await listCompanies(db.for({ tenant: 'every' }), user.id),
        };
      });
    } catch (error) {
      if (!isInvalidCredentials(error)) await revertWithRetries(db, attempt);
      throw error;
    }
  } finally {
    release();
  }
}

/** @throws invalidCredentials, unavailable */
async function verifyUser(
  db: Db,
  limited: <T>(job: () => Promise<T>) => Promise<T>,
  origin: Origin,
  { username, password }: Credentials,
) {
  const [user] = await limited(async () => db.orm.select().from(users).where(isNamed(username)));
  const isCorrect = await verifyPassword(user?.passwordHash ?? null, password).catch((error: unknown) => {
    throw error instanceof PasswordQueueFullError ? unavailable(error) : error;
  });
  if (user && isCorrect && user.disabledAt === null) return user;
  await limited(() => recordFailure(db, user?.id ?? null, origin));
  throw invalidCredentials();
}

/** Compares without case, in the form of the unique index. */
function isNamed(username: string): SQL {
  const given = sql`lower(normalize(${normalizeUsername(username)}, NFC))`;
  return sql`${sql.raw(usernameKeySql('username'))} = ${given}`;
}

/**
 * How long a refusal is held back, in milliseconds. The random part spreads the refusals of a flood. Otherwise clients that
 * were refused together would come back together for ever, and each time occupy the event loop for tens of milliseconds.
 */
const REFUSAL_DELAY_MS = { least: 1_000, random: 800 };
/** The most refusals that are held back at once; further ones are sent without delay. */
const MAX_DELAYED_REFUSALS = 1_000;
let delayedRefusals = 0;

/**
 * Reserves a slot in the password queue. A refusal is held back, so that a client that logs in again as soon as it is refused
 * sends less than one request per connection and second. Thousands a second would occupy the event loop.
 * @throws unavailable when the queue is full
 */
async function reserveOrRefuse(): Promise<() => void> {
  try {
    return reservePasswordCheck();
  } catch (error) {
    if (!(error instanceof PasswordQueueFullError)) throw error;
    if (delayedRefusals < MAX_DELAYED_REFUSALS) {
      delayedRefusals += 1;
      await sleep(REFUSAL_DELAY_MS.least + Math.random() * REFUSAL_DELAY_MS.random);
      delayedRefusals -= 1;
    }
    throw unavailable(error);
  }
}

function isInvalidCredentials(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'invalid_credentials';
}

/** Without the request's query deadline, which may have passed; each query still has its own timeout. */
async function revertWithRetries(db: Db, attempt: LoginAttempt): Promise<void> {
  const withoutDeadline = db.for({ endsAt: Number.POSITIVE_INFINITY });
  const retry = async (left: number): Promise<void> => {
    try {
      await revertAttempt(withoutDeadline, attempt);
    } catch {
      if (left > 0) await retry(left - 1);
    }
  };
  await retry(2);
}

/**
 * Runs the same statement whether or not the account exists. The typed username isn't stored, because it may be a
 * password.
 */
async function recordFailure(db: Db, userId: string | null, origin: Origin): Promise<void> {
  await db.transaction(async (tx) =>
    recordSecurityEvent(tx, userActor(userId, null, origin), { action: 'login.failed', subjectId: null }),
  );
}

async function createLoginToken(db: Db, userId: string, ttlDays: number, origin: Origin): Promise<string> {
  const { token, hash, prefix } = createToken();
  const tokenId = newId();
  await db.transaction(async (tx) => {
    const expiresAt = sql<string>`now() + ${ttlDays} * interval '1 day'`;
    await tx.orm.insert(tokens).values({ id: tokenId, userId, name: 'login', prefix, hash, expiresAt });
    recordSecurityEvent(tx, userActor(userId, tokenId, origin), { action: 'login.succeeded', subjectId: tokenId });
  });
  return token;
}

type Origin = Pick<LoginRequest, 'address' | 'requestId'>;

function userActor(userId: string | null, tokenId: string | null, { address, requestId }: Origin): Actor {
  return { kind: 'user', userId, tokenId, address, requestId };
}

/** The companies of the user: the only query on companies' rows without a condition on `company_id`. */
function listCompanies(db: Db, userId: string): Promise<Session['companies']> {
  return db.orm
    .select({ id: companies.id, name: companies.name, role: memberships.role, timezone: companies.timezone })
    .from(memberships)
    .innerJoin(companies, eq(companies.id, memberships.companyId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(companies.name), asc(companies.id));
}

/** Revokes the token of the request. */
export async function logout(db: Db, actor: Actor & { tokenId: string }): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.orm.update(tokens).set({ revokedAt: sql`now()` }).where(eq(tokens.id, actor.tokenId));
    recordSecurityEvent(tx, actor, { action: 'logout', subjectId: actor.tokenId });
  });
}
