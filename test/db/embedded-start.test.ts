import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { chown, mkdir, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { sharedMebibytes } from '../../src/db/embedded/cluster.ts';
import { canEnter, chooseAccount } from '../../src/db/embedded/run-as.ts';
import {
  connect,
  dataDir,
  postmasters,
  query,
  root,
  start,
  startInChild,
  useKeptDatabase,
} from '../support/embedded-postgres.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

useKeptDatabase();

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
