import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createTenant } from '../support/factories.ts';

const ORIGIN = 'https://app.example.com';
let t: TestApp;
let url: string;
let token: string;
beforeAll(async () => {
  t = await startTestApp({ corsOrigins: [ORIGIN] });
  const tenant = await createTenant(t.db);
  token = tenant.token;
  url = `/api/companies/${tenant.companyId}/communications/log-manual`;
});
afterAll(() => t.close());

describe('every answer', () => {
  it.each(['/healthz', '/api/nowhere', '/api/companies/x', '/openapi.json', '/docs/'])(
    '%s carries the safe headers and no banner',
    async (path) => {
      const { headers } = await t.app.inject(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringContaining('max-age=31536000'),
        'cross-origin-resource-policy': expect.any(String),
      });
      expect(headers.server).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    },
  );
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    t.app.inject({
      method: 'OPTIONS',
      url,
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      },
    });

  it('a preflight of a listed origin is let through (204), without credentials', async () => {
    const { statusCode, headers } = await preflight(ORIGIN);
    expect(statusCode).toBe(204);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(headers['access-control-allow-methods']).toContain('POST');
    expect(headers['access-control-allow-headers']).toMatch(/Authorization.*Content-Type.*Idempotency-Key/);
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers.vary).toContain('Origin');
  });

  it('so is the answer itself, an error too, with the headers that a frontend may read', async () => {
    const answer = await t.app.inject({
      method: 'POST',
      url,
      headers: { origin: ORIGIN, authorization: `Token ${token}` },
      payload: {},
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(answer.headers['access-control-expose-headers']).toMatch(/Location.*ETag.*Retry-After.*RateLimit/);
  });

  it.each([
    'https://evil.example',
    'http://app.example.com',
    'https://app.example.com.evil.example',
    'https://app.example.com:8443',
    'https://sub.app.example.com',
    'null',
  ])('%s is not the listed origin', async (origin) => {
    expect((await preflight(origin)).headers['access-control-allow-origin']).toBeUndefined();
    const answer = await t.app.inject({ url, headers: { origin } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});
