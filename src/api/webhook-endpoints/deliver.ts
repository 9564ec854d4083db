import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Db } from '../../db/client.ts';
import { TEST_EVENT_TYPE } from '../../domain/vocabulary.ts';
import { type FeedEvent, readFeed } from '../events/feed.ts';
import type { FeedPosition } from '../events/position.ts';
import type { CommunicationEvent } from '../events/schema.ts';
import type { AddressRules } from './address.ts';
import {
  type AttemptEffect,
  advancePosition,
  type ClaimedEndpoint,
  claimEndpoints,
  endReplay,
  recordAttempt,
  releaseEndpoint,
  transactionsBeforeStart,
} from './claim.ts';
import { DELIVERY_TIMING, type DeliveryTiming, pauseAfter } from './schedule.ts';
import type { OutgoingEvent } from './schema.ts';
import { decryptSecrets, signHeaders } from './secrets.ts';
import { Sender, type SendResult } from './send.ts';

/**
 * The endpoints that one process serves at once. Each needs a connection to its receiver and no thread; a company has
 * at most 20.
 */
const MAX_CONCURRENT_ENDPOINTS = 200;

type Log = { warn(facts: object, message: string): void };

export type DeliveryOptions = {
  db: Db;
  ring: KeyRing;
  log: Log;
  rules: AddressRules;
  timing?: Partial<DeliveryTiming>;
};

/**
 * Sends companies' events to their webhook endpoints (contract §6): at least once, in the order of the feed, each event
 * only after its predecessor was acknowledged. Every server process runs an instance; a lease determines which process
 * serves an endpoint. Endpoints are served concurrently, so that one that doesn't respond delays no other.
 */
