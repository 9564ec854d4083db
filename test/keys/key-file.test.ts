import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CommandLine, ended, openCommandLine } from '../support/command-line.ts';

// Each command starts the embedded PostgreSQL and stops it again, and machines are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The file that keeps the keys of the embedded database, as an operator may lose it. */
let comms: CommandLine;
let keyFile: string;

beforeAll(async () => {
  comms = await openCommandLine({ PORT: '0' });
  keyFile = join(comms.folder, 'data', 'encryption-keys');
});
afterAll(() => comms.close());

/** Starts the server and stops it once it listens. */
async function serveOnce(): Promise<void> {
  const server = comms.start(['serve']);
  let log = '';
  for await (const chunk of server.stderr) {
    log += chunk;
    if (log.includes('"listening"')) server.kill('SIGTERM');
  }
  await ended(server);
  expect(server.exitCode, log).toBe(0);
}

describe('the key file of the embedded database', () => {
  test('is not made by the doctor', async () => {
    await comms.run(['doctor']);
    expect(existsSync(keyFile)).toBe(false);
  });

  test('is made at the first start, and never again beside a database that knows its keys', async () => {
    await serveOnce();
    await rename(keyFile, `${keyFile}.away`);

    const doctor = await comms.run(['doctor']);
    expect([doctor.code, doctor.stdout]).toEqual([
      1,
      expect.stringMatching(/^failed +keys +the key file \S+encryption-keys is missing → restore it/m),
    ]);
    const serve = await comms.run(['serve']);
    expect([serve.code, serve.stderr]).toEqual([
      1,
      expect.stringMatching(/^The key file \S+encryption-keys is missing, .*: restore it, or set ENCRYPTION_KEYS/m),
    ]);
    expect((await comms.run(['keys', 'add'])).code).toBe(1);
    expect(existsSync(keyFile)).toBe(false);

    await rename(`${keyFile}.away`, keyFile);
    await serveOnce();
  });
});
