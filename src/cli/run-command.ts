import type { Command } from 'commander';
import { type Logger, pino } from 'pino';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { connect, type Db } from '../db/client.ts';
import { sqlStateOf } from '../db/errors.ts';
import { findSchemaState, isEveryMigration, NewerSchemaError } from '../db/migrate.ts';
import { UUID_PATTERN } from '../domain/ids.ts';
import { lowerCase } from '../domain/normalize-text.ts';
import { normalizeUsername, usernameKeySql } from '../domain/user-names.ts';
import { openLog } from '../server/log.ts';
import { type OpenDatabase, openDatabase } from '../server/open-database.ts';
import { STOP_SIGNALS } from '../server/signals.ts';
import { isOutputError, print, printFailure } from './output.ts';

/** The context that a command runs in. */
export type Cli = {
  config: Config;
  log: Logger;
  /** Whether `--json` is given. */
  json: boolean;
  /** Aborted by the first stop signal. */
  signal: AbortSignal;
};

/** The output of a command: `line` for people, `json` for programs (`--json`). */
export type CommandOutput = { line: string; json: Record<string, unknown> };

/** The command was refused or failed; the message tells the operator why. Exit code 1. */
export class CommandFailed extends Error {
  /** Further fields of the object that `--json` prints. */
  readonly details: Record<string, unknown>;

  constructor(reason: string, details: Record<string, unknown> = {}) {
    super(reason);
    this.details = details;
  }
}

export const WRONG_USAGE = 2;

/** An option has an invalid value. Exit code 2. */
export class WrongUsage extends CommandFailed {}

/** `server`: log at `LOG_LEVEL`. `operator`: the same, but at `warn` instead of `info`, the default. */
type LogProfile = 'server' | 'operator';

type Run<Options> = (cli: Cli, options: Options, ...args: string[]) => Promise<CommandOutput | undefined>;

const EXIT_GRACE_MS = 3_000;

/**
 * Wraps a function as a commander action that reads the settings, opens the log, prints the output and sets the exit
 * code.
 */
export function act<Options>(
  run: Run<Options>,
  logProfile: LogProfile = 'operator',
  requirements: { needsKeys: boolean } = { needsKeys: true },
) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<Options & { json?: boolean }>();
    const json = options.json ?? false;
    const stop = onStopSignal();
    try {
      const config = readConfig(process.env, requirements);
      const cli = { config, log: await openCommandLog(config, logProfile), json, signal: stop.signal };
      const output = await run(cli, options, ...command.args);
      if (output) print(json ? JSON.stringify(output.json) : output.line);
    } catch (error) {
      process.exitCode = error instanceof WrongUsage ? WRONG_USAGE : 1;
      // Handles that were open when the command failed must not keep the process alive.
      setTimeout(() => process.exit(), EXIT_GRACE_MS).unref();
      if (isOutputError(error)) return;
      printFailure(reasonOf(error), json, error instanceof CommandFailed ? error.details : {});
    } finally {
      stop.removeListeners();
    }
  };
}

/**
 * Opens the database as its owner and runs `use` on it. A new embedded database is migrated first.
 * @throws CommandFailed when migrations are missing, NewerSchemaError when the schema is of a newer version
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

/** What a command has beside the database and its options. */
export type Context = { cli: Cli; database: OpenDatabase };

/** `act` for a command that only works on the database: `withDatabase` opens it before the command runs. */
export function actOnDatabase<Options>(
  run: (db: Db, options: Options, context: Context) => Promise<CommandOutput | undefined>,
  requirements?: { needsKeys: boolean },
) {
  const onDatabase = (cli: Cli, options: Options) =>
    withDatabase(cli, (db, database) => run(db, options, { cli, database }));
  return act<Options>(onDatabase, 'operator', requirements);
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
  if (database.isEmbedded && (await isEveryMigration(missing))) {
    await database.migrate();
  } else if (missing.length > 0) {
    throw new CommandFailed('The schema of the database is behind this version. Run `comms migrate` first.');
  }
}

/** The UUID of an option, lower-cased. @throws WrongUsage */
export function uuidOf(option: string, text: string): string {
  if (!UUID_PATTERN.test(text)) throw new WrongUsage(`${option} must be a UUID.`);
  return lowerCase(text);
}

/** Checks the option `--company`. @returns its id. @throws CommandFailed when there is no such company */
export async function requireCompany(db: Db, option: string): Promise<string> {
  const companyId = uuidOf('--company', option);
  const found = await db.query({ text: 'SELECT FROM companies WHERE id = $1', values: [companyId] });
  if (found.length === 0) throw new CommandFailed(`There is no company ${companyId}.`);
  return companyId;
}

/** @returns the user's id. @throws CommandFailed when there is no user with this username */
export async function requireUser(db: Db, username: string): Promise<string> {
  const [user] = await db.query<{ id: string }>({
    text: `SELECT id FROM users WHERE ${usernameKeySql('username')} = ${usernameKeySql('$1')}`,
    values: [normalizeUsername(username)],
  });
  if (!user) throw new CommandFailed(`There is no user named ${username}.`);
  return user.id;
}

const UNIQUE_VIOLATION = '23505';

/** @throws CommandFailed with `reason` when `write` violates a unique constraint */
export async function refuseDuplicate<Result>(write: Promise<Result>, reason: string): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new CommandFailed(reason);
    throw error;
  }
}

/** Logs to standard error: formatted for people on a terminal, else as JSON. */
async function openCommandLog(config: Config, logProfile: LogProfile): Promise<Logger> {
  const level = logProfile === 'operator' && config.logLevel === 'info' ? 'warn' : config.logLevel;
  const pretty = process.stderr.isTTY ? await import('pino-pretty').catch(() => undefined) : undefined;
  if (pretty) return pino({ level }, pretty.default({ destination: 2, sync: true, ignore: 'pid,hostname' }));
  return openLog(level);
}

/** One Ctrl+C delivers several signals: the terminal signals every process, and npm and tsx forward theirs. */
const REPEATED_SIGNAL_MS = 1_000;

/**
 * The first stop signal aborts the command. A signal after `REPEATED_SIGNAL_MS` ends the process by default, because the
 * listeners are removed by then.
 */
function onStopSignal(): { signal: AbortSignal; removeListeners(): void } {
  const controller = new AbortController();
  const { signal } = controller;
  const removeAll = () => {
    for (const name of STOP_SIGNALS) process.off(name, stop);
  };
  const stop = () => {
    if (signal.aborted) return;
    controller.abort(new CommandFailed('Stopped before the end; nothing was changed.'));
    setTimeout(removeAll, REPEATED_SIGNAL_MS).unref();
  };
  for (const name of STOP_SIGNALS) process.on(name, stop);
  return {
    signal,
    removeListeners: () => {
      if (!signal.aborted) removeAll();
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
      `The certificate of the database isn't trusted (${code}): set sslrootcert in DATABASE_URL and DATABASE_MIGRATION_URL ` +
      "to the CA's certificate file, and use the host name in the certificate."
    );
  }
  if (code === 'ENOENT' && message.includes('open ')) return `${message}: check the file paths in the settings.`;
  if (/^Connection terminated/.test(message)) {
    return `The database ended the connection (${message}): check that DATABASE_URL points to a PostgreSQL server.`;
  }
  return message;
}
