import { type Actor, recordSecurityEvent } from '../audit.ts';
import { newId } from '../crypto/ids.ts';
import { PasswordQueueFullError, verifyPassword } from '../crypto/password.ts';
import { createToken } from '../crypto/token.ts';
import type { Db, Tx } from '../db/client.ts';
import { invalidCredentials, unavailable } from '../errors.ts';
import type { Role } from '../vocabulary.ts';
import type { Credentials, Session } from './schema.ts';
import { countAttempt, forgetFailures } from './throttle.ts';

type UserRow = { id: string; username: string; email: string; name: string; password_hash: string | null };

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
  const [user] = await db.query<UserRow>({
    text: 'SELECT id, username, email, name, password_hash FROM users WHERE username = $1',
    values: [username],
  });
  const isRight = await verifyPassword(user?.password_hash ?? null, password).catch((error: unknown) => {
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
    companies: await listCompanies(db, user.id),
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
    storeToken(tx, { tokenId, userId, prefix, hash, ttlDays });
    recordSecurityEvent(tx, userActor(userId, tokenId, address), { action: 'login.succeeded', subjectId: tokenId });
  });
  return token;
}

function storeToken(
  tx: Tx,
  token: { tokenId: string; userId: string; prefix: string; hash: Buffer; ttlDays: number },
): void {
  tx.send({
    text: `
      INSERT INTO tokens (id, user_id, name, prefix, hash, expires_at)
      VALUES ($1, $2, 'login', $3, $4, now() + $5 * interval '1 day')`,
    values: [token.tokenId, token.userId, token.prefix, token.hash, token.ttlDays],
  });
}

function userActor(userId: string | null, tokenId: string | null, address: string): Actor {
  return { kind: 'user', userId, tokenId, address };
}

/** The caller's own memberships: the one look at a company's rows that no company scopes. */
function listCompanies(db: Db, userId: string): Promise<Session['companies']> {
  return db.query<{ id: string; name: string; role: Role; timezone: string }>({
    text: `
      SELECT c.id, c.name, m.role, c.timezone
      FROM memberships m
      JOIN companies c ON c.id = m.company_id
      WHERE m.user_id = $1
      ORDER BY c.name, c.id`,
    values: [userId],
  });
}

/** Revokes the token that it was called with. */
export async function logout(db: Db, actor: Actor): Promise<void> {
  await db.transaction(async (tx) => {
    tx.send({ text: 'UPDATE tokens SET revoked_at = now() WHERE id = $1', values: [actor.tokenId] });
    recordSecurityEvent(tx, actor, { action: 'logout', subjectId: actor.tokenId });
  });
}