export class WebhookDeliveries {
  readonly timing: DeliveryTiming;
  readonly #db: Db;
  readonly #ring: KeyRing;
  readonly #log: Log;
  readonly #sender: Sender;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor({ db, ring, log, rules, timing }: DeliveryOptions) {
    this.timing = { ...DELIVERY_TIMING, ...timing };
    this.#db = db;
    this.#ring = ring;
    this.#log = log;
    this.#sender = new Sender(rules, this.timing.timeoutMs);
  }

  /** Claims due endpoints and starts to serve them. A background task calls it every `timing.pollMs`. */
  async startDue(): Promise<void> {
    const free = MAX_CONCURRENT_ENDPOINTS - this.#running.size;
    if (free <= 0 || this.#stopping.signal.aborted) return;
    for (const endpoint of await claimEndpoints(this.#db, free, this.timing.leaseMs)) {
      const run: Promise<void> = this.#serve(endpoint).finally(() => this.#running.delete(run));
      this.#running.add(run);
    }
  }

  /** Aborts running attempts; another process, or this one after a restart, repeats them. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The server stops.'));
    await Promise.allSettled(this.#running);
    this.#sender.close();
  }

  async #serve(endpoint: ClaimedEndpoint): Promise<void> {
    const { company_id: companyId, id: endpointId } = endpoint;
    try {
      if (endpoint.test_event_id !== null) await this.#sendTest(endpoint, endpoint.test_event_id);
      else if (endpoint.is_due) await this.#sendEvents(endpoint);
    } catch (error) {
      // The database is unavailable, a secret doesn't decrypt, or the server stops. The next claim retries.
      if (!this.#stopping.signal.aborted)
        this.#log.warn({ companyId, endpointId, error: (error as Error).name }, 'webhook delivery interrupted');
    }
    await releaseEndpoint(this.#db, endpoint).catch(() => undefined);
  }

  /** Sends the test only. Events are sent after the next claim, which reads what a user may have changed meanwhile. */
  async #sendTest(endpoint: ClaimedEndpoint, eventId: string): Promise<void> {
    const body: OutgoingEvent = {
      type: TEST_EVENT_TYPE,
      timestamp: new Date().toISOString(),
      data: { company_id: endpoint.company_id },
    };
    const attemptedAt = new Date();
    const result = await this.#send(endpoint, eventId, body, attemptedAt);
    const attempt = { eventId, type: TEST_EVENT_TYPE, attempt: 1, attemptedAt, result };
    const effect: AttemptEffect = { kind: 'tested', isDelivered: result.error === null };
    await recordAttempt(this.#db, endpoint, attempt, effect, this.timing.leaseMs);
  }

  async #sendEvents(endpoint: ClaimedEndpoint): Promise<void> {
    if (!endpoint.is_enabled && endpoint.replay_until === null) return;
    const endsAt = Date.now() + this.timing.turnMs;
    let position: FeedPosition = {
      transactionId: BigInt(endpoint.position_transaction),
      eventId: endpoint.position_event,
    };
    for (let isDone = false; !isDone && Date.now() < endsAt; ) {
      const batch = await readFeed(this.#db, endpoint.company_id, position, 100);
      const { subscribed, isReplayOver } = await this.#selectEvents(endpoint, batch.events);
      for (const event of subscribed) {
        if (!(await this.#sendEvent(endpoint, event))) return;
        position = event.position;
        if (Date.now() >= endsAt) return;
      }
      if (isReplayOver || (batch.isWhole && endpoint.replay_until !== null)) return endReplay(this.#db, endpoint);
      position = batch.end;
      if (!(await advancePosition(this.#db, endpoint, position))) return;
      isDone = batch.isWhole;
    }
  }

  /**
   * The events of a batch that are sent to the endpoint: of a subscribed type and, without a replay, since its start.
   */
  async #selectEvents(
    endpoint: ClaimedEndpoint,
    events: FeedEvent[],
  ): Promise<{ subscribed: FeedEvent[]; isReplayOver: boolean }> {
    const { event_types: types, replay_until: until } = endpoint;
    const replayed = until === null ? events : events.filter(({ position }) => position.transactionId < BigInt(until));
    const oldTransactions =
      until === null
        ? await transactionsBeforeStart(
            this.#db,
            endpoint,
            events.map(({ position }) => position.transactionId.toString()),
          )
        : new Set<string>();
    const subscribed = replayed.filter(
      ({ event, position }) =>
        (types === null || types.includes(event.type)) && !oldTransactions.has(position.transactionId.toString()),
    );
    return { subscribed, isReplayOver: replayed.length < events.length };
  }

  /** @returns whether the event was delivered and this process may continue with the endpoint */
  async #sendEvent(endpoint: ClaimedEndpoint, { event, position }: FeedEvent): Promise<boolean> {
    const attemptedAt = new Date();
    const result = await this.#send(endpoint, event.id, toOutgoingEvent(endpoint.company_id, event), attemptedAt);
    const attempt = { eventId: event.id, type: event.type, attempt: endpoint.failures + 1, attemptedAt, result };
    const effect = this.#effectOf(endpoint, result, position);
    const hasLease = await recordAttempt(this.#db, endpoint, attempt, effect, this.timing.leaseMs);
    if (effect.kind === 'disable') {
      const { company_id: companyId, id: endpointId } = endpoint;
      this.#log.warn({ companyId, endpointId, reason: effect.reason }, 'webhook endpoint disabled');
    }
    endpoint.failures = 0;
    endpoint.failing_since = null;
    return hasLease && effect.kind === 'delivered';
  }

  #effectOf(endpoint: ClaimedEndpoint, result: SendResult, position: FeedPosition): AttemptEffect {
    if (result.error === null) return { kind: 'delivered', position };
    if (result.status === 410) return { kind: 'disable', reason: 'The receiver answered 410 Gone.' };
    const failingSince = endpoint.failing_since;
    if (failingSince !== null && Date.now() - Date.parse(failingSince) >= this.timing.giveUpAfterMs)
      return { kind: 'disable', reason: `Nothing but failures since ${failingSince}. The last: ${result.error}` };
    return { kind: 'retry', pauseMs: pauseAfter(endpoint.failures + 1, result.retryAfterMs, this.timing) };
  }

  #send(endpoint: ClaimedEndpoint, eventId: string, event: OutgoingEvent, at: Date): Promise<SendResult> {
    const { company_id: companyId, id, has_former_secret: hasFormer } = endpoint;
    const secrets = decryptSecrets(this.#ring, companyId, id, endpoint.secrets).slice(0, hasFormer ? 2 : 1);
    const body = JSON.stringify(event);
    const headers = { ...signHeaders(secrets, eventId, at, body), 'user-agent': 'communications-api' };
    return this.#sender.send({ url: endpoint.url, headers, body }, this.#stopping.signal);
  }
}

/** The body of a delivery, with only those ids that the event has. */
function toOutgoingEvent(
  companyId: string,
  { id: _id, type, occurred_at: timestamp, ...ids }: CommunicationEvent,
): OutgoingEvent {
  const known = Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== null));
  return { type, timestamp, data: { company_id: companyId, ...known } };
}
