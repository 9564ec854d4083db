import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ThreadNote } from '../../../src/api/thread-notes/schema.ts';
import { encryptField } from '../../../src/crypto/field-encryption.ts';
import { noteContentRef } from '../../../src/crypto/field-refs.ts';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { addMember, createMessage, createTenant, createUser, createUserToken } from '../../support/factories.ts';
import { anId, aTime, callerWith, expectProblem } from '../../support/http.ts';

let t: TestApp;
let port: number;
beforeAll(async () => {
  t = await startTestApp();
  await t.app.listen({ port: 0 });
  port = (t.app.server.address() as AddressInfo).port;
});
afterAll(() => t.close());

/** A company with one message, and `note` to write on it. */
async function company() {
  const tenant = await createTenant(t.db);
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}/thread-notes`;
  const message = await createMessage(t.db, t.ring, tenant.companyId);
  return {
    ...tenant,
    caller,
    base,
    message,
    note: async (content = 'AP confirmed check is in the mail.', threadId = message.id): Promise<ThreadNote> => {
      const response = await caller.post(base, { thread_id: threadId, content });
      expect(response.statusCode, response.body).toBe(201);
      return response.json();
    },
    rows: () => t.db.query({ text: 'SELECT id FROM thread_notes WHERE company_id = $1', values: [tenant.companyId] }),
  };
}

/** Many notes at once, of which some share a moment; newest first. */
async function addNotes(companyId: string, threadId: string, authorId: string, howMany: number): Promise<string[]> {
  const ids = Array.from({ length: howMany }, newId);
  const moments = ids.map((_, nth) => new Date(Date.UTC(2026, 0, 1) + Math.floor(nth / 3)).toISOString());
  await t.db.query({
    text: `INSERT INTO thread_notes (company_id, id, thread_id, author_id, content, created_at, updated_at)
           SELECT $1, n.id, $2, $3, n.content, n.at, n.at
           FROM unnest($4::uuid[], $5::bytea[], $6::timestamptz[]) AS n(id, content, at)`,
    values: [
      companyId,
      threadId,
      authorId,
      ids,
      ids.map((id) => encryptField(t.ring, noteContentRef(companyId, id), `note ${id} ${'x'.repeat(500)}`)),
      moments,
    ],
  });
  return ids
    .map((id, nth) => ({ id, at: String(moments[nth]) }))
    .sort((one, other) => (one.at === other.at ? (one.id < other.id ? 1 : -1) : one.at < other.at ? 1 : -1))
    .map(({ id }) => id);
}

function open(path: string, token: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ port, path, headers: { authorization: `Token ${token}` }, agent: false }, resolve).on('error', reject);
  });
}

describe('POST /companies/{company_id}/thread-notes', () => {
  it('201 with the note', async () => {
    const { companyId, userId, caller, base, message } = await company();
    const response = await caller.post(base, {
      thread_id: message.id.toUpperCase(),
      content: '  Check is in the mail. ',
    });
    expect(response.statusCode).toBe(201);
    const [user] = await t.db.query<{ email: string }>({
      text: 'SELECT email FROM users WHERE id = $1',
      values: [userId],
    });
    const created = response.json();
    expect(created).toEqual({
      id: anId,
      company_id: companyId,
      thread_id: message.id,
      thread_group_id: message.threadGroupId,
      content: 'Check is in the mail.',
      author: { id: userId, name: 'Sam Ortiz', email: user?.email },
      created_at: aTime,
      updated_at: created.created_at,
    });
    expect(created.id[14]).toBe('7');
    expect((await caller.get(base)).json()).toEqual({ count: 1, data: [created] });
  });

  it('stores nothing of the content in the clear, and leaves no text in the audit trail', async () => {
    const { companyId, note } = await company();
    await note('xyzzy in the clear');
    for (const table of ['thread_notes', 'audit_events', 'thread_count_deltas']) {
      const rows = await t.db.query<{ row: string }>({
        text: `SELECT r::text AS row FROM ${table} r WHERE company_id = $1`,
        values: [companyId],
      });
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toMatch(/xyzzy|78797a7a79/);
    }
  });

  it('content is required, 1–20,000 characters after trimming; else 400', async () => {
    const { caller, base, message, note, rows } = await company();
    for (const content of [undefined, null, '', ' \n', 5, ['x'], '📞'.repeat(20_001)])
      expectProblem(await caller.post(base, { thread_id: message.id, content }), 'validation_error', ['content']);
    expect(await rows()).toEqual([]);
    expect((await note(` ${'📞'.repeat(20_000)} `)).content).toBe('📞'.repeat(20_000));
  });

  it('thread_id is required, a thread of this company, else 400', async () => {
    const { caller, base, rows } = await company();
    const elsewhere = await company();
    for (const thread_id of [undefined, null, '', 'x', 5, newId(), elsewhere.message.id, `urn:uuid:${newId()}`])
      expectProblem(await caller.post(base, { thread_id, content: 'x' }), 'validation_error', ['thread_id']);
    expectProblem(await caller.post(base, {}), 'validation_error', ['content', 'thread_id']);
    expect(await rows()).toEqual([]);
    expect(await elsewhere.rows()).toEqual([]);
  });

  it('403 for a viewer, and nothing is written', async () => {
    const { companyId, base, message, rows } = await company();
    const viewer = await createUser(t.db);
    await addMember(t.db, companyId, viewer, 'viewer');
    const caller = callerWith(t.app, await createUserToken(t.db, viewer));
    expectProblem(await caller.post(base, { thread_id: message.id, content: 'x' }), 'permission_denied');
    expect(await rows()).toEqual([]);
    expect((await caller.get(base)).statusCode).toBe(200);
  });
});

describe('GET /companies/{company_id}/thread-notes', () => {
  it('200 without a paging parameter: count and data, every note, newest first', async () => {
    const { caller, base, companyId, message, userId } = await company();
    expect((await caller.get(base)).json()).toEqual({ count: 0, data: [] });
    const ids = await addNotes(companyId, message.id, userId, 1_300);
    const response = await caller.get(base);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.headers['content-length']).toBeUndefined();
    const { count, data, ...rest } = response.json();
    expect(rest).toEqual({});
    expect(count).toBe(1_300);
    expect(data.map(({ id }: ThreadNote) => id)).toEqual(ids);
    expect(data[0].content).toMatch(`note ${ids[0]} `);
  });

  it.each(['page=1', 'page_size=2', 'limit=2', 'offset=0'])('with %s it pages like the other lists', async (paging) => {
    const { caller, base, note } = await company();
    const notes = [await note('1'), await note('2'), await note('3')].reverse();
    const { data, ...envelope } = (await caller.get(`${base}?${paging}`)).json();
    const pageSize = /2$/.test(paging) ? 2 : 20;
    expect(envelope).toEqual({ count: 3, page: 1, page_size: pageSize, next_cursor: pageSize === 2 ? anything : null });
    expect(data).toEqual(notes.slice(0, pageSize));
  });

  it('has nothing past its end, however far', async () => {
    const { caller, base, note } = await company();
    await note('1');
    for (const query of ['page=4294967295', `page=${'9'.repeat(30)}&page_size=${'9'.repeat(30)}`, 'offset=1000000000'])
      expect((await caller.get(`${base}?${query}`)).json()).toMatchObject({ count: 1, next_cursor: null, data: [] });
  });

  it('walks by cursor, whatever the page size, and knows where it ends', async () => {
    const { caller, base, companyId, message, userId } = await company();
    const ids = await addNotes(companyId, message.id, userId, 10);
    const walked: string[] = [];
    let url = `${base}?page_size=3`;
    for (let pages = 0; url && pages < 10; pages += 1) {
      const response = await caller.get(url);
      const { data, next_cursor: cursor } = response.json();
      expect(response.headers.link?.toString().includes(`cursor=${cursor}`) ?? null).toBe(cursor && true);
      walked.push(...data.map(({ id }: ThreadNote) => id));
      url = cursor ? `${base}?page_size=${2 + pages}&cursor=${cursor}` : '';
    }
    expect(walked).toEqual(ids);
    const other = (await caller.get(`${base}?page_size=3`)).json().next_cursor;
    expectProblem(await caller.get(`${base}?author_id=${userId}&cursor=${other}`), 'invalid_cursor', ['cursor']);
  });

  it("thread_id: notes on any message of that thread's group, because a conversation's row id moves with its latest message", async () => {
    const { caller, base, companyId, message, note } = await company();
    const older = await note('on the first');
    const later = await createMessage(t.db, t.ring, companyId, {
      threadGroupId: message.threadGroupId,
      timestamp: '2030-01-01T00:00:00.000Z',
    });
    const newer = await note('on the second', later.id);
    const elsewhere = await createMessage(t.db, t.ring, companyId);
    await note('elsewhere', elsewhere.id);
    for (const id of [message.id, later.id, later.id.toUpperCase()]) {
      expect((await caller.get(`${base}?thread_id=${id}`)).json()).toEqual({ count: 2, data: [newer, older] });
      expect((await caller.get(`${base}?thread_id=${id}&page=1`)).json()).toMatchObject({
        count: 2,
        data: [newer, older],
      });
    }
    expect((await caller.get(`${base}?thread_id=${newId()}`)).json()).toEqual({ count: 0, data: [] });
  });

  it('author_id: notes by this user; both filters together; 400 for what is no id', async () => {
    const { caller, base, companyId, userId, message, note } = await company();
    const own = await note();
    const colleague = await createUser(t.db, { name: '' });
    await addMember(t.db, companyId, colleague);
    const other = callerWith(t.app, await createUserToken(t.db, colleague));
    const theirs = (await other.post(base, { thread_id: message.id, content: 'mine' })).json();
    expect(theirs.author.name).toMatch(/^user-/);
    expect((await caller.get(`${base}?author_id=${userId}`)).json()).toEqual({ count: 1, data: [own] });
    expect((await caller.get(`${base}?author_id=${colleague}`)).json()).toEqual({ count: 1, data: [theirs] });
    expect((await caller.get(`${base}?author_id=${colleague}&thread_id=${message.id}`)).json().data).toEqual([theirs]);
    expect((await caller.get(`${base}?author_id=${newId()}&page=1`)).json()).toMatchObject({ count: 0, data: [] });
    expectProblem(await caller.get(`${base}?author_id=me&thread_id=x`), 'validation_error', ['author_id', 'thread_id']);
  });

  it('counts notes exactly before and after they are folded', async () => {
    const { caller, base, note } = await company();
    await note();
    await note();
    expect((await caller.get(`${base}?page=1`)).json().count).toBe(2);
    await t.fold();
    await note();
    expect((await caller.get(`${base}?page=1`)).json().count).toBe(3);
    await t.fold();
    await t.fold();
    expect((await caller.get(`${base}?page=1`)).json().count).toBe(3);
  });

  it('a failure midway breaks the connection rather than ending the list early', async () => {
    const { base, companyId, message, userId, token } = await company();
    const ids = await addNotes(companyId, message.id, userId, 1_300);
    // The ciphertext of a note in the third batch no longer opens.
    await t.db.query({
      text: `UPDATE thread_notes SET content = content || '\\x00' WHERE company_id = $1 AND id = $2`,
      values: [companyId, ids[1_200]],
    });
    const response = await open(base, token);
    expect(response.statusCode).toBe(200);
    const received: Buffer[] = [];
    const ended = await new Promise((resolve) => {
      response.on('data', (chunk) => received.push(chunk));
      response.on('end', () => resolve('ended'));
      response.on('error', () => resolve('broken'));
    });
    expect(ended).toBe('broken');
    expect(response.complete).toBe(false);
    expect(() => JSON.parse(Buffer.concat(received).toString())).toThrow();
  });

  it('a failure in the first batch is 500, not half an answer', async () => {
    const { caller, base, companyId, note } = await company();
    const { id } = await note();
    await t.db.query({
      text: `UPDATE thread_notes SET content = content || '\\x00' WHERE company_id = $1 AND id = $2`,
      values: [companyId, id],
    });
    expectProblem(await caller.get(base), 'internal_error');
  });

  it('slow readers hold no connection of the database', async () => {
    const { base, caller, companyId, message, userId, token } = await company();
    await addNotes(companyId, message.id, userId, 6_000);
    // More readers than the pool has connections, none of which reads on.
    const readers: IncomingMessage[] = [];
    for (let tries = 0; readers.length < 12 && tries < 60; tries += 1) {
      // A busy machine may shed a reader while the others fill their buffers.
      const reader = await open(base, token);
      if (reader.statusCode === 200) readers.push(reader);
      else reader.resume();
    }
    expect(readers).toHaveLength(12);
    await expect.poll(() => t.db.pool.totalCount - t.db.pool.idleCount, { timeout: 10_000 }).toBe(0);
    expect(readers.every((reader) => !reader.complete)).toBe(true);
    expect((await caller.get(`${base}?page=1`)).statusCode).toBe(200);
    const [first, ...others] = readers;
    for (const reader of others) reader.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of first ?? []) chunks.push(chunk as Buffer);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ count: 6_000 });
  });
});

const anything = expect.stringMatching(/./);
