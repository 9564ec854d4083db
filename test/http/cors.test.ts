import { describe, expect, it } from 'vitest';
import { base, caller, logUrl, t, threads, useAnyCompany } from '../support/any-company.ts';
import { startTestApp } from '../support/app.ts';
import { callerWith, expectProblem } from '../support/http.ts';

useAnyCompany();

describe('CORS', () => {
  const origin = 'https://app.example';
  const allowed = [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'Prefer',
    'If-Match',
    'If-None-Match',
    'Last-Event-ID',
    'X-Request-Id',
    'Cache-Control',
  ];
  const exposed = [
    'Link',
    'Location',
    'ETag',
    'Retry-After',
    'RateLimit-Limit',
    'RateLimit-Remaining',
    'RateLimit-Reset',
    'X-Request-Id',
    'X-Ignored-Parameters',
    'Idempotency-Replayed',
    'Preference-Applied',
  ];
  const listed = (header: unknown) => String(header).split(/\s*,\s*/);

  it('only origins in the settings, no credentials; all headers of the API are exposed', async () => {
    const response = await caller.get(threads(), { origin });
    expect(response.headers['access-control-allow-origin']).toBe(origin);
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
    expect(listed(response.headers['access-control-expose-headers']).sort()).toEqual([...exposed].sort());
    expect(response.headers.vary).toContain('Origin');
    expect(response.headers.vary).toContain('Authorization');
    const other = await caller.get(threads(), { origin: 'https://evil.example' });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    const refused = await callerWith(t.app).get(threads(), { origin });
    expectProblem(refused, 'not_authenticated');
    expect(refused.headers['access-control-allow-origin']).toBe(origin);
  });

  it('a preflight needs no token (204)', async () => {
    const response = await callerWith(t.app).send({
      method: 'OPTIONS',
      url: logUrl(),
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
    expect(response.statusCode).toBe(204);
    expect(response.headers['access-control-allow-origin']).toBe(origin);
    expect(listed(response.headers['access-control-allow-headers']).sort()).toEqual([...allowed].sort());
    expect(listed(response.headers['access-control-allow-methods'])).toContain('POST');
  });

  it('an OPTIONS that is no preflight is answered (204, 404) as without origins in the settings', async () => {
    const closed = await startTestApp();
    try {
      for (const url of [threads(), logUrl(), '/healthz', '/nothing', '/api/companies/x/thread-notes', `${base()}/y`])
        for (const request of [
          {},
          { headers: { origin } },
          { headers: { 'access-control-request-method': 'POST' } },
          { headers: { 'content-type': 'text/plain' }, payload: 'x' },
        ]) {
          const answers = [];
          for (const { app } of [t, closed])
            answers.push(await callerWith(app).send({ method: 'OPTIONS', url, ...request }));
          const [open, without] = answers.map(({ statusCode, headers }) => [statusCode, headers.allow]);
          expect(open, url).toEqual(without);
        }
      const plain = await callerWith(t.app).send({ method: 'OPTIONS', url: threads(), headers: { origin } });
      expect([plain.statusCode, plain.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
      expect(plain.headers['access-control-allow-origin']).toBe(origin);
      expectProblem(await callerWith(t.app).send({ method: 'OPTIONS', url: '/nothing' }), 'not_found');
    } finally {
      await closed.close();
    }
  });

  it('without origins in the settings no answer has a CORS header', async () => {
    const closed = await startTestApp();
    try {
      const response = await callerWith(closed.app).get('/healthz', { origin });
      expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      const options = await callerWith(closed.app).send({ method: 'OPTIONS', url: threads() });
      expect([options.statusCode, options.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
    } finally {
      await closed.close();
    }
  });
});
