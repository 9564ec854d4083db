import { setTimeout as sleep } from 'node:timers/promises';
import { createCustomer, createMessage, createTenant } from '../support/factories.ts';
import { asking, type Call, postgresPids } from './asking.ts';
import { postgresPid, type World } from './world.ts';

/** How PostgreSQL is away: `hangs`, every socket open but silent, or really `stopped`. */
export const OUTAGES = {
  hangs: async ({ dataDir }: World) => {
    const pids = await postgresPids(dataDir);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    return async () => {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    };
  },
  stopped: async ({ dataDir, startPostgres }: World) => {
    process.kill(await postgresPid(dataDir), 'SIGINT');
    return startPostgres;
  },
} satisfies Record<string, (world: World) => Promise<() => Promise<void>>>;

export type Minute = {
  requests: number;
  slowestMs: number;
  slowestHealthzMs: number;
  /** From PostgreSQL's return until the server says that it is ready. */
  readyAfterMs: number;
  broken: string[];
};

const ASKERS = 4;

/** Every kind of request, asked on and on while PostgreSQL is away; then the way back. Needs a server on `DATABASE_URL`. */
export async function spendAway(world: World, outage: keyof typeof OUTAGES, seconds: number): Promise<Minute> {
  const { db, ring, address } = world;
  const { companyId, token } = await createTenant(db);
  const customerId = await createCustomer(db, companyId);
  const { id: threadId } = await createMessage(db, ring, companyId, { customerId });
  const { call, everyKind, logOnce } = asking(() => ({
    address,
    desk: { companyId, token, customerId, threadId },
  }));
  await Promise.all(everyKind());
  const pid = world.serverPid();

  const comeBack = await OUTAGES[outage](world);
  await sleep(500);
  const calls: Call[] = [];
  const healths: Call[] = [];
  const endsAt = Date.now() + seconds * 1_000;
  const askers = Array.from({ length: ASKERS }, async () => {
    while (Date.now() < endsAt) {
      calls.push(...(await Promise.all(everyKind())));
      healths.push(await call('health', '/healthz'));
      await sleep(100);
    }
  });
  await Promise.all(askers);
  await comeBack();
  const readyAfterMs = await world.ready();

  const broken = [...new Set(calls.flatMap(faultsOf))];
  if (healths.some(({ status }) => status !== 200)) broken.push('/healthz was not 200');
  if (readyAfterMs > 5_000) broken.push(`ready ${readyAfterMs} ms after its return`);
  if (world.serverPid() !== pid) broken.push('it is not the same process');
  const stored = await db.query({
    text: 'SELECT FROM communication_threads WHERE company_id = $1',
    values: [companyId],
  });
  if (stored.length > 2) broken.push(`${stored.length - 2} logs that were told 503 are there`);
  for (const { what, status } of [
    await call('threads', `/api/companies/${companyId}/communications/threads`),
    await logOnce('back'),
  ])
    if (status >= 300) broken.push(`${what} is ${status} after its return`);
  return {
    requests: calls.length,
    slowestMs: Math.round(Math.max(...calls.map(({ milliseconds }) => milliseconds))),
    slowestHealthzMs: Math.round(Math.max(...healths.map(({ milliseconds }) => milliseconds))),
    readyAfterMs,
    broken,
  };
}

function faultsOf({ what, status, retryAfter, milliseconds }: Call): string[] {
  const faults = [];
  if (status !== 503) faults.push(`${what} was answered ${status}`);
  if (retryAfter !== '1') faults.push(`${what} says nothing of when to come again`);
  if (milliseconds > 2_000) faults.push(`${what} took ${Math.round(milliseconds)} ms`);
  return faults;
}
