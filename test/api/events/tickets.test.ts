import { describe, expect, it } from 'vitest';
import { LiveEvents } from '../../../src/api/events/live-stream.ts';
import { hashToken } from '../../../src/crypto/token.ts';
import {
  addNote,
  auth,
  base,
  createHistory,
  eventsOf,
  list,
  requestTicket,
  t,
  useEventFeed,
} from '../../support/event-feed.ts';
import { openEventStream, until } from '../../support/event-stream.ts';
import { addMember, createTenant, createUser, createUserToken } from '../../support/factories.ts';

useEventFeed();

describe('POST /companies/{company_id}/communications/events/ticket', () => {
  it('makes a key that opens one stream, without a header; again: 401', async () => {
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

  it('resumes it for a few minutes after it was last open, for the same user, and while the token is valid; else 401', async () => {
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
      text: `UPDATE stream_tickets SET expires_at = now() + interval '30 s' WHERE company_id = $1`,
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

  it('is for this company, for a minute, and for nothing but its events; else 401', async () => {
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

  it('is worth nothing once the token that asked for it is revoked (401)', async () => {
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
