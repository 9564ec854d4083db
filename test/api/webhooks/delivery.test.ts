import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateEncryptionKey } from '../../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../../src/db/client.ts';
import { lockCompanyExclusively } from '../../../src/db/locks.ts';
import { newId } from '../../../src/domain/ids.ts';
import { retryEvents } from '../../../src/ingest/ingest.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  createCorrespondence,
  expectCountsToFit,
  getList,
  ledgerOf,
  ledgerRow,
  mail,
  NYLAS_SECRET,
  postNylas,
} from '../../support/ingest.ts';
import { nylasDelivery } from '../../support/nylas-samples.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';

const CONNECTIONS = 16;

describe('a real server', () => {
  let database: TestDatabase;
  let db: Db;
  let server: ServerProcess;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = connect({ url: database.serverUrl, poolSize: 4, onError: () => undefined });
    server = await startServerProcess({
      DATABASE_URL: database.serverUrl,
      DATABASE_MIGRATION_URL: database.ownerUrl,
      ENCRYPTION_KEYS: generateEncryptionKey(1),
      NYLAS_WEBHOOK_SECRET: NYLAS_SECRET,
    });
  });
  afterAll(async () => {
    await server?.stop();
    await db?.close();
    await database?.drop();
  });

  /** One delivery. @returns its status; 0 when no answer came */
  async function deliver(event: object): Promise<number> {
    const { bytes, headers } = nylasDelivery(event, NYLAS_SECRET);
    try {
      const url = `${server.baseUrl}/api/webhooks/nylas`;
      const response = await fetch(url, { method: 'POST', body: new Uint8Array(bytes), headers });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  it('stores an event once that is delivered 1,000 times over 16 connections', async () => {
    const tenant = await createCorrespondence(db);
    const event = mail(tenant.grantId);
    const statuses: Record<number, number> = {};
    let left = 1_000;
    const sender = async () => {
      while (left > 0) {
        left -= 1;
        const status = await deliver(event);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, sender));
    // Shedding load is allowed, losing or doubling is not.
    expect((statuses[200] ?? 0) + (statuses[503] ?? 0)).toBe(1_000);
    expect(statuses[200]).toBeGreaterThan(900);
    expect(await ledgerRow(db, event.id)).toMatchObject({ state: 'applied', deliveries: statuses[200] });
    expect(await countMessages(db, tenant.companyId)).toBe(1);
  });

  it('loses nothing when it is killed in the middle and the sender tries again', async () => {
    const tenant = await createCorrespondence(db);
    const events = Array.from({ length: 300 }, (_, nth) => mail(tenant.grantId, { thread_id: `k${nth % 60}` }));
    // A sender that always comes again heals what was torn: every tenth of ours gives up after its first try.
    const givesUp = (nth: number) => nth % 10 === 3;
    const acknowledged = new Set<string>();
    const queue = events.entries();
    let done = 0;
    const sender = async () => {
      for (const [nth, event] of queue) {
        for (let attempt = 0; attempt < 200; attempt += 1) {
          if ((await deliver(event)) === 200) {
            acknowledged.add(event.id);
            break;
          }
          if (givesUp(nth)) break;
          await sleep(200);
        }
        done += 1;
      }
    };
    const killer = async () => {
      for (const at of [60, 180]) {
        while (done < at) await sleep(2);
        await server.kill();
        await server.restart();
      }
    };
    await Promise.all([...Array.from({ length: CONNECTIONS }, sender), killer()]);

    const rows = await db.query<{ event_id: string; state: string; is_there: boolean }>({
      text: `
        SELECT e.event_id, e.state, t.id IS NOT NULL AS is_there
        FROM webhook_events e
        LEFT JOIN communication_threads t ON t.company_id = e.company_id AND t.id = e.thread_id
        WHERE e.company_id = $1`,
      values: [tenant.companyId],
    });
    const stored = new Set(rows.map((row) => row.event_id));
    const must = events.filter(({ id }, nth) => acknowledged.has(id) || !givesUp(nth));
    expect(must.filter(({ id }) => !stored.has(id))).toEqual([]);
    // Wholly there or not at all, also what was given up.
    expect(rows.filter(({ state, is_there }) => state !== 'applied' || !is_there)).toEqual([]);
    expect(await countMessages(db, tenant.companyId)).toBe(stored.size);
    const elected = await db.query({
      text: `SELECT thread_group_id FROM communication_threads WHERE company_id = $1 GROUP BY 1
             HAVING count(*) FILTER (WHERE is_latest) <> 1 OR max(message_count) <> count(*)`,
      values: [tenant.companyId],
    });
    expect(elected).toEqual([]);
  }, 120_000);
});

