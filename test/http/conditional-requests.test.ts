import { describe, expect, it } from 'vitest';
import { aLog, base, caller, logUrl, t, threadId, threads, useAnyCompany } from '../support/any-company.ts';
import { createTenant } from '../support/factories.ts';
import { callerWith, expectProblem } from '../support/http.ts';

useAnyCompany();

describe('Caching', () => {
  it('lists and details carry a weak ETag, Cache-Control: private, no-cache and Vary: Authorization', async () => {
    for (const url of [
      threads(),
      `${threads()}/${threadId}`,
      `${base()}/communications/emails`,
      `${base()}/communications/emails/${threadId}`,
      `${base()}/thread-notes`,
      `${base()}/thread-notes?page=1`,
    ]) {
      const response = await caller.get(url);
      expect(response.headers.etag, url).toMatch(/^W\/"[^"]+"$/);
      expect(response.headers['cache-control']).toBe('private, no-cache');
      expect(response.headers.vary).toContain('Authorization');
    }
  });

  it('If-None-Match is answered with 304, after authorisation', async () => {
    for (const url of [threads(), `${threads()}/${threadId}`, `${base()}/thread-notes`]) {
      const etag = String((await caller.get(url)).headers.etag);
      for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
        const response = await caller.get(url, { 'if-none-match': known });
        expect([response.statusCode, response.body], url).toEqual([304, '']);
        expect(response.headers).toMatchObject({ etag, 'cache-control': 'private, no-cache' });
        expect(response.headers.vary).toContain('Authorization');
      }
      expect((await caller.get(url, { 'if-none-match': '"other"' })).statusCode).toBe(200);
      expectProblem(await callerWith(t.app).get(url, { 'if-none-match': etag }), 'not_authenticated');
      const stranger = callerWith(t.app, (await createTenant(t.db)).token);
      expectProblem(await stranger.get(url, { 'if-none-match': etag }), 'permission_denied');
    }
  });

  it('a condition changes nothing where the answer is 400 without it', async () => {
    const foreign = Buffer.alloc(61, 1).toString('base64url');
    for (const list of [threads(), `${base()}/communications/emails`, `${base()}/thread-notes`])
      for (const condition of [
        { 'if-none-match': '*' },
        { 'if-none-match': '"other", *' },
        { 'if-match': '*' },
        { 'if-match': '"other"' },
      ]) {
        expectProblem(await caller.get(`${list}?cursor=abc`, condition), 'invalid_cursor', ['cursor']);
        const following = await caller.get(`${list}?updated_after=${foreign}`, condition);
        expectProblem(following, 'validation_error', ['updated_after']);
        expect(following.json().detail).toContain('Not a watermark of this list');
      }
  });

  it('the ETag changes with every write that changes the answer, and holds through folding', async () => {
    const tagOf = async (url: string) => (await caller.get(url)).headers.etag;
    const tagsOf = async (urls: string[]) => {
      const tags = [];
      for (const url of urls) tags.push(await tagOf(url));
      return tags;
    };
    const urls = [threads(), `${base()}/communications/emails`, `${base()}/thread-notes`];
    const before = await tagsOf(urls);
    await t.fold();
    expect(await tagsOf(urls)).toEqual(before);
    await caller.post(`${base()}/thread-notes`, { thread_id: threadId, content: 'x' });
    const noted = await tagsOf(urls);
    expect(noted[2]).not.toBe(before[2]);
    await caller.post(logUrl(), aLog());
    expect(await tagOf(threads())).not.toBe(noted[0]);
    expect(await tagOf(threads('page_size=5'))).not.toBe(await tagOf(threads('page_size=6')));
  });

  it('If-Match with another ETag → 412', async () => {
    for (const url of [threads(), `${threads()}/${threadId}`]) {
      const etag = String((await caller.get(url)).headers.etag);
      expect((await caller.get(url, { 'if-match': etag })).statusCode).toBe(200);
      expect((await caller.get(url, { 'if-match': '*' })).statusCode).toBe(200);
      expectProblem(await caller.get(url, { 'if-match': 'W/"other"' }), 'precondition_failed');
    }
  });

  it('If-None-Match with the ETag of what a write would change → 412, and nothing changes', async () => {
    const note = (await caller.post(`${base()}/thread-notes`, { thread_id: threadId, content: 'x' })).json();
    const writes = [
      ['PATCH', `${threads()}/${threadId}`, { is_resolved: true }],
      ['PATCH', `${base()}/thread-notes/${note.id}`, { content: 'y' }],
      ['DELETE', `${base()}/thread-notes/${note.id}`, undefined],
    ] as const;
    for (const [method, url, payload] of writes) {
      const before = await caller.get(url);
      for (const known of ['*', String(before.headers.etag)]) {
        const headers = { 'if-none-match': known };
        const refused = await caller.send({ method, url, headers, ...(payload && { payload }) });
        expectProblem(refused, 'precondition_failed');
      }
      expect((await caller.get(url)).body).toBe(before.body);
    }
  });

  it('everything else with a token is no-store', async () => {
    expect((await caller.post(logUrl(), aLog())).headers['cache-control']).toBe('no-store');
    const note = await caller.post(`${base()}/thread-notes`, { thread_id: threadId, content: 'x' });
    expect(note.headers).toMatchObject({ 'cache-control': 'no-store', vary: expect.stringContaining('Authorization') });
  });

  it('HEAD answers 200 with the headers of GET, without its body', async () => {
    for (const url of [threads(), `${threads()}/${threadId}`, `${base()}/thread-notes`]) {
      const [got, head] = [await caller.get(url), await caller.send({ method: 'HEAD', url })];
      expect([head.statusCode, head.body]).toEqual([200, '']);
      for (const name of ['etag', 'cache-control', 'vary', 'content-type'])
        expect(head.headers[name]).toBe(got.headers[name]);
    }
  });

  it('304 to HEAD has no length: that of the GET it stands for is not known, and is not 0', async () => {
    for (const url of [threads(), `${threads()}/${threadId}`, `${base()}/thread-notes`])
      for (const method of ['HEAD', 'GET'] as const) {
        const etag = String((await caller.get(url)).headers.etag);
        const { statusCode, headers } = await caller.send({ method, url, headers: { 'if-none-match': etag } });
        expect([statusCode, headers.etag]).toEqual([304, etag]);
        expect(headers).not.toHaveProperty('content-length');
      }
    const whole = await caller.get(threads());
    const head = await caller.send({ method: 'HEAD', url: threads() });
    expect(head.headers['content-length']).toBe(whole.headers['content-length']);
  });
});
