import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { type EmbeddedDatabase, startEmbedded } from '../../src/db/embedded/index.ts';
import { type Asker, asking, type Call, postgresPids } from '../faults/asking.ts';
import { freePort, postgresPid } from '../faults/world.ts';
import { createCustomer, createMessage, createTenant } from '../support/factories.ts';

/** A server process with `DATABASE_URL` on a PostgreSQL that goes away, hangs, fills up or turns read-only. */
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const keys = generateEncryptionKey(1);
const ring = new KeyRing(parseEncryptionKeys(keys), 1);
const POOL = 4;

let dataDir: string;
let postgres: EmbeddedDatabase;
let superuser: pg.Client;
let server: ChildProcess;
let address: string;
let db: Db;
let desk: Asker;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'communications-away-'));
  postgres = await startEmbedded({ dataDir, log: SILENT });
  await startServer();
  db = connect({ url: postgres.serverUrl, poolSize: 2, onError: () => undefined, purpose: 'batch' });
  const { companyId, token } = await createTenant(db);
  const customerId = await createCustomer(db, companyId);
  const { id: threadId } = await createMessage(db, ring, companyId, { customerId });
  desk = { companyId, token, customerId, threadId };
});
beforeEach(async () => {
  superuser = new pg.Client({ connectionString: inDatabase(postgres.superuserUrl) });
  superuser.on('error', () => undefined);
  await superuser.connect();
});
afterAll(async () => {
  server.kill('SIGKILL');
  await superuser.end().catch(() => undefined);
  await db.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function inDatabase(url: string): string {
  const named = new URL(url);
  named.pathname = '/comms';
  return named.href;
}

async function startServer(): Promise<void> {
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, ['--import', 'tsx', 'test/faults/server.ts'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: postgres.serverUrl,
      DATABASE_MIGRATION_URL: postgres.ownerUrl,
      DATABASE_POOL_SIZE: String(POOL),
      ENCRYPTION_KEYS: keys,
      RATE_LIMIT_PER_MINUTE: '0',
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    server.stdout?.once('data', () => resolve());
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
}

const { call, everyKind, logOnce } = asking(() => ({ address, desk }));

/** 503 with Retry-After within two seconds each, and nothing said of the inside. A busy machine gets some slack. */
function expectShed(calls: Call[]): void {
  for (const { what, status, retryAfter, milliseconds, body } of calls) {
    expect({ what, status, retryAfter }).toEqual({ what, status: 503, retryAfter: '1' });
    expect(milliseconds, `${what} took ${Math.round(milliseconds)} ms`).toBeLessThan(2_000 + SLACK_MS);
    expect(JSON.parse(body).code).toBe('unavailable');
  }
}
const SLACK_MS = 500;

async function untilReady(): Promise<number> {
  const since = performance.now();
  while ((await call('ready', '/readyz')).status !== 200) await sleep(50);
  return performance.now() - since;
}

async function expectHealthyWithin(milliseconds: number): Promise<void> {
  expect(await untilReady()).toBeLessThan(milliseconds);
  const company = `/api/companies/${desk.companyId}`;
  expect((await call('threads', `${company}/communications/threads`)).status).toBe(200);
  expect((await logOnce('back')).status).toBe(201);
}

async function expectQuickHealthz(): Promise<void> {
  const { status, milliseconds } = await call('health', '/healthz');
  expect(status).toBe(200);
  expect(milliseconds).toBeLessThan(500);
}

describe('PostgreSQL away', () => {
  it('stopped: only 503 within two seconds; back: healthy within five, in the same process', async () => {
    await untilReady();
    const { pid } = server;
    process.kill(await postgresPid(dataDir), 'SIGINT');
    await sleep(500);
    for (let turn = 0; turn < 5; turn++) {
      expectShed(await Promise.all([...everyKind(), ...everyKind()]));
      await expectQuickHealthz();
      await sleep(200);
    }
    postgres = await startEmbedded({ dataDir, log: SILENT });
    await expectHealthyWithin(5_000);
    expect(server.pid).toBe(pid);
    expect(server.exitCode).toBeNull();
  }, 120_000);

  it('hanging, every socket open but silent: the same', async () => {
    await untilReady();
    const pids = await postgresPids(dataDir);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      expectShed(await Promise.all([...everyKind(), ...everyKind()]));
      await expectQuickHealthz();
      expectShed(await Promise.all(everyKind()));
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await expectHealthyWithin(5_000);
  }, 60_000);
});

it('PostgreSQL hanging in the middle of a transaction: shed within two seconds too', async () => {
  await untilReady();
  await superuser.query('BEGIN; LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE');
  const logs = Promise.all([logOnce('hanging'), logOnce('hanging')]);
  await sleep(300);
  const pids = await postgresPids(dataDir);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    expectShed(await logs);
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
  await superuser.query('ROLLBACK');
  await expectHealthyWithin(5_000);
}, 60_000);

describe('PostgreSQL slow', () => {
  it('a table locked by someone else: what needs it is shed, the rest is served', async () => {
    await untilReady();
    await superuser.query('BEGIN; LOCK TABLE communication_threads IN ACCESS EXCLUSIVE MODE');
    const company = `/api/companies/${desk.companyId}`;
    const calls = await Promise.all(
      Array.from({ length: 30 }, (_, nth) =>
        nth % 2 ? logOnce('locked') : call('threads', `${company}/communications/threads`),
      ),
    );
    await expectQuickHealthz();
    await superuser.query('ROLLBACK');
    expectShed(calls);
    await expectHealthyWithin(5_000);
  }, 60_000);
});

describe('PostgreSQL slow again and again', () => {
  /** Each table is locked until the moment given, in milliseconds from now. */
  async function lockedUntil(moments: Record<string, number>): Promise<{ gone: Promise<unknown> }> {
    const holders = await Promise.all(
      Object.entries(moments).map(async ([table, milliseconds]) => {
        const holder = new pg.Client({ connectionString: inDatabase(postgres.superuserUrl) });
        await holder.connect();
        await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
        return { holder, milliseconds };
      }),
    );
    const gone = holders.map(({ holder, milliseconds }) => sleep(milliseconds).then(() => holder.end()));
    return { gone: Promise.all(gone) };
  }

  it.each([
    ['each statement waits a little less than it may', { tokens: 800, customers: 1_600, audit_events: 2_300 }],
    ['the first takes nearly all the time', { tokens: 950, communication_threads: 1_850, audit_events: 2_050 }],
    ['the last is free the moment after the answer', { tokens: 900, audit_events: 1_980 }],
  ])(
    '%s: 503 within two seconds for the whole request, and what was told 503 is not done',
    async (_, moments) => {
      await untilReady();
      const key = `slow ${_}`;
      const { gone } = await lockedUntil(moments);
      const calls = await Promise.all([
        logOnce(key, { 'idempotency-key': key }),
        call('note', `/api/companies/${desk.companyId}/thread-notes`, { thread_id: desk.threadId, content: key }),
      ]);
      await gone;
      expectShed(calls);
      await sleep(500);
      const { rows } = await superuser.query('SELECT FROM communication_threads WHERE subject = $1', [key]);
      expect(rows).toHaveLength(0);
      await untilReady();
      const again = await logOnce(key, { 'idempotency-key': key });
      expect(again).toMatchObject({ status: 201, replayed: null });
      expect(await logOnce(key, { 'idempotency-key': key })).toMatchObject({
        status: 201,
        replayed: 'true',
        body: again.body,
      });
    },
    60_000,
  );

  it('a login asks five times: 503 within two seconds too', async () => {
    await untilReady();
    const { gone } = await lockedUntil({ login_failures: 900, users: 1_700, security_events: 2_400 });
    expectShed([await call('login', '/api/auth/login/', { username: 'nobody', password: 'nothing' })]);
    await gone;
  }, 60_000);
});

describe('PostgreSQL read-only', () => {
  /** Waits until PostgreSQL has read its settings again. */
  const untilReadOnly = (value: 'on' | 'off') =>
    expect
      .poll(async () => {
        const text = "SELECT reset_val FROM pg_settings WHERE name = 'default_transaction_read_only'";
        return (await superuser.query(text)).rows;
      })
      .toEqual([{ reset_val: value }]);

  it('serves lists, answers writes 503, and writes again afterwards', async () => {
    await superuser.query('ALTER SYSTEM SET default_transaction_read_only = on');
    await superuser.query('SELECT pg_reload_conf()');
    await untilReadOnly('on');
    const company = `/api/companies/${desk.companyId}`;
    expect((await call('threads', `${company}/communications/threads`)).status).toBe(200);
    expectShed([
      await logOnce('read-only'),
      await call('note', `${company}/thread-notes`, { thread_id: desk.threadId, content: 'x' }),
      await call('login', '/api/auth/login/', { username: 'nobody', password: 'nothing' }),
    ]);
    await superuser.query('SET default_transaction_read_only = off');
    await superuser.query('ALTER SYSTEM RESET default_transaction_read_only');
    await superuser.query('SELECT pg_reload_conf()');
    await untilReadOnly('off');
    await expectHealthyWithin(5_000);
    const { rows } = await superuser.query(`SELECT FROM communication_threads WHERE subject = 'read-only'`);
    expect(rows).toHaveLength(0);
  }, 60_000);
});

const canMount = process.getuid?.() === 0 && (await mounts());

async function mounts(): Promise<boolean> {
  const place = await mkdtemp(join(tmpdir(), 'communications-mount-'));
  const mounted = await mount(place, '1m').then(
    () => true,
    () => false,
  );
  if (mounted) await promisify(execFile)('umount', [place]);
  await rm(place, { recursive: true });
  return mounted;
}

async function mount(place: string, size: string): Promise<void> {
  await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place]);
}

/** Needs the right to mount a small file system; elsewhere the errors themselves are checked in `errors.test.ts`. */
describe.runIf(canMount)('the disk full', () => {
  it('answers 503, loses nothing, and writes again when there is room', async () => {
    const place = await mkdtemp(join(tmpdir(), 'communications-small-'));
    await mount(place, '24m');
    await promisify(execFile)('chmod', ['777', place]);
    const { rows } = await superuser.query(`SELECT current_setting('data_directory') AS folder`);
    const { uid, gid } = await import('node:fs').then(({ statSync }) => statSync(rows[0].folder));
    await mkdir(join(place, 'space'));
    await promisify(execFile)('chown', [`${uid}:${gid}`, join(place, 'space')]);
    await superuser.query(`CREATE TABLESPACE small LOCATION '${join(place, 'space')}'`);
    try {
      await superuser.query('ALTER TABLE communication_threads SET TABLESPACE small');
      await superuser.query(
        'CREATE TABLE filler TABLESPACE small AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 100) n',
      );
      const acknowledged = await logUntilFull();
      expectShed([await logOnce('full'), await logOnce('full')]);
      const company = `/api/companies/${desk.companyId}`;
      expect((await call('threads', `${company}/communications/threads`)).status).toBe(200);
      await superuser.query('DROP TABLE filler');
      await superuser.query('ALTER TABLE communication_threads SET TABLESPACE pg_default');
      await expectHealthyWithin(5_000);
      const stored = await superuser.query(`SELECT id FROM communication_threads WHERE subject = 'filling'`);
      expect(stored.rows.map((row) => row.id).sort()).toEqual(acknowledged.sort());
      const full = await superuser.query(`SELECT FROM communication_threads WHERE subject = 'full'`);
      expect(full.rows).toHaveLength(0);
    } finally {
      await superuser.query('DROP TABLE IF EXISTS filler');
      await superuser.query('ALTER TABLE communication_threads SET TABLESPACE pg_default');
      await superuser.query('DROP TABLESPACE small');
      await promisify(execFile)('umount', [place]);
      await rm(place, { recursive: true });
    }
  }, 120_000);

  /** Fills the space to within a page or two, then logs until it is full. @returns ids of what was acknowledged */
  async function logUntilFull(): Promise<string[]> {
    for (let rows = 20_000; rows >= 10; rows = Math.floor(rows / 2)) {
      await superuser
        .query(`INSERT INTO filler SELECT repeat(md5(n::text), 30) FROM generate_series(1, ${rows}) n`)
        .catch(() => undefined);
    }
    const acknowledged: string[] = [];
    for (let nth = 0; nth < 5_000; nth++) {
      const answer = await logOnce('filling');
      if (answer.status !== 201) {
        expectShed([answer]);
        return acknowledged;
      }
      acknowledged.push(JSON.parse(answer.body).id);
    }
    throw new Error('The disk never got full.');
  }
});

describe('SIGTERM under load', () => {
  it('keeps everything acknowledged and ends within ten seconds', async () => {
    await untilReady();
    const acknowledged: string[] = [];
    let isRunning = true;
    const client = async () => {
      while (isRunning) {
        const answer = await logOnce('stopping').catch(() => undefined);
        if (answer?.status === 201) acknowledged.push(JSON.parse(answer.body).id);
        else if (answer) expect(answer.status).toBe(503);
      }
    };
    const clients = Array.from({ length: 16 }, client);
    await sleep(1_000);
    const since = performance.now();
    const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - since).toBeLessThan(10_000);
    isRunning = false;
    await Promise.all(clients);
    const { rows } = await superuser.query(`SELECT id FROM communication_threads WHERE subject = 'stopping'`);
    const stored = new Set(rows.map((row) => row.id));
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    await startServer();
  }, 60_000);
});
