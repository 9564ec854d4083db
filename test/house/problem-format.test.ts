import { describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { aLog, base, caller, companyId, logUrl, t, threadId, threads, useAnyCompany } from '../support/any-company.ts';
import { createTenant } from '../support/factories.ts';
import { anId, callerWith, expectProblem } from '../support/http.ts';

useAnyCompany();

describe('Errors', () => {
  it('400 names every offending field at once, those that go together too', async () => {
    const response = await caller.get(
      threads(
        'view=x&direction=x&is_resolved=x&customer_id=x&page=0&limit=2&search=' +
          'a+'.repeat(33) +
          '&date_from=2026-02-02&date_to=2026-02-01&communication_type=x',
      ),
    );
    expectProblem(response, 'validation_error', [
      'communication_type[0]',
      'customer_id',
      'date_from',
      'direction',
      'is_resolved',
      'page',
      'search',
      'view',
    ]);
    expectProblem(await caller.get(threads('page=1&limit=2&direction=x')), 'validation_error', ['direction', 'limit']);
  });

  it('404 for an unknown route', async () => {
    for (const url of [
      '/',
      '/api',
      '/api/nothing',
      `${base()}/nothing`,
      `${base()}/communications`,
      '/api/v2/auth/login/',
      `${threads()}//`,
      '/api/%zz',
    ])
      expectProblem(await caller.get(url), 'not_found');
  });

  it('404 for a path id that is no UUID', async () => {
    for (const id of ['x', '1', `urn:uuid:${companyId}`, `${companyId}x`, 'a'.repeat(1_000)])
      expectProblem(await caller.get(`/api/companies/${id}/thread-notes`), 'not_found');
  });

  it('order of refusals: route or path id, 401, 403 company, 403 role, then the input', async () => {
    const stranger = callerWith(t.app, (await createTenant(t.db)).token);
    const viewerTenant = await createTenant(t.db, { role: 'viewer' });
    const viewer = callerWith(t.app, viewerTenant.token);
    const nobody = callerWith(t.app);
    const bodies = [
      ['text/plain', 'not json', 'unsupported_media_type'],
      ['application/json', 'not json', 'validation_error'],
      ['application/json', '{"notes": 1}', 'validation_error'],
      ['application/json; charset=utf-8', JSON.stringify({ ...aLog(), customer_id: newId() }), 'validation_error'],
      [
        'application/json',
        JSON.stringify({ ...aLog(), notes: 'x'.repeat(20_000), customer_id: newId() }),
        'validation_error',
      ],
      ['application/json', `${' '.repeat(20_000)}not json`, 'validation_error'],
      ['application/json', `"${'x'.repeat(1 << 20)}"`, 'payload_too_large'],
    ] as const;
    for (const [type, payload, refusal] of bodies) {
      const broken = { method: 'POST', payload, headers: { 'content-type': type } } as const;
      expectProblem(await nobody.send({ ...broken, url: `${base()}/nothing` }), 'not_found');
      expectProblem(await nobody.send({ ...broken, url: '/api/companies/x/communications/log-manual' }), 'not_found');
      expectProblem(await nobody.send({ ...broken, url: logUrl() }), 'not_authenticated');
      expectProblem(await stranger.send({ ...broken, url: logUrl() }), 'permission_denied');
      expectProblem(
        await viewer.send({ ...broken, url: `/api/companies/${viewerTenant.companyId}/communications/log-manual` }),
        'permission_denied',
      );
      expect((await caller.send({ ...broken, url: logUrl() })).json().code).toBe(refusal);
    }
    for (const list of ['communications/threads', 'communications/emails', 'thread-notes']) {
      const url = `${base()}/${list}?page=0&page_size=x`;
      expectProblem(await nobody.get(url), 'not_authenticated');
      expectProblem(await stranger.get(url), 'permission_denied');
      expectProblem(await stranger.get(`${base()}/${list}?cursor=x`), 'permission_denied');
      expectProblem(await nobody.get(`/api/companies/x/${list}?page=0`), 'not_found');
      expectProblem(await caller.get(url), 'validation_error', ['page', 'page_size']);
    }
    expectProblem(await stranger.get(`${threads()}/${threadId}`), 'permission_denied');
  });
});

describe('X-Request-Id', () => {
  it('is on every response, and in every problem', async () => {
    for (const url of [threads(), '/healthz', '/nothing', threads('page=0'), '/openapi.json', '/docs']) {
      const response = await caller.get(url);
      expect(response.headers['x-request-id'], url).toEqual(anId);
      if (response.statusCode >= 400) expect(response.json().request_id).toBe(response.headers['x-request-id']);
    }
  });

  it("a client's own is kept when it matches [A-Za-z0-9._-]{1,64}", async () => {
    for (const id of ['a', 'A-z_0.9', 'x'.repeat(64)])
      expect((await caller.get(threads('page=0'), { 'x-request-id': id })).json().request_id).toBe(id);
    for (const id of ['', 'x'.repeat(65), 'a b', 'é', 'a/b', '<script>'])
      expect((await caller.get(threads(), { 'x-request-id': id })).headers['x-request-id']).toEqual(anId);
  });
});
