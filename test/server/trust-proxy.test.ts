import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { serve } from '../../src/server/serve.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** `TRUST_PROXY=on` where every client reaches the server: whoever sets it is told at the start what it means. */

let database: TestDatabase;
const encryptionKeys = generateEncryptionKey(1);
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function linesOf(settings: Record<string, string>): Promise<string[]> {
  const lines: string[] = [];
  const config = readConfig({
    DATABASE_URL: database.serverUrl,
    DATABASE_MIGRATION_URL: database.ownerUrl,
    ENCRYPTION_KEYS: encryptionKeys,
    PORT: '0',
    ...settings,
  });
  const server = await serve(config, pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }));
  await server.close();
  return lines.filter((line) => line.includes('TRUST_PROXY'));
}

it.each([
  { TRUST_PROXY: 'on', HOST: '0.0.0.0' },
  { TRUST_PROXY: 'on', HOST: '::' },
])('one warning that says what it means, for %j', async (settings) => {
  const lines = await linesOf(settings);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('X-Forwarded-For from every client');
});

it.each([
  { TRUST_PROXY: 'on', HOST: '127.0.0.1' },
  { TRUST_PROXY: '10.0.0.1', HOST: '0.0.0.0' },
  { TRUST_PROXY: 'off', HOST: '0.0.0.0' },
])('none for %j', async (settings) => {
  expect(await linesOf(settings)).toEqual([]);
});
