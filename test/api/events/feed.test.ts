import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { UUID_PATTERN } from '../../../src/domain/ids.ts';
import { OPERATOR, recordAudit } from '../../../src/journal/audit.ts';
import { addNote, auth, createHistory, eventsOf, list, listAtOnce, t, useEventFeed } from '../../support/event-feed.ts';
import { createTenant } from '../../support/factories.ts';

useEventFeed();

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

  it('answers 405 to HEAD: a stream would never end it', async () => {
    const { tenant } = await createHistory(0);
    const response = await t.app.inject({ method: 'HEAD', url: eventsOf(tenant), headers: auth(tenant) });
    expect(response.statusCode).toBe(405);
  });
});
