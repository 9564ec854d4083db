import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyWebhook } from '../../src/client/webhooks.ts';
import { createMessage, createTenant } from '../support/factories.ts';
import { type Behaviour, firstSeen, hanging, Receiver, taking, until } from '../support/receiver.ts';
import { createWorld, type World } from './world.ts';

export type StormOptions = {
  events: number;
  /** Times that the server's process is killed while events are written and sent. */
  kills: number;
  /** How long one of the receivers is gone, its port closed. */
  goneMs: number;
  withinMs: number;
};

export type StormReport = {
  /** The feed's ids, in its order. */
  events: string[];
  receivers: Record<'hanging' | 'failing' | 'gone', ReceiverReport>;
  /** Deliveries that somebody else signed, and how many of them a receiver took. */
  forged: { sent: number; taken: number };
  seconds: number;
};

export type ReceiverReport = {
  /** Ids in the order in which they came first. */
  taken: string[];
  attempts: number;
  /** Taken more than once: the server died before it had written down that they were. */
  repeated: number;
  /** Taken after a later one had been. */
  outOfOrder: number;
};

const TIMING = {
  timeoutMs: 400,
  retryAfterMs: [5, 20, 50],
  giveUpAfterMs: 3_600_000,
  pollMs: 10,
  leaseMs: 1_500,
  turnMs: 2_000,
};

/**
 * Notes are written through the API while three receivers are sent their events: one hangs, one fails half of the time,
 * one is gone for a while; between, the server is killed and started again. All three come back in the end.
 */
export async function webhookStorm({ events, kills, goneMs, withinMs }: StormOptions): Promise<StormReport> {
  const begunAt = Date.now();
  const env = { WEBHOOK_ALLOW_PRIVATE: 'on', DELIVERY_TIMING: JSON.stringify(TIMING) };
  const world = await createWorld(env, { isOwn: false });
  const receivers = {
    hanging: await Receiver.start(genuine(hanging)),
    failing: await Receiver.start(genuine(halfOfTheTime)),
    gone: await Receiver.start(genuine(taking)),
  };
  const all = Object.values(receivers);
  try {
    await world.startServer();
    await world.ready();
    const tenant = await createTenant(world.db, { role: 'admin' });
    const { id: threadId } = await createMessage(world.db, world.ring, tenant.companyId);
    const call = apiOf(world, tenant);
    for (const receiver of all)
      receiver.secret = (await call('webhook-endpoints', { method: 'POST', body: { url: receiver.url } })).secret;

    const gone = comeAndGo(receivers.gone, goneMs);
    let written = 0;
    let forged = 0;
    const killEvery = Math.ceil(events / (kills + 1));
    for (let left = kills; written < events; ) {
      const batch = Math.min(10, events - written);
      const writing = Promise.all(
        Array.from({ length: batch }, (_, nth) =>
          call('thread-notes', {
            method: 'POST',
            body: { thread_id: threadId, content: `Note ${written + nth}.` },
            key: `note-${written + nth}`,
          }),
        ),
      );
      if (left > 0 && written >= (kills - left + 1) * killEvery) {
        // While some of these are being written; their clients try again.
        await sleep(10 * Math.random());
        world.killServer();
        await world.startServer();
        await world.ready();
        left -= 1;
      }
      await writing;
      written += batch;
      forged += await forge(all, tenant.companyId);
    }
    await gone;
    receivers.hanging.behaviour = genuine(taking);
    const ids = await feedOf(call, events);
    for (const receiver of all)
      await until(
        () => firstSeen(receiver.taken).length >= ids.length,
        `everything is taken at ${receiver.url}`,
        withinMs,
      );
    const taken = all.flatMap((receiver) => receiver.taken.filter(({ id }) => id.startsWith('forged'))).length;
    return {
      events: ids,
      receivers: {
        hanging: reportOf(receivers.hanging, ids),
        failing: reportOf(receivers.failing, ids),
        gone: reportOf(receivers.gone, ids),
      },
      forged: { sent: forged, taken },
      seconds: (Date.now() - begunAt) / 1_000,
    };
  } finally {
    await Promise.all([world.close(), ...all.map((receiver) => receiver.close())]);
  }
}

