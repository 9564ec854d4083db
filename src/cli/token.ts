import { type Command, InvalidArgumentError } from 'commander';
import { createToken } from '../crypto/token.ts';
import type { Db } from '../db/client.ts';
import type { tokens } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';
import { newId } from '../domain/ids.ts';
import { OPERATOR, recordSecurityEvent } from '../journal/audit.ts';
import {
  act,
  actOnDatabase,
  type Cli,
  CommandFailed,
  type CommandOutput,
  type Context,
  requireUser,
  uuidOf,
  withDatabase,
} from './run-command.ts';

/** Null: the token doesn't expire. */
type LifetimeSeconds = number | null;
/** An object, because commander treats a null option value as a missing one. */
type Lifetime = { seconds: LifetimeSeconds };

type CreateOptions = { user: string; name: string; expiresIn?: Lifetime };
type ListOptions = { user: string };
type RevokeOptions = { id: string };

export function addTokenCommands(program: Command): void {
  const token = program.command('token').description('manage the API tokens of users');
  token
    .command('create')
    .description('create a token and print it once')
    .requiredOption('--user <username>', 'the user of the token')
    .option('--name <name>', 'a name that says what the token is for', '')
    .option('--expires-in <time>', '30s, 15m, 12h, 90d or never (default: TOKEN_TTL_DAYS)', parseLifetime)
    .action(actOnDatabase(createUserToken));
  token
    .command('list')
    .description("list a user's tokens with their first characters")
    .requiredOption('--user <username>', 'the user')
    .action(actOnDatabase(listTokens));
  token
    .command('revoke')
    .description('revoke a token with immediate effect')
    .requiredOption('--id <uuid>', 'the id of the token')
    .action(act(revokeToken));
}

const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 };
const CENTURY_SECONDS = 100 * 366 * UNITS.d;

function parseLifetime(text: string): Lifetime {
  if (text === 'never') return { seconds: null };
  const match = /^([1-9][0-9]{0,9})([smhd])$/.exec(text);
  const seconds = match ? Number(match[1]) * UNITS[match[2] as keyof typeof UNITS] : 0;
  if (seconds === 0 || seconds > CENTURY_SECONDS) {
    throw new InvalidArgumentError('It must be like 30s, 15m, 12h, 90d, at most a century, or never.');
  }
  return { seconds };
}

async function createUserToken(db: Db, options: CreateOptions, { cli }: Context): Promise<CommandOutput> {
  const { user, name, expiresIn = { seconds: cli.config.tokenTtlDays * UNITS.d } } = options;
  const created = await issueToken(db, await requireUser(db, user), name, expiresIn.seconds);
  const expiry = created.expires_at === null ? 'It never expires.' : `It expires at ${created.expires_at}.`;
  return { line: `${created.token} (id ${created.id}). ${expiry} It is not shown again.`, json: created };
}

/** Creates a token. @returns the token itself, of which only the hash is stored, with its id and its time of expiry */
export async function issueToken(db: Db, userId: string, name: string, lifetimeSeconds: LifetimeSeconds) {
  const { token, hash, prefix } = createToken();
  const id = newId();
  const [stored] = await db.transaction(async (tx) => {
    recordSecurityEvent(tx, OPERATOR, { action: 'token.created', subjectId: id, details: { user_id: userId } });
    return tx.query<{ expires_at: string | null }>({
      text: `
        INSERT INTO tokens (id, user_id, name, prefix, hash, expires_at)
        VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 second')
        RETURNING expires_at`,
      values: [id, userId, name, prefix, hash, lifetimeSeconds],
    });
  });
  return { id, token, expires_at: stored?.expires_at ?? null };
}

type TokenRow = Omit<StoredRow<typeof tokens>, 'user_id' | 'hash'> & { is_expired: boolean };

async function listTokens(db: Db, { user }: ListOptions): Promise<CommandOutput> {
  const rows = await db.query<TokenRow>({
    text: `
      SELECT id, name, prefix, created_at, last_used_at, expires_at, revoked_at,
             COALESCE(expires_at <= now(), false) AS is_expired
      FROM tokens
      WHERE user_id = $1
      ORDER BY created_at, id`,
    values: [await requireUser(db, user)],
  });
  const tokens = rows.map(({ is_expired: _, ...token }) => token);
  return { line: rows.map(tokenLine).join('\n') || `${user} has no tokens.`, json: { tokens } };
}

function tokenLine(token: TokenRow): string {
  const state = token.revoked_at ? 'revoked' : token.is_expired ? 'expired' : `until ${token.expires_at ?? 'ever'}`;
  return [token.id, `${token.prefix}…`, state, `last used ${token.last_used_at ?? 'never'}`, token.name]
    .filter((part) => part !== '')
    .join('  ');
}

function revokeToken(cli: Cli, options: RevokeOptions): Promise<CommandOutput> {
  const id = uuidOf('--id', options.id);
  return withDatabase(cli, async (db) => {
    const token = await db.transaction(async (tx) => {
      const [revoked] = await tx.query<{ user_id: string; revoked_at: string }>({
        text: 'UPDATE tokens SET revoked_at = COALESCE(revoked_at, now()) WHERE id = $1 RETURNING user_id, revoked_at',
        values: [id],
      });
      if (!revoked) throw new CommandFailed(`There is no token ${id}.`);
      const details = { user_id: revoked.user_id };
      recordSecurityEvent(tx, OPERATOR, { action: 'token.revoked', subjectId: id, details });
      return revoked;
    });
    return { line: `Token ${id} is revoked.`, json: { id, revoked_at: token.revoked_at } };
  });
}
