import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { VERSION } from '../../src/domain/version.ts';
import { openKeyRing } from '../../src/keys/open-key-ring.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CommandLine, openCommandLine } from '../support/command-line.ts';
import { createCompany } from '../support/factories.ts';
import { COMPANY, FOUNDATION, threadLine, toText } from '../support/import-world.ts';

// A command is a process, and machines are shared.
vi.setConfig({ testTimeout: 120_000 });

let world: TestApp;
let owner: Db;
let comms: CommandLine;

beforeAll(async () => {
  world = await startTestApp();
  owner = connect({ url: world.database.ownerUrl, poolSize: 2, purpose: 'batch', onError: () => undefined });
  // The application made a key that nobody else knows.
  await owner.query({ text: 'DELETE FROM encryption_keys' });
  const keys = generateEncryptionKey(1);
  await openKeyRing(owner, keys);
  comms = await openCommandLine({
    DATABASE_URL: world.database.serverUrl,
    DATABASE_MIGRATION_URL: world.database.ownerUrl,
    ENCRYPTION_KEYS: keys,
    // Port 3000 may be taken on a machine that is shared.
    PORT: '0',
  });
});
afterAll(async () => {
  await comms.close();
  await owner.close();
  await world.close();
});

describe('comms doctor', () => {
  test('0 when all is well', async () => {
    const { code, stdout } = await comms.run(['doctor', '--json']);
    const { ok, checks } = JSON.parse(stdout);
    expect([code, ok], stdout).toEqual([0, true]);
    const subjects = new Set(checks.map((check: { subject: string }) => check.subject));
    expect([...subjects].sort()).toEqual([
      'clock',
      'counters',
      'database',
      'keys',
      'migrations',
      'settings',
      'time zones',
    ]);
  });

  test('1 for a company whose time zone PostgreSQL reads otherwise', async () => {
    const id = await createCompany(owner, { timezone: 'US/Pacific-New' });
    const { code, stdout } = await comms.run(['doctor']);
    await owner.query({ text: 'DELETE FROM companies WHERE id = $1', values: [id] });
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^failed +time zones +company ${id} has the time zone US/Pacific-New`, 'm')),
    ]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'another key under a known id',
      { ENCRYPTION_KEYS: generateEncryptionKey(1) },
      /^failed +keys +key 1 has other key material than the database expects → restore its original/m,
    ],
    [
      'a key is missing',
      { ENCRYPTION_KEYS: generateEncryptionKey(2) },
      /^failed +keys +key 1 is missing; .* → add it to ENCRYPTION_KEYS/m,
    ],
    [
      'no database',
      { DATABASE_URL: 'postgres://x@127.0.0.1:1/x', DATABASE_MIGRATION_URL: '' },
      /^failed +database +unreachable: ECONNREFUSED .*→ check DATABASE_URL/m,
    ],
    [
      'too many connections',
      { WORKERS: '64', DATABASE_POOL_SIZE: '200' },
      /^failed +database +PostgreSQL allows \d+ connections/m,
    ],
  ])('1 and what to do: %s', async (_, settings, line) => {
    const { code, stdout } = await comms.run(['doctor'], { settings });
    expect([code, stdout]).toEqual([1, expect.stringMatching(line)]);
  });

  test('finds a misspelt name, and leaves other programs their own', async () => {
    const { code, stdout } = await comms.run(['doctor'], {
      settings: {
        DATABSE_POOL_SIZE: '9',
        LOGLEVEL: 'debug',
        workers: '2',
        PROT: '1',
        SORT: 'x',
        POST: 'x',
        OWNER_PASSWORD: 'x',
      },
    });
    const misspelt = [
      ...stdout.matchAll(/^failed +settings +(\S+) is not a setting and has no effect → rename it to (\S+),/gm),
    ];
    expect([code, misspelt.map(([, name, meant]) => [name, meant]).sort()]).toEqual([
      1,
      [
        ['DATABSE_POOL_SIZE', 'DATABASE_POOL_SIZE'],
        ['LOGLEVEL', 'LOG_LEVEL'],
        ['PROT', 'PORT'],
        ['workers', 'WORKERS'],
      ],
    ]);
  });

  test('finds a port that is taken, but not by the server itself', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const taken = await comms.run(['doctor'], { settings: { PORT: String(port) } });
    other.close();
    expect([taken.code, taken.stdout]).toEqual([
      1,
      expect.stringMatching(/^failed +settings +Port \d+ on .* is in use/m),
    ]);

    const own = new URL(await world.app.listen({ host: '127.0.0.1', port: 0 })).port;
    const { code, stdout } = await comms.run(['doctor'], { settings: { PORT: own } });
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(`^ok +settings +port ${own} on .* is used by this server, version ${VERSION}$`, 'm'),
      ),
    ]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['a key of the wrong form', { ENCRYPTION_KEYS: 'hunter2' }, /^failed +keys +ENCRYPTION_KEYS entry 1 has no colon/m],
    ['no key', { ENCRYPTION_KEYS: '' }, /^failed +keys +ENCRYPTION_KEYS is not set/m],
  ])('says under the heading of the keys: %s', async (_, settings, line) => {
    const { code, stdout } = await comms.run(['doctor'], { settings });
    expect([code, stdout]).toEqual([1, expect.stringMatching(line)]);
    expect(stdout).toMatch(/^ok +database +PostgreSQL/m);
    expect(stdout).not.toContain('hunter2');
  });

  test('finds counts that differ from the rows, and the file that it names puts them right', async () => {
    await comms.json(['import', '-'], { stdin: toText([...FOUNDATION, threadLine('one'), threadLine('two')]) });
    await owner.query({
      text: 'UPDATE thread_day_counts SET messages = messages + 1 WHERE company_id = $1',
      values: [COMPANY],
    });
    await owner.query({
      text: `INSERT INTO company_totals (company_id, thread_notes) VALUES ($1, 7)
             ON CONFLICT (company_id) DO UPDATE SET thread_notes = 7`,
      values: [COMPANY],
    });

    const { code, stdout } = await comms.run(['doctor']);

    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^failed +counters +.* company ${COMPANY} → run deploy/recount.sql`, 'm')),
    ]);
    const client = new pg.Client({ connectionString: world.database.ownerUrl });
    await client.connect();
    await client.query(await readFile('deploy/recount.sql', 'utf8'));
    await client.end();
    expect((await comms.run(['doctor'])).code).toBe(0);
  });

  test('has nothing to find fault with in an embedded database that is new', { timeout: 240_000 }, async () => {
    const fresh = await openCommandLine({ DATA_DIR: 'data', PORT: '0' });
    onTestFinished(() => fresh.close());
    const { code, stdout } = await fresh.run(['doctor']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('the schema is created at the first start')]);
  });

  test('counts the connections as the workers share them out', async () => {
    const settings = { WORKERS: '8', DATABASE_POOL_SIZE: '16' };
    const { stdout } = await comms.run(['doctor'], { settings });
    expect(stdout).toMatch(/^ok +database +PostgreSQL allows \d+ connections, 47 are needed$/m);
  });

  test('warns of a server role that owns the tables', async () => {
    const { code, stdout } = await comms.run(['doctor'], { settings: { DATABASE_URL: world.database.ownerUrl } });
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^warning +database +the server's role \S+ owns the tables → /m),
    ]);
  });
});
