import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebhookDeliveries } from '../../../src/api/webhook-endpoints/deliver.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createMessage, createTenant } from '../../support/factories.ts';
import { callerWith } from '../../support/http.ts';
import { answering, firstSeen, hanging, Receiver, taking, until } from '../../support/receiver.ts';
import { settle } from '../../support/settle.ts';

/** Deliveries to real receivers, with the pauses of the contract in milliseconds. */

const TIMING = {
  timeoutMs: 400,
  retryAfterMs: [30, 60, 120],
  giveUpAfterMs: 60_000,
  pollMs: 20,
  leaseMs: 1_500,
  turnMs: 2_000,
};

let t: TestApp;
const receivers: Receiver[] = [];
const processes: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  t = await startTestApp({ webhookAllowPrivate: true });
});
afterAll(() => t.close());
afterEach(async () => {
  for (const process of processes.splice(0)) await process.stop();
  for (const receiver of receivers.splice(0)) await receiver.close();
});

/** What a server's process does in the background. */
function startProcess({ allowPrivate = true, giveUpAfterMs = TIMING.giveUpAfterMs } = {}) {
  const warned: string[] = [];
  const log = { warn: (_facts: object, message: string) => void warned.push(message) };
  const deliveries = new WebhookDeliveries({
    db: t.db,
    ring: t.ring,
    log,
    rules: { allowPrivate },
    timing: { ...TIMING, giveUpAfterMs },
  });
  const timer = setInterval(() => void deliveries.startDue().catch(() => undefined), TIMING.pollMs);
  const process = {
    warned,
    stop: async () => {
      clearInterval(timer);
      await deliveries.stop();
    },
  };
  processes.push(process);
  return process;
}

