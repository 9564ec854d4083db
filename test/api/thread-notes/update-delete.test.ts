import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { addMember, createMessage, createTenant, createUser, createUserToken } from '../../support/factories.ts';

let t: TestApp;
let author: Awaited<ReturnType<typeof createTenant>>;
let threadId: string;
let note: { id: string; content: string; updated_at: string };

beforeAll(async () => {
  t = await startTestApp();
  author = await createTenant(t.db);
  threadId = (await createMessage(t.db, t.ring, author.companyId)).id;
});
afterAll(() => t.close());

beforeEach(async () => {
  const created = await call('POST', notes(), author.token, { thread_id: threadId, content: 'Check is in the mail.' });
  expect(created.statusCode).toBe(201);
  note = created.json();
});

const notes = (id?: string) => `/api/companies/${author.companyId}/thread-notes${id ? `/${id}` : ''}`;

function call(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  token: string,
  payload?: unknown,
  headers: Record<string, string> = {},
) {
  return t.app.inject({
    method,
    url,
    headers: {
      authorization: `Token ${token}`,
      ...(payload ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(payload ? { payload: JSON.stringify(payload) } : {}),
  });
}

async function colleague(role: 'admin' | 'member' | 'viewer'): Promise<string> {
  const userId = await createUser(t.db);
  await addMember(t.db, author.companyId, userId, role);
  return createUserToken(t.db, userId);
}

async function etagOf(id: string): Promise<string> {
  return (await call('GET', notes(id), author.token)).headers.etag as string;
}

describe('GET /companies/{company_id}/thread-notes/{note_id}', () => {
  it('answers 200 with the note, at the address that its creation named', async () => {
    const created = await call('POST', notes(), author.token, { thread_id: threadId, content: 'x' });
    const read = await call(
      'GET',
      new URL(String(created.headers.location), `http://a${notes()}`).pathname,
      author.token,
    );
    expect(read.statusCode).toBe(200);
    expect(read.json()).toEqual(created.json());
  });

  it('answers 304 to its own ETag', async () => {
    const etag = await etagOf(note.id);
    const again = await call('GET', notes(note.id), author.token, undefined, { 'if-none-match': etag });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it('knows no note of another company (404)', async () => {
    const stranger = await createTenant(t.db);
    const url = `/api/companies/${stranger.companyId}/thread-notes/${note.id}`;
    expect((await call('GET', url, stranger.token)).statusCode).toBe(404);
  });
});

describe('PATCH /companies/{company_id}/thread-notes/{note_id}', () => {
  it('200: lets the author reword the note, encrypted like the first wording', async () => {
    const changed = await call('PATCH', notes(note.id), author.token, { content: '  Check 4711 is in the mail. ' });

    expect(changed.statusCode).toBe(200);
    expect(changed.json()).toEqual({
      ...note,
      content: 'Check 4711 is in the mail.',
      updated_at: expect.any(String),
    });
    expect(changed.json().updated_at > note.updated_at).toBe(true);
    expect(changed.headers.etag).toBe(await etagOf(note.id));
    const [stored] = await t.db.query<{ content: Buffer }>({
      text: 'SELECT content FROM thread_notes WHERE id = $1',
      values: [note.id],
    });
    expect(stored?.content.includes('4711')).toBe(false);
  });

  it('lets an admin, but no other member and no viewer (403)', async () => {
    for (const role of ['member', 'viewer'] as const) {
      const refused = await call('PATCH', notes(note.id), await colleague(role), { content: 'Mine now.' });
      expect(refused.statusCode).toBe(403);
    }
    const changed = await call('PATCH', notes(note.id), await colleague('admin'), { content: 'By an admin.' });
    expect(changed.json()).toMatchObject({ content: 'By an admin.', author: { id: author.userId } });
  });

  it('leaves everything as it was when nothing is given or nothing differs', async () => {
    for (const payload of [{}, { content: null }, { content: note.content }])
      expect((await call('PATCH', notes(note.id), author.token, payload)).json()).toEqual(note);
  });

  it('refuses with 400 a content that creation would refuse', async () => {
    for (const content of ['', '   ', 'x'.repeat(20_001), 5]) {
      const refused = await call('PATCH', notes(note.id), author.token, { content });
      expect(refused.statusCode).toBe(400);
      expect(Object.keys(refused.json().errors)).toEqual(['content']);
    }
  });

  it('answers 412 when somebody was faster', async () => {
    const etag = await etagOf(note.id);
    await call('PATCH', notes(note.id), author.token, { content: 'Second.' });

    const refused = await call('PATCH', notes(note.id), author.token, { content: 'Third.' }, { 'if-match': etag });

    expect(refused.statusCode).toBe(412);
    expect((await call('GET', notes(note.id), author.token)).json().content).toBe('Second.');
  });

  it('changes the list and its ETag', async () => {
    const before = await call('GET', `${notes()}?page=1`, author.token);
    await call('PATCH', notes(note.id), author.token, { content: 'Anew.' });
    const after = await call('GET', `${notes()}?page=1`, author.token, undefined, {
      'if-none-match': before.headers.etag as string,
    });
    expect(after.statusCode).toBe(200);
    expect(after.json().data[0]).toMatchObject({ id: note.id, content: 'Anew.' });
    expect(after.json().count).toBe(before.json().count);
  });
});

describe('a note that does not decrypt', () => {
  const tags = { 'if-match': 'W/"Yx0n4lqv0bPj1Cq0mX3m9A"' };

  beforeEach(async () => {
    await t.db.query({
      text: `UPDATE thread_notes SET content = set_byte(content, octet_length(content) - 1, get_byte(content, octet_length(content) - 1) # 1) WHERE company_id = $1 AND id = $2`,
      values: [author.companyId, note.id],
    });
    expect((await call('GET', notes(note.id), author.token)).statusCode).toBe(500);
    expect((await call('GET', notes(), author.token)).statusCode).toBe(500);
  });

  it('can be deleted, and then the list of all notes is whole again', async () => {
    expect((await call('DELETE', notes(note.id), author.token)).statusCode).toBe(204);
    expect((await call('GET', notes(note.id), author.token)).statusCode).toBe(404);
    expect((await call('GET', notes(), author.token)).statusCode).toBe(200);
  });

  it('can be written anew', async () => {
    const changed = await call('PATCH', notes(note.id), author.token, { content: 'Check is in the mail.' });
    expect(changed.statusCode).toBe(200);
    expect(changed.json()).toEqual({ ...note, updated_at: expect.any(String) });
    expect((await call('GET', notes(note.id), author.token)).json()).toEqual(changed.json());
    expect((await call('GET', notes(), author.token)).statusCode).toBe(200);
  });

  it('stays as it is where what it says matters: with If-Match, or with nothing to write', async () => {
    const answers = [
      await call('DELETE', notes(note.id), author.token, undefined, tags),
      await call('PATCH', notes(note.id), author.token, { content: 'Anew.' }, tags),
      await call('PATCH', notes(note.id), author.token, {}),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([500, 500, 500]);
    expect((await call('GET', notes(note.id), author.token)).statusCode).toBe(500);
    expect((await call('DELETE', notes(note.id), author.token)).statusCode).toBe(204);
  });

  it('is still for its author and admins alone; others get 403', async () => {
    const other = await colleague('member');
    expect((await call('DELETE', notes(note.id), other)).statusCode).toBe(403);
    expect((await call('PATCH', notes(note.id), other, { content: 'Mine now.' })).statusCode).toBe(403);
    expect((await call('DELETE', notes(note.id), await colleague('admin'))).statusCode).toBe(204);
  });
});

describe('DELETE /companies/{company_id}/thread-notes/{note_id}', () => {
  it('204: deletes the note for good and counts one less', async () => {
    const { count } = (await call('GET', `${notes()}?page=1`, author.token)).json();

    const deleted = await call('DELETE', notes(note.id), author.token);

    expect(deleted.statusCode).toBe(204);
    expect(deleted.body).toBe('');
    expect((await call('GET', notes(note.id), author.token)).statusCode).toBe(404);
    expect((await call('DELETE', notes(note.id), author.token)).statusCode).toBe(404);
    expect((await call('GET', `${notes()}?page=1`, author.token)).json().count).toBe(count - 1);
    await t.fold();
    expect((await call('GET', `${notes()}?page=1`, author.token)).json().count).toBe(count - 1);
  });

  it('204 also with the content type that some clients send along with no body', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await call('DELETE', notes(note.id), author.token, undefined, headers)).statusCode).toBe(204);
  });

  it('is for the author and admins; others get 403', async () => {
    for (const role of ['member', 'viewer'] as const)
      expect((await call('DELETE', notes(note.id), await colleague(role))).statusCode).toBe(403);
    expect((await call('DELETE', notes(note.id), await colleague('admin'))).statusCode).toBe(204);
  });

  it('answers 412 to an ETag of an older wording and 204 to the present one', async () => {
    const etag = await etagOf(note.id);
    await call('PATCH', notes(note.id), author.token, { content: 'Second.' });
    expect((await call('DELETE', notes(note.id), author.token, undefined, { 'if-match': etag })).statusCode).toBe(412);
    const present = { 'if-match': await etagOf(note.id) };
    expect((await call('DELETE', notes(note.id), author.token, undefined, present)).statusCode).toBe(204);
  });

  it('leaves who did what in the audit trail, without a text', async () => {
    await call('PATCH', notes(note.id), author.token, { content: 'Confidential.' });
    await call('DELETE', notes(note.id), author.token);
    const trail = await t.db.query({
      text: 'SELECT action, user_id, details FROM audit_events WHERE subject_id = $1 ORDER BY transaction_id, id',
      values: [note.id],
    });
    const details = { thread_id: threadId };
    expect(trail).toEqual([
      { action: 'note.created', user_id: author.userId, details },
      { action: 'note.updated', user_id: author.userId, details },
      { action: 'note.deleted', user_id: author.userId, details },
    ]);
  });
});
