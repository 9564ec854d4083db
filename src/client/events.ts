import type { Client } from 'openapi-fetch';
import { ApiProblem } from './errors.ts';
import type { components, paths } from './openapi.ts';
import { bodyOf, type QueryOf } from './requests.ts';

export type CommunicationEvent = components['schemas']['CommunicationEvent'];
export type CommunicationEventList = components['schemas']['CommunicationEventList'];
export type StreamTicket = components['schemas']['StreamTicket'];
export type EventsQuery = Omit<QueryOf<'listEvents'>, 'ticket'>;

export type FollowOptions = {
  /** Start after this position: an event's `id`, or a list's `next_after`. Default: with the next new event. */
  after?: string;
  /** Ends the loop, also while it waits. */
  signal?: AbortSignal;
  /** A connection without data for so long counts as dead. The server sends a heartbeat every 15 s. Default: 45 s. */
  silentForMs?: number;
};

const EVENTS = '/api/companies/{company_id}/communications/events';
const SILENT_FOR_MS = 45_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

export function eventsClient(http: Client<paths>, baseUrl: string, companyId: string) {
  const path = { company_id: companyId };
  const createTicket = (): Promise<StreamTicket> => bodyOf(http.POST(`${EVENTS}/ticket`, { params: { path } }));
  return {
    /** A page of events, oldest first. Continue with its `next_after`. */
    list: async (query: EventsQuery = {}): Promise<CommunicationEventList> =>
      (await http.GET(EVENTS, { params: { path, query } })).data as CommunicationEventList,
    /**
     * Every event from now on, or after a position, without end: `for await (const event of events.follow())`. It
     * reconnects by itself and continues where it was, without gaps and duplicates. To end it, leave the loop or abort
     * the signal. Throws `ApiProblem` for an error that a retry won't change, as after a logout.
     */
    follow: (options: FollowOptions = {}) =>
      follow((after, signal) => openStream(http, companyId, after, signal), options),
    /** A ticket that opens one stream within a minute, for clients that can't send a header. */
    createTicket,
    /**
     * A URL for a browser's `EventSource`, with a ticket in it. It is valid for one connection. When that ends, get
     * another URL with the last event's `id`. `follow` doesn't need it.
     */
    eventSourceUrl: async ({ after }: Pick<FollowOptions, 'after'> = {}): Promise<string> => {
      const { ticket } = await createTicket();
      const query = new URLSearchParams({ ticket, ...(after === undefined ? {} : { after }) });
      return `${baseUrl}${EVENTS.replace('{company_id}', encodeURIComponent(companyId))}?${query}`;
    },
  };
}

type Open = (after: string | undefined, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

/** The position is sent in the URL, because a page of another origin may not send the header `Last-Event-ID`. */
async function openStream(
  http: Client<paths>,
  companyId: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const { data } = await http.GET(EVENTS, {
    params: { path: { company_id: companyId }, query: after === undefined ? {} : { after } },
    headers: { accept: 'text/event-stream' },
    parseAs: 'stream',
    signal,
  });
  return data as ReadableStream<Uint8Array>;
}

async function* follow(
  open: Open,
  { after, signal, silentForMs = SILENT_FOR_MS }: FollowOptions,
): AsyncGenerator<CommunicationEvent, void> {
  let position = after;
  let retryMs = FIRST_PAUSE_MS;
  let failures = 0;
  while (!signal?.aborted) {
    const connection = new Connection(signal, silentForMs);
    let retryAfterMs = 0;
    try {
      for await (const message of connection.messages(await open(position, connection.signal))) {
        failures = 0;
        retryMs = message.retryMs ?? retryMs;
        position = message.id ?? position;
        if (message.event) yield message.event;
      }
    } catch (error) {
      if (!signal?.aborted && isFinal(error)) throw error;
      if (error instanceof ApiProblem) retryAfterMs = (error.retryAfterSeconds ?? 0) * 1000;
    } finally {
      connection.end();
    }
    // A random part, so that the clients of a restarting server don't all reconnect at the same moment.
    const backOffMs = Math.min(retryMs * 2 ** failures, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 4);
    await pause(Math.max(backOffMs, retryAfterMs), signal);
    failures += 1;
  }
}

/** Whether a retry won't change the error. Errors that aren't from the server, such as a proxy's 502, may pass. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiProblem && error.status < 500 && error.status !== 429 && error.status !== 408;
}

type Message = { id: string | undefined; retryMs: number | undefined; event: CommunicationEvent | undefined };

/** One connection. It ends with the caller's signal, after too long without data, or by `end`. */
class Connection {
  readonly #abort = new AbortController();
  readonly #given: AbortSignal | undefined;
  readonly #silentForMs: number;
  #watch: ReturnType<typeof setTimeout> | undefined;

  constructor(given: AbortSignal | undefined, silentForMs: number) {
    this.#given = given;
    this.#silentForMs = silentForMs;
    given?.addEventListener('abort', this.end, { once: true });
    this.#listen();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  async *messages(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let pending = '';
    for (;;) {
      this.#listen();
      const { done, value } = await reader.read();
      // The time in which the caller handles an event doesn't count as silence.
      clearTimeout(this.#watch);
      if (done) return;
      const texts = (pending + decoder.decode(value, { stream: true })).split('\n\n');
      pending = texts.pop() ?? '';
      for (const text of texts) yield readMessage(text);
    }
  }

  #listen(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(this.end, this.#silentForMs);
  }

  readonly end = (): void => {
    clearTimeout(this.#watch);
    this.#given?.removeEventListener('abort', this.end);
    this.#abort.abort();
  };
}

/** Parses the subset of server-sent events that the server writes: one line per field; comments are heartbeats. */
function readMessage(text: string): Message {
  const fields = new Map(
    text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const data = fields.get('data');
  const retry = fields.get('retry');
  return {
    id: fields.get('id'),
    retryMs: retry === undefined ? undefined : Number(retry),
    event: data === undefined ? undefined : (JSON.parse(data) as CommunicationEvent),
  };
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
