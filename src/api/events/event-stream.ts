import type { FeedEvent } from './feed.ts';
import { type FeedPosition, isBefore, type NamedPosition } from './position.ts';

export type StreamTiming = {
  pollMs: number;
  /** How often the tokens and memberships of open streams are checked. */
  checkMs: number;
  heartbeatMs: number;
  /** A stream whose client receives nothing for this long is closed. */
  stuckMs: number;
  /** Streams are closed when their tokens couldn't be checked for this long. */
  uncheckedMs: number;
  /** How often the tickets of open streams are renewed. */
  ticketMs: number;
};

/** The user of a stream and the position after which it begins; `after` undefined: only future events. */
export type Subscription = {
  companyId: string;
  userId: string;
  tokenId: string;
  /** SHA-256 of the ticket that opened the stream; the ticket is renewed while the stream is open. */
  ticketHash?: Buffer | undefined;
  after: FeedPosition | NamedPosition | undefined;
};

/** The channel of a company that feeds a stream. */
type StreamChannel = {
  /** The next events after a position, and the position up to which they were read; none when there are no new ones. */
  eventsAfter(position: FeedPosition): Promise<{ events: FeedEvent[]; end: FeedPosition }>;
  remove(stream: EventStream): void;
};

const RETRY_MS = 2_000;

/** The open event stream of one client. */
export class EventStream {
  readonly userId: string;
  readonly tokenId: string;
  readonly ticketHash: Buffer | undefined;
  readonly #channel: StreamChannel;
  readonly #timing: StreamTiming;
  #position: FeedPosition;
  #isEnded = false;
  #wake: (() => void) | undefined;
  /** When the message was sent that the client hasn't received yet. */
  #pendingSince: number | undefined;
  /** Called when the server ends the stream because its client receives nothing. */
  onStuck: () => void = () => undefined;

  constructor(
    channel: StreamChannel,
    { userId, tokenId, ticketHash }: Pick<Subscription, 'userId' | 'tokenId' | 'ticketHash'>,
    position: FeedPosition,
    timing: StreamTiming,
  ) {
    this.ticketHash = ticketHash;
    this.#channel = channel;
    this.userId = userId;
    this.tokenId = tokenId;
    this.#position = position;
    this.#timing = timing;
  }

  /** The bytes of the stream. It begins with the position, so that a reconnect before the first event misses none. */
  async *messages(): AsyncGenerator<string> {
    try {
      yield* this.#send(`retry: ${RETRY_MS}\nid: ${this.#position.eventId}\n\n`);
      while (!this.#isEnded) {
        const { events, end } = await this.#channel.eventsAfter(this.#position);
        const hasAdvanced = isBefore(this.#position, end);
        this.#position = end;
        if (events.length > 0) yield* this.#send(events.map(toMessage).join(''));
        else if (!hasAdvanced && !(await this.#waitForEvents())) yield* this.#send(': still here\n\n');
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
    this.#channel.remove(this);
    this.wake();
  }

  endIfStuck(): void {
    if (this.#pendingSince === undefined || Date.now() - this.#pendingSince < this.#timing.stuckMs) return;
    this.end();
    this.onStuck();
  }

  *#send(text: string): Generator<string> {
    this.#pendingSince = Date.now();
    yield text;
    this.#pendingSince = undefined;
  }

  /** @returns false when a heartbeat is due before `wake` is called */
  #waitForEvents(): Promise<boolean> {
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
