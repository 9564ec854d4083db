import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, Db } from '../../db/client.ts';
import { throttled } from '../../domain/errors.ts';
import { RESUME_WITHIN } from '../../http/auth/callers.ts';
import { EventStream, type StreamTiming, type Subscription } from './event-stream.ts';
import { type FeedEvent, latestPosition, readFeed } from './feed.ts';
import { type FeedPosition, isBefore } from './position.ts';

/**
 * Event streams (server-sent events) of companies' feeds. One poller for each company in a process reads new events and
 * checks the streams' tokens; all streams of the company share its results. A stream that is further back reads batches
 * of its own, releases the connection after each batch, and reads the next one only after its client has received the
 * last. A slow client therefore costs a feed position and one batch of memory.
 */

const TIMING: StreamTiming = {
  pollMs: 500,
  checkMs: 2_000,
  heartbeatMs: 15_000,
  stuckMs: 30_000,
  uncheckedMs: 10_000,
  ticketMs: 60_000,
};
/** The limit for a user, a company and a process. */
export const STREAMS_PER_USER = 20;
const RECENT_EVENTS = 500;

export class LiveEvents {
  readonly #db: Db;
  readonly #timing: StreamTiming;
  readonly #channels = new Map<string, Channel>();
  #isClosed = false;

  constructor(db: Db, timing: Partial<StreamTiming> = {}) {
    this.#db = db;
    this.#timing = { ...TIMING, ...timing };
  }

