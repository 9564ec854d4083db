/**
 * The embedded database on disk. It is created once, atomically, and opened at later starts.
 *
 *     DATA_DIR/postgres/credentials.json   passwords of the roles and the port, 0600
 *     DATA_DIR/postgres/pgdata/            PostgreSQL's own data directory, 0700
 *
 * `postgres` is a symbolic link where PostgreSQL's account can't enter DATA_DIR.
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

/** `port` is tried first, so that URLs stay valid after a restart. */
export type Credentials = { port: number; superuser: string; owner: string; server: string };

export type Cluster = {
  /** `DATA_DIR/postgres`, with links resolved. */
  folder: string;
  pgdata: string;
  /** The title of each of its processes begins with it, which distinguishes them from another database's. */
  name: string;
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

/** `shared_buffers` in MiB: an eighth of the memory, but at least 128 MiB, PostgreSQL's default, and at most 1 GiB. */
export function sharedMebibytes(memory: number): number {
  return Math.round(Math.min(1_024, Math.max(128, memory / 8 / MEBIBYTE)));
}

const MEBIBYTE = 1024 * 1024;

/** Memory of the machine, or the limit of the container. */
function memoryBytes(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}

/**
 * Opens the database of this DATA_DIR; undefined when there is none.
 * @throws Error that says what to do, when the folder can't be used
 */
export async function openCluster(dataDir: string): Promise<Cluster | undefined> {
  const path = join(dataDir, 'postgres');
  const undefinedIfMissing = (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`The database in ${path} belongs to another user (${error.code}): start the server as that user.`);
  };
  if (!(await lstat(path).catch(undefinedIfMissing))) return undefined;
  const folder = await realpath(path).catch(undefinedIfMissing);
  if (!folder) {
    throw new Error(
      `${path} is a link to a folder that is gone: bring it back, or delete the link to start with an empty database.`,
    );
  }
  const pgdata = join(folder, 'pgdata');
  const [credentials, version] = await Promise.all([
    readFile(join(folder, 'credentials.json'), 'utf8').catch(undefinedIfMissing),
    readFile(join(pgdata, 'PG_VERSION'), 'utf8').catch(undefinedIfMissing),
  ]);
  if (!credentials || !version) {
    if ((await readdir(folder)).length === 0) return undefined;
    throw new Error(`${path} is not a database of this server: move it away, or choose another DATA_DIR.`);
  }
  const major = await majorVersion();
  if (Number(version) !== major) {
    throw new Error(
      `The database in ${path} was made by PostgreSQL ${version.trim()}, this server comes with ${major}: ` +
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
 * Creates DATA_DIR if it doesn't exist.
 * @returns the account that PostgreSQL would run as for a new database in it; undefined: this process's own
 * @throws Error that says what to do, when the folder can't be used
 */
export async function prepareDataDir(dataDir: string): Promise<Account | undefined> {
  requirePlainPath(dataDir);
  try {
    await mkdir(dataDir, { recursive: true });
    const { uid, mode } = await stat(dataDir);
    const account = await chooseAccount(uid);
    // PostgreSQL's account has to enter the folder, whatever the umask was. For an empty folder that exposes nothing.
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

/** Writes the settings if they have changed. They take effect at PostgreSQL's next start. */
export async function writeSettings({ pgdata, name, account }: Cluster): Promise<void> {
  const path = join(pgdata, 'embedded.conf');
  const text = `${settings()}cluster_name = '${name}'\n`;
  if ((await readFile(path, 'utf8').catch(ignoreMissing)) !== text) await writeDurably(path, text, account);
}

/** Saves the port for the next start. */
export async function savePort(cluster: Cluster, port: number): Promise<void> {
  if (cluster.credentials.port === port) return;
  cluster.credentials.port = port;
  await writeCredentials(cluster.folder, cluster.credentials);
}

export async function writeCredentials(folder: string, credentials: Credentials): Promise<void> {
  const { uid, gid } = await stat(folder);
  await writeDurably(join(folder, 'credentials.json'), `${JSON.stringify(credentials, null, 2)}\n`, { uid, gid });
}
