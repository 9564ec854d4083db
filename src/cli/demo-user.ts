import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq, inArray, sql } from 'drizzle-orm';
import { hashPassword } from '../crypto/password.ts';
import type { Db } from '../db/client.ts';
import { memberships, users } from '../db/schema.ts';
import { newId } from '../domain/ids.ts';
import { lowerCase } from '../domain/normalize-text.ts';
import { usernameKeySql } from '../domain/user-names.ts';
import { OPERATOR, recordAudit, recordSecurityEvent } from '../journal/audit.ts';
import { CommandFailed } from './run-command.ts';

/** The user names of the demo's user with a password, by preference. The other users of the demo company have none. */
const USERNAMES = ['sam', 'sam-demo'];
const PROFILE = { email: 'sam.ortiz@northbrook-packaging.example', name: 'Sam Ortiz' };
const PASSWORD_FILE = 'demo-password';

export type DemoLogin = { username: string; password: string };

/**
 * Creates the demo's user, an administrator of the demo company, or finds the one of an earlier demo. The password is
 * random and stored in a private file beside the database, so that the next demo prints the same one.
 * @throws CommandFailed when other users have both user names
 */
export async function prepareDemoUser(db: Db, companyId: string, dataDir: string): Promise<DemoLogin> {
  const path = join(dataDir, PASSWORD_FILE);
  const stored = (await readFile(path, 'utf8').catch(() => '')).trim();
  const password = stored || randomBytes(9).toString('base64url');
  const known = await db.orm
    .select({ id: users.id, username: users.username, email: users.email })
    .from(users)
    .where(inArray(sql.raw(usernameKeySql('username')), USERNAMES));
  const own = known.find(({ email }) => email === PROFILE.email);
  const username = own?.username ?? USERNAMES.find((name) => known.every((user) => lowerCase(user.username) !== name));
  if (username === undefined)
    throw new CommandFailed(`The demo needs one of the user names ${USERNAMES.join(', ')}, but other users have them.`);
  if (!own) await createUser(db, companyId, { username, password });
  else if (!stored) await setPassword(db, own.id, password);
  if (!stored) await writePrivateFile(dataDir, path, password);
  return { username, password };
}

async function createUser(db: Db, companyId: string, { username, password }: DemoLogin): Promise<void> {
  const id = newId();
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.orm.insert(users).values({ id, username, ...PROFILE, passwordHash });
    await tx.orm.insert(memberships).values({ companyId, userId: id, role: 'admin' });
    recordSecurityEvent(tx, OPERATOR, { action: 'user.created', subjectId: id, details: { user_id: id } });
    recordAudit(tx, companyId, OPERATOR, { action: 'member.added', subjectId: id, details: { role: 'admin' } });
  });
}

async function setPassword(db: Db, id: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.orm.update(users).set({ passwordHash }).where(eq(users.id, id));
    recordSecurityEvent(tx, OPERATOR, { action: 'user.password_set', subjectId: id, details: { user_id: id } });
  });
}

async function writePrivateFile(dataDir: string, path: string, password: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(path, `${password}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}
