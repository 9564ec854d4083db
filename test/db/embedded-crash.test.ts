import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type EmbeddedDatabase, type EmbeddedOptions, startEmbedded } from '../../src/db/embedded/index.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/** Every data directory of this file is below it. */
let root: string;
/** A database with a table `kept`; it is stopped between tests. */
let dataDir: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'embedded-'));
  await chmod(root, 0o755);
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

describe('PostgreSQL after a killed server', () => {
  test('lives on, out of reach of the terminal, and is joined with every committed row', async () => {
    const child = await startInChild(dataDir, { detached: true });
    await query(child.ownerUrl, 'TRUNCATE kept');
    await query(child.ownerUrl, "INSERT INTO kept VALUES (1, 'committed')");
    const [postmaster] = postmasters(dataDir);

    process.kill(-(child.process.pid as number), 'SIGKILL'); // its whole process group, as Ctrl-C does
    await once(child.process, 'exit');
    const since = performance.now();
    const database = await start(dataDir);
    expect(performance.now() - since).toBeLessThan(3_000);
    expect(postmasters(dataDir)).toEqual([postmaster]);
    expect(database.port).toBe(child.port);
    expect(await query(database.ownerUrl, 'SELECT * FROM kept')).toEqual([{ id: 1, note: 'committed' }]);
  });

  test.each(['names another program', 'is empty'])('a pid file that %s stops no start', async (what) => {
    const { port, stop } = await start(dataDir);
    await stop();
    const file = join(dataDir, 'postgres', 'pgdata', 'postmaster.pid');
    const { uid, gid } = await stat(dirname(file));
    // Of the same user: PostgreSQL respects no other's. So looks a number that was given out anew after a reboot.
    const stranger = spawn('sleep', ['60'], { uid, gid });
    onTestFinished(() => void stranger.kill());
    const names = `${stranger.pid}\n${dirname(file)}\n1700000000\n${port}\n\n127.0.0.1\n  1234567  7\nready   \n`;
    await writeFile(file, what === 'is empty' ? '' : names, { mode: 0o600 });
    await chown(file, uid, gid);
    await utimes(file, 0, 0);

    expect((await start(dataDir)).port).toBe(port);
    expect(stranger.exitCode).toBeNull();
  });
});

describe('under supervision', () => {
  test('a killed PostgreSQL is back on its port within seconds, with every acknowledged row', async () => {
    const database = await start(dataDir, { supervise: true });
    await query(database.ownerUrl, 'TRUNCATE kept');
    const longQuery = query(database.superuserUrl, 'SELECT count(*) FROM generate_series(1, 1000000000) g WHERE g < 0');
    longQuery.catch(() => {}); // it outlives the kill, and must not keep PostgreSQL from coming back
    const writer = await connect(database.ownerUrl);
    let acknowledged = 0;
    const writing = (async () => {
      for (let id = 1; ; id += 1) {
        await writer.query("INSERT INTO kept VALUES ($1, 'row')", [id]);
        acknowledged = id;
      }
    })().catch(() => {});
    await until(() => acknowledged > 50);

    const [postmaster] = postmasters(dataDir);
    process.kill(postmaster as number, 'SIGKILL');
    await writing;
    const rows = await answerOf(database.ownerUrl, 'SELECT count(*)::int AS count, max(id) AS last FROM kept');
    expect(rows[0].count).toBe(rows[0].last);
    expect(rows[0].count).toBeGreaterThanOrEqual(acknowledged);
    expect(postmasters(dataDir)).not.toEqual([postmaster]);

    await database.stop();
    expect(postmasters(dataDir)).toEqual([]);
  });

  test('a PostgreSQL that somebody else stopped is started again, one that we stopped is not', async () => {
    const database = await start(dataDir, { supervise: true });
    const [first] = postmasters(dataDir);
    process.kill(first as number, 'SIGINT'); // what "pg_ctl stop" sends
    await until(() => postmasters(dataDir)[0] !== first);
    await answerOf(database.superuserUrl, 'SELECT 1');

    await database.stop();
    await sleep(500);
    expect(postmasters(dataDir)).toEqual([]);
  });
});

describe("PostgreSQL's log", () => {
  test("holds its own events but nothing of anybody's rows, statements or parameters", async () => {
    const database = await start(dataDir);
    const secret = 'Overdue-4711';
    await query(database.ownerUrl, 'TRUNCATE kept');
    await query(database.ownerUrl, 'INSERT INTO kept VALUES (1, $1)', [secret]);
    const refused: [string, unknown[]][] = [
      ['INSERT INTO kept VALUES (2, $1)', [secret.repeat(9)]], // CHECK: the detail names the row
      ["INSERT INTO kept VALUES (1, 'Overdue-4711')", []], // unique: the detail names the key
      ['SELECT $1::uuid', [secret]], // the message itself names the value
      [`SELECT '${secret}'::jsonb`, []],
      [`SELECT "${secret}"`, []],
      [`DO $$ BEGIN RAISE WARNING '${secret}'; RAISE EXCEPTION '${secret}'; END $$`, []],
    ];
    for (const [sql, values] of refused) await expect(query(database.ownerUrl, sql, values)).rejects.toThrow();

    const client = await connect(database.ownerUrl);
    const [{ pid }] = (await client.query('SELECT pg_backend_pid() AS pid')).rows;
    const killed = client.query(`SELECT pg_sleep(60) /* ${secret} */`);
    const cut = expect(killed).rejects.toThrow();
    await sleep(100);
    process.kill(pid, 'SIGKILL'); // PostgreSQL likes to tell what a crashed backend was running
    await cut;
    await answerOf(database.ownerUrl, 'SELECT 1');

    const folder = join(dataDir, 'postgres', 'pgdata', 'log');
    const log = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(log.join()).toContain('was terminated by signal 9');
    expect(log.join()).not.toContain(secret);
    expect(log.join()).not.toContain('INSERT');
    expect(readFileSync(join(folder, '..', 'startup.log'), 'utf8')).not.toContain(secret);
  });
});

const silent = { info() {}, warn() {}, error() {} };

/** Starts it, and stops it when the test is over. */
async function start(folder: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dataDir: folder, log: silent, ...options });
  onTestFinished(() => database.stop());
  return database;
}

type Child = EmbeddedDatabase & { process: ChildProcess; leave(): Promise<void> };

/** The same in a process of its own, which stops when its standard input ends. */
async function startInChild(
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
function postmasters(folder = root): number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,stat=,args='], { encoding: 'utf8' });
  return list.split('\n').flatMap((line) => {
    const [, pid, state, command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const isOurs = state?.[0] !== 'Z' && command.includes('postgres -D') && command.includes(`${folder}/`);
    return isOurs ? [Number(pid)] : [];
  });
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => {}); // cut on purpose
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

// biome-ignore lint/suspicious/noExplicitAny: rows of whatever the statement selects
async function query(url: string, sql: string, values: unknown[] = []): Promise<any[]> {
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
async function answerOf(url: string, sql: string): ReturnType<typeof query> {
  for (const giveUpAt = Date.now() + 10_000; ; await sleep(20)) {
    try {
      return await query(url, sql);
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  for (const giveUpAt = Date.now() + 10_000; !isTrue(); await sleep(20)) {
    if (Date.now() > giveUpAt) throw new Error('it did not come true in ten seconds');
  }
}
