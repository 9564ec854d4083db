import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiProblem, type CommunicationEvent, createClient } from '../../src/client/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openEventStream, until } from '../support/event-stream.ts';
import { createMessage, createTenant } from '../support/factories.ts';

/** The client's way along the feed, over connections that break. */

let t: TestApp;
let baseUrl: string;
let line: Line;
let tenant: Awaited<ReturnType<typeof createTenant>>;
let threadId: string;

beforeAll(async () => {
  t = await startTestApp();
  baseUrl = await t.app.listen({ host: '127.0.0.1', port: 0 });
  line = await openLine(Number(new URL(baseUrl).port));
});
afterAll(async () => {
  line.close();
  await t.close();
});
beforeEach(async () => {
  tenant = await createTenant(t.db);
  threadId = (await createMessage(t.db, t.ring, tenant.companyId)).id;
  line.isSilent = false;
});

type Line = {
  url: string;
  isSilent: boolean;
  connections: number;
  /** What the server has sent. */
  sent: string;
  open(): number;
  cut(): void;
  close(): void;
};

/** A line to the server that a test may cut, or let go silent. */
async function openLine(port: number): Promise<Line> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    line.connections += 1;
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      line.sent += bytes;
      if (!line.isSilent) client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const line: Line = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    isSilent: false,
    connections: 0,
    sent: '',
    open: () => sockets.size / 2,
    cut,
    close: () => {
      cut();
      server.close();
    },
  };
  return line;
}

const companyAt = (url: string) => createClient({ baseUrl: url, token: tenant.token }).company(tenant.companyId);

async function addNote(content = 'A note.'): Promise<string> {
  return (await companyAt(baseUrl).threadNotes.create({ thread_id: threadId, content })).id;
}

/** Reads in the background what `follow` tells. */
function read(events: AsyncIterable<CommunicationEvent>) {
  const seen: CommunicationEvent[] = [];
  const ended = (async () => {
    for await (const event of events) seen.push(event);
  })();
  ended.catch(() => undefined);
  return { seen, ended };
}

