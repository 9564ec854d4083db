import { setTimeout as sleep } from 'node:timers/promises';
import { signNylas } from '../../src/ingest/nylas/signature.ts';
import { signVonage } from '../../src/ingest/vonage/signature.ts';
import { nylasEvent } from '../support/nylas-samples.ts';
import { vonageRecord } from '../support/vonage-samples.ts';
import type { Random } from './random.ts';
import { PROVIDER_SECRETS } from './world.ts';

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
  /** Of a mailbox that keeps everything. */
  grantId: string;
  /** Of the company. */
  phone: string;
};

export type Write = {
  /** `mail`, `recording`: delivered by a provider, who knows each by its id or its bytes, not by a key. */
  kind: 'log' | 'note' | 'mail' | 'recording';
  /** Stands in the subject of a log and of a mail, in the text of a note, as the id of a recording, and nowhere else. */
  marker: string;
  temper: Temper;
  key: string | undefined;
  path: string;
  body: string;
  /** The answer, once there was a 201 (a 200 to a provider, whose answer names no id). */
  acknowledged: { id: string | undefined; body: string } | undefined;
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
  const kind = random.pick(['log', 'log', 'note', 'mail', 'recording'] as const);
  const company = `/api/companies/${desk.companyId}`;
  const [path, body] = {
    log: [`${company}/communications/log-manual`, composeLog(desk, random, marker)],
    note: [`${company}/thread-notes`, { thread_id: desk.threadId, content: marker }],
    mail: ['/api/webhooks/nylas', composeMail(desk, random, marker)],
    recording: ['/api/webhooks/vonage', composeRecording(desk, random, marker)],
  }[kind] as [string, object];
  const key = isDelivery(kind) || temper === 'once' ? undefined : `key ${marker}`;
  return { kind, marker, temper, key, path, body: JSON.stringify(body), acknowledged: undefined, answers: [] };
}

/** Into one of a few conversations, with any date, so that the latest message is fought for. */
function composeMail({ grantId }: Desk, random: Random, marker: string) {
  const mail = {
    id: marker,
    grant_id: grantId,
    thread_id: `conversation ${random.below(3)} of ${grantId}`,
    subject: marker,
    date: 1_760_000_000 + random.below(100_000),
    headers: [{ name: 'Message-ID', value: `<${marker}.${grantId}@acme.example>` }],
  };
  return nylasEvent(mail, { id: `event ${marker} of ${grantId}` });
}

/** Of one of a few calls, whose message grows by it. */
function composeRecording({ grantId, phone }: Desk, random: Random, marker: string) {
  return {
    ...vonageRecord,
    recording_uuid: marker,
    conversation_uuid: `call ${random.below(3)} of ${grantId}`,
    from: phone.slice(1),
    to: '447700900000',
  };
}

function isDelivery(kind: Write['kind']): boolean {
  return kind === 'mail' || kind === 'recording';
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
        headers: await headersOf(desk, write),
        body: write.body,
        signal: AbortSignal.timeout(5_000),
      });
      const body = await answer.text();
      if (answer.ok) write.acknowledged ??= { id: JSON.parse(body).id, body };
      return answer.status;
    } catch {
      return 0;
    }
  }
}

async function headersOf({ token }: Desk, { kind, key, body }: Write): Promise<Record<string, string>> {
  const json = { 'content-type': 'application/json' };
  if (kind === 'recording')
    return { ...json, authorization: await signVonage(Buffer.from(body), PROVIDER_SECRETS.vonage) };
  if (kind === 'mail') return { ...json, 'x-nylas-signature': signNylas(Buffer.from(body), PROVIDER_SECRETS.nylas) };
  return { ...json, authorization: `Token ${token}`, ...(key ? { 'idempotency-key': key } : {}) };
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
