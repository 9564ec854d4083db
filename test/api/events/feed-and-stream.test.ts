import { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveEvents } from '../../../src/api/events/live-stream.ts';
import { hashToken } from '../../../src/crypto/token.ts';
import type { Db } from '../../../src/db/client.ts';
import { UUID_PATTERN } from '../../../src/domain/ids.ts';
import { OPERATOR, recordAudit } from '../../../src/journal/audit.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { openEventStream, until } from '../../support/event-stream.ts';
import { addMember, createMessage, createTenant, createUser, createUserToken } from '../../support/factories.ts';

let t: TestApp;
let base: string;

beforeAll(async () => {
  t = await startTestApp();
  base = await t.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => t.close());

type Tenant = Awaited<ReturnType<typeof createTenant>>;
const auth = ({ token }: { token: string }) => ({ authorization: `Token ${token}` });
const eventsOf = ({ companyId }: Tenant) => `/api/companies/${companyId}/communications/events`;

/** Everything on this PostgreSQL that is older than now has ended, whichever test's it was. */
async function settle(): Promise<void> {
  const [now] = await t.db.query<{ xid: string }>({ text: 'SELECT pg_current_xact_id()::text AS xid' });
  const isOver = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS over';
  for (let over = false; !over; await pause(10))
    over = (await t.db.query<{ over: boolean }>({ text: isOver, values: [now?.xid] }))[0]?.over ?? false;
}

async function list(tenant: Tenant, query = '') {
  await settle();
  return listAtOnce(tenant, query);
}

async function listAtOnce(tenant: Tenant, query = '') {
  const response = await t.app.inject({ url: `${eventsOf(tenant)}${query}`, headers: auth(tenant) });
  return response.json();
}

async function addNote(tenant: Tenant, threadId: string, content = 'A note.') {
  const response = await t.app.inject({
    method: 'POST',
    url: `/api/companies/${tenant.companyId}/thread-notes`,
    headers: auth(tenant),
    payload: { thread_id: threadId, content },
  });
  expect(response.statusCode).toBe(201);
  return response.json().id as string;
}

/** A company with one thread and so many notes on it. */
async function createHistory(noteCount: number) {
  const tenant = await createTenant(t.db);
  const thread = await createMessage(t.db, t.ring, tenant.companyId);
  const noteIds = [];
  for (let n = 0; n < noteCount; n++) noteIds.push(await addNote(tenant, thread.id));
  return { tenant, thread, noteIds };
}

async function requestTicket(tenant: Tenant): Promise<string> {
  const response = await t.app.inject({ method: 'POST', url: `${eventsOf(tenant)}/ticket`, headers: auth(tenant) });
  expect(response.statusCode).toBe(201);
  return response.json().ticket;
}

describe('GET /companies/{company_id}/communications/events', () => {
  it('lists what changed, oldest first, with ids and never a text', async () => {
    const { tenant, thread, noteIds } = await createHistory(1);
    const threads = `/api/companies/${tenant.companyId}/communications/threads/${thread.id}`;
    const notes = `/api/companies/${tenant.companyId}/thread-notes/${noteIds[0]}`;
    await t.app.inject({ method: 'PATCH', url: threads, headers: auth(tenant), payload: { is_resolved: true } });
    await t.app.inject({ method: 'PATCH', url: notes, headers: auth(tenant), payload: { content: 'Secret.' } });
    await t.app.inject({ method: 'DELETE', url: notes, headers: auth(tenant) });

    const { data, has_more } = await list(tenant);

    const of = (type: string, noteId: string | null) => ({
      id: expect.stringMatching(UUID_PATTERN),
      type,
      thread_id: thread.id,
      thread_group_id: thread.threadGroupId,
      note_id: noteId,
      promise_id: null,
      subject_id: null,
      user_id: tenant.userId,
      occurred_at: expect.stringMatching(/Z$/),
    });
    const [noteId = null] = noteIds;
    expect(data).toEqual([
      of('note.created', noteId),
      of('thread.updated', null),
      of('note.updated', noteId),
      of('note.deleted', noteId),
    ]);
    expect(has_more).toBe(false);
  });

  it('goes on behind any event, in stretches of any length, without a gap or a double', async () => {
    const { tenant, noteIds } = await createHistory(7);
    const seen: string[] = [];
    for (let after = '', more = true; more; ) {
      const stretch = await list(tenant, `?limit=3${after && `&after=${after}`}`);
      seen.push(...stretch.data.map((event: { note_id: string }) => event.note_id));
      after = stretch.next_after;
      more = stretch.has_more;
    }
    expect(seen).toEqual(noteIds);
    const [, second] = (await list(tenant)).data;
    expect((await list(tenant, `?after=${second.id}`)).data).toHaveLength(5);
  });

  it('tells with `latest` where to go on later', async () => {
    const { tenant, thread } = await createHistory(2);
    const { data, next_after } = await list(tenant, '?after=latest');
    expect(data).toEqual([]);
    const noteId = await addNote(tenant, thread.id);
    expect((await list(tenant, `?after=${next_after}`)).data).toMatchObject([{ note_id: noteId }]);
  });

  it('tells an import as one event', async () => {
    const tenant = await createTenant(t.db);
    await t.db.transaction(async (tx) => {
      for (let n = 0; n < 100; n++)
        await tx.query({
          text: `INSERT INTO communication_threads (company_id, id, thread_group_id, is_latest, message_count, "timestamp", communication_type, source, direction)
                 VALUES ($1, gen_random_uuid(), gen_random_uuid(), true, 1, now(), 'email', 'import', 'inbound')`,
          values: [tenant.companyId],
        });
      recordAudit(tx, tenant.companyId, OPERATOR, { action: 'import.completed', subjectId: null });
    });
    expect((await list(tenant)).data).toMatchObject([
      { type: 'import.completed', thread_id: null, note_id: null, user_id: null },
    ]);
  });

  it('shows nothing of a younger transaction while an older one is open, and then both in order', async () => {
    const { tenant, thread } = await createHistory(0);
    const slow = new pg.Client({ connectionString: t.database.ownerUrl });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query(
      `INSERT INTO audit_events (company_id, id, actor_kind, action, subject_id) VALUES ($1, gen_random_uuid(), 'operator', 'thread.updated', $2)`,
      [tenant.companyId, thread.id],
    );
    const noteId = await addNote(tenant, thread.id);
    const during = await listAtOnce(tenant);
    await slow.query('COMMIT');
    await slow.end();

    expect(during.data).toEqual([]);
    expect((await list(tenant, `?after=${during.next_after}`)).data).toMatchObject([
      { type: 'thread.updated', thread_id: thread.id },
      { type: 'note.created', note_id: noteId },
    ]);
  });

  it('refuses what is no place in this feed (400)', async () => {
    const { tenant } = await createHistory(0);
    const future = Buffer.alloc(24);
    future.writeBigUInt64BE(1n << 60n);
    const strangers = (await list((await createHistory(1)).tenant)).data[0].id;
    const none = '019e1c98-3e41-75ee-91aa-e692f4035bcd';
    for (const after of ['x', 'AAAA', `${'A'.repeat(31)}!`, future.toString('base64url'), strangers, none]) {
      const response = await t.app.inject({ url: `${eventsOf(tenant)}?after=${after}`, headers: auth(tenant) });
      expect(response.statusCode).toBe(400);
      expect(Object.keys(response.json().errors)).toEqual(['after']);
    }
  });

  it('is another company’s for nobody else (403), and needs a token (401)', async () => {
    const { tenant } = await createHistory(1);
    const stranger = await createTenant(t.db);
    for (const accept of ['application/json', 'text/event-stream']) {
      const theirs = await t.app.inject({ url: eventsOf(tenant), headers: { ...auth(stranger), accept } });
      expect(theirs.statusCode).toBe(403);
      expect((await t.app.inject({ url: eventsOf(tenant), headers: { accept } })).statusCode).toBe(401);
    }
    expect((await list(stranger)).data).toEqual([]);
  });

  it('has no HEAD: a stream would never end it', async () => {
    const { tenant } = await createHistory(0);
    const response = await t.app.inject({ method: 'HEAD', url: eventsOf(tenant), headers: auth(tenant) });
    expect(response.statusCode).toBe(405);
  });
});

describe('the stream', () => {
  it('tells of a change within a second or two, each event once, as messages that EventSource reads', async () => {
    const { tenant, thread } = await createHistory(2);
    await settle();
    const stream = await openEventStream(base + eventsOf(tenant), auth(tenant));
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers['cache-control']).toBe('no-store');

    const noteId = await addNote(tenant, thread.id, 'Never in the stream.');
    await until(() => stream.events.length > 0, 'the note is told of');

    expect(stream.events).toMatchObject([{ type: 'note.created', note_id: noteId, thread_id: thread.id }]);
    expect(stream.text()).toMatch(/^retry: 2000\nid: [0-9a-f-]{36}\n\nid: [0-9a-f-]{36}\ndata: \{"id":/);
    expect(stream.text()).not.toContain('Never');
    expect(stream.lastId()).toBe(stream.events[0]?.id);
    stream.close();
  });

  it('goes on behind Last-Event-ID, which counts more than `after`', async () => {
    const { tenant, noteIds } = await createHistory(250);
    const { data } = await list(tenant, '?limit=500');
    const headers = { ...auth(tenant), 'last-event-id': data[9].id };

    const stream = await openEventStream(`${base}${eventsOf(tenant)}?after=${data[200].id}`, headers);
    await until(() => stream.events.length >= 240, 'the rest of the history is told');

    expect(stream.events.map((event) => event.note_id)).toEqual(noteIds.slice(10));
    stream.close();
  });

  it('has neither a gap nor a double over reconnects while others write', async () => {
    const { tenant, thread } = await createHistory(0);
    const written: string[] = [];
    const seen: unknown[] = [];
    let lastId = (await list(tenant, '?after=latest')).next_after;
    let isWriting = true;
    const writers = Array.from({ length: 4 }, async () => {
      for (let n = 0; n < 25; n++) written.push(await addNote(tenant, thread.id));
    });
    const done = Promise.all(writers).then(() => {
      isWriting = false;
    });
    while (isWriting || seen.length < written.length) {
      const stream = await openEventStream(base + eventsOf(tenant), { ...auth(tenant), 'last-event-id': lastId });
      const started = Date.now();
      await until(() => stream.events.length > 0 || Date.now() - started > 2_000, 'something comes');
      await new Promise((resolve) => setTimeout(resolve, 30));
      stream.close();
      seen.push(...stream.events.map((event) => event.note_id));
      lastId = stream.lastId();
    }
    await done;
    expect(seen).toHaveLength(100);
    expect(new Set(seen)).toEqual(new Set(written));
  });

  it('serves readers of several processes from one database', async () => {
    const { tenant, thread } = await createHistory(0);
    const { buildApp } = await import('../../../src/app.ts');
    const { SETTINGS } = await import('../../support/app.ts');
    const other = await buildApp({ db: t.db, ring: t.ring, settings: SETTINGS, log: false });
    const otherBase = await other.listen({ host: '127.0.0.1', port: 0 });
    const streams = [
      await openEventStream(base + eventsOf(tenant), auth(tenant)),
      await openEventStream(otherBase + eventsOf(tenant), auth(tenant)),
    ];

    const noteId = await addNote(tenant, thread.id);
    for (const stream of streams) {
      await until(() => stream.events.length > 0, 'both tell');
      expect(stream.events).toMatchObject([{ note_id: noteId }]);
    }
    streams[0]?.close();
    const closing = Date.now();
    await other.close();
    await streams[1]?.ended;
    expect(Date.now() - closing).toBeLessThan(3_000);
  });

  it('gives signs of life while nothing happens, and lets a client go that takes nothing', async () => {
    const { tenant } = await createHistory(0);
    const [token] = await t.db.query<{ id: string }>({
      text: 'SELECT id FROM tokens WHERE user_id = $1',
      values: [tenant.userId],
    });
    const live = new LiveEvents(t.db, { pollMs: 20, heartbeatMs: 50, stuckMs: 200 });
    const { companyId, userId } = tenant;
    const subscription = { companyId, userId, tokenId: token?.id ?? '', after: undefined };
    const reader = await live.open(t.db, subscription);
    const messages = reader.messages();
    await messages.next();
    expect((await messages.next()).value).toBe(': still here\n\n');
    expect(live.openStreams).toBe(1);

    let isLetGo = false;
    reader.onStuck = () => {
      isLetGo = true;
    };
    await until(() => isLetGo, 'the client that takes nothing is let go', 3_000);
    expect(live.openStreams).toBe(0);
    expect((await messages.next()).done).toBe(true);
    live.close();
  });

  it('takes twenty at once for a token, and a place is free as soon as its client has gone', async () => {
    const { tenant } = await createHistory(0);
    const open = () => openEventStream(base + eventsOf(tenant), auth(tenant));
    const streams = await Promise.all(Array.from({ length: 20 }, open));
    expect(streams.map(({ response }) => response.statusCode)).toEqual(Array(20).fill(200));
    const { response: refused } = await open();
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1']);

    for (const stream of streams) stream.close();
    await pause(1_000);

    const again = await open();
    expect(again.response.statusCode).toBe(200);
    again.close();
  });

  it('ends within seconds when its token is revoked or its user leaves the company', async () => {
    const { tenant } = await createHistory(0);
    const leaver = await createUser(t.db);
    await addMember(t.db, tenant.companyId, leaver, 'viewer');
    const leaverToken = await createUserToken(t.db, leaver);
    const stays = await openEventStream(base + eventsOf(tenant), auth(tenant));
    const leaves = await openEventStream(base + eventsOf(tenant), { authorization: `Token ${leaverToken}` });
    const revokedToken = await createUserToken(t.db, tenant.userId);
    const revoked = await openEventStream(base + eventsOf(tenant), { authorization: `Token ${revokedToken}` });

    await t.app.inject({
      method: 'POST',
      url: '/api/auth/logout/',
      headers: { authorization: `Token ${revokedToken}` },
    });
    await t.db.query({ text: 'DELETE FROM memberships WHERE user_id = $1', values: [leaver] });

    const started = Date.now();
    await Promise.all([leaves.ended, revoked.ended]);
    expect(Date.now() - started).toBeLessThan(6_000);
    const { readable } = stays.response;
    expect(readable).toBe(true);
    stays.close();
  });

  it('asks for the next batch only when the client has taken the one before', async () => {
    const { tenant } = await createHistory(0);
    await t.db.query({
      text: `INSERT INTO audit_events (company_id, id, actor_kind, action)
             SELECT $1, gen_random_uuid(), 'operator', 'import.completed' FROM generate_series(1, 20000)`,
      values: [tenant.companyId],
    });
    await settle();
    let statements = 0;
    const query: typeof t.db.query = (statement) => {
      statements += 1;
      return t.db.query(statement);
    };
    const counting = { query, for: () => counting } as unknown as Db;
    const live = new LiveEvents(counting, { pollMs: 60_000 });
    const after = { transactionId: 0n, eventId: '00000000-0000-0000-0000-000000000000' };
    const reader = await live.open(counting, {
      companyId: tenant.companyId,
      userId: tenant.userId,
      tokenId: tenant.userId,
      after,
    });
    let taken = 0;
    let next: () => void = () => undefined;
    const client = new Writable({
      highWaterMark: 16_384,
      write: (chunk: Buffer, _encoding, done) => {
        taken += chunk.length;
        next = done;
      },
    });
    Readable.from(reader.messages(), { objectMode: false, highWaterMark: 16_384 }).pipe(client);

    await pause(500);
    const whileStuck = statements;
    for (let n = 0; n < 5; n++) {
      next();
      await pause(50);
    }
    live.close();

    // Opening asks three times; then two or three batches fill what lies between.
    expect(whileStuck).toBeLessThan(8);
    expect(statements).toBeGreaterThan(whileStuck);
    expect(taken).toBeLessThan(500_000);
  });
});

describe('POST /companies/{company_id}/communications/events/ticket', () => {
  it('makes a key that opens one stream, without a header', async () => {
    const { tenant, thread } = await createHistory(0);
    const ticket = await requestTicket(tenant);
    const url = `${base}${eventsOf(tenant)}?ticket=${ticket}`;

    const stream = await openEventStream(url, {});
    const noteId = await addNote(tenant, thread.id);
    await until(() => stream.events.length > 0, 'the note is told of');
    expect(stream.events).toMatchObject([{ note_id: noteId }]);
    stream.close();

    expect((await openEventStream(url, {})).response.statusCode).toBe(401);
  });

  it('resumes that stream with Last-Event-ID, as EventSource does by itself, again and again', async () => {
    const { tenant, thread } = await createHistory(0);
    const url = `${base}${eventsOf(tenant)}?ticket=${await requestTicket(tenant)}`;
    const first = await openEventStream(url, {});
    await until(() => first.text().includes('id: '), 'the stream says where it begins');
    first.close();
    // Nothing had happened yet: the place is the one that the stream began with.
    let lastId = /^id: (.*)$/m.exec(first.text())?.[1] ?? '';
    for (let nth = 0; nth < 3; nth += 1) {
      const noteId = await addNote(tenant, thread.id);
      const again = await openEventStream(url, { 'last-event-id': lastId });
      expect(again.response.statusCode).toBe(200);
      await until(() => again.events.length > 0, 'what happened meanwhile is told of');
      expect(again.events.map((event) => event.note_id)).toEqual([noteId]);
      again.close();
      lastId = again.lastId();
    }
  });

  it('resumes it for a few minutes after it was last open, for the same user, and while the token is valid', async () => {
    const { tenant } = await createHistory(1);
    const answer = async (url: string, headers = {}) => (await t.app.inject({ url, headers })).statusCode;
    const resuming = { 'last-event-id': (await list(tenant)).data[0].id };
    const other = await createTenant(t.db);
    await addMember(t.db, other.companyId, tenant.userId);
    const ticket = await requestTicket(tenant);
    const url = `${eventsOf(tenant)}?ticket=${ticket}`;
    expect(await answer(url)).toBe(200);
    expect(await answer(url, resuming)).toBe(200);
    expect(await answer(`${eventsOf(other)}?ticket=${ticket}`, resuming)).toBe(401);
    const tickets = async () => {
      const text = `SELECT expires_at > now() + interval '4 minutes' AS long, expires_at <= now() + interval '5 minutes' AS bounded
                    FROM stream_tickets WHERE company_id = $1`;
      return t.db.query({ text, values: [tenant.companyId] });
    };
    expect(await tickets()).toEqual([{ long: true, bounded: true }]);
    await t.db.query({
      text: `UPDATE stream_tickets SET expires_at = now() WHERE company_id = $1`,
      values: [tenant.companyId],
    });
    expect(await answer(url, resuming)).toBe(401);

    const second = `${eventsOf(tenant)}?ticket=${await requestTicket(tenant)}`;
    expect(await answer(second)).toBe(200);
    await t.app.inject({ method: 'POST', url: '/api/auth/logout/', headers: auth(tenant) });
    expect(await answer(second, resuming)).toBe(401);
  });

  it('keeps the ticket of an open stream good, however long it stays open', async () => {
    const { tenant } = await createHistory(0);
    const url = `${base}${eventsOf(tenant)}?ticket=${await requestTicket(tenant)}`;
    const opened = await openEventStream(url, {});
    opened.close();
    await t.db.query({
      text: `UPDATE stream_tickets SET expires_at = now() + interval '1 s' WHERE company_id = $1`,
      values: [tenant.companyId],
    });
    const [token] = await t.db.query<{ id: string }>({
      text: 'SELECT id FROM tokens WHERE user_id = $1',
      values: [tenant.userId],
    });
    const ticketHash = hashToken(new URL(url).searchParams.get('ticket') ?? '');
    const live = new LiveEvents(t.db, { pollMs: 20, ticketMs: 20 });
    const { companyId, userId } = tenant;
    await live.open(t.db, { companyId, userId, tokenId: token?.id ?? '', ticketHash, after: undefined });
    await expect
      .poll(async () => {
        const text = `SELECT expires_at > now() + interval '4 minutes' AS long FROM stream_tickets WHERE company_id = $1`;
        return t.db.query({ text, values: [companyId] });
      })
      .toEqual([{ long: true }]);
    live.close();
  });

  it('is for this company, for a minute, and for nothing but its events', async () => {
    const { tenant } = await createHistory(0);
    const other = await createTenant(t.db);
    await addMember(t.db, other.companyId, tenant.userId);
    const answer = async (url: string) => (await t.app.inject({ url })).statusCode;

    const ticket = await requestTicket(tenant);
    expect(await answer(`${eventsOf(other)}?ticket=${ticket}`)).toBe(401);
    expect(await answer(`/api/companies/${tenant.companyId}/communications/threads?ticket=${ticket}`)).toBe(401);
    await t.db.query({
      text: `UPDATE stream_tickets SET expires_at = now() WHERE company_id = $1`,
      values: [tenant.companyId],
    });
    expect(await answer(`${eventsOf(tenant)}?ticket=${ticket}`)).toBe(401);
    expect(await answer(`${eventsOf(tenant)}?ticket=nonsense`)).toBe(401);
  });

  it('is stored as a hash only', async () => {
    const { tenant } = await createHistory(0);
    const ticket = await requestTicket(tenant);
    const rows = await t.db.query<{ row: string }>({
      text: 'SELECT s::text AS row FROM stream_tickets s WHERE company_id = $1',
      values: [tenant.companyId],
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(ticket);
    expect(rows[0]?.row).not.toContain(Buffer.from(ticket).toString('hex'));
  });

  it('is worth nothing once the token that asked for it is revoked', async () => {
    const { tenant } = await createHistory(0);
    const ticket = await requestTicket(tenant);
    await t.app.inject({ method: 'POST', url: '/api/auth/logout/', headers: auth(tenant) });
    expect((await t.app.inject({ url: `${eventsOf(tenant)}?ticket=${ticket}` })).statusCode).toBe(401);
  });

  it('is also for a viewer', async () => {
    const { tenant } = await createHistory(0);
    const viewer = await createUser(t.db);
    await addMember(t.db, tenant.companyId, viewer, 'viewer');
    await requestTicket({ ...tenant, token: await createUserToken(t.db, viewer) });
  });
});
