import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, Db } from '../../db/client.ts';
import { throttled } from '../../domain/errors.ts';
import { RESUME_WITHIN } from '../../http/auth/callers.ts';
import { type FeedEvent, findLatest, readFeed } from './feed.ts';
import { type FeedPosition, isBehind, type NamedPosition } from './position.ts';

/**
 * Streams of a company's feed. One poller a company and process asks for new events and for the readers' rights; its
 * readers share what it finds. A reader that is further back reads batches of its own, each with a connection that it
 * gives back at once, and only when its client has taken the batch before: a slow client costs a place in the feed and
 * one batch, never more.
 */
export type Timing = {
  pollMs: number;
  /** How often the readers' tokens and memberships are looked at. */
  checkMs: number;
  heartbeatMs: number;
  /** A client that takes nothing for so long is let go. */
  stuckMs: number;
  /** Streams end when nobody could ask for their readers' rights for so long. */
  uncheckedMs: number;
  /** How often the tickets of open streams are given more time. */
  ticketMs: number;
};

const TIMING: Timing = {
  pollMs: 500,
  checkMs: 2_000,
  heartbeatMs: 15_000,
  stuckMs: 30_000,
  uncheckedMs: 10_000,
  ticketMs: 60_000,
};
/** Of one company, and in this process: others don't know of them. */
export const STREAMS_PER_USER = 20;
const RECENT_EVENTS = 500;
const RETRY_MS = 2_000;

/** Who reads, from where on; `after` undefined: what is still to come. */
export type Subscription = {
  companyId: string;
  userId: string;
  tokenId: string;
  /** SHA-256 of the ticket that opened the stream, which stays good for resuming it. */
  ticketHash?: Buffer | undefined;
  after: FeedPosition | NamedPosition | undefined;
};

export class LiveEvents {
  readonly #db: Db;
  readonly #timing: Timing;
  readonly #channels = new Map<string, Channel>();
  #isClosed = false;

  constructor(db: Db, timing: Partial<Timing> = {}) {
    this.#db = db;
    this.#timing = { ...TIMING, ...timing };
  }

