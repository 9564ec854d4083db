import { type ClientRequest, get, type IncomingMessage } from 'node:http';

/** A reader of server-sent events, as a program without EventSource would write it. */
export type EventStream = {
  response: IncomingMessage;
  /** The events that came so far. */
  events: Record<string, unknown>[];
  /** What came so far, as it came. */
  text(): string;
  /** The last `id:` that came. */
  lastId(): string;
  /** Resolves when the server ends the stream. */
  ended: Promise<void>;
  close(): void;
};

/** Opens a stream; resolves with the first bytes. */
export function openEventStream(url: string, headers: Record<string, string>): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(url, { headers: { accept: 'text/event-stream', ...headers } }, (response) => {
      let text = '';
      const events: Record<string, unknown>[] = [];
      let pending = '';
      let end: () => void = () => undefined;
      const stream: EventStream = {
        response,
        events,
        text: () => text,
        lastId: () => /.*^id: (\S+)$/ms.exec(text)?.[1] ?? '',
        ended: new Promise((done) => {
          end = done;
        }),
        close: () => request.destroy(),
      };
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        pending += chunk;
        const messages = pending.split('\n\n');
        pending = messages.pop() ?? '';
        for (const message of messages) {
          const data = /^data: (.*)$/m.exec(message)?.[1];
          if (data) events.push(JSON.parse(data));
        }
        resolve(stream);
      });
      response.on('error', () => end());
      response.on('close', () => {
        end();
        resolve(stream);
      });
    });
    request.on('error', reject);
  });
}

/** Waits until something holds, and gives up loudly. */
export async function until(holds: () => boolean, what: string, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
