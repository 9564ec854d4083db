/** Finds, starts and stops PostgreSQL's main process. */

import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { type Cluster, writeSettings } from './cluster.ts';
import { canEnter, run } from './run-as.ts';

/** `port` is undefined while the process is starting. */
export type Postmaster = { pid: number; port: number | undefined; isReady: boolean };

/**
 * Finds the running PostgreSQL of this data directory. The pid file alone proves nothing: it remains after a kill, and
 * its pid may by now be that of a zombie or another program. So the process itself is examined.
 */
export async function findPostmaster({ pgdata }: Cluster): Promise<Postmaster | undefined> {
  const text = await readFile(join(pgdata, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, , , , status] = text.split('\n');
  if (!pid || (await inspect(Number(pid), pgdata)) !== 'postmaster') return undefined;
  return { pid: Number(pid), port: Number(port) || undefined, isReady: status?.trim() === 'ready' };
}

/**
 * Deletes a stale pid file, which PostgreSQL would wrongly respect: it has the pid of a zombie or another program, or
 * has been empty since a crash. The caller holds the start lock, because another start may be writing the file.
 */
async function discardStalePidFile({ pgdata }: Cluster): Promise<void> {
  const file = join(pgdata, 'postmaster.pid');
  const found = await stat(file).catch(() => undefined);
  if (!found) return;
  const [pid] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const isStale = pid ? (await inspect(Number(pid), pgdata)) === 'other' : Date.now() - found.mtimeMs > 5_000;
  if (isStale) await rm(file, { force: true });
}

/** `none`: no such process. `other`: a zombie or some other program. */
async function inspect(pid: number, pgdata: string): Promise<'postmaster' | 'none' | 'other'> {
  const command = await commandOf(pid);
  if (command === undefined) return 'none';
  if (!/^(.*\/)?postgres$/.test(command[0] ?? '')) return 'other';
  if (command.includes(pgdata)) return 'postmaster';
  // It may have been started by hand with another spelling of the path. When its folder can't be read, assume it is ours;
  // the lease checks the data directory.
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => pgdata);
  return folder === pgdata ? 'postmaster' : 'other';
}

/** The arguments of a process; empty for a zombie, undefined when there is no such process. */
async function commandOf(pid: number): Promise<string[] | undefined> {
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return words?.split('\0').filter(Boolean);
}

/** PostgreSQL didn't start. `isTransient`: a retry may succeed. */
export class StartRefused extends Error {
  readonly isTransient: boolean;
  constructor(reason: string, isTransient: boolean) {
    super(reason);
    this.isTransient = isTransient;
  }
}

const TRANSIENT = /lock file|pre-existing shared memory block|could not create any TCP|could not bind/i;

/**
 * Starts PostgreSQL in a session of its own, so that a Ctrl-C in our terminal doesn't reach it. The caller holds the
 * start lock.
 * @throws StartRefused
 */
export async function startPostmaster(cluster: Cluster, binaries: Binaries, port: number): Promise<void> {
  const { pgdata, account } = cluster;
  if (!(await canEnter(pgdata, account))) {
    throw new StartRefused(
      `PostgreSQL runs as the user "${account?.name}", who can't get through to ${pgdata}: ` +
        'let every user enter the folders above it (chmod o+x), or move it.',
      false,
    );
  }
  await writeSettings(cluster);
  await discardStalePidFile(cluster);
  const log = join(pgdata, 'startup.log');
  await rm(log, { force: true }); // not truncated: if it were a link, root would truncate the link's target
  const before = await logSizes(pgdata);
  const args = ['start', '-w', '-t', '10', '-D', pgdata, '-l', log, '-o', `-p ${port}`];
  const { code, output } = await run(binaries.pgCtl, args, { account, cwd: pgdata });
  // pg_ctl stops waiting after ten seconds, but a PostgreSQL that replays its log may need longer.
  if (code === 0 || (await findPostmaster(cluster))) return;
  const reason = await loggedReason(pgdata, before);
  if (/pre-existing shared memory block/.test(reason)) await killOrphans(cluster);
  // Without a reason in the log, it was killed.
  const isTransient = reason === '' || TRANSIENT.test(reason);
  throw new StartRefused(`PostgreSQL did not start: ${reason || output}${advice(reason)}`, isTransient);
}

const COMPLAINT = /FATAL|PANIC|could not|^\S*error/i;
const CLIENT_REFUSAL = /system is |terminating connection|authentication/;

/** Sizes of PostgreSQL's log files: the startup log, and those of its log collector. */
async function logSizes(pgdata: string): Promise<Map<string, number>> {
  const folder = join(pgdata, 'log');
  const names = await readdir(folder).catch(() => []);
  const files = [join(pgdata, 'startup.log'), ...names.map((name) => join(folder, name))];
  const sizes = files.map(async (file) => [file, (await stat(file).catch(() => undefined))?.size ?? 0] as const);
  return new Map(await Promise.all(sizes));
}

/** The errors that this start has logged, without the refusals of clients that connected too early. */
async function loggedReason(pgdata: string, before: Map<string, number>): Promise<string> {
  const complaints: string[] = [];
  for (const file of (await logSizes(pgdata)).keys()) {
    const written = await readFile(file).catch(() => Buffer.alloc(0));
    const lines = written
      .subarray(before.get(file) ?? 0)
      .toString()
      .split('\n');
    complaints.push(...lines.filter((line) => COMPLAINT.test(line) && !CLIENT_REFUSAL.test(line)));
  }
  return complaints
    .slice(0, 3)
    .map((line) => line.replace(/^.*?(FATAL|PANIC|LOG|WARNING): */, ''))
    .join('; ');
}

function advice(reason: string): string {
  if (/No space left/i.test(reason)) return '. Free some space on its disk.';
  if (/Cannot allocate memory|shared memory segment/i.test(reason)) return '. It needs 300 MB of memory.';
  return '';
}

/**
 * Kills backends whose main process was killed. A backend in a long query keeps running, and until it ends no
 * PostgreSQL can start in this data directory. Its transaction can't be committed any more.
 */
async function killOrphans({ name, pgdata }: Cluster): Promise<void> {
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!pid || !(await commandOf(pid))?.[0]?.startsWith(`postgres: ${name}: `)) continue;
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
    if (!parent || (await inspect(parent, pgdata)) === 'postmaster') continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Closes all connections and stops PostgreSQL cleanly. @throws Error when it is still running after a minute */
export async function stopPostmaster({ pgdata, account }: Cluster, binaries: Binaries): Promise<void> {
  const { code, output } = await run(binaries.pgCtl, ['stop', '-w', '-m', 'fast', '-D', pgdata], {
    account,
    cwd: pgdata,
  });
  if (code !== 0 && !/PID file .* does not exist|Is server running/.test(output)) {
    throw new Error(`PostgreSQL did not stop: ${output}`);
  }
}