describe('events.follow', () => {
  it('tells each change as it happens, until the loop is left', async () => {
    const { events } = companyAt(line.url);
    const { next_after: after } = await events.list();
    const noteId = await addNote();
    const seen: CommunicationEvent[] = [];
    for await (const event of events.follow({ after })) {
      seen.push(event);
      break;
    }
    expect(seen).toMatchObject([{ type: 'note.created', note_id: noteId, thread_id: threadId }]);
    await until(() => line.open() < 2, 'its connection is given back');
  });

  it('has neither a gap nor a double when the connection breaks, also before the first event', async () => {
    const stop = new AbortController();
    line.cut();
    line.sent = '';
    const { events } = companyAt(line.url);
    const { seen, ended } = read(events.follow({ signal: stop.signal }));
    await until(() => /^id: /m.test(line.sent), 'the stream says where it begins');

    line.cut();
    const noteIds = [await addNote('While it is away.')];
    await until(() => seen.length === 1, 'the first is told');
    line.cut();
    for (let n = 0; n < 5; n += 1) noteIds.push(await addNote());
    await until(() => seen.length >= 6, 'the others are told');
    noteIds.push(await addNote('The last.'));
    await until(() => seen.length >= 7, 'the last is told');
    stop.abort();
    await ended;

    expect(seen.map((event) => event.note_id)).toEqual(noteIds);
  });

  it('takes a connection that gives no sign of life for dead', async () => {
    const stop = new AbortController();
    line.isSilent = true;
    const after = (await companyAt(baseUrl).events.list()).next_after;
    const before = line.connections;
    const { seen, ended } = read(companyAt(line.url).events.follow({ after, signal: stop.signal, silentForMs: 300 }));
    const noteId = await addNote();
    await until(() => line.connections >= before + 2, 'it connects again');
    expect(seen).toEqual([]);
    line.isSilent = false;
    await until(() => seen.length === 1, 'the event is told');
    expect(seen).toMatchObject([{ note_id: noteId }]);
    stop.abort();
    await ended;
  });

  it('comes back after a server that can not just now, when it was told to', async () => {
    const asked: number[] = [];
    const busy = () =>
      Response.json(
        { status: 503, code: 'unavailable', detail: 'Later.', request_id: 'r-1' },
        { status: 503, headers: { 'content-type': 'application/problem+json', 'retry-after': '3' } },
      );
    const client = createClient({
      baseUrl,
      token: tenant.token,
      fetch: async (request) => {
        asked.push(Date.now());
        return asked.length === 1 ? busy() : fetch(request);
      },
    });
    const stop = new AbortController();
    const { next_after: after } = await companyAt(baseUrl).events.list();
    const noteId = await addNote();
    const { seen, ended } = read(client.company(tenant.companyId).events.follow({ after, signal: stop.signal }));
    await until(() => seen.length === 1, 'the event is told');
    stop.abort();
    await ended;

    expect(seen).toMatchObject([{ note_id: noteId }]);
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(2_990);
  });

  it('throws what the server refuses for good: a wrong place, another company, a token that was revoked', async () => {
    const stranger = await createTenant(t.db);
    const refusalOf = async (work: Promise<unknown>) => {
      const error = await work.catch((reason: unknown) => reason);
      if (!(error instanceof ApiProblem)) throw new Error(`No ApiProblem but ${error}`);
      return error;
    };
    const { events } = companyAt(baseUrl);
    expect(await refusalOf(read(events.follow({ after: 'nowhere' })).ended)).toMatchObject({
      code: 'validation_error',
      errors: { after: [expect.any(String)] },
    });
    const theirs = createClient({ baseUrl, token: stranger.token }).company(tenant.companyId);
    expect((await refusalOf(read(theirs.events.follow()).ended)).code).toBe('permission_denied');

    const client = createClient({ baseUrl, token: tenant.token });
    const { ended } = read(client.company(tenant.companyId).events.follow());
    await createClient({ baseUrl, token: tenant.token }).logout();
    expect((await refusalOf(ended)).code).toBe('not_authenticated');
  });

  it('ends at once when its signal says so, also before it began, and gives the connection back', async () => {
    await read(companyAt(baseUrl).events.follow({ signal: AbortSignal.abort() })).ended;
    line.cut();
    await until(() => line.open() === 0, 'no connection is left');
    const stop = new AbortController();
    const after = (await companyAt(baseUrl).events.list()).next_after;
    await addNote();
    const { seen, ended } = read(companyAt(line.url).events.follow({ after, signal: stop.signal }));
    await until(() => seen.length === 1, 'it reads');
    expect(line.open()).toBe(1);

    const aborted = Date.now();
    stop.abort();
    await ended;

    expect(Date.now() - aborted).toBeLessThan(1_000);
    await until(() => line.open() === 0, 'the connection is given back');
  });
});

describe('events.list', () => {
  it('is the same feed in stretches', async () => {
    const noteIds = [await addNote(), await addNote(), await addNote()];
    const { events } = companyAt(baseUrl);
    const seen: (string | null)[] = [];
    for (let after: string | undefined; seen.length < noteIds.length; ) {
      const { data, next_after } = await events.list({ limit: 2, ...(after ? { after } : {}) });
      seen.push(...data.map((event) => event.note_id));
      after = next_after;
    }
    expect(seen).toEqual(noteIds);
  });
});

describe('events.eventSourceUrl', () => {
  it('is an address that opens one stream without a header, from a place on', async () => {
    const first = await addNote();
    const second = await addNote();
    const { events } = companyAt(baseUrl);
    let after = '';
    await expect
      .poll(async () => {
        const { data } = await events.list();
        after = data.find((event) => event.note_id === first)?.id ?? '';
        return after;
      })
      .not.toBe('');

    const stream = await openEventStream(await events.eventSourceUrl({ after }), {});
    await until(() => stream.events.length > 0, 'what came after is told');
    stream.close();

    expect(stream.events).toMatchObject([{ note_id: second }]);
    const { ticket } = await events.createTicket();
    expect(await events.eventSourceUrl()).not.toContain(ticket);
  });
});
