import { afterAll, beforeAll, vi } from 'vitest';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { openKeyRing } from '../../src/keys/open-key-ring.ts';
import { startTestApp, type TestApp } from './app.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';

/** The commands as an operator runs them, the database that they work on, and the API over it. */

export let world: TestApp;
export let owner: Db;
export let comms: CommandLine;

/** Makes the database, the application over it and the folder of the commands for a test file. */
export function useCommandLine(): void {
  // A command is a process, and machines are shared.
  vi.setConfig({ testTimeout: 120_000 });

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
    });
  });
  afterAll(async () => {
    await comms.close();
    await owner.close();
    await world.close();
  });
}
