import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../src/db/client.ts';
import { PATIENT } from '../support/app.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant } from '../support/factories.ts';
import { READY_WITHIN_MS, startWorkers, type Workers } from '../support/workers.ts';

/** `WORKERS=2`: several processes on one port that behave as one server. */

const LIMIT = 40;

let database: TestDatabase;
let db: Db;
let started: Workers;
let headers: Record<string, string>;
let threads: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect({ url: database.serverUrl, poolSize: 2, onError: () => undefined, limits: PATIENT });
  const { companyId, token } = await createTenant(db);
  headers = { authorization: `Token ${token}`, connection: 'close' };
  threads = `/api/companies/${companyId}/communications/threads`;
  started = await startWorkers(database, { RATE_LIMIT_PER_MINUTE: String(LIMIT) });
}, 60_000);

afterAll(async () => {
  started.server.kill('SIGKILL');
  await db.close();
  await database.drop();
});

/** An answer that nobody reads keeps its connection, and the server from leaving. */
async function status(path: string): Promise<number> {
  const response = await fetch(started.address + path, { headers });
  await response.text();
  return response.status;
}

describe('several workers', () => {
  it('listen on one port, each a process', async () => {
    expect(started.pids()).toHaveLength(2);
    expect(await status('/healthz')).toBe(200);
  });

  it('are replaced when they die', async () => {
    const [victim = 0, other] = started.pids();
    const replaced = started.logged(/(\{[^\n]*a worker died and is replaced[^\n]*\})\n/);
    process.kill(victim, 'SIGKILL');
    const line = await replaced;
    expect(JSON.parse(line)).toMatchObject({ pid: started.server.pid, workerPid: victim });
    expect(line.match(/"pid":/g)).toHaveLength(1);

    await expect.poll(() => started.pids().length, { timeout: READY_WITHIN_MS }).toBe(2);
    expect(started.pids()).toContain(other);
    expect(started.pids()).not.toContain(victim);
    expect(await status(threads)).toBe(200);
  });

  it('count requests together for the rate limit', async () => {
    const statuses: number[] = [];
    // One after another, each on a connection of its own: they go to the workers in turn.
    for (let nth = 0; nth < LIMIT + 12; nth += 1) {
      statuses.push(await status(threads));
    }

    // The first request of a token at each worker counts on its address.
    const answered = statuses.filter((status) => status === 200).length;
    expect(answered).toBeGreaterThanOrEqual(LIMIT - 2);
    expect(answered).toBeLessThanOrEqual(LIMIT + 2);
    expect(statuses.at(-1)).toBe(429);
  });

  it('leave together, and cleanly', async () => {
    const pids = started.pids();
    // One that is still starting keeps nobody waiting.
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await expect.poll(() => started.pids().filter((pid) => !pids.includes(pid))).toHaveLength(1);
    pids.push(...started.pids());
    const ended = once(started.server, 'exit');
    const asked = Date.now();
    started.server.kill('SIGTERM');

    expect(await ended).toEqual([0, null]);
    expect(Date.now() - asked).toBeLessThan(10_000);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
  });
});
