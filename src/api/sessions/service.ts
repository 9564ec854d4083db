import { asc, eq, sql } from 'drizzle-orm';
import { PasswordQueueFullError, verifyPassword } from '../../crypto/password.ts';
import { createToken } from '../../crypto/token.ts';
import type { Db } from '../../db/client.ts';
import { companies, memberships, tokens, users } from '../../db/schema.ts';
import { invalidCredentials, unavailable } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import { type Actor, recordSecurityEvent } from '../../journal/audit.ts';
import { countAttempt, forgetFailures } from './login-throttle.ts';
import type { Credentials, Session } from './schema.ts';

/**
 * Checks the password and makes a token. An unknown user takes as long and gets the same answer.
 * @throws invalidCredentials, throttled
 */
export async function login(
  db: Db,
  tokenTtlDays: number,
  address: string,
  { username, password }: Credentials,
): Promise<Session> {
  await countAttempt(db, username, address);
  const [user] = await db.orm.select().from(users).where(eq(users.username, username));
  const isRight = await verifyPassword(user?.passwordHash ?? null, password).catch((error: unknown) => {
    throw error instanceof PasswordQueueFullError ? unavailable(error) : error;
  });
  if (!user || !isRight) {
    await recordFailure(db, user?.id ?? null, address);
    throw invalidCredentials();
  }
  await forgetFailures(db, username, address);
  return {
    token: await startSession(db, user.id, tokenTtlDays, address),
    user: { id: user.id, username: user.username, email: user.email, name: user.name },
    companies: await listCompanies(db.for({ rows: 'every' }), user.id),
  };
}

/** One statement whether the account exists or not. What was typed as its name isn't kept: it may be a password. */
async function recordFailure(db: Db, userId: string | null, address: string): Promise<void> {
  await db.transaction(async (tx) =>
    recordSecurityEvent(tx, userActor(userId, null, address), { action: 'login.failed', subjectId: null }),
  );
}

async function startSession(db: Db, userId: string, ttlDays: number, address: string): Promise<string> {
  const { token, hash, prefix } = createToken();
  const tokenId = newId();
  await db.transaction(async (tx) => {
    const expiresAt = sql<string>`now() + ${ttlDays} * interval '1 day'`;
    await tx.orm.insert(tokens).values({ id: tokenId, userId, name: 'login', prefix, hash, expiresAt });
    recordSecurityEvent(tx, userActor(userId, tokenId, address), { action: 'login.succeeded', subjectId: tokenId });
  });
  return token;
}

function userActor(userId: string | null, tokenId: string | null, address: string): Actor {
  return { kind: 'user', userId, tokenId, address };
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
