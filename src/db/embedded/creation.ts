/** Creates the embedded database at its first start. */
import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, readFile, rename, rm, stat, statfs, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import {
  type Cluster,
  type Credentials,
  DATABASE,
  OWNER_ROLE,
  openCluster,
  SERVER_ROLE,
  SUPERUSER,
  writeCredentials,
} from './cluster.ts';
import { ignoreMissing, syncFolder, writeDurably } from './files.ts';
import { findFreePort } from './port.ts';
import { type Account, canEnter, run } from './run-as.ts';

const NEEDED_MIB = 200;

/**
 * Creates the database (initdb, roles, the database itself) under another name and then renames it. So one of two
 * simultaneous first starts wins, and a start that is killed midway leaves nothing that looks like a database.
 *
 * @param elsewhere returns the folder to use when the account can't enter DATA_DIR
 * @throws Error that says what to do, when it can't be created
 */
export async function createCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account | undefined,
  elsewhere: () => Promise<string>,
): Promise<Cluster> {
  const path = join(dataDir, 'postgres');
  const isReachable = await canEnter(dataDir, account);
  const parent = isReachable ? dataDir : await elsewhere();
  await requireSpace(parent);
  await removeUnfinished(parent);

  const id = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const unfinished = join(parent, `postgres.new-${id}`);
  const linked = join(parent, `data-${id}`);
  try {
    await fill(unfinished, binaries, account);
    if (isReachable) {
      await rename(unfinished, path);
    } else {
      await rename(unfinished, linked);
      await symlink(linked, path);
    }
    await syncFolder(parent);
    await syncFolder(dataDir);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    await rm(linked, { recursive: true, force: true });
    if (!(await lstat(path).catch(ignoreMissing))) throw creationError(dataDir, error as NodeJS.ErrnoException);
  }
  const cluster = await openCluster(dataDir); // this one, or that of another process that was first
  if (!cluster) throw new Error(`The database in ${path} was removed while the server started: start it again.`);
  return cluster;
}

async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeMib = Math.floor((bavail * bsize) / 2 ** 20);
  if (freeMib >= NEEDED_MIB) return;
  throw new Error(
    `${folder} has ${freeMib} MiB left, a new database needs ${NEEDED_MIB}: free some, or choose another DATA_DIR.`,
  );
}

/** Deletes what starts that were killed midway left behind. */
async function removeUnfinished(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid] = /^postgres\.new-(\d+)-/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function fill(folder: string, binaries: Binaries, account: Account | undefined): Promise<void> {
  const pgdata = join(folder, 'pgdata');
  await mkdir(folder);
  await mkdir(pgdata, { mode: 0o700 });
  await chmod(folder, account ? 0o711 : 0o700);
  if (account) await chown(pgdata, account.uid, account.gid);
  // When root creates it in a user's folder, that user has to be able to start it without root.
  if (account && account.uid === (await stat(dirname(folder))).uid) await chown(folder, account.uid, account.gid);

  const [superuser, owner, server] = [newPassword(), newPassword(), newPassword()];
  const credentials: Credentials = { port: await findFreePort(), superuser, owner, server };
  const locale = '-E UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8'.split(' ');
  const initdb = ['-D', pgdata, '-U', SUPERUSER, '--auth=trust', ...locale];
  await runOrThrow(binaries.initdb, initdb, { account, cwd: pgdata });
  const standAlone = ['--single', '-D', pgdata, '-c', 'exit_on_error=true', '-c', 'log_checkpoints=off', 'postgres'];
  await runOrThrow(binaries.postgres, standAlone, { account, cwd: pgdata, input: rolesAndDatabase(credentials) });

  const conf = await readFile(join(pgdata, 'postgresql.conf'), 'utf8');
  await writeDurably(join(pgdata, 'postgresql.conf'), `${conf}\ninclude_if_exists = 'embedded.conf'\n`, account);
  await writeDurably(join(pgdata, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n', account);
  await writeCredentials(folder, credentials);
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

async function runOrThrow(program: string, args: string[], options: Parameters<typeof run>[2]): Promise<void> {
  const { code, output } = await run(program, args, options);
  if (code === 0) return;
  const reason = output.split('\n').filter((line) => /error|fatal|panic|could not/i.test(line));
  throw new Error(reason.slice(0, 2).join(' ') || output.slice(-300));
}

/**
 * SQL with one statement per line, as single-user mode expects. Passwords go through a pipe, and PostgreSQL hashes
 * them.
 */
function rolesAndDatabase(credentials: Credentials): string {
  return [
    `ALTER ROLE ${SUPERUSER} PASSWORD '${credentials.superuser}'`,
    `CREATE ROLE ${OWNER_ROLE} LOGIN PASSWORD '${credentials.owner}'`,
    `CREATE ROLE ${SERVER_ROLE} LOGIN PASSWORD '${credentials.server}'`,
    `CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`,
    `REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${DATABASE} TO ${SERVER_ROLE}`,
    '',
  ].join('\n');
}

function creationError(dataDir: string, error: NodeJS.ErrnoException): Error {
  const text = error.message;
  if (/No space left|ENOSPC|EDQUOT|quota/i.test(text)) {
    return new Error(`The disk of DATA_DIR ${dataDir} is full: free some space, or choose another DATA_DIR. (${text})`);
  }
  if (/EACCES|EPERM|EROFS/.test(error.code ?? '')) {
    return new Error(`DATA_DIR ${dataDir} can't be written (${text}): make it writable, or choose another folder.`);
  }
  if (/could not look up effective user/.test(text)) {
    return new Error(
      `PostgreSQL won't run as a user without an entry in /etc/passwd (${text}): add one, or set DATABASE_URL.`,
    );
  }
  return new Error(
    `The database in DATA_DIR ${dataDir} could not be made (${text}): try one on a local disk, or set DATABASE_URL.`,
  );
}