describe('what can’t be applied now', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  const log = { warn: () => undefined };

  it('waits in the ledger while the company is being imported, and is applied afterwards', async () => {
    const tenant = await createCorrespondence(t.db);
    const event = mail(tenant.grantId);
    await t.db.transaction(async (tx) => {
      await lockCompanyExclusively(tx, tenant.companyId);
      expect(await postNylas(t, event)).toMatchObject({ status: 200, state: 'received', reason: 'company_busy' });
      expect(await postNylas(t, event)).toMatchObject({ status: 200, state: 'duplicate' });
    });
    expect(await ledgerRow(t.db, event.id)).toMatchObject({ state: 'received', attempts: 1, deliveries: 2 });
    await retryEvents(t.db, log, ['received']);
    expect(await ledgerRow(t.db, event.id)).toMatchObject({ state: 'applied', attempts: 2, payload: null });
    expect((await getList(t, tenant, 'emails')).count).toBe(1);
    await expectCountsToFit(t, tenant.companyId);
  });

  it('stays with its reason when something is broken, and is applied by the command once it is put right', async () => {
    const tenant = await createCorrespondence(t.db);
    const owner = connect({ url: t.database.ownerUrl, poolSize: 1, onError: () => undefined });
    const event = mail(tenant.grantId);
    await owner.query({ text: 'ALTER TABLE communication_threads ADD CONSTRAINT broken CHECK (false) NOT VALID' });
    expect(await postNylas(t, event)).toMatchObject({ status: 200, state: 'failed', reason: 'database_error_23514' });
    await retryEvents(t.db, log, ['received', 'failed']);
    expect(await ledgerRow(t.db, event.id)).toMatchObject({ state: 'failed', attempts: 2 });
    await owner.query({ text: 'ALTER TABLE communication_threads DROP CONSTRAINT broken' });
    await owner.close();
    await retryEvents(t.db, log, ['received']);
    expect(await ledgerRow(t.db, event.id)).toMatchObject({ state: 'failed' });
    await retryEvents(t.db, log, ['failed']);
    expect(await ledgerRow(t.db, event.id)).toMatchObject({ state: 'applied', attempts: 3 });
    expect(await ledgerOf(t.db)).not.toHaveProperty('nylas failed database_error_23514');
    expect(await countMessages(t.db, tenant.companyId)).toBe(1);
  });

  it('is answered 503 when not even the ledger can be written, so that the provider comes again', async () => {
    const tenant = await createCorrespondence(t.db);
    const event = mail(tenant.grantId);
    const away = await startTestApp();
    await away.database.drop();
    const { bytes, headers } = nylasDelivery(event, NYLAS_SECRET);
    const response = await away.app.inject({ method: 'POST', url: '/api/webhooks/nylas', payload: bytes, headers });
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBeDefined();
    expect(response.json()).toMatchObject({ code: 'unavailable' });
    await away.app.close();
    await away.db.close();
  });

  it('is the same when two retries meet', async () => {
    const tenant = await createCorrespondence(t.db);
    const events = Array.from({ length: 10 }, () => mail(tenant.grantId, { thread_id: newId() }));
    await t.db.transaction(async (tx) => {
      await lockCompanyExclusively(tx, tenant.companyId);
      for (const event of events) await postNylas(t, event);
    });
    const outcomes: string[] = [];
    const note = ({ state }: { state: string }) => void outcomes.push(state);
    await Promise.all([retryEvents(t.db, log, ['received'], note), retryEvents(t.db, log, ['received'], note)]);
    expect(outcomes).toEqual(Array(events.length).fill('applied'));
    expect(await countMessages(t.db, tenant.companyId)).toBe(events.length);
  });
});

async function countMessages(db: Db, companyId: string): Promise<number> {
  const [row] = await db.query<{ count: number }>({
    text: 'SELECT count(*) AS count FROM communication_threads WHERE company_id = $1',
    values: [companyId],
  });
  return row?.count ?? 0;
}