  /** The number of open streams. */
  get openStreams(): number {
    let count = 0;
    for (const channel of this.#channels.values()) count += channel.streams.size;
    return count;
  }

  /**
   * Opens a stream for an authorised user. The position is checked before the first byte is sent.
   * @param connection with the query deadline of the request; later queries of the stream use the server's connections
   * @throws throttled above `STREAMS_PER_USER`, invalid for a position that isn't in this feed
   */
  async open(
    connection: Connection,
    { companyId, userId, tokenId, ticketHash, after }: Subscription,
  ): Promise<EventStream> {
    const position = after
      ? (await readFeed(connection, companyId, after, 100)).start
      : await latestPosition(connection, companyId);
    const channel = await this.#channelOf(connection, companyId);
    if (channel.countStreams(userId) >= STREAMS_PER_USER) throw throttled(1, STREAMS_PER_USER);
    const stream = new EventStream(channel, { userId, tokenId, ticketHash }, position, this.#timing);
    if (this.#isClosed) stream.end();
    else channel.add(stream);
    return stream;
  }

  /** Ends every stream at once. */
  close(): void {
    this.#isClosed = true;
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
  }

  async #channelOf(connection: Connection, companyId: string): Promise<Channel> {
    const existing = this.#channels.get(companyId);
    if (existing) return existing;
    const head = await latestPosition(connection, companyId);
    // Another request may have created the channel meanwhile.
    const created = this.#channels.get(companyId);
    if (created) return created;
    const channel = new Channel(this.#db.for({ tenant: companyId }), companyId, head, this.#timing, () => {
      if (this.#channels.get(companyId) === channel) this.#channels.delete(companyId);
    });
    if (!this.#isClosed) this.#channels.set(companyId, channel);
    return channel;
  }
}

/** One company's poller and its streams. `#recent` has all events after `#start` up to `#head`. */
class Channel {
  readonly streams = new Set<EventStream>();
  readonly #db: Db;
  readonly #companyId: string;
  readonly #timing: StreamTiming;
  readonly #onIdle: () => void;
  #recent: FeedEvent[] = [];
  #start: FeedPosition;
  #head: FeedPosition;
  #isPolling = false;
  #isClosed = false;

  constructor(db: Db, companyId: string, head: FeedPosition, timing: StreamTiming, onIdle: () => void) {
    this.#db = db;
    this.#companyId = companyId;
    this.#start = head;
    this.#head = head;
    this.#timing = timing;
    this.#onIdle = onIdle;
  }

  countStreams(userId: string): number {
    return [...this.streams].filter((stream) => stream.userId === userId).length;
  }

  add(stream: EventStream): void {
    this.streams.add(stream);
    if (!this.#isPolling) void this.#poll();
  }

  remove(stream: EventStream): void {
    this.streams.delete(stream);
  }

  close(): void {
    this.#isClosed = true;
    for (const stream of this.streams) stream.end();
  }

  /**
   * The next events after a position, and the position up to which they were read. No events: the stream is up to date.
   */
  async eventsAfter(position: FeedPosition): Promise<{ events: FeedEvent[]; end: FeedPosition }> {
    if (isBefore(position, this.#start)) return readFeed(this.#db, this.#companyId, position, 100);
    const events = this.#recent.filter((event) => isBefore(position, event.position)).slice(0, 100);
    return { events, end: events.at(-1)?.position ?? position };
  }

  async #poll(): Promise<void> {
    this.#isPolling = true;
    let checkedAt = Date.now();
    let renewedAt = Date.now();
    while (this.streams.size > 0 && !this.#isClosed) {
      try {
        if (await this.#readNewEvents()) for (const stream of this.streams) stream.wake();
        if (Date.now() - checkedAt >= this.#timing.checkMs) {
          await this.#endUnauthorized();
          checkedAt = Date.now();
        }
        if (Date.now() - renewedAt >= this.#timing.ticketMs) {
          await this.#renewTickets();
          renewedAt = Date.now();
        }
      } catch {
        // While the database is unavailable streams stay open at their positions, but only until `uncheckedMs`.
        if (Date.now() - checkedAt >= this.#timing.uncheckedMs) for (const stream of this.streams) stream.end();
      }
      for (const stream of this.streams) stream.endIfStuck();
      await pause(this.#timing.pollMs, undefined, { ref: false });
    }
    this.#isPolling = false;
    if (this.streams.size > 0 && !this.#isClosed) void this.#poll();
    else this.#onIdle();
  }

  /** @returns whether there were new events */
  async #readNewEvents(): Promise<boolean> {
    const { events, end } = await readFeed(this.#db, this.#companyId, this.#head, 500);
    this.#head = end;
    this.#recent.push(...events);
    const dropped = this.#recent.splice(0, Math.max(0, this.#recent.length - RECENT_EVENTS)).at(-1);
    if (dropped) this.#start = dropped.position;
    return events.length > 0;
  }

  /**
   * Keeps the tickets of open streams valid, because a stream may be hours old when its connection breaks and is
   * resumed.
   */
  async #renewTickets(): Promise<void> {
    const hashes = [...this.streams].flatMap(({ ticketHash }) => ticketHash ?? []);
    if (hashes.length === 0) return;
    await this.#db.query({
      name: 'renew_tickets',
      text: `
        UPDATE stream_tickets SET expires_at = now() + ${RESUME_WITHIN}
        WHERE company_id = $1 AND hash = ANY($2::bytea[]) AND used_at IS NOT NULL`,
      values: [this.#companyId, hashes],
    });
  }

  /** Ends streams whose token is revoked or expired, or whose user is disabled or no longer a member. */
  async #endUnauthorized(): Promise<void> {
    const rows = await this.#db.query<{ id: string }>({
      name: 'authorized_tokens',
      text: `
        SELECT t.id
        FROM tokens t
        JOIN users u ON u.id = t.user_id AND u.disabled_at IS NULL
        JOIN memberships m ON m.company_id = $1 AND m.user_id = t.user_id
        WHERE t.id = ANY($2::uuid[])
          AND t.revoked_at IS NULL
          AND (t.expires_at IS NULL OR t.expires_at > now())`,
      values: [this.#companyId, [...new Set([...this.streams].map((stream) => stream.tokenId))]],
    });
    const authorized = new Set(rows.map((row) => row.id));
    for (const stream of this.streams) if (!authorized.has(stream.tokenId)) stream.end();
  }
}
