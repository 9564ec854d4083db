import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chown, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  answerOf,
  connect,
  dataDir,
  postmasters,
  query,
  start,
  startInChild,
  until,
  useKeptDatabase,
} from '../support/embedded-postgres.ts';

useKeptDatabase();

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