  get readers(): number {
    let readers = 0;
    for (const channel of this.#channels.values()) readers += channel.readers.size;
    return readers;
  }

  /**
   * Opens a stream of server-sent events. The place is checked, and the right to read was, before the first byte.
   * @param request the database as long as the request may take; the stream goes on with its own
   * @throws throttled past the streams of a user, invalid for a position that isn't one of this feed
   */
  async open(request: Connection, { companyId, userId, tokenId, ticketHash, after }: Subscription): Promise<Reader> {
    const position = after
      ? (await readFeed(request, companyId, after, 100)).start
      : await findLatest(request, companyId);
    const channel = await this.#channelOf(request, companyId);
    if (channel.countReaders(userId) >= STREAMS_PER_USER) throw throttled(1, STREAMS_PER_USER);
    const reader = new Reader(channel, { userId, tokenId, ticketHash }, position, this.#timing);
    if (this.#isClosed) reader.end();
    else channel.add(reader);
    return reader;
  }

  /** Ends every stream at once. */
  close(): void {
    this.#isClosed = true;
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
  }

  async #channelOf(request: Connection, companyId: string): Promise<Channel> {
    const known = this.#channels.get(companyId);
    if (known) return known;
    const head = await findLatest(request, companyId);
    const other = this.#channels.get(companyId);
    if (other) return other;
    const channel = new Channel(this.#db.for({ rows: companyId }), companyId, head, this.#timing, () => {
      if (this.#channels.get(companyId) === channel) this.#channels.delete(companyId);
    });
    if (!this.#isClosed) this.#channels.set(companyId, channel);
    return channel;
  }
}

/** One company's poller and its readers. `recent` holds every event behind `start` up to `head`. */
class Channel {
  readonly readers = new Set<Reader>();
  readonly #db: Db;
  readonly #companyId: string;
  readonly #timing: Timing;
  readonly #onIdle: () => void;
  #recent: FeedEvent[] = [];
  #start: FeedPosition;
  #head: FeedPosition;
  #isPolling = false;
  #isClosed = false;

  constructor(db: Db, companyId: string, head: FeedPosition, timing: Timing, onIdle: () => void) {
    this.#db = db;
    this.#companyId = companyId;
    this.#start = head;
    this.#head = head;
    this.#timing = timing;
    this.#onIdle = onIdle;
  }

  countReaders(userId: string): number {
    return [...this.readers].filter((reader) => reader.userId === userId).length;
  }

  add(reader: Reader): void {
    this.readers.add(reader);
    if (!this.#isPolling) void this.#poll();
  }

  close(): void {
    this.#isClosed = true;
    for (const reader of this.readers) reader.end();
  }

  /** The next events behind a place, and the place that has been read up to; none: there is nothing more for now. */
  async eventsBehind(position: FeedPosition): Promise<{ events: FeedEvent[]; end: FeedPosition }> {
    if (isBehind(position, this.#start)) return readFeed(this.#db, this.#companyId, position, 100);
    const events = this.#recent.filter((event) => isBehind(position, event.position)).slice(0, 100);
    return { events, end: events.at(-1)?.position ?? position };
  }

  async #poll(): Promise<void> {
    this.#isPolling = true;
    let checkedAt = Date.now();
    let prolongedAt = Date.now();
    while (this.readers.size > 0 && !this.#isClosed) {
      try {
        if (await this.#readOn()) for (const reader of this.readers) reader.wake();
        if (Date.now() - checkedAt >= this.#timing.checkMs) {
          await this.#endUnentitled();
          checkedAt = Date.now();
        }
        if (Date.now() - prolongedAt >= this.#timing.ticketMs) {
          await this.#prolongTickets();
          prolongedAt = Date.now();
        }
      } catch {
        // The database is away: readers keep their places. Nobody reads on unchecked for long.
        if (Date.now() - checkedAt >= this.#timing.uncheckedMs) for (const reader of this.readers) reader.end();
      }
      for (const reader of this.readers) reader.endIfStuck();
      await pause(this.#timing.pollMs, undefined, { ref: false });
    }
    this.#isPolling = false;
    if (this.readers.size > 0 && !this.#isClosed) void this.#poll();
    else this.#onIdle();
  }

  async #readOn(): Promise<boolean> {
    const { events, end } = await readFeed(this.#db, this.#companyId, this.#head, 500);
    this.#head = end;
    this.#recent.push(...events);
    const dropped = this.#recent.splice(0, Math.max(0, this.#recent.length - RECENT_EVENTS)).at(-1);
    if (dropped) this.#start = dropped.position;
    return events.length > 0;
  }

  /** A stream may have been open for hours when its connection breaks. */
  async #prolongTickets(): Promise<void> {
    const hashes = [...this.readers].flatMap(({ ticketHash }) => ticketHash ?? []);
    if (hashes.length === 0) return;
    await this.#db.query({
      name: 'prolong_tickets',
      text: `
        UPDATE stream_tickets SET expires_at = now() + ${RESUME_WITHIN}
        WHERE company_id = $1 AND hash = ANY($2::bytea[]) AND used_at IS NOT NULL`,
      values: [this.#companyId, hashes],
    });
  }

  /** A token revoked or expired, a user disabled, or a member gone, ends the stream. */
  async #endUnentitled(): Promise<void> {
    const rows = await this.#db.query<{ id: string }>({
      name: 'entitled_readers',
      text: `
        SELECT t.id
        FROM tokens t
        JOIN users u ON u.id = t.user_id AND u.disabled_at IS NULL
        JOIN memberships m ON m.company_id = $1 AND m.user_id = t.user_id
        WHERE t.id = ANY($2::uuid[])
          AND t.revoked_at IS NULL
          AND (t.expires_at IS NULL OR t.expires_at > now())`,
      values: [this.#companyId, [...new Set([...this.readers].map((reader) => reader.tokenId))]],
    });
    const entitled = new Set(rows.map((row) => row.id));
    for (const reader of this.readers) if (!entitled.has(reader.tokenId)) reader.end();
  }
}

/** One stream. */
export class Reader {
  readonly userId: string;
  readonly tokenId: string;
  readonly ticketHash: Buffer | undefined;
  readonly #channel: Channel;
  readonly #timing: Timing;
  #position: FeedPosition;
  #isEnded = false;
  #wake: (() => void) | undefined;
  #handedOverAt: number | undefined;
  /** Called when the stream is let go from our side while its client takes nothing. */
  onStuck: () => void = () => undefined;

  constructor(
    channel: Channel,
    { userId, tokenId, ticketHash }: Pick<Subscription, 'userId' | 'tokenId' | 'ticketHash'>,
    position: FeedPosition,
    timing: Timing,
  ) {
    this.ticketHash = ticketHash;
    this.#channel = channel;
    this.userId = userId;
    this.tokenId = tokenId;
    this.#position = position;
    this.#timing = timing;
  }

  /** The bytes of the stream. The first line gives the place, so that a reconnect before any event misses none. */
  async *messages(): AsyncGenerator<string> {
    try {
      yield* this.#handOver(`retry: ${RETRY_MS}\nid: ${this.#position.eventId}\n\n`);
      while (!this.#isEnded) {
        const { events, end } = await this.#channel.eventsBehind(this.#position);
        const isFurther = isBehind(this.#position, end);
        this.#position = end;
        if (events.length > 0) yield* this.#handOver(events.map(toMessage).join(''));
        else if (!isFurther && !(await this.#isWoken())) yield* this.#handOver(': still here\n\n');
      }
    } finally {
      this.end();
    }
  }

  wake(): void {
    this.#wake?.();
  }

  end(): void {
    this.#isEnded = true;
    this.#channel.readers.delete(this);
    this.wake();
  }

  endIfStuck(): void {
    if (this.#handedOverAt === undefined || Date.now() - this.#handedOverAt < this.#timing.stuckMs) return;
    this.end();
    this.onStuck();
  }

  *#handOver(text: string): Generator<string> {
    this.#handedOverAt = Date.now();
    yield text;
    this.#handedOverAt = undefined;
  }

  /** @returns false when it is time for a sign of life */
  #isWoken(): Promise<boolean> {
    if (this.#isEnded) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(false), this.#timing.heartbeatMs);
      timer.unref();
      const settle = (isWoken: boolean) => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve(isWoken);
      };
      this.#wake = () => settle(true);
    });
  }
}

function toMessage({ event }: FeedEvent): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}
