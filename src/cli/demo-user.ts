import { randomBytes } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import { hashPassword } from '../crypto/password.ts';
import type { Db } from '../db/client.ts';
import { memberships, users } from '../db/schema.ts';
import { lowerCase } from '../domain/normalize-text.ts';
import { usernameKeySql } from '../domain/user-names.ts';
import { OPERATOR, recordAudit } from '../journal/audit.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { CommandFailed } from './run-command.ts';
import { insertUser, storePassword } from './user.ts';

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
  const stored = await readPrivateFile(dataDir, PASSWORD_FILE);
  const password = stored ?? randomBytes(9).toString('base64url');
  const known = await db.orm
    .select({ id: users.id, username: users.username, email: users.email })
    .from(users)
    .where(inArray(sql.raw(usernameKeySql('username')), USERNAMES));
  const own = known.find(({ email }) => email === PROFILE.email);
  const username = own?.username ?? USERNAMES.find((name) => known.every((user) => lowerCase(user.username) !== name));
  if (username === undefined)
    throw new CommandFailed(`The demo needs one of the user names ${USERNAMES.join(', ')}, but other users have them.`);
  if (!own) await createUser(db, companyId, { username, password });
  else if (!stored) await storePassword(db, own.id, password);
  if (!stored) await writePrivateFile(dataDir, PASSWORD_FILE, password);
  return { username, password };
}

async function createUser(db: Db, companyId: string, { username, password }: DemoLogin): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    const id = await insertUser(tx, { username, ...PROFILE, passwordHash });
    await tx.orm.insert(memberships).values({ companyId, userId: id, role: 'admin' });
    recordAudit(tx, companyId, OPERATOR, { action: 'member.added', subjectId: id, details: { role: 'admin' } });
  });
}
