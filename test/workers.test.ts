import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateEncryptionKey } from '../src/crypto/key-ring.ts';
import { connect, type Db } from '../src/db/client.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { createTenant } from './support/factories.ts';

/** `WORKERS=2`: several processes on one port that behave as one server. */

const LIMIT = 40;
const READY_WITHIN_MS = 25_000;

let database: TestDatabase;
let db: Db;
let server: ChildProcess;
let address: string;
let headers: Record<string, string>;
let threads: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect({ url: database.serverUrl, poolSize: 2, onError: () => undefined });
  const { companyId, token } = await createTenant(db);
  headers = { authorization: `Token ${token}`, connection: 'close' };
  threads = `/api/companies/${companyId}/communications/threads`;
  server = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: database.serverUrl,
      DATABASE_MIGRATION_URL: database.ownerUrl,
      ENCRYPTION_KEYS: generateEncryptionKey(1),
      RATE_LIMIT_PER_MINUTE: String(LIMIT),
      WORKERS: '2',
      PORT: '0',
      LOG_LEVEL: 'info',
    },
  });
  address = await logged(/"address":"([^"]+)"/);
}, 60_000);

afterAll(async () => {
  server.kill('SIGKILL');
  await db.close();
  await database.drop();
});

describe('several workers', () => {
  it('listen on one port, each a process', async () => {
    expect(workers()).toHaveLength(2);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  it('are replaced when they die', async () => {
    const [victim = 0, other] = workers();
    const replaced = logged(/a worker died and is replaced/);
    process.kill(victim, 'SIGKILL');
    await replaced;

    await expect.poll(() => workers().length, { timeout: READY_WITHIN_MS }).toBe(2);
    expect(workers()).toContain(other);
    expect(workers()).not.toContain(victim);
    expect((await fetch(`${address}${threads}`, { headers })).status).toBe(200);
  });

  it('count requests together for the rate limit', async () => {
    const statuses: number[] = [];
    // One after another, each on a connection of its own: they go to the workers in turn.
    for (let nth = 0; nth < LIMIT + 12; nth += 1) {
      const response = await fetch(`${address}${threads}`, { headers });
      await response.text();
      statuses.push(response.status);
    }

    // The first request of a token at each worker counts on its address.
    const answered = statuses.filter((status) => status === 200).length;
    expect(answered).toBeGreaterThanOrEqual(LIMIT - 2);
    expect(answered).toBeLessThanOrEqual(LIMIT + 2);
    expect(statuses.at(-1)).toBe(429);
  });

  it('leave together, and cleanly', async () => {
    const pids = workers();
    const ended = once(server, 'exit');
    server.kill('SIGTERM');

    expect(await ended).toEqual([0, null]);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
  });
});

/** What a line of the log holds, once it is there. */
async function logged(pattern: RegExp): Promise<string> {
  let seen = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Not logged: ${pattern}\n${seen}`)), READY_WITHIN_MS);
    const read = (chunk: Buffer) => {
      seen += chunk.toString();
      const found = pattern.exec(seen);
      if (!found) return;
      clearTimeout(late);
      server.stderr?.off('data', read);
      resolve(found[1] ?? found[0]);
    };
    server.stderr?.on('data', read);
  });
}

/** Process ids of the server's children. */
function workers(): number[] {
  const pids = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(server.pid)], { encoding: 'utf8' });
  return pids
    .split('\n')
    .filter((line) => line.includes('worker.'))
    .map((line) => Number.parseInt(line, 10));
}
