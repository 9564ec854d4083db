import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { beforeTransaction } from '../../src/api/events/position.ts';
import { encryptField } from '../../src/crypto/field-encryption.ts';
import { noteContentRef } from '../../src/crypto/field-refs.ts';
import { newId } from '../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createMessage, createTenant } from '../support/factories.ts';

/**
 * Clients that ask for much and take nothing: every note of a company, and in the long form its events from the
 * beginning on: `SLOW_READERS=100 npx vitest run test/slow-readers.test.ts`.
 */
const IS_LONG = process.env.SLOW_READERS !== undefined;
const READERS = Number(process.env.SLOW_READERS ?? 30);
const STREAMS = IS_LONG ? 3 : 0;
const NOTES = 3_000;
/** As long as a note may be. */
const NOTE = 'n'.repeat(20_000);
const EVENTS = 100_000;
const MEBIBYTE = 1024 * 1024;

let t: TestApp;
let port: number;
let tenant: Awaited<ReturnType<typeof createTenant>>;
/** The server's end of each connection, by the client's port, and when it last had something to send. */
const ends = new Map<number, { socket: Socket; bytes: number; movedAt: number; closedAt?: number }>();

beforeAll(async () => {
  t = await startTestApp();
  tenant = await createTenant(t.db);
  await fill();
  await t.app.listen({ host: '127.0.0.1', port: 0 });
  t.app.server.on('connection', (socket: Socket) => {
    const end = { socket, bytes: 0, movedAt: Date.now() };
    ends.set(socket.remotePort ?? 0, end);
    socket.once('close', () => Object.assign(end, { closedAt: Date.now() }));
  });
  const bound = t.app.server.address();
  port = typeof bound === 'object' && bound ? bound.port : 0;
}, 120_000);
afterAll(() => t.close());

async function fill(): Promise<void> {
  const { companyId, userId } = tenant;
  const { id: threadId } = await createMessage(t.db, t.ring, companyId);
  for (let nth = 0; nth < NOTES; nth += 100) {
    const ids = Array.from({ length: 100 }, newId);
    await t.db.query({
      text: `
        INSERT INTO thread_notes (company_id, id, thread_id, author_id, content)
        SELECT $1, n.id, $2, $3, n.content FROM unnest($4::uuid[], $5::bytea[]) AS n(id, content)`,
      values: [
        companyId,
        threadId,
        userId,
        ids,
        ids.map((id) => encryptField(t.ring, noteContentRef(companyId, id), NOTE)),
      ],
    });
  }
  await t.db.query({
    text: `INSERT INTO audit_events (company_id, id, actor_kind, action)
           SELECT $1, gen_random_uuid(), 'operator', 'import.completed' FROM generate_series(1, $2::int)`,
    values: [companyId, EVENTS],
  });
}

/** Asks and takes nothing of the answer. */
async function askAndRest(path: string, accept: string): Promise<Socket> {
  const socket = connectSocket(port, '127.0.0.1');
  socket.pause();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const lines = [`GET /api/companies/${tenant.companyId}/${path} HTTP/1.1`, 'Host: a', `Accept: ${accept}`];
  socket.write([...lines, `Authorization: Token ${tenant.token}`, '', ''].join('\r\n'));
  return socket;
}

function usedMebibytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEBIBYTE;
}

it(`${READERS} clients that take nothing of all notes, and ${STREAMS} of all events: closed on time, in flat memory, a good one served`, async () => {
  const before = usedMebibytes();
  const readers = await Promise.all(
    Array.from({ length: READERS }, () => askAndRest('thread-notes', 'application/json')),
  );
  const streams = await Promise.all(
    Array.from({ length: STREAMS }, () =>
      askAndRest(`communications/events?after=${beforeTransaction(0n).eventId}`, 'text/event-stream'),
    ),
  );
  const asked = Date.now();
  const endOf = ({ localPort = 0 }: Socket) => ends.get(localPort);
  const isClosed = (socket: Socket) => endOf(socket)?.closedAt !== undefined;
  let [most, slowest] = [0, 0];
  while (Date.now() - asked < 180_000 && ![...readers, ...streams].every(isClosed)) {
    const since = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}/api/companies/${tenant.companyId}/communications/threads`, {
      headers: { authorization: `Token ${tenant.token}` },
    });
    expect(answer.status).toBe(200);
    await answer.text();
    slowest = Math.max(slowest, performance.now() - since);
    most = Math.max(most, usedMebibytes() - before);
    for (const end of ends.values())
      if (end.socket.bytesWritten !== end.bytes)
        Object.assign(end, { bytes: end.socket.bytesWritten, movedAt: Date.now() });
    await sleep(1_000);
  }
  const longest = (sockets: Socket[]) =>
    Math.max(...sockets.map(endOf).map((end) => (end?.closedAt ?? Number.POSITIVE_INFINITY) - (end?.movedAt ?? 0)));
  const figures = { notes: longest(readers), events: longest(streams), mebibytes: most, slowest };
  if (IS_LONG) process.stdout.write(`${JSON.stringify(figures)}\n`);
  // Node looks twice, 15 s apart, whether anything was taken; a stream waits 30 s. The rest is a busy machine's.
  expect(figures.notes).toBeLessThan(40_000);
  expect(figures.events).toBeLessThan(45_000);
  expect(figures.mebibytes).toBeLessThan(2 * READERS + 60);
  expect(figures.slowest).toBeLessThan(10_000);
  for (const socket of [...readers, ...streams]) socket.destroy();
}, 240_000);
