import { describe, expect, it } from 'vitest';
import { aLog, base, caller, companyId, logUrl, t, threadId, useAnyCompany } from '../support/any-company.ts';
import { callerWith, expectProblem } from '../support/http.ts';

useAnyCompany();

describe('Prefix', () => {
  it('every route answers 200 or 201 under /api and /api/v1, with and without a final slash', async () => {
    for (const path of [
      'communications/threads',
      `communications/threads/${threadId}`,
      'communications/emails',
      `communications/emails/${threadId}`,
      'thread-notes',
    ]) {
      const answers = [];
      for (const prefix of ['/api', '/api/v1'])
        for (const slash of ['', '/'])
          answers.push(await caller.get(`${prefix}/companies/${companyId}/${path}${slash}`));
      const [canonical, ...others] = answers;
      expect(canonical?.statusCode).toBe(200);
      for (const other of others) expect([other.statusCode, other.body]).toEqual([200, canonical?.body]);
    }
    for (const url of [logUrl(), `${logUrl()}/`, `${base().replace('/api', '/api/v1')}/communications/log-manual/`])
      expect((await caller.post(url, aLog())).statusCode).toBe(201);
  });

  it('the service routes are at the root only (under /api 404), without a token, and say nothing of a company', async () => {
    for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs', '/metrics']) {
      const response = await callerWith(t.app).get(path);
      expect(response.statusCode, path).toBeLessThan(400);
      expect(response.body).not.toContain(companyId);
      expectProblem(await callerWith(t.app).get(`/api${path}`), 'not_found');
    }
  });

  it('the OpenAPI document shows /api', async () => {
    const { paths } = (await callerWith(t.app).get('/openapi.json')).json();
    const api = Object.keys(paths).filter((path) => path.startsWith('/api'));
    expect(api.length).toBeGreaterThan(8);
    expect(api.filter((path) => path.startsWith('/api/v1'))).toEqual([]);
  });
});
