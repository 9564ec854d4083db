import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { comms, useCommandLine } from '../support/command-line-world.ts';

useCommandLine();

describe('comms serve', () => {
  test('says that its port is taken, before anything is started', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as { port: number }).port);
    const { code, stderr } = await comms.run(['serve'], { settings: { PORT: port } });
    expect([code, stderr]).toEqual([
      1,
      `Port ${port} on 127.0.0.1 is in use. Stop the program that uses it, or set PORT to another port.\n`,
    ]);
    taken.close();
  });

  test('ends when it can not start, and says why', async () => {
    const settings = { ENCRYPTION_KEYS: generateEncryptionKey(1), PORT: '0' };
    const { code, stderr } = await comms.run(['serve'], { settings });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('ENCRYPTION_KEYS must list the original material of key 1'),
    ]);
  });
});
