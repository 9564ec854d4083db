import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { openKeyRing } from '../../src/keys/open-key-ring.ts';
import { type CommandLine, ended, openCommandLine } from '../support/command-line.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createCustomer, createMessage, createTenant } from '../support/factories.ts';

/** `comms serve` as an operator starts it, with keys that can't be right, on a database that knows two keys. */
const [one, two] = [generateEncryptionKey(1), generateEncryptionKey(2)] as const;
const material = (entry: string) => entry.slice(entry.indexOf(':') + 1);
const short = randomBytes(16).toString('base64');

let database: TestDatabase;
let comms: CommandLine;
beforeAll(async () => {
  database = await createTestDatabase();
  const db = connect({ url: database.serverUrl, poolSize: 1, onError: () => undefined, purpose: 'batch' });
  await openKeyRing(db, `${one},${two}`);
  await db.query({ text: 'UPDATE encryption_keys SET promoted_at = now() WHERE id = 2' });
  await db.close();
  comms = await openCommandLine({
    DATABASE_URL: database.serverUrl,
    DATABASE_MIGRATION_URL: database.ownerUrl,
    PORT: '0',
  });
});
afterAll(async () => {
  await comms.close();
  await database.drop();
});

describe('comms serve', () => {
  it.each([
    ['no key', '', /^ENCRYPTION_KEYS is required/],
    ['nothing between the commas', ',,', /^ENCRYPTION_KEYS /],
    ['a word', 'hunter2-is-no-key', /^ENCRYPTION_KEYS /],
    ['a key without its id', material(one), /^ENCRYPTION_KEYS /],
    ['a key that is no base64', `1:${material(one).slice(0, -4)}!!!!`, /^ENCRYPTION_KEYS /],
    ['a short key', `1:${short}`, /^ENCRYPTION_KEYS .* 16 bytes, not 32/],
    ['the same key twice', `${one},2:${material(one)}`, /^ENCRYPTION_KEYS .* same key/],
    ['the same id twice', `${one},1:${material(two)}`, /^ENCRYPTION_KEYS .* same id/],
    ['another key under a known id', `${generateEncryptionKey(1)},${two}`, /^ENCRYPTION_KEYS .* key 1/],
    ['two keys exchanged', `1:${material(two)},2:${material(one)}`, /^ENCRYPTION_KEYS .* key [12]/],
    [
      'a missing key that texts may be encrypted with',
      one,
      /^ENCRYPTION_KEYS .* key 2: texts may be encrypted with it\. .* retire --id 2 instead/,
    ],
    ['only a new key', generateEncryptionKey(3), /^ENCRYPTION_KEYS .* key 1/],
  ])(
    'with %s: ends at once, with one line that names the setting and shows nothing of it',
    async (_, setting, line) => {
      const { code, stdout, stderr } = await comms.run(['serve'], { settings: { ENCRYPTION_KEYS: setting } });
      expect(code).toBe(1);
      // Whatever the version says of itself as it starts.
      const said = stderr.split('\n').filter((each) => each !== '' && !each.includes('"msg":"starting"'));
      expect(said).toEqual([expect.stringMatching(line)]);
      for (const secret of [...setting.split(','), ...setting.split(/[,:]/)].filter((part) => part.length > 3))
        expect(stdout + stderr).not.toContain(secret.slice(0, 8));
    },
  );
});

describe('the first start on an empty PostgreSQL of theirs', () => {
  it('what the refusals say to run, one after the other, leads to a server that starts', async () => {
    const empty = await createEmptyDatabase();
    onTestFinished(() => empty.drop());
    const settings = { DATABASE_URL: empty.serverUrl, DATABASE_MIGRATION_URL: empty.ownerUrl };
    const refused = await comms.run(['serve'], { settings });
    expect([refused.code, refused.stderr]).toEqual([
      1,
      'ENCRYPTION_KEYS is required with DATABASE_URL: run `comms migrate`, then `comms keys add`, which prints it.\n',
    ]);
    expect((await comms.run(['keys', 'add'], { settings })).stderr).toContain('Run `comms migrate` first.');

    expect((await comms.run(['migrate'], { settings })).stdout).toMatch(/^Applied \d+ migrations/);
    const { code, stdout } = await comms.run(['keys', 'add'], { settings });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^ENCRYPTION_KEYS=1:\S+\n$/)]);
    const [, keys = ''] = /^ENCRYPTION_KEYS=(.*)$/m.exec(stdout) ?? [];
    const server = comms.start(['serve'], { ...settings, ENCRYPTION_KEYS: keys });
    const log = createInterface(server.stderr);
    for await (const line of log) if (line.includes('listening')) break;
    server.kill('SIGTERM');
    await ended(server);
    expect(server.exitCode).toBe(0);
  });
});

describe('comms doctor, of a key that is missing', () => {
  const doctor = () => comms.run(['doctor'], { settings: { ENCRYPTION_KEYS: two } });
  let db: Db;
  beforeAll(() => {
    db = connect({ url: database.ownerUrl, poolSize: 1, onError: () => undefined, purpose: 'batch' });
  });
  afterAll(() => db.close());

  it('counts the texts that it encrypts', async () => {
    const { companyId } = await createTenant(db);
    const ring = new KeyRing(parseEncryptionKeys(one), 1);
    const customerId = await createCustomer(db, companyId);
    await createMessage(db, ring, companyId, { customerId, source: 'manual' });
    expect((await doctor()).stdout).toMatch(
      /^failed +keys +key 1 is missing; texts encrypted under it: 1 → add it to/m,
    );
    for (const table of ['communication_threads', 'thread_counts', 'thread_day_counts', 'thread_count_deltas'])
      await db.query({ text: `DELETE FROM ${table}` });
  });

  it('tells, when nothing stands under it, how to end it: and then the server starts without it', async () => {
    const settings = { ENCRYPTION_KEYS: two };
    expect((await doctor()).stdout).toMatch(
      /^failed +keys +key 1 is missing; no text is encrypted under it → .*, or promote another key, then run comms keys retire --id 1$/m,
    );
    await comms.json(['keys', 'promote', '--id', '2'], { settings });
    await db.query({ text: "UPDATE encryption_keys SET promoted_at = now() - interval '1 minute'" });
    await comms.json(['keys', 'retire', '--id', '1'], { settings });
    const { code, stdout } = await doctor();
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^ok +keys +all keys of ENCRYPTION_KEYS \(1\) match the database/m),
    ]);
  });

  it('only warns of one that never was primary, as the server starts without it', async () => {
    await comms.json(['keys', 'add'], { settings: { ENCRYPTION_KEYS: two } });
    const { code, stdout } = await doctor();
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^warning +keys +key 3 is missing; it was never the primary key → add it to ENCRYPTION_KEYS before/m,
      ),
    ]);
  });
});
