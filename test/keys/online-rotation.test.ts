import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../faults/world.ts';
import { commsArguments } from '../support/compiled.ts';
import { createCustomer, createMessage, createTenant } from '../support/factories.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.startServer();
});
afterAll(() => world.close());

type Outcome = { code: number; answer: Record<string, unknown> };

async function comms(...args: string[]): Promise<Outcome> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: world.dataDir };
  const command = promisify(execFile)(process.execPath, commsArguments('--json', ...args), { env });
  return command.then(
    ({ stdout }) => ({ code: 0, answer: JSON.parse(stdout) }),
    (error: { code: number; stdout: string }) => ({ code: error.code, answer: JSON.parse(error.stdout) }),
  );
}

/** A step that has to wait for running servers. */
async function eventually(...args: string[]): Promise<Outcome> {
  for (const giveUpAt = Date.now() + 60_000; ; await sleep(500)) {
    const outcome = await comms(...args);
    if (outcome.code === 0 || Date.now() > giveUpAt) return outcome;
  }
}

it('a key is replaced while clients read and write: none of them notices', async () => {
  const { companyId, token } = await createTenant(world.db);
  const customerId = await createCustomer(world.db, companyId);
  const { id: threadId } = await createMessage(world.db, world.ring, companyId, { customerId });
  const company = `${world.address}/api/companies/${companyId}`;
  const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' };
  const statuses = new Map<string, number>();
  const stop = new AbortController();

  async function call(method: string, path: string, body?: object): Promise<void> {
    const answer = await fetch(`${company}/${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    await answer.text();
    const seen = `${method} ${answer.status}`;
    statuses.set(seen, (statuses.get(seen) ?? 0) + 1);
  }
  async function client(): Promise<void> {
    for (let nth = 0; !stop.signal.aborted; nth++) {
      await call('POST', 'thread-notes', { thread_id: threadId, content: `note ${nth}` });
      await call('POST', 'communications/log-manual', {
        communication_type: 'call',
        customer_id: customerId,
        notes: 'x',
      });
      await call('GET', 'thread-notes?page_size=50');
      await call('GET', 'communications/threads?view=message&page_size=50');
      await sleep(20);
    }
  }
  const clients = [client(), client(), client()];

  const added = await comms('keys', 'add');
  expect(added).toEqual({ code: 0, answer: { id: 2, key_file: expect.stringContaining('encryption-keys') } });
  expect((await eventually('keys', 'promote', '--id', '2')).code).toBe(0);
  const first = await comms('keys', 'rewrap');
  expect(first.answer.unreadable).toBe(0);
  expect(first.answer.rewrapped).toBeGreaterThan(0);
  let retired = await comms('keys', 'retire', '--id', '1');
  // For a few seconds a server may go on under the former key: what it wrote meanwhile is re-encrypted as well.
  for (const giveUpAt = Date.now() + 60_000; retired.code !== 0 && Date.now() < giveUpAt; ) {
    await sleep(500);
    expect((await comms('keys', 'rewrap')).answer.unreadable).toBe(0);
    retired = await comms('keys', 'retire', '--id', '1');
  }
  expect(retired).toEqual({ code: 0, answer: { id: 1 } });
  await expect.poll(() => statuses.get('GET 200')).toBeGreaterThan(50);
  stop.abort();
  await Promise.all(clients);

  // A busy machine may shed a request; a text that couldn't be opened would stand in the log.
  expect([...statuses.keys()].filter((seen) => !['GET 200', 'POST 201', 'GET 503', 'POST 503'].includes(seen))).toEqual(
    [],
  );
  expect(world.log()).not.toContain('"ciphertext"');
  expect(statuses.get('GET 200')).toBeGreaterThan(50);
  const { answer } = await comms('keys', 'status');
  expect(answer.keys).toMatchObject([
    { id: 1, state: 'retired', in_setting: false, notes: 0, thread_notes: 0 },
    { id: 2, state: 'primary', in_setting: true, missing_on: 0 },
  ]);

  // A server that starts with the new key alone reads everything.
  await world.endServer('SIGTERM');
  await world.startServer();
  statuses.clear();
  await call('GET', 'thread-notes');
  await call('GET', 'communications/threads?view=message&page_size=500');
  expect([...statuses.keys()]).toEqual(['GET 200']);
}, 180_000);
