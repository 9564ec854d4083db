import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, onTestFinished, vi } from 'vitest';
import { type EmbeddedDatabase, type EmbeddedOptions, startEmbedded } from '../../src/db/embedded/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The embedded PostgreSQL in folders of its own, in this process and in others. */

/** Every data directory of a test file is below it. */
export let root: string;
/** A database with a table `kept`; it is stopped between tests. */
export let dataDir: string;

/** Makes the folder and the database for a test file, and leaves no PostgreSQL below the folder. */
export function useKeptDatabase(): void {
  vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

  beforeAll(async () => {
    root = await temporaryFolder('embedded-');
    dataDir = join(root, 'shared');
    await mkdir(dataDir, { mode: 0o700 }); // as of root it is opened for PostgreSQL's user
    const database = await startEmbedded({ dataDir, log: silent });
    await query(database.ownerUrl, 'CREATE TABLE kept (id int PRIMARY KEY, note text CHECK (length(note) < 30))');
    await database.stop();
  });

  afterAll(async () => {
    for (const pid of postmasters()) process.kill(pid, 'SIGQUIT');
    await until(() => postmasters().length === 0);
    await rm(root, { recursive: true, force: true });
  });
}

export const silent = { info() {}, warn() {}, error() {} };

/** Starts it, and stops it when the test is over. */
export async function start(folder: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dataDir: folder, log: silent, ...options });
  onTestFinished(() => database.stop());
  return database;
}

type Child = EmbeddedDatabase & { process: ChildProcess; leave(): Promise<void> };

/** The same in a process of its own, which stops when its standard input ends. */
export async function startInChild(
  folder: string,
  options: { uid?: number; gid?: number; detached?: boolean } = {},
): Promise<Child> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL('../../src/db/embedded/index.ts', import.meta.url).href)};
    const log = { info() {}, warn() {}, error() {} };
    const database = await startEmbedded({ dataDir: ${JSON.stringify(folder)}, log, supervise: true });
    process.stdin.on('end', () => database.stop()).resume();
    console.log(JSON.stringify(database));`;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', tsx, '--input-type=module', '--eval', script], {
    cwd: '/',
    env: { PATH: process.env.PATH, TMPDIR: dirname(folder), HOME: '/nonexistent' },
    stdio: ['pipe', 'pipe', 'inherit'],
    ...options,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  const line = await Promise.race([once(child.stdout, 'data'), exit.then(() => undefined)]);
  if (!line) throw new Error('the child process could not start the database');
  const leave = async () => {
    child.stdin.end();
    await exit;
  };
  return { ...JSON.parse(String(line[0])), process: child, leave };
}

/** The live PostgreSQL main processes of a data directory, or of all below the tests' own folder. */
export function postmasters(folder = root): number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,stat=,args='], { encoding: 'utf8' });
  return list.split('\n').flatMap((line) => {
    const [, pid, state, command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const isOurs = state?.[0] !== 'Z' && command.includes('postgres -D') && command.includes(`${folder}/`);
    return isOurs ? [Number(pid)] : [];
  });
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => {}); // cut on purpose
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

// biome-ignore lint/suspicious/noExplicitAny: each caller knows the columns that its statement selects
export async function query(url: string, sql: string, values: unknown[] = []): Promise<any[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Asks until PostgreSQL is back, ten seconds at most. */
export async function answerOf(url: string, sql: string): ReturnType<typeof query> {
  for (const giveUpAt = Date.now() + 10_000; ; await sleep(20)) {
    try {
      return await query(url, sql);
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
  }
}

export async function until(isTrue: () => boolean): Promise<void> {
  for (const giveUpAt = Date.now() + 10_000; !isTrue(); await sleep(20)) {
    if (Date.now() > giveUpAt) throw new Error('it did not come true in ten seconds');
  }
}
