import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

/** What a receiver of webhooks was sent, and whether it could verify it. */
export type Received = {
  id: string;
  headers: IncomingMessage['headers'];
  body: { type: string; timestamp: string; data: Record<string, string> };
  isGenuine: boolean;
  /** The body as it came, and the secret that the receiver knew then. */
  text: string;
  secret: string;
};

/** Answers a delivery; without an answer it hangs. */
export type Behaviour = (received: Received, response: ServerResponse) => void;

export const taking: Behaviour = (_received, response) => void response.writeHead(204).end();
export const answering =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (_received, response) =>
    void response.writeHead(status, headers).end();
export const hanging: Behaviour = () => undefined;

/** A receiver on this machine, which keeps what it took (2xx) apart from what it was sent. */
export class Receiver {
  readonly sent: Received[] = [];
  readonly taken: Received[] = [];
  behaviour: Behaviour = taking;
  secret = '';
  url = '';
  #server: Server | undefined;

  static async start(behaviour: Behaviour = taking): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.behaviour = behaviour;
    await receiver.open();
    return receiver;
  }

  /** @param port the one that it had before, when it comes back */
  async open(port = 0): Promise<void> {
    this.#server = createServer((request, response) => void this.#take(request, response));
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
    if (this.#server) await once(this.#server, 'close');
    this.#server = undefined;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const received: Received = {
      id: String(request.headers['webhook-id']),
      headers: request.headers,
      body: JSON.parse(text),
      isGenuine: isGenuine(this.secret, text, request.headers),
      text,
      secret: this.secret,
    };
    this.sent.push(received);
    response.on('finish', () => response.statusCode < 300 && this.taken.push(received));
    this.behaviour(received, response);
  }
}

function isGenuine(secret: string, text: string, headers: IncomingMessage['headers']): boolean {
  try {
    new Webhook(secret).verify(text, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** Waits until something holds, at most for a while. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, withinMs = 15_000): Promise<void> {
  for (const giveUpAt = Date.now() + withinMs; Date.now() < giveUpAt; await sleep(20)) if (await holds()) return;
  throw new Error(`It did not come to pass: ${what}`);
}

/** Ids in the order in which they came first. */
export function firstSeen(received: Received[]): string[] {
  return [...new Set(received.map(({ id }) => id))];
}
