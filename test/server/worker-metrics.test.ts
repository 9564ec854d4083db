import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../src/db/client.ts';
import { PATIENT } from '../support/app.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant } from '../support/factories.ts';
import { READY_WITHIN_MS, startWorkers, type Workers } from '../support/workers.ts';

/** What several workers tell an operator is of all of them, whichever is asked. */

let database: TestDatabase;
let db: Db;
let started: Workers;
let threads: string;
let headers: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect({ url: database.serverUrl, poolSize: 2, onError: () => undefined, limits: PATIENT });
  const { companyId, token } = await createTenant(db);
  // Each request on a connection of its own: they go to the workers in turn.
  headers = { authorization: `Token ${token}`, connection: 'close' };
  threads = `/api/companies/${companyId}/communications/threads`;
  started = await startWorkers(database, { RATE_LIMIT_PER_MINUTE: '0', DATABASE_POOL_SIZE: '4' });
}, 60_000);
afterAll(async () => {
  started.server.kill('SIGKILL');
  await db.close();
  await database.drop();
});

const get = (path: string) => fetch(started.address + path, { headers });

async function status(path: string): Promise<number> {
  const response = await get(path);
  await response.text();
  return response.status;
}

type Sample = { name: string; labels: Record<string, string>; value: number };

async function scrape(): Promise<Sample[]> {
  const text = await (await get('/metrics')).text();
  return text.split('\n').flatMap((line) => {
    const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (!name) return [];
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, content]) => [key, content]);
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
  });
}

const ROUTE = '/api/companies/:company_id/communications/threads';

function ofLists(samples: Sample[], ending: string, labels: Record<string, string> = {}): Sample[] {
  return samples.filter(
    (sample) =>
      sample.name === `communications_http_request_duration_seconds_${ending}` &&
      sample.labels.route === ROUTE &&
      Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
}

const totalOf = (samples: Sample[]) => samples.reduce((sum, { value }) => sum + value, 0);

describe('/metrics of two workers', () => {
  it('counts every request once, whichever worker took it and whichever is asked', async () => {
    const statuses = [];
    for (let nth = 0; nth < 30; nth += 1) statuses.push(await status(nth % 3 === 0 ? `${threads}?page=0` : threads));
    expect(statuses.filter((each) => each === 200)).toHaveLength(20);

    for (let nth = 0; nth < 6; nth += 1) {
      const samples = await scrape();
      expect(totalOf(ofLists(samples, 'count', { status: '200' }))).toBe(20);
      expect(totalOf(ofLists(samples, 'count', { status: '400' }))).toBe(10);
    }
  });

  it('adds the histograms up, bucket by bucket', async () => {
    const samples = await scrape();
    const buckets = ofLists(samples, 'bucket', { status: '200' });

    expect(buckets.map(({ labels }) => labels.le)).toContain('0.05');
    expect(buckets.at(-1)).toMatchObject({ labels: { le: '+Inf' }, value: 20 });
    expect(buckets.map(({ value }) => value)).toEqual(buckets.map(({ value }) => value).toSorted((a, b) => a - b));
    expect(totalOf(ofLists(samples, 'sum', { status: '200' }))).toBeGreaterThan(0.001);
  });

  it('tells of both pools, and of each key how many processes hold it', async () => {
    const samples = await scrape();
    const connections = (state: string) =>
      samples.find(({ name, labels }) => name === 'communications_database_connections' && labels.state === state)
        ?.value ?? Number.NaN;

    expect(connections('waiting')).toBe(0);
    expect(connections('used') + connections('idle')).toBeGreaterThanOrEqual(2);
    expect(connections('used') + connections('idle')).toBeLessThanOrEqual(4);
    expect(samples).toContainEqual({
      name: 'communications_encryption_keys',
      labels: { key_id: '1', role: 'primary' },
      value: 2,
    });
  });

  it('says 503 while a worker does not answer, and harms nobody', async () => {
    const [stopped = 0] = started.pids();
    process.kill(stopped, 'SIGSTOP');
    // Those that the stopped worker is given wait until it goes on.
    const asked = Array.from({ length: 4 }, () => get('/metrics'));
    const first = await Promise.race(asked);
    process.kill(stopped, 'SIGCONT');

    expect(first.status).toBe(503);
    expect(await first.json()).toMatchObject({ code: 'unavailable' });
    for (const response of await Promise.all(asked)) expect([200, 503]).toContain(response.status);
    expect(started.pids()).toHaveLength(2);
    await expect.poll(() => status('/metrics')).toBe(200);
  });

  it('goes on while a worker is replaced', async () => {
    const [victim = 0] = started.pids();
    const replaced = started.logged(/a worker died and is replaced/);
    process.kill(victim, 'SIGKILL');
    await replaced;

    const statuses = new Set<number>();
    const isWhole = async () => {
      statuses.add(await status('/metrics'));
      const held = (await scrape()).find(({ labels }) => labels.key_id === '1');
      return held?.value;
    };
    await expect.poll(isWhole, { timeout: READY_WITHIN_MS }).toBe(2);
    expect([...statuses]).toEqual([200]);
  });
});

describe('/readyz of two workers', () => {
  it('is of each of them', async () => {
    for (let nth = 0; nth < 6; nth += 1) expect(await status('/readyz')).toBe(200);
  });
});
