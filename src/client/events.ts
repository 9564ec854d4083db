import type { Client } from 'openapi-fetch';
import { ApiProblem } from './errors.ts';
import type { components, operations, paths } from './openapi.ts';

export type CommunicationEvent = components['schemas']['CommunicationEvent'];
export type CommunicationEventList = components['schemas']['CommunicationEventList'];
export type StreamTicket = components['schemas']['StreamTicket'];
export type EventsQuery = Omit<NonNullable<operations['listEvents']['parameters']['query']>, 'ticket'>;

export type FollowOptions = {
  /** Go on behind this place: an event's `id`, or a list's `next_after`. Default: with the next event there is. */
  after?: string;
  /** Ends the loop, also while it waits. */
  signal?: AbortSignal;
  /** A connection that is silent for so long is taken for dead; the server gives a sign of life every 15 s. */
  silentForMs?: number;
};

const EVENTS = '/api/companies/{company_id}/communications/events';
const SILENT_FOR_MS = 45_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

export function eventsClient(http: Client<paths>, baseUrl: string, companyId: string) {
  const path = { company_id: companyId };
  const createTicket = async (): Promise<StreamTicket> =>
    (await http.POST('/api/companies/{company_id}/communications/events/ticket', { params: { path } }))
      .data as StreamTicket;
  return {
    /** A stretch of what changed, oldest first; go on with its `next_after`. */
    list: async (query: EventsQuery = {}): Promise<CommunicationEventList> =>
      (await http.GET(EVENTS, { params: { path, query } })).data as CommunicationEventList,
    /**
     * Every change from now on, or from a place on, for ever: `for await (const event of events.follow())`. Connects
     * again by itself and goes on where it was, without a gap or a double; leave the loop, or abort the signal, to end
     * it. Throws `ApiProblem` when the server refuses for good, as after a logout.
     */
    follow: (options: FollowOptions = {}) =>
      follow((after, signal) => openStream(http, companyId, after, signal), options),
    /** A key that opens one stream within a minute, for what can't send a header. */
    createTicket,
    /**
     * An address for a browser's `EventSource`, with a ticket in it. It is good for one connection: when that ends,
     * take another one with the last event's `id`. `follow` needs none of this.
     */
    eventSourceUrl: async ({ after }: Pick<FollowOptions, 'after'> = {}): Promise<string> => {
      const { ticket } = await createTicket();
      const query = new URLSearchParams({ ticket, ...(after === undefined ? {} : { after }) });
      return `${baseUrl}${EVENTS.replace('{company_id}', encodeURIComponent(companyId))}?${query}`;
    },
  };
}

type Open = (after: string | undefined, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

/** The place goes in the address: `Last-Event-ID` is no header that a page of another origin may send. */
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
  let place = after;
  let retryMs = FIRST_PAUSE_MS;
  let failures = 0;
  while (!signal?.aborted) {
    const connection = new Connection(signal, silentForMs);
    let askedToWaitMs = 0;
    try {
      for await (const message of connection.messages(await open(place, connection.signal))) {
        failures = 0;
        retryMs = message.retryMs ?? retryMs;
        place = message.id ?? place;
        if (message.event) yield message.event;
      }
    } catch (error) {
      if (!signal?.aborted && isFinal(error)) throw error;
      if (error instanceof ApiProblem) askedToWaitMs = (error.retryAfterSeconds ?? 0) * 1000;
    } finally {
      connection.end();
    }
    // Readers of a server that starts again don't all come back in the same moment.
    const backOffMs = Math.min(retryMs * 2 ** failures, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 4);
    await pause(Math.max(backOffMs, askedToWaitMs), signal);
    failures += 1;
  }
}

/** A refusal that a later try won't change. What no server of ours says, such as a proxy's 502, may pass. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiProblem && error.status < 500 && error.status !== 429 && error.status !== 408;
}

type Message = { id: string | undefined; retryMs: number | undefined; event: CommunicationEvent | undefined };

/** One connection, which ends with the caller's signal, when it is silent for too long, or by `end`. */
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
      // How long the caller takes over an event is no silence of the server.
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

/** Of server-sent events what our server writes: one line a field; comments are signs of life. */
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
