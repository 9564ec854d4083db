/**
 * The embedded database on disk: made once, whole or not at all, then found again.
 *
 *     DATA_DIR/postgres/credentials.json   roles' passwords and the port, 0600
 *     DATA_DIR/postgres/pgdata/            PostgreSQL's own data directory, 0700
 *
 * `postgres` is a symbolic link where the user of PostgreSQL can't enter DATA_DIR.
 */
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { majorVersion } from './binaries.ts';
import { ignoreMissing, writeDurably } from './files.ts';
import { type Account, accountOfOwner, chooseAccount, requirePlainPath } from './run-as.ts';

export const OWNER_ROLE = 'comms_owner';
export const SERVER_ROLE = 'comms_server';
export const SUPERUSER = 'postgres';
export const DATABASE = 'comms';

/** `port` is the one to try first, so that a URL stays right over a restart. */
export type Credentials = { port: number; superuser: string; owner: string; server: string };

export type Cluster = {
  /** `DATA_DIR/postgres`, links resolved */ folder: string;
  pgdata: string;
  /** Begins the title of each of its processes, so that they can be told from another database's. */ name: string;
  account: Account | undefined;
  credentials: Credentials;
};

function settings(): string {
  return `# Written by the server at every start. Your own settings: ALTER SYSTEM, which goes before these.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
fsync = on
full_page_writes = on
synchronous_commit = on

# What an import changes is written by others than the process that changes it.
shared_buffers = ${sharedMebibytes(memoryBytes())}MB
wal_buffers = 64MB
bgwriter_delay = 20ms
bgwriter_lru_maxpages = 1000

password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'

# A log of seven days, a file each.
logging_collector = on
log_destination = stderr
log_directory = log
log_filename = 'postgresql-%a.log'
log_file_mode = 0600
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on

# Customers' text must not get there. Errors carry it in their first line ("invalid input syntax for type uuid: …"),
# so they are left to the client, who gets them anyway; the server's own events, crashes and refused logins stay.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = none
log_min_duration_statement = -1
log_min_duration_sample = -1
log_duration = off
log_lock_waits = off
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_autovacuum_min_duration = -1
log_checkpoints = off
`;
}

/** An eighth of the memory, from 128 MiB, PostgreSQL's own, to 1 GiB. */
export function sharedMebibytes(memory: number): number {
  return Math.round(Math.min(1_024, Math.max(128, memory / 8 / MEBIBYTE)));
}

const MEBIBYTE = 1024 * 1024;

/** Of the machine, or what a container may use of it. */
function memoryBytes(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}

/**
 * The database of this DATA_DIR, if there is one.
 * @throws Error when what stands there can't be used, saying what to do
 */
export async function openCluster(dataDir: string): Promise<Cluster | undefined> {
  const place = join(dataDir, 'postgres');
  const orAnothers = (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`The database in ${place} belongs to another user (${error.code}): start the server as that user.`);
  };
  if (!(await lstat(place).catch(orAnothers))) return undefined;
  const folder = await realpath(place).catch(orAnothers);
  if (!folder) {
    throw new Error(
      `${place} is a link to a folder that is gone: bring it back, or delete the link to start with an empty database.`,
    );
  }
  const pgdata = join(folder, 'pgdata');
  const [credentials, version] = await Promise.all([
    readFile(join(folder, 'credentials.json'), 'utf8').catch(orAnothers),
    readFile(join(pgdata, 'PG_VERSION'), 'utf8').catch(orAnothers),
  ]);
  if (!credentials || !version) {
    if ((await readdir(folder)).length === 0) return undefined;
    throw new Error(`${place} is not a database of this server: move it away, or choose another DATA_DIR.`);
  }
  const major = await majorVersion();
  if (Number(version) !== major) {
    throw new Error(
      `The database in ${place} was made by PostgreSQL ${version.trim()}, this server comes with ${major}: ` +
        'export it with the release that made it and import it into an empty DATA_DIR.',
    );
  }
  return {
    folder,
    pgdata,
    name: nameOf(pgdata),
    account: await accountOfOwner(await stat(pgdata)),
    credentials: JSON.parse(credentials),
  };
}

function nameOf(pgdata: string): string {
  return `comms-${createHash('sha256').update(pgdata).digest('hex').slice(0, 12)}`;
}

/**
 * Makes the folder DATA_DIR if need be.
 * @returns whom a new database in it would run as
 * @throws Error when it can't be used, saying what to do
 */
export async function prepareDataDir(dataDir: string): Promise<Account | undefined> {
  requirePlainPath(dataDir);
  try {
    await mkdir(dataDir, { recursive: true });
    const { uid, mode } = await stat(dataDir);
    const account = await chooseAccount(uid);
    // Whatever the umask was, PostgreSQL has to get through. In an empty folder that gives nothing away.
    if (account && uid === 0 && (await readdir(dataDir)).length === 0) await chmod(dataDir, (mode | 0o011) & 0o7777);
    return account;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      throw new Error(`DATA_DIR ${dataDir} is a file, or below one: it has to be a folder.`);
    }
    if (code === undefined) throw error;
    throw new Error(`DATA_DIR ${dataDir} can't be used (${code}): make it writable, or choose another folder.`);
  }
}

/** Brings the settings up to date; they hold from the next start of PostgreSQL on. */
export async function writeSettings({ pgdata, name, account }: Cluster): Promise<void> {
  const path = join(pgdata, 'embedded.conf');
  const text = `${settings()}cluster_name = '${name}'\n`;
  if ((await readFile(path, 'utf8').catch(ignoreMissing)) !== text) await writeDurably(path, text, account);
}

/** Remembers a port, for the next start. */
export async function rememberPort(cluster: Cluster, port: number): Promise<void> {
  if (cluster.credentials.port === port) return;
  cluster.credentials.port = port;
  await writeCredentials(cluster.folder, cluster.credentials);
}

export async function writeCredentials(folder: string, credentials: Credentials): Promise<void> {
  const { uid, gid } = await stat(folder);
  await writeDurably(join(folder, 'credentials.json'), `${JSON.stringify(credentials, null, 2)}\n`, { uid, gid });
}
