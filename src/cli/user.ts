import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { eq } from 'drizzle-orm';
import { hashPassword, isShortPassword, PASSWORD_MIN_LENGTH } from '../crypto/password.ts';
import type { Db } from '../db/client.ts';
import { users } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../domain/ids.ts';
import { normalizeUsername } from '../domain/user-names.ts';
import { OPERATOR, recordSecurityEvent } from '../journal/audit.ts';
import {
  act,
  actOnDatabase,
  type Cli,
  CommandFailed,
  type CommandOutput,
  refuseDuplicate,
  requireUser,
  WrongUsage,
  withDatabase,
} from './run-command.ts';

type CreateOptions = { username: string; email: string; name: string; passwordStdin?: true };
type OneUser = { username: string };

const USERNAME_LENGTH = 150;

export function addUserCommands(program: Command): void {
  const user = program.command('user').description('manage users');
  user
    .command('create')
    .description('create a user')
    .requiredOption('--username <username>', 'the name to log in with')
    .option('--email <address>', 'their email address', '')
    .option('--name <name>', 'the name that others see', '')
    .option('--password-stdin', 'read a password from standard input; a user without one can use tokens only')
    .action(act(createUser));
  user
    .command('password')
    .description('set or replace the password of a user; their tokens stay valid')
    .requiredOption('--username <username>', 'the name they log in with')
    .requiredOption('--password-stdin', 'read the password from standard input')
    .action(act(setPassword));
  user.command('list').description('list all users').action(actOnDatabase(listUsers));
  user
    .command('disable')
    .description('block the logins and tokens of a user with immediate effect; what they wrote stays')
    .requiredOption('--username <username>', 'the name they log in with')
    .action(actOnDatabase((db, options: OneUser) => setDisabled(db, options, true)));
  user
    .command('enable')
    .description('enable a disabled user again, with their previous password and tokens')
    .requiredOption('--username <username>', 'the name they log in with')
    .action(actOnDatabase((db, options: OneUser) => setDisabled(db, options, false)));
}

async function createUser(cli: Cli, options: CreateOptions): Promise<CommandOutput> {
  const { email, name, passwordStdin } = options;
  const username = normalizeUsername(options.username);
  if (username === '' || username.length > USERNAME_LENGTH) {
    throw new WrongUsage(`--username must have 1 to ${USERNAME_LENGTH} characters.`);
  }
  const password = passwordStdin ? await readPassword() : undefined;
  return withDatabase(cli, async (db) => {
    const passwordHash = password === undefined ? null : await hashPassword(password);
    const created = db.transaction((tx) => insertUser(tx, { username, email, name, passwordHash }));
    const id = await refuseDuplicate(created, `A user named ${username} already exists.`);
    return { line: `Created user ${username}, ${id}.`, json: { id } };
  });
}

/** @returns the id of the new user */
export async function insertUser(tx: Tx, user: Omit<typeof users.$inferInsert, 'id'>): Promise<string> {
  const id = newId();
  await tx.orm.insert(users).values({ id, ...user });
  recordSecurityEvent(tx, OPERATOR, { action: 'user.created', subjectId: id, details: { user_id: id } });
  return id;
}

async function setPassword(cli: Cli, { username }: OneUser): Promise<CommandOutput> {
  const password = await readPassword();
  return withDatabase(cli, async (db) => {
    const id = await requireUser(db, username);
    await storePassword(db, id, password);
    return { line: `Set the password of user ${username}. Their tokens stay valid.`, json: { id } };
  });
}

export async function storePassword(db: Db, id: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.orm.update(users).set({ passwordHash }).where(eq(users.id, id));
    recordSecurityEvent(tx, OPERATOR, { action: 'user.password_set', subjectId: id, details: { user_id: id } });
  });
}

type UserRow = Pick<StoredRow<typeof users>, 'id' | 'username' | 'name' | 'email' | 'created_at' | 'disabled_at'> & {
  has_password: boolean;
};

async function listUsers(db: Db): Promise<CommandOutput> {
  const rows = await db.query<UserRow>({
    text: `
      SELECT id, username, name, email, password_hash IS NOT NULL AS has_password, created_at, disabled_at
      FROM users
      ORDER BY username`,
  });
  return { line: rows.map(userLine).join('\n') || 'There are no users.', json: { users: rows } };
}

function userLine({ id, username, name, email, has_password, disabled_at }: UserRow): string {
  const state = disabled_at ? `disabled since ${disabled_at}` : has_password ? 'with a password' : 'tokens only';
  return [id, username, state, name, email].filter((part) => part !== '').join('  ');
}

/** Takes effect with the user's next request; an open event stream ends at the next check of its callers. */
async function setDisabled(db: Db, { username }: OneUser, isDisabled: boolean): Promise<CommandOutput> {
  const id = await requireUser(db, username);
  const [user] = await db.transaction(async (tx) => {
    const action = isDisabled ? 'user.disabled' : 'user.enabled';
    recordSecurityEvent(tx, OPERATOR, { action, subjectId: id, details: { user_id: id } });
    return tx.query<{ disabled_at: string | null }>({
      text: `
        UPDATE users
        SET disabled_at = CASE WHEN $2 THEN COALESCE(disabled_at, now()) END, updated_at = now()
        WHERE id = $1
        RETURNING disabled_at`,
      values: [id, isDisabled],
    });
  });
  const state = isDisabled ? 'is disabled: their password and tokens are refused' : 'can log in and use tokens again';
  return { line: `User ${username} ${state}.`, json: { id, disabled_at: user?.disabled_at ?? null } };
}

/**
 * Reads the password from standard input, without the line break that `echo` and editors add.
 * @throws CommandFailed when it is empty or too short
 */
async function readPassword(): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password === '') throw new CommandFailed('There is no password on standard input.');
  if (isShortPassword(password)) throw new CommandFailed(`A password has at least ${PASSWORD_MIN_LENGTH} characters.`);
  return password;
}
