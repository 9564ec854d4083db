import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';

/**
 * Clients that write while faults happen. `once`: without a key, gives up at the first failure. `fickle`: with an
 * Idempotency-Key, but gives up too, so that a torn write stays to be seen. `stubborn`: retries with its key until it
 * knows. `twice`: sends the same keyed request twice at once, then is stubborn.
 */
const TEMPERS = ['once', 'fickle', 'stubborn', 'twice'] as const;
type Temper = (typeof TEMPERS)[number];

/** What the writes refer to. */
export type Desk = {
  companyId: string;
  token: string;
  customerId: string;
  /** A message that notes are put on. */
  threadId: string;
  actionIds: string[];
  touchpointIds: string[];
};

export type Write = {
  kind: 'log' | 'note';
  /** Stands in the subject of a log and in the text of both, and nowhere else. */
  marker: string;
  temper: Temper;
  key: string | undefined;
  path: string;
  body: string;
  /** The answer, once there was a 201. */
  acknowledged: { id: string; body: string } | undefined;
  /** Statuses of every answer, 0 for none. */
  answers: number[];
};

/** One client: write after write until told to stop; what is under way then is still brought to its end. */
export async function runClient(
  address: string,
  desk: Desk,
  random: Random,
  name: string,
  stop: AbortSignal,
): Promise<Write[]> {
  const writes: Write[] = [];
  for (let count = 0; !stop.aborted; count++) {
    const write = composeWrite(desk, random, `${name}-${count}`);
    writes.push(write);
    await (write.temper === 'twice'
      ? Promise.all([send(address, desk, write), send(address, desk, write)])
      : send(address, desk, write));
    if (write.temper === 'stubborn' || write.temper === 'twice') await insist(address, desk, write);
  }
  return writes;
}

function composeWrite(desk: Desk, random: Random, marker: string): Write {
  const temper = random.pick(TEMPERS);
  const kind = random.below(4) === 0 ? 'note' : 'log';
  const company = `/api/companies/${desk.companyId}`;
  return {
    kind,
    marker,
    temper,
    key: temper === 'once' ? undefined : `key ${marker}`,
    path: kind === 'log' ? `${company}/communications/log-manual` : `${company}/thread-notes`,
    body: JSON.stringify(
      kind === 'log' ? composeLog(desk, random, marker) : { thread_id: desk.threadId, content: marker },
    ),
    acknowledged: undefined,
    answers: [],
  };
}

/** Half of the logs complete something, and several may name the same. */
function composeLog(desk: Desk, random: Random, marker: string) {
  return {
    communication_type: 'call',
    customer_id: desk.customerId,
    subject: marker,
    notes: `Notes of ${marker}`,
    ...(random.below(2) === 0 ? { scheduled_action_id: random.pick(desk.actionIds) } : {}),
    ...(random.below(3) === 0 ? { scheduled_touchpoint_id: random.pick(desk.touchpointIds) } : {}),
  };
}

/** Sends once and notes the answer. @returns the status, 0 for none */
export async function send(address: string, desk: Desk, write: Write): Promise<number> {
  const status = await attempt();
  write.answers.push(status);
  return status;

  async function attempt(): Promise<number> {
    try {
      const answer = await fetch(address + write.path, {
        method: 'POST',
        headers: {
          authorization: `Token ${desk.token}`,
          'content-type': 'application/json',
          ...(write.key ? { 'idempotency-key': write.key } : {}),
        },
        body: write.body,
        signal: AbortSignal.timeout(5_000),
      });
      const body = await answer.text();
      if (answer.status === 201) write.acknowledged ??= { id: JSON.parse(body).id, body };
      return answer.status;
    } catch {
      return 0;
    }
  }
}

const PATIENCE_MS = 30_000;

/** Retries with the key until the answer says what became of the write. */
async function insist(address: string, desk: Desk, write: Write): Promise<void> {
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt; await sleep(20)) {
    const last = write.answers.at(-1) ?? 0;
    if (last !== 0 && last !== 409 && last < 500) return;
    await send(address, desk, write);
  }
}
