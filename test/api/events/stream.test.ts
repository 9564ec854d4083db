import { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { LiveEvents } from '../../../src/api/events/live-stream.ts';
import type { Db } from '../../../src/db/client.ts';
import { addNote, auth, base, createHistory, eventsOf, list, t, useEventFeed } from '../../support/event-feed.ts';
import { openEventStream, until } from '../../support/event-stream.ts';
import { addMember, createUser, createUserToken } from '../../support/factories.ts';
import { settle } from '../../support/settle.ts';

useEventFeed();

describe('the stream', () => {
  it('tells of a change within a second or two, each event once, as messages that EventSource reads', async () => {
    const { tenant, thread } = await createHistory(2);
    await settle(t.db);
    const stream = await openEventStream(base + eventsOf(tenant), auth(tenant));
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers['cache-control']).toBe('no-store, no-transform');

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

  it('takes twenty at once for a user, however many tokens (one more: 429), and a place is free as soon as its client has gone', async () => {
    const { tenant } = await createHistory(0);
    const tokens = [tenant.token, await createUserToken(t.db, tenant.userId)];
    const open = (nth = 0) => openEventStream(base + eventsOf(tenant), { authorization: `Token ${tokens[nth % 2]}` });
    const streams = await Promise.all(Array.from({ length: 20 }, (_, nth) => open(nth)));
    expect(streams.map(({ response }) => response.statusCode)).toEqual(Array(20).fill(200));
    const { response: refused } = await open();
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1']);

    for (const stream of streams) stream.close();

    const again = await vi.waitFor(
      async () => {
        const stream = await open();
        expect(stream.response.statusCode).toBe(200);
        return stream;
      },
      { timeout: 15_000, interval: 100 },
    );
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
    await settle(t.db);
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
    for (let n = 0; n < 25 && (n < 5 || statements === whileStuck); n++) {
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
