import { asc, eq, type SQL, sql } from 'drizzle-orm';
import { PasswordQueueFullError, takePasswordPlace, verifyPassword } from '../../crypto/password.ts';
import { createToken } from '../../crypto/token.ts';
import type { Db } from '../../db/client.ts';
import { companies, memberships, tokens, users } from '../../db/schema.ts';
import { ApiError, invalidCredentials, unavailable } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import { normalizeUsername, usernameKeySql } from '../../domain/user-names.ts';
import type { Gate } from '../../http/concurrency-limit.ts';
import { type Actor, recordSecurityEvent } from '../../journal/audit.ts';
import { type Attempt, countAttempt, forgetFailures, takeAttemptBack } from './login-throttle.ts';
import type { Credentials, Session } from './schema.ts';

/** Where a login comes from, and how long there is for an answer. */
export type LoginRequest = { address: string; requestId: string; timeLeftMs: number };

export type LoginSettings = {
  tokenTtlDays: number;
  /** Keeps connections for the other requests: so many logins at a time may hold one. */
  gate: Gate;
};

/**
 * Checks the password and makes a token. An unknown user takes as long and gets the same answer. A place in the password
 * queue comes before the first statement, so that a flood of logins is shed without touching the database.
 * @throws invalidCredentials, throttled, unavailable when too many are being checked
 */
export async function login(
  db: Db,
  { tokenTtlDays, gate }: LoginSettings,
  { address, requestId, timeLeftMs }: LoginRequest,
  credentials: Credentials,
): Promise<Session> {
  const leave = orUnavailable(takePasswordPlace);
  const inTurn = <T>(work: () => Promise<T>) => gate(timeLeftMs, work);
  try {
    const attempt = await inTurn(() => countAttempt(db, credentials.username, address));
    try {
      const user = await verifiedUser(db, inTurn, { address, requestId }, credentials);
      return await inTurn(async () => {
        const token = await startSession(db, user.id, tokenTtlDays, { address, requestId });
        await forgetFailures(db, credentials.username, address);
        return {
          token,
          user: { id: user.id, username: user.username, email: user.email, name: user.name },
          companies: await listCompanies(db.for({ rows: 'every' }), user.id),
        };
      });
    } catch (error) {
      if (!isInvalidCredentials(error)) await takeBack(db, attempt);
      throw error;
    }
  } finally {
    leave();
  }
}

/** @throws invalidCredentials, unavailable */
async function verifiedUser(
  db: Db,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  from: Origin,
  { username, password }: Credentials,
) {
  const [user] = await inTurn(async () => db.orm.select().from(users).where(isNamed(username)));
  const isRight = await verifyPassword(user?.passwordHash ?? null, password).catch((error: unknown) => {
    throw error instanceof PasswordQueueFullError ? unavailable(error) : error;
  });
  if (user && isRight && user.disabledAt === null) return user;
  await inTurn(() => recordFailure(db, user?.id ?? null, from));
  throw invalidCredentials();
}

/** Without case; by the unique index. */
function isNamed(username: string): SQL {
  const given = sql`lower(normalize(${normalizeUsername(username)}, NFC))`;
  return sql`${sql.raw(usernameKeySql('username'))} = ${given}`;
}

function orUnavailable<T>(take: () => T): T {
  try {
    return take();
  } catch (error) {
    throw error instanceof PasswordQueueFullError ? unavailable(error) : error;
  }
}

function isInvalidCredentials(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'invalid_credentials';
}

/** The request's own time may be over; each statement still ends within its own limit. */
async function takeBack(db: Db, attempt: Attempt): Promise<void> {
  const patient = db.for({ endsAt: Number.POSITIVE_INFINITY });
  const retry = async (left: number): Promise<void> => {
    try {
      await takeAttemptBack(patient, attempt);
    } catch {
      if (left > 0) await retry(left - 1);
    }
  };
  await retry(2);
}

/** One statement whether the account exists or not. What was typed as its name isn't kept: it may be a password. */
async function recordFailure(db: Db, userId: string | null, from: Origin): Promise<void> {
  await db.transaction(async (tx) =>
    recordSecurityEvent(tx, userActor(userId, null, from), { action: 'login.failed', subjectId: null }),
  );
}

async function startSession(db: Db, userId: string, ttlDays: number, from: Origin): Promise<string> {
  const { token, hash, prefix } = createToken();
  const tokenId = newId();
  await db.transaction(async (tx) => {
    const expiresAt = sql<string>`now() + ${ttlDays} * interval '1 day'`;
    await tx.orm.insert(tokens).values({ id: tokenId, userId, name: 'login', prefix, hash, expiresAt });
    recordSecurityEvent(tx, userActor(userId, tokenId, from), { action: 'login.succeeded', subjectId: tokenId });
  });
  return token;
}

type Origin = Pick<LoginRequest, 'address' | 'requestId'>;

function userActor(userId: string | null, tokenId: string | null, { address, requestId }: Origin): Actor {
  return { kind: 'user', userId, tokenId, address, requestId };
}

/** The caller's own memberships: the one look at a company's rows that no company scopes. */
function listCompanies(db: Db, userId: string): Promise<Session['companies']> {
  return db.orm
    .select({ id: companies.id, name: companies.name, role: memberships.role, timezone: companies.timezone })
    .from(memberships)
    .innerJoin(companies, eq(companies.id, memberships.companyId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(companies.name), asc(companies.id));
}

/** Revokes the token that it was called with. */
export async function logout(db: Db, actor: Actor & { tokenId: string }): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.orm.update(tokens).set({ revokedAt: sql`now()` }).where(eq(tokens.id, actor.tokenId));
    recordSecurityEvent(tx, actor, { action: 'logout', subjectId: actor.tokenId });
  });
}
