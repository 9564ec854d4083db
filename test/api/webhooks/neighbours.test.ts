import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockCompanyMail } from '../../../src/db/locks.ts';
import { createFairConcurrencyLimit } from '../../../src/http/concurrency-limit.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createTenant } from '../../support/factories.ts';
import {
  connectMailbox,
  connectPhone,
  createCorrespondence,
  mail,
  postNylas,
  postVonage,
} from '../../support/ingest.ts';
import { vonageCall } from '../../support/vonage-samples.ts';

/** Deliveries of one company never keep those of another waiting (contract §3, Inbound webhooks). */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const BURST = 200;
const NUMBER = '+442079460000';

/** Deliveries that wait for a lock in PostgreSQL, each with a connection that nobody else can have. */
async function waitingForLocks(): Promise<number> {
  const rows = await t.db.query<{ pid: number }>({
    text: `SELECT DISTINCT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
           WHERE d.datname = current_database() AND NOT l.granted`,
  });
  return rows.length;
}

describe('a burst of one company’s deliveries', () => {
  it('has one of them wait for the company’s lock, from whichever mailbox they come, and others are served', async () => {
    const noisy = await createCorrespondence(t.db);
    const grants = [noisy.grantId, await connectMailbox(t.db, noisy, { email: 'credit@northwind.example' })];
    const other = await createCorrespondence(t.db);
    await connectPhone(t.db, other.companyId, NUMBER);
    const burst: Promise<{ status: number }>[] = [];
    await t.db.transaction(async (tx) => {
      await tx.query(lockCompanyMail(noisy.companyId));
      for (let nth = 0; nth < BURST; nth += 1) burst.push(postNylas(t, mail(grants[nth % grants.length] ?? '')));
      await expect.poll(waitingForLocks).toBe(1);

      for (const event of vonageCall) {
        expect(await postVonage(t, event)).toMatchObject({ status: 200, state: 'applied' });
        expect(await waitingForLocks()).toBe(1);
      }
      expect(await postNylas(t, mail(other.grantId))).toMatchObject({ status: 200, state: 'applied' });
      expect(await postNylas(t, mail('nobody’s grant'))).toMatchObject({ status: 200, reason: 'unknown_grant' });
    });
    const statuses = (await Promise.all(burst)).map(({ status }) => status);
    expect(statuses).toEqual(Array(BURST).fill(200));
    const [stored] = await t.db.query<{ count: number }>({
      text: 'SELECT count(*)::int AS count FROM communication_threads WHERE company_id = $1',
      values: [noisy.companyId],
    });
    expect(stored?.count).toBe(BURST);
  });

  it('leaves the company’s own calls alone too', async () => {
    const tenant = await createCorrespondence(t.db);
    const own = '+442079461111';
    await connectPhone(t.db, tenant.companyId, own);
    const waiting: Promise<unknown>[] = [];
    await t.db.transaction(async (tx) => {
      await tx.query(lockCompanyMail(tenant.companyId));
      for (let nth = 0; nth < 20; nth += 1) waiting.push(postNylas(t, mail(tenant.grantId)));
      const call = { ...vonageCall[0], from: own.slice(1), uuid: 'own', conversation_uuid: 'CON-own' };
      expect(await postVonage(t, call)).toMatchObject({ status: 200, state: 'applied' });
    });
    await Promise.all(waiting);
  });

  it('of calls of no number that is known keeps no other call waiting', async () => {
    const tenant = await createTenant(t.db);
    const own = '+442079462222';
    await connectPhone(t.db, tenant.companyId, own);
    const stray = Array.from({ length: BURST }, (_, nth) =>
      postVonage(t, {
        ...vonageCall[0],
        from: '1',
        to: '2',
        uuid: `stray-${nth}`,
        conversation_uuid: `CON-stray-${nth}`,
      }),
    );
    const call = { ...vonageCall[0], from: own.slice(1), uuid: 'among', conversation_uuid: 'CON-among' };
    expect(await postVonage(t, call)).toMatchObject({ status: 200, state: 'applied' });
    expect((await Promise.all(stray)).map(({ status }) => status)).toEqual(Array(BURST).fill(200));
  });
});

describe('the limit of deliveries at once', () => {
  /** Work that ends when it is told to. */
  function started(gate: ReturnType<typeof createFairConcurrencyLimit>) {
    const order: string[] = [];
    const ends = new Map<string, () => void>();
    const enter = (queue: string, name: string, patienceMs = 60_000) =>
      gate(queue, patienceMs, async () => {
        order.push(name);
        await new Promise<void>((resolve) => ends.set(name, resolve));
      });
    const end = async (name: string) => {
      ends.get(name)?.();
      await new Promise(setImmediate);
    };
    return { order, enter, end };
  }

  it('runs one of a queue at a time, and queues take turns', async () => {
    const { order, enter, end } = started(createFairConcurrencyLimit(2));
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) void enter(name.slice(0, 1), name);
    await new Promise(setImmediate);
    expect(order).toEqual(['a1', 'b1']);
    await end('a1');
    expect(order).toEqual(['a1', 'b1', 'a2']);
    await end('b1');
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2']);
    await end('b2');
    await end('a2');
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'c1', 'a3']);
  });

  it('refuses who has waited too long, keeps the rest in order, and forgets the queue', async () => {
    const { order, enter, end } = started(createFairConcurrencyLimit(1));
    void enter('a', 'a1');
    const impatient = enter('a', 'a2', 1);
    void enter('a', 'a3');
    await expect(impatient).rejects.toMatchObject({ code: 'unavailable' });
    await end('a1');
    await end('a3');
    void enter('b', 'b1');
    await new Promise(setImmediate);
    expect(order).toEqual(['a1', 'a3', 'b1']);
  });

  it('frees the place of work that fails', async () => {
    const gate = createFairConcurrencyLimit(1);
    const failing = () => Promise.reject(new Error('broken'));
    await expect(gate('a', 1000, failing)).rejects.toThrow('broken');
    await expect(gate('a', 1000, async () => 'done')).resolves.toBe('done');
  });

  it('keeps a place taken after the work for as long as its rest, and only for its own queue', async () => {
    const order: string[] = [];
    const gate = createFairConcurrencyLimit(2, 1, () => 50);
    const work = (name: string) => gate(name.slice(0, 1), 60_000, async () => order.push(name));
    const all = [work('a1'), work('a2')];
    await all[0];
    await work('b1');
    expect(order).toEqual(['a1', 'b1']);
    await Promise.all(all);
    expect(order).toEqual(['a1', 'b1', 'a2']);
  });
});
