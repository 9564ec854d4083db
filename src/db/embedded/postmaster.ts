/** PostgreSQL's main process: is it there, start it, stop it. */

import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { type Cluster, writeSettings } from './cluster.ts';
import { canEnter, run } from './run-as.ts';

/** `port` is missing in its first moments. */
export type Postmaster = { pid: number; port: number | undefined; isReady: boolean };

/**
 * The PostgreSQL of this data directory. Its pid file alone proves nothing: it outlives a kill, and its number may by
 * now be a zombie's or another program's. So the process itself is looked at.
 */
export async function findPostmaster({ pgdata }: Cluster): Promise<Postmaster | undefined> {
  const text = await readFile(join(pgdata, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, , , , status] = text.split('\n');
  if (!pid || (await inspect(Number(pid), pgdata)) !== 'postmaster') return undefined;
  return { pid: Number(pid), port: Number(port) || undefined, isReady: status?.trim() === 'ready' };
}

/**
 * Takes away a pid file that PostgreSQL would wrongly respect: it names a zombie or another program, or is empty since
 * a crash. Only with the start lock held: another start may just be writing it.
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
  // Started by hand with another spelling of the path. Unreadable: don't touch it, SQL will tell.
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => pgdata);
  return folder === pgdata ? 'postmaster' : 'other';
}

/** The words of a process's command line; empty for a zombie, undefined without such a process. */
async function commandOf(pid: number): Promise<string[] | undefined> {
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return words?.split('\0').filter(Boolean);
}

/** Why PostgreSQL didn't start. `isPassing`: it may well do in a moment. */
export class StartRefused extends Error {
  readonly isPassing: boolean;
  constructor(reason: string, isPassing: boolean) {
    super(reason);
    this.isPassing = isPassing;
  }
}

const PASSING = /lock file|pre-existing shared memory block|could not create any TCP|could not bind/i;

/**
 * Starts PostgreSQL in a session of its own, so that a Ctrl-C in our terminal doesn't reach it. For the holder of the
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
  await rm(log, { force: true }); // not truncated: root would do that to whatever a link there names
  const before = await logSizes(pgdata);
  const args = ['start', '-w', '-t', '10', '-D', pgdata, '-l', log, '-o', `-p ${port}`];
  const { code, output } = await run(binaries.pgCtl, args, { account, cwd: pgdata });
  // Ten seconds are over and it is there: it replays its log, which takes as long as it takes.
  if (code === 0 || (await findPostmaster(cluster))) return;
  const reason = await loggedReason(pgdata, before);
  if (/pre-existing shared memory block/.test(reason)) await killOrphans(cluster);
  // Without a word it was killed.
  const isPassing = reason === '' || PASSING.test(reason);
  throw new StartRefused(`PostgreSQL did not start: ${reason || output}${advice(reason)}`, isPassing);
}

const COMPLAINT = /FATAL|PANIC|could not|^\S*error/i;
const TOLD_TO_CLIENTS = /system is |terminating connection|authentication/;

/** PostgreSQL's two logs: before and after its log collector runs. */
async function logSizes(pgdata: string): Promise<Map<string, number>> {
  const folder = join(pgdata, 'log');
  const names = await readdir(folder).catch(() => []);
  const files = [join(pgdata, 'startup.log'), ...names.map((name) => join(folder, name))];
  const sizes = files.map(async (file) => [file, (await stat(file).catch(() => undefined))?.size ?? 0] as const);
  return new Map(await Promise.all(sizes));
}

/** What this start complained of; what it told clients who came too early is none of it. */
async function loggedReason(pgdata: string, before: Map<string, number>): Promise<string> {
  const complaints: string[] = [];
  for (const file of (await logSizes(pgdata)).keys()) {
    const written = await readFile(file).catch(() => Buffer.alloc(0));
    const lines = written
      .subarray(before.get(file) ?? 0)
      .toString()
      .split('\n');
    complaints.push(...lines.filter((line) => COMPLAINT.test(line) && !TOLD_TO_CLIENTS.test(line)));
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
 * After a kill of the main process one of its others, in a long query, lives on, and as long as it does no PostgreSQL
 * starts in this data directory. Nothing that it does can be committed any more.
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
      // it ended by itself
    }
  }
}

/** Ends all connections and PostgreSQL, cleanly. @throws Error when it is still there after a minute */
export async function stopPostmaster({ pgdata, account }: Cluster, binaries: Binaries): Promise<void> {
  const { code, output } = await run(binaries.pgCtl, ['stop', '-w', '-m', 'fast', '-D', pgdata], {
    account,
    cwd: pgdata,
  });
  if (code !== 0 && !/PID file .* does not exist|Is server running/.test(output)) {
    throw new Error(`PostgreSQL did not stop: ${output}`);
  }
}