/** Does what receivers are told to do: verifies first, and refuses what isn't signed. */
function genuine(behaviour: Behaviour): Behaviour {
  return async (received, response) => {
    const secret = received.secret;
    const isGenuine = await verifyWebhook(secret, received.text, received.headers).then(
      () => true,
      () => false,
    );
    if (isGenuine) behaviour(received, response);
    else response.writeHead(401).end();
  };
}

const halfOfTheTime: Behaviour = (received, response) => {
  if (Math.random() < 0.5) taking(received, response);
  else response.writeHead(500).end();
};

async function comeAndGo(receiver: Receiver, goneMs: number): Promise<void> {
  const { port } = receiver;
  await until(() => receiver.taken.length > 0, 'it was there first', 60_000);
  await receiver.close();
  await sleep(goneMs);
  await receiver.open(port);
}

type Call = (path: string, request: { method: string; body?: object; key?: string }) => Promise<Answer>;
// biome-ignore lint/suspicious/noExplicitAny: what the API answers
type Answer = any;

/** A client that tries again for a minute while the server is away, as one with an `Idempotency-Key` may. */
function apiOf(world: World, { companyId, token }: { companyId: string; token: string }): Call {
  return async (path, { method, body, key }) => {
    const headers = {
      authorization: `Token ${token}`,
      'content-type': 'application/json',
      ...(key ? { 'idempotency-key': key } : {}),
    };
    const url = `${world.address}/api/companies/${companyId}/${path}`;
    for (let left = 600; ; left -= 1) {
      try {
        const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
        if (answer.ok) return await answer.json();
        if (answer.status < 500 && answer.status !== 409) throw new Error(`${answer.status}: ${await answer.text()}`);
        await answer.body?.cancel();
      } catch (error) {
        if (left <= 0 || !(error instanceof TypeError)) throw error;
      }
      if (left <= 0) throw new Error(`${method} ${path} was never answered`);
      await sleep(100);
    }
  };
}

/** Deliveries by somebody who knows the form and not the secret. */
async function forge(receivers: Receiver[], companyId: string): Promise<number> {
  const body = JSON.stringify({
    type: 'note.created',
    timestamp: new Date().toISOString(),
    data: { company_id: companyId },
  });
  const sent = await Promise.allSettled(
    receivers.map(async ({ url }, nth) => {
      const id = `forged-${Date.now()}-${nth}`;
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const mac = createHmac('sha256', randomBytes(32)).update(`${id}.${timestamp}.${body}`).digest('base64');
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
      const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(5_000) });
      if (answer.status !== 401) throw new Error(`a forged delivery was answered ${answer.status}`);
    }),
  );
  const accepted = sent.find(({ status, reason }: Answer) => status === 'rejected' && /answered/.test(String(reason)));
  if (accepted) throw (accepted as PromiseRejectedResult).reason;
  return sent.filter(({ status }) => status === 'fulfilled').length;
}

async function feedOf(call: Call, events: number): Promise<string[]> {
  const ids: string[] = [];
  let after = '';
  await until(
    async () => {
      const page = await call(`communications/events?limit=500${after && `&after=${after}`}`, { method: 'GET' });
      ids.push(...page.data.filter(({ type }: Answer) => type === 'note.created').map(({ id }: Answer) => id));
      after = page.next_after ?? after;
      return ids.length >= events;
    },
    'the feed tells of every note',
    60_000,
  );
  return ids;
}

function reportOf({ sent, taken }: Receiver, events: string[]): ReceiverReport {
  const places = new Map(events.map((id, nth) => [id, nth]));
  let furthest = -1;
  let outOfOrder = 0;
  for (const { id } of taken) {
    const place = places.get(id) ?? -1;
    if (place < furthest) outOfOrder += 1;
    furthest = Math.max(furthest, place);
  }
  const first = firstSeen(taken);
  return { taken: first, attempts: sent.length, repeated: taken.length - first.length, outOfOrder };
}
