import { type AddressInfo, connect as connectSocket, createServer, type Socket } from 'node:net';
import { vi } from 'vitest';
import { connect, type Db } from '../../src/db/client.ts';
import { createTestDatabase } from './database.ts';

/** An empty database behind a wire, over one connection and the shared one, both open. */
export async function openTapped(): Promise<{ wire: Wire; db: Db; close(): Promise<void> }> {
  const database = await createTestDatabase();
  const wire = await tapWire(database.serverUrl);
  const db = connect({ url: wire.url, poolSize: 1, onError: () => undefined });
  await openConnections(db);
  return {
    wire,
    db,
    close: async () => {
      await db.close();
      await wire.close();
      await database.drop();
    },
  };
}

/** What went to PostgreSQL: statements, and round trips (one is whatever is sent before the next answer comes). */
export type Traffic = { statements: number; roundTrips: number };

/**
 * Opens a connection of the pool and the shared ones before anything is counted. A busy machine may take longer for them
 * than a request waits.
 */
export async function openConnections(db: Db): Promise<void> {
  const nothing = { text: 'SELECT 1' };
  const open = () =>
    Promise.all([
      db.query(nothing),
      db.withShared((connection) => connection.query(nothing)),
      db.withLookUps((connection) => connection.query(nothing)),
    ]);
  await vi.waitFor(open, { timeout: 20_000, interval: 500 });
}

/** A wire to PostgreSQL that counts what travels on it. */
export type Wire = {
  url: string;
  during(work: () => Promise<unknown>): Promise<Traffic>;
  /** How often PostgreSQL was to answer: it gathers its answers until then. */
  answersDuring(work: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
};

/** @param url of the server; the wire's own url leads there */
export async function tapWire(url: string): Promise<Wire> {
  const target = new URL(url);
  const traffic = { statements: 0, roundTrips: 0, answers: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connectSocket(Number(target.port), target.hostname);
    const read = messageReader();
    let isAnswering = true;
    client.on('data', (chunk) => {
      for (const type of read(chunk)) {
        if (type === EXECUTE || type === SIMPLE_QUERY) traffic.statements += 1;
        if (type === SYNC || type === SIMPLE_QUERY) traffic.answers += 1;
      }
      if (isAnswering) traffic.roundTrips += 1;
      isAnswering = false;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      isAnswering = true;
      client.write(chunk);
    });
    for (const [socket, peer] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket.setNoDelay(true));
      socket.on('error', () => peer.destroy());
      socket.on('close', () => peer.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tapped = new URL(url);
  tapped.hostname = '127.0.0.1';
  tapped.port = String((server.address() as AddressInfo).port);
  return {
    url: tapped.href,
    during: async (work) => {
      const before = { ...traffic };
      await work();
      return {
        statements: traffic.statements - before.statements,
        roundTrips: traffic.roundTrips - before.roundTrips,
      };
    },
    answersDuring: async (work) => {
      const before = traffic.answers;
      await work();
      return traffic.answers - before;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const EXECUTE = 'E'.charCodeAt(0);
const SIMPLE_QUERY = 'Q'.charCodeAt(0);
const SYNC = 'S'.charCodeAt(0);

/** Reads the types of the frontend's messages: each is a byte and a length that counts itself; the first has none. */
function messageReader(): (chunk: Buffer) => number[] {
  let pending = Buffer.alloc(0);
  let isStarted = false;
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    const types: number[] = [];
    for (;;) {
      const lengthAt = isStarted ? 1 : 0;
      if (pending.length < lengthAt + 4) return types;
      const end = lengthAt + pending.readUInt32BE(lengthAt);
      if (pending.length < end) return types;
      if (isStarted) types.push(pending.readUInt8(0));
      isStarted = true;
      pending = pending.subarray(end);
    }
  };
}
