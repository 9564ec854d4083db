import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { eq } from 'drizzle-orm';
import { hashPassword } from '../crypto/password.ts';
import { users } from '../db/schema.ts';
import { newId } from '../domain/ids.ts';
import { OPERATOR, recordSecurityEvent } from '../journal/audit.ts';
import {
  type Answer,
  act,
  type Cli,
  CommandFailed,
  findUser,
  refuseTaken,
  WrongUsage,
  withDatabase,
} from './run-command.ts';

type CreateOptions = { username: string; email: string; name: string; passwordStdin?: true };
type PasswordOptions = { username: string };

const USERNAME_LENGTH = 150;

export function addUserCommands(program: Command): void {
  const user = program.command('user').description('people who use the API');
  user
    .command('create')
    .description('make a user')
    .requiredOption('--username <username>', 'the name to log in with')
    .option('--email <address>', 'their address', '')
    .option('--name <name>', 'the name that others see', '')
    .option('--password-stdin', 'read a password from standard input; without one they use tokens only')
    .action(act(createUser));
  user
    .command('password')
    .description('set the password of a user, in the place of one that they may have; their tokens stay')
    .requiredOption('--username <username>', 'the name they log in with')
    .requiredOption('--password-stdin', 'read the password from standard input')
    .action(act(setPassword));
}

async function createUser(cli: Cli, { username, email, name, passwordStdin }: CreateOptions): Promise<Answer> {
  if (username.trim() === '' || username.length > USERNAME_LENGTH) {
    throw new WrongUsage(`--username must have 1 to ${USERNAME_LENGTH} characters.`);
  }
  const password = passwordStdin ? await readPassword() : undefined;
  return withDatabase(cli, async (db) => {
    const id = newId();
    const passwordHash = password === undefined ? null : await hashPassword(password);
    const created = db.transaction(async (tx) => {
      await tx.orm.insert(users).values({ id, username, email, name, passwordHash });
      recordSecurityEvent(tx, OPERATOR, { action: 'user.created', subjectId: id, details: { user_id: id } });
    });
    await refuseTaken(created, `There is a user named ${username} already.`);
    return { line: `Made user ${username}, ${id}.`, json: { id } };
  });
}

async function setPassword(cli: Cli, { username }: PasswordOptions): Promise<Answer> {
  const password = await readPassword();
  return withDatabase(cli, async (db) => {
    const id = await findUser(db, username);
    const passwordHash = await hashPassword(password);
    await db.transaction(async (tx) => {
      await tx.orm.update(users).set({ passwordHash }).where(eq(users.id, id));
      recordSecurityEvent(tx, OPERATOR, { action: 'user.password_set', subjectId: id, details: { user_id: id } });
    });
    return { line: `Set the password of user ${username}. Their tokens stay valid.`, json: { id } };
  });
}

/** Without the line end that `echo` and editors add. */
async function readPassword(): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password === '') throw new CommandFailed('No password came on standard input.');
  return password;
}
