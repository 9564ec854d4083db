import { newId } from '../crypto/ids.ts';
import { PasswordQueueFullError, verifyPassword } from '../crypto/password.ts';
import { createToken } from '../crypto/token.ts';
import type { Db } from '../db/client.ts';
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
  if (!user || !isRight) throw invalidCredentials();
  await forgetFailures(db, username, address);
  return {
    token: await storeToken(db, user.id, tokenTtlDays),
    user: { id: user.id, username: user.username, email: user.email, name: user.name },
    companies: await listCompanies(db, user.id),
  };
}

async function storeToken(db: Db, userId: string, ttlDays: number): Promise<string> {
  const { token, hash, prefix } = createToken();
  await db.query({
    text: `
      INSERT INTO tokens (id, user_id, name, prefix, hash, expires_at)
      VALUES ($1, $2, 'login', $3, $4, now() + $5 * interval '1 day')`,
    values: [newId(), userId, prefix, hash, ttlDays],
  });
  return token;
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
export async function logout(db: Db, tokenId: string): Promise<void> {
  await db.query({ text: 'UPDATE tokens SET revoked_at = now() WHERE id = $1', values: [tokenId] });
}
