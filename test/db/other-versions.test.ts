import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OLDEST_NODE, versionFault } from '../../src/cli/node-version.ts';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { migrate, NewerSchemaError, OldPostgresError, refuseOldVersion } from '../../src/db/migrate.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CommandLine, openCommandLine } from '../support/command-line.ts';
import { run } from '../support/global-setup.ts';

/** A schema, a PostgreSQL and a Node that this version can't work with are each refused in one line. */

const NEWER =
  'The schema of the database was made by a newer version of this server. Run that version, or restore a backup.';

describe('a schema that a newer version made', () => {
  let t: TestApp;
  let comms: CommandLine;
  beforeAll(async () => {
    t = await startTestApp();
    const { ownerUrl, serverUrl } = t.database;
    await run(ownerUrl, [`INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)`]);
    comms = await openCommandLine({
      DATABASE_URL: serverUrl,
      DATABASE_MIGRATION_URL: ownerUrl,
      ENCRYPTION_KEYS: generateEncryptionKey(1),
      PORT: '0',
    });
  });
  afterAll(async () => {
    await comms.close();
    await t.close();
  });

  it('is refused by the migrations', async () => {
    const { ownerUrl } = t.database;
    await expect(migrate({ ownerUrl, serverRole: 'comms_test_server' })).rejects.toThrow(NewerSchemaError);
  });

  it.each([['migrate'], ['serve'], ['company list']])('ends `%s` with one line', async (command) => {
    const { code, stdout, stderr } = await comms.run(command.split(' '), { settings: { LOG_LEVEL: 'warn' } });
    expect([code, stdout, stderr]).toEqual([1, '', `${NEWER}\n`]);
  });

  it('is found by the doctor', async () => {
    const { code, stdout } = await comms.run(['doctor']);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^failed +migrations +The schema .* newer version/m)]);
  });

  it('makes /readyz 503', async () => {
    const response = await t.app.inject('/readyz');
    expect([response.statusCode, response.json().detail]).toEqual([503, 'The schema was made by a newer version.']);
  });
});

describe('PostgreSQL', () => {
  it.each([90_624, 130_011, 150_004, 159_999])('%i is refused', (version) => {
    expect(() => refuseOldVersion(version)).toThrow(OldPostgresError);
    expect(() => refuseOldVersion(version)).toThrow(/^PostgreSQL \d+ is too old: 16 is the oldest that can work\.$/);
  });

  it.each([160_000, 170_002, 180_004])('%i is accepted', (version) => {
    expect(() => refuseOldVersion(version)).not.toThrow();
  });
});

describe('Node', () => {
  it.each(['18.20.8', '16.0.0', '20.18.3', '19.9.0'])('%s is refused', (version) => {
    expect(versionFault(version)).toBe(`Node ${version} is too old: 20.19 is the oldest supported version.`);
  });

  it.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('%s is accepted', (version) => {
    expect(versionFault(version)).toBeUndefined();
  });

  it('has the same oldest version in package.json', async () => {
    const { engines } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(engines.node).toBe(`>=${OLDEST_NODE.join('.')}`);
  });

  it('is judged before anything else is loaded', async () => {
    const entry = await readFile('src/cli.ts', 'utf8');
    expect([...entry.matchAll(/^import .* from '(.*)'/gm)].map(([, path]) => path)).toEqual(['./cli/node-version.ts']);
    expect(await readFile('src/cli/node-version.ts', 'utf8')).not.toMatch(/^import /m);
  });
});
