import type { Command } from 'commander';
import { type Logger, pino } from 'pino';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { connect, type Db } from '../db/client.ts';
import { sqlStateOf } from '../db/errors.ts';
import { areAllMigrations, findSchemaState, NewerSchemaError } from '../db/migrate.ts';
import { UUID_PATTERN } from '../domain/ids.ts';
import { lowerCase } from '../domain/normalize-text.ts';
import { normalizeUsername, usernameKeySql } from '../domain/user-names.ts';
import { openLog } from '../server/log.ts';
import { type OpenDatabase, openDatabase } from '../server/open-database.ts';
import { STOP_SIGNALS } from '../server/signals.ts';
import { isOutputLost, print, tellReason } from './output.ts';

/** What a command has at hand. */
export type Cli = {
  config: Config;
  log: Logger;
  json: boolean;
  /** Fires when the person or the system asks the command to stop. */
  signal: AbortSignal;
};

/** What a command says at its end: a line for a person, an object for a program. */
export type Answer = { line: string; json: Record<string, unknown> };

/** The command was refused or failed, with a reason that the person can act on. Exit code 1. */
export class CommandFailed extends Error {
  /** More of the reason, for a program. */
  readonly details: Record<string, unknown>;

  constructor(reason: string, details: Record<string, unknown> = {}) {
    super(reason);
    this.details = details;
  }
}

export const WRONG_USAGE = 2;

/** A value that can't be one of its option. Exit code 2. */
export class WrongUsage extends CommandFailed {}

/** Long commands log as the settings say; the others only what is wrong. */
type LogProfile = 'server' | 'operator';

type Run<Options> = (cli: Cli, options: Options, ...args: string[]) => Promise<Answer | undefined>;

const GRACE_MS = 3_000;

/** Makes a commander action of a function: settings, log, answer, exit code. */
export function act<Options>(
  run: Run<Options>,
  chattiness: LogProfile = 'operator',
  requirements: { needsKeys: boolean } = { needsKeys: true },
) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<Options & { json?: boolean }>();
    const json = options.json ?? false;
    const stopped = stopSignal();
    try {
      const config = readConfig(process.env, requirements);
      const cli = { config, log: await openCommandLog(config, chattiness), json, signal: stopped.signal };
      const answer = await run(cli, options, ...command.args);
      if (answer) print(json ? JSON.stringify(answer.json) : answer.line);
    } catch (error) {
      process.exitCode = error instanceof WrongUsage ? WRONG_USAGE : 1;
      // What was half open when it failed must not keep the process.
      setTimeout(() => process.exit(), GRACE_MS).unref();
      if (isOutputLost(error)) return;
      tellReason(reasonOf(error), json, error instanceof CommandFailed ? error.details : {});
    } finally {
      stopped.forget();
    }
  };
}

/**
 * Opens the database as its owner and runs `use` on it. An embedded database that is new gets its schema first.
 * @throws CommandFailed when the schema is behind, NewerSchemaError when it is ahead
 */
export async function withDatabase<Result>(
  cli: Cli,
  use: (db: Db, database: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(cli.config, cli.log);
  const db = connectAsOwner(cli, database);
  try {
    await requireSchema(db, database);
    return await use(db, database);
  } finally {
    await db.close();
    await database.close();
  }
}

export function connectAsOwner(cli: Cli, database: OpenDatabase): Db {
  return connect({
    url: database.ownerUrl,
    poolSize: 2,
    purpose: 'batch',
    applicationName: 'communications-api command',
    onError: (error) => cli.log.warn({ code: (error as { code?: string }).code }, 'database connection lost'),
  });
}

async function requireSchema(db: Db, database: OpenDatabase): Promise<void> {
  const { missing, isNewer } = await findSchemaState((text) => db.query({ text }));
  if (isNewer) throw new NewerSchemaError();
  if (database.isEmbedded && (await areAllMigrations(missing))) {
    await database.migrate();
  } else if (missing.length > 0) {
    throw new CommandFailed('The schema of the database is behind this version. Run `comms migrate` first.');
  }
}

/** A UUID given by the person, lower-case. @throws WrongUsage */
export function uuidOf(option: string, text: string): string {
  if (!UUID_PATTERN.test(text)) throw new WrongUsage(`${option} must be a UUID.`);
  return lowerCase(text);
}

/** @throws CommandFailed when there is no such company */
export async function findCompany(db: Db, option: string): Promise<string> {
  const companyId = uuidOf('--company', option);
  const found = await db.query({ text: 'SELECT FROM companies WHERE id = $1', values: [companyId] });
  if (found.length === 0) throw new CommandFailed(`There is no company ${companyId}.`);
  return companyId;
}

/** @throws CommandFailed when nobody has this username */
export async function findUser(db: Db, username: string): Promise<string> {
  const [user] = await db.query<{ id: string }>({
    text: `SELECT id FROM users WHERE ${usernameKeySql('username')} = ${usernameKeySql('$1')}`,
    values: [normalizeUsername(username)],
  });
  if (!user) throw new CommandFailed(`There is no user named ${username}.`);
  return user.id;
}

const UNIQUE_VIOLATION = '23505';

/** @throws CommandFailed with `reason` when `write` made something twice that is unique */
export async function refuseTaken<Result>(write: Promise<Result>, reason: string): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new CommandFailed(reason);
    throw error;
  }
}

/** To standard error: readable there when it is a terminal, JSON otherwise. */
async function openCommandLog(config: Config, chattiness: LogProfile): Promise<Logger> {
  const level = chattiness === 'operator' && config.logLevel === 'info' ? 'warn' : config.logLevel;
  const pretty = process.stderr.isTTY ? await import('pino-pretty').catch(() => undefined) : undefined;
  if (pretty) return pino({ level }, pretty.default({ destination: 2, sync: true, ignore: 'pid,hostname' }));
  return openLog(level);
}

/** Ctrl+C comes several times at once: the terminal signals every process, and npm and tsx hand it on. */
const SAME_REQUEST_MS = 1_000;

/** The first signal asks; one that comes later ends the process, because nothing listens any more. */
function stopSignal(): { signal: AbortSignal; forget(): void } {
  const controller = new AbortController();
  const { signal } = controller;
  const ignore = () => {
    for (const name of STOP_SIGNALS) process.off(name, stop);
  };
  const stop = () => {
    if (signal.aborted) return;
    controller.abort(new CommandFailed('Stopped before it was done; nothing was changed.'));
    setTimeout(ignore, SAME_REQUEST_MS).unref();
  };
  for (const name of STOP_SIGNALS) process.on(name, stop);
  return {
    signal,
    forget: () => {
      if (!signal.aborted) ignore();
    },
  };
}

const CONNECTION_TROUBLE = /^(?:08|57P0|53300|28|3D000)/;

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof CommandFailed) return error.message;
  const { code = '', message = 'for no known reason' } = error as { code?: string; message?: string };
  if (/^(?:ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_)/.test(code) || CONNECTION_TROUBLE.test(code)) {
    return `The database can't be reached or refuses the connection (${code}): ${message || 'check DATABASE_URL'}`;
  }
  if (/CERT|SIGNATURE|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(code)) {
    return (
      `The certificate of the database isn't trusted (${code}): name its authority's file as sslrootcert in DATABASE_URL ` +
      'and DATABASE_MIGRATION_URL, and the host as the certificate does.'
    );
  }
  if (code === 'ENOENT' && message.includes('open ')) return `${message}: check the files that the settings name.`;
  if (/^Connection terminated/.test(message)) {
    return `The database ended the connection (${message}): check that DATABASE_URL names a PostgreSQL.`;
  }
  return message;
}
