import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/domain/ids.ts';
import { createAction, createCustomer, createMessage, createTenant, createTouchpoint } from '../support/factories.ts';
import { type Desk, runClient, type Write } from './clients.ts';
import { type Random, randomFrom } from './random.ts';
import { verify } from './verify.ts';
import { HARNESS, type World } from './world.ts';

/** What goes wrong in a round, at moments that its seed determines. */
export const FAULTS = {
  'kill -9 of the server': async ({ killServer, startServer, endServer }: World, _random, source) => {
    killServer();
    await endServer('SIGKILL');
    await startServer(source);
  },
  'kill -9 of a PostgreSQL backend': async (world, random) => {
    process.kill(await someBackend(world, random), 'SIGKILL');
  },
  'kill -9 of PostgreSQL': (world) => world.killPostgres(),
  'backends terminated': (world, random) => signalBackends(world, random, 'pg_terminate_backend', 6),
  'statements cancelled': (world, random) => signalBackends(world, random, 'pg_cancel_backend', 60),
} satisfies Record<string, (world: World, random: Random, source: string | undefined) => Promise<void>>;
export type Fault = keyof typeof FAULTS;

export type Round = {
  fault: Fault;
  seed: number;
  acknowledged: number;
  /** Sent without ever an answer, or refused for now. */
  unknown: number;
  broken: string[];
};

const CLIENTS = 8;

/** Eight clients write, the fault strikes once or twice, they write on; then everything is checked. */
export async function runRound(world: World, fault: Fault, seed: number, source?: string): Promise<Round> {
  const random = randomFrom(seed);
  const desk = await openDesk(world);
  const stop = new AbortController();
  const clients = Array.from({ length: CLIENTS }, (_, nth) =>
    runClient(world.address, desk, randomFrom(seed * 1_000 + nth), `s${seed}c${nth}`, stop.signal),
  );
  for (let strikes = 1 + random.below(2); strikes > 0; strikes--) {
    await sleep(100 + random.below(500));
    await FAULTS[fault](world, random, source);
    await world.ready();
  }
  await sleep(200);
  stop.abort();
  const writes = (await Promise.all(clients)).flat();
  await world.ready();
  await untilQuiet(world);
  return { fault, seed, ...countsOf(writes), broken: await verify(world, desk, writes) };
}

async function openDesk(world: World): Promise<Desk> {
  const { db, ring } = world;
  await waitFor(() => db.query({ text: 'SELECT 1' }));
  const { companyId, userId, token } = await createTenant(db);
  const customerId = await createCustomer(db, companyId);
  const message = await createMessage(db, ring, companyId, { customerId });
  const actionIds = await Promise.all(Array.from({ length: 40 }, () => createAction(db, companyId, customerId)));
  const touchpointIds = await Promise.all(
    Array.from({ length: 40 }, () => createTouchpoint(db, companyId, customerId)),
  );
  const grantId = newId();
  await db.query({
    text: `INSERT INTO mailboxes (id, company_id, user_id, grant_id, email, sync) VALUES ($1, $2, $3, $4, 'ar@northwind.example', 'all')`,
    values: [newId(), companyId, userId, grantId],
  });
  const phone = `+4420${String(Date.now() % 100_000_000).padStart(8, '0')}`;
  await db.query({
    text: 'INSERT INTO phones (id, company_id, number) VALUES ($1, $2, $3)',
    values: [newId(), companyId, phone],
  });
  return { companyId, token, customerId, threadId: message.id, actionIds, touchpointIds, grantId, phone };
}

/** The harness's own connections die with PostgreSQL too. */
async function waitFor<T>(attempt: () => Promise<T>, turns = 200): Promise<T> {
  for (let left = turns; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(50);
    }
  }
}

/** What a killed server left under way is rolled back by PostgreSQL in its own time. */
async function untilQuiet(world: World): Promise<void> {
  await waitFor(async () => {
    const open = await serverBackends(
      world,
      `state IN ('active', 'idle in transaction', 'idle in transaction (aborted)')`,
    );
    if (open.length > 0) throw new Error('Transactions are still open.');
  });
  // A delivery that came while the database was busy is in the ledger and applied a little later.
  await waitFor(async () => {
    const waiting = await world.db.query({ text: `SELECT FROM webhook_events WHERE state = 'received' LIMIT 1` });
    if (waiting.length > 0) throw new Error('Events are still waiting.');
  }, 2_400);
}

async function someBackend(world: World, random: Random): Promise<number> {
  return waitFor(async () => random.pick(await serverBackends(world, 'true')));
}

async function signalBackends(world: World, random: Random, signal: string, times: number): Promise<void> {
  for (let sent = 0; sent < times; sent++) {
    const active = await serverBackends(world, `state <> 'idle'`);
    if (active.length > 0) await world.db.query({ text: `SELECT ${signal}($1)`, values: [random.pick(active)] });
    await sleep(random.below(8));
  }
}

async function serverBackends({ db }: World, condition: string): Promise<number[]> {
  const rows = await db.query<{ pid: number }>({
    text: `
      SELECT pid
      FROM pg_stat_activity
      WHERE usename = current_user AND application_name <> '${HARNESS}' AND ${condition}`,
  });
  return rows.map((row) => row.pid);
}

function countsOf(writes: Write[]): { acknowledged: number; unknown: number } {
  const acknowledged = writes.filter((write) => write.acknowledged).length;
  return { acknowledged, unknown: writes.length - acknowledged };
}