async function company() {
  const tenant = await createTenant(t.db, { role: 'admin' });
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}/webhook-endpoints`;
  const message = await createMessage(t.db, t.ring, tenant.companyId);
  const post = async (url: string, body: object = {}) => {
    const response = await caller.post(url, body);
    expect(response.statusCode, response.body).toBeLessThan(300);
    return response;
  };
  return {
    ...tenant,
    caller,
    base,
    post,
    patch: (id: string, payload: object) => caller.send({ method: 'PATCH', url: `${base}/${id}`, payload }),
    endpoint: async (behaviour = taking, fields: object = {}) => {
      const receiver = await Receiver.start(behaviour);
      receivers.push(receiver);
      const { id, secret } = (await post(base, { url: receiver.url, ...fields })).json();
      receiver.secret = secret;
      return { id: id as string, receiver };
    },
    /** One `note.created`. */
    note: async () => {
      const url = `/api/companies/${tenant.companyId}/thread-notes`;
      return (await post(url, { thread_id: message.id, content: 'Seen.' })).json().id as string;
    },
    /** The feed's own ids, in its order. */
    events: async () =>
      (await caller.get(`/api/companies/${tenant.companyId}/communications/events?limit=500`))
        .json()
        .data.map(({ id }: { id: string }) => id) as string[],
    deliveries: async (id: string) => (await caller.get(`${base}/${id}/deliveries?page_size=500`)).json().data,
    read: async (id: string) => (await caller.get(`${base}/${id}`)).json(),
    message,
  };
}

describe('a delivery', () => {
  it('is thin, signed and named by the event, in the order of the feed, and begins after the endpoint', async () => {
    const { companyId, endpoint, note, events, message, userId, deliveries } = await company();
    await note();
    const { id, receiver } = await endpoint();
    startProcess();
    const noteId = await note();
    await note();
    await until(() => receiver.taken.length === 2, 'both events are taken');

    expect(receiver.taken.every(({ isGenuine }) => isGenuine)).toBe(true);
    expect(firstSeen(receiver.taken)).toEqual((await events()).slice(-2));
    expect(receiver.taken[0]?.body).toEqual({
      type: 'note.created',
      timestamp: expect.stringMatching(/Z$/),
      data: {
        company_id: companyId,
        thread_id: message.id,
        thread_group_id: message.threadGroupId,
        note_id: noteId,
        user_id: userId,
      },
    });
    expect(receiver.taken[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
    await until(async () => (await deliveries(id)).length === 2, 'both are written down');
    expect((await deliveries(id))[1]).toEqual({
      id: expect.any(String),
      event_id: receiver.taken[0]?.id,
      type: 'note.created',
      attempt: 1,
      response_status: 204,
      error: null,
      attempted_at: expect.any(String),
      next_attempt_at: null,
    });
  });

  it('is made only of the types that the endpoint wants', async () => {
    const { endpoint, note, caller, companyId } = await company();
    const { receiver } = await endpoint(taking, { event_types: ['note.deleted'] });
    startProcess();
    const noteId = await note();
    await caller.send({ method: 'DELETE', url: `/api/companies/${companyId}/thread-notes/${noteId}` });
    await until(() => receiver.taken.length === 1, 'the deletion is taken');

    expect(receiver.sent.map(({ body }) => body.type)).toEqual(['note.deleted']);
  });

  it('leaves out what was committed before the endpoint while an older transaction was open, and not what that one did', async () => {
    const { endpoint, note, companyId, events } = await company();
    let finish = () => {};
    const open = t.db.transaction(async (tx) => {
      await tx.query({
        text: `INSERT INTO audit_events (company_id, id, actor_kind, action) VALUES ($1, gen_random_uuid(), 'operator', 'import.completed')`,
        values: [companyId],
      });
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    await note();
    const { receiver } = await endpoint();
    startProcess();
    await note();
    finish();
    await open;
    await until(() => receiver.taken.length === 2, 'the late one and the new one are taken');

    expect(receiver.taken.map(({ body }) => body.type)).toEqual(['import.completed', 'note.created']);
    expect(firstSeen(receiver.taken)).toEqual([(await events())[0], (await events()).at(-1)]);
  });
});

describe('a failure', () => {
  it.each([
    ['500', answering(500), 500, 'Answered 500.'],
    [
      'a redirect, which is not followed',
      answering(302, { location: '/elsewhere' }),
      302,
      'Answered 302: redirects are not followed.',
    ],
    ['no answer', hanging, null, 'No answer in time.'],
    [
      'a connection that ends',
      ((_r, response) => void response.destroy()) as typeof taking,
      null,
      'The connection was closed before an answer came.',
    ],
  ])(
    'is %s: tried again with the same id until it is taken, with the later ones behind it',
    async (_name, behaviour, status, error) => {
      const { endpoint, note, deliveries, events } = await company();
      const { id, receiver } = await endpoint(behaviour);
      startProcess();
      await note();
      await note();
      await until(() => receiver.sent.length >= 2, 'it is tried again');
      receiver.behaviour = taking;
      await until(() => receiver.taken.length === 2, 'both are taken');

      expect(firstSeen(receiver.sent)).toEqual((await events()).slice(-2));
      await until(async () => (await deliveries(id))[0]?.error === null, 'written down');
      const [first, second] = (await deliveries(id)).toReversed();
      expect(first).toMatchObject({ attempt: 1, response_status: status, error, next_attempt_at: expect.any(String) });
      expect(second).toMatchObject({ attempt: 2, event_id: first.event_id });
    },
  );

  it('obeys Retry-After', async () => {
    const { endpoint, note, deliveries } = await company();
    const { id, receiver } = await endpoint(answering(503, { 'retry-after': '2' }));
    startProcess();
    await note();
    await until(() => receiver.sent.length === 1, 'the first attempt');
    receiver.behaviour = taking;
    await until(() => receiver.taken.length === 1, 'the second attempt');

    await until(async () => (await deliveries(id)).length === 2, 'both are written down');
    const [second, first] = await deliveries(id);
    const pauseMs = Date.parse(second.attempted_at) - Date.parse(first.attempted_at);
    expect(pauseMs).toBeGreaterThanOrEqual(1_950);
  });

  it('410 disables at once, and says so', async () => {
    const { endpoint, note, read, companyId } = await company();
    const { id, receiver } = await endpoint(answering(410));
    const { warned } = startProcess();
    await note();
    await until(async () => !(await read(id)).is_enabled, 'it is disabled');

    expect((await read(id)).disabled_reason).toBe('The receiver answered 410 Gone.');
    expect(receiver.sent).toHaveLength(1);
    expect(warned).toEqual(['webhook endpoint disabled']);
    const audited = await t.db.query({
      text: `SELECT actor_kind, subject_id, details FROM audit_events WHERE company_id = $1 AND action = 'webhook_endpoint.disabled'`,
      values: [companyId],
    });
    expect(audited).toEqual([{ actor_kind: 'server', subject_id: id, details: { reason: 'gone' } }]);
  });

  it('disables after five days of nothing else', async () => {
    const { endpoint, note, read } = await company();
    const { id } = await endpoint(answering(500));
    startProcess({ giveUpAfterMs: 600 });
    await note();
    await until(async () => !(await read(id)).is_enabled, 'it is disabled');

    expect((await read(id)).disabled_reason).toMatch(/^Nothing but failures since 20.*Z\. The last: Answered 500\.$/);
  });

  it('of one endpoint keeps no other waiting', async () => {
    const { endpoint, note } = await company();
    await endpoint(hanging);
    const { receiver } = await endpoint();
    for (let n = 0; n < 20; n++) await note();
    await settle(t.db);
    startProcess();
    const begunAt = Date.now();
    await until(() => receiver.taken.length === 20, 'all are taken');

    expect(Date.now() - begunAt).toBeLessThan(5_000);
  });

  it('is an address that is private once the setting forbids it, whether literal or by name', async () => {
    const { endpoint, note, deliveries } = await company();
    const { id, receiver } = await endpoint();
    const named = await endpoint();
    await t.db.query({
      text: `UPDATE webhook_endpoints SET url = replace(replace(url, 'http:', 'https:'), '127.0.0.1', 'localhost') WHERE id = $1`,
      values: [named.id],
    });
    startProcess({ allowPrivate: false });
    await note();
    await until(
      async () => (await deliveries(id)).length > 0 && (await deliveries(named.id)).length > 0,
      'both have failed',
    );

    expect((await deliveries(id)).at(-1).error).toBe('The address is private, loopback, link-local or reserved.');
    expect((await deliveries(named.id)).at(-1).response_status).toBeNull();
    expect([...receiver.sent, ...named.receiver.sent]).toEqual([]);
  });
});

describe('an endpoint', () => {
  it('that was disabled is sent what happened meanwhile only by a replay', async () => {
    const { base, endpoint, note, patch, post, events } = await company();
    const { id, receiver } = await endpoint();
    startProcess();
    await note();
    await until(() => receiver.taken.length === 1, 'the first is taken');
    await patch(id, { is_enabled: false });
    await note();
    await patch(id, { is_enabled: true });
    await note();
    await until(() => receiver.taken.length === 2, 'the third is taken');
    const [first = '', second, third] = await events();
    expect(firstSeen(receiver.taken)).toEqual([first, third]);

    expect((await post(`${base}/${id}/replay`, { after: first })).statusCode).toBe(202);
    await until(() => receiver.taken.length === 4, 'the replay is taken');
    expect(receiver.taken.map((received) => received.id)).toEqual([first, third, second, third]);
  });

  it('that is disabled is sent a replay, by time, of what there is by then, and nothing later', async () => {
    const { base, endpoint, note, patch, post, events } = await company();
    const { id, receiver } = await endpoint();
    await patch(id, { is_enabled: false });
    await note();
    await note();
    await post(`${base}/${id}/replay`, { after: '2020-01-01T00:00:00Z' });
    await note();
    startProcess();
    await until(() => receiver.taken.length === 2, 'the replay is taken');
    await note();
    await patch(id, { is_enabled: true });
    await note();
    await until(() => receiver.taken.length === 3, 'the last is taken');

    const all = await events();
    expect(firstSeen(receiver.taken)).toEqual([all[0], all[1], all[4]]);
  });

  it('is sent a test, also when disabled, once', async () => {
    const { base, endpoint, patch, post, deliveries } = await company();
    const { id, receiver } = await endpoint(answering(500));
    await patch(id, { is_enabled: false });
    startProcess();
    expect((await post(`${base}/${id}/test`)).statusCode).toBe(202);
    await until(async () => (await deliveries(id)).length === 1, 'it is sent');

    expect(receiver.sent[0]).toMatchObject({ isGenuine: true, body: { type: 'endpoint.test' } });
    expect(await deliveries(id)).toMatchObject([
      { event_id: receiver.sent[0]?.id, type: 'endpoint.test', response_status: 500, next_attempt_at: null },
    ]);
  });

  it('signs with both secrets for a day after a rotation', async () => {
    const { base, endpoint, note, post } = await company();
    const { id, receiver } = await endpoint();
    startProcess();
    const former = receiver.secret;
    const current = (await post(`${base}/${id}/rotate-secret`)).json().secret;
    expect(current).not.toBe(former);
    await note();
    await until(() => receiver.taken.length === 1, 'with the former secret');
    receiver.secret = current;
    await note();
    await until(() => receiver.taken.length === 2, 'with the new one');
    await t.db.query({
      text: `UPDATE webhook_endpoints SET former_secret_until = now() WHERE id = $1`,
      values: [id],
    });
    receiver.secret = former;
    await note();
    await until(() => receiver.taken.length === 3, 'after a day');

    expect(receiver.taken.map(({ isGenuine }) => isGenuine)).toEqual([true, true, false]);
  });
});

describe('several processes', () => {
  it('send each event once and in order', async () => {
    const { endpoint, note, events } = await company();
    const { receiver } = await endpoint();
    for (let n = 0; n < 3; n++) startProcess();
    for (let n = 0; n < 40; n++) await note();
    await until(() => receiver.taken.length >= 40, 'all are taken');

    expect(receiver.taken.map(({ id }) => id)).toEqual(await events());
  });
});
