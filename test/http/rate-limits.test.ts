import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { addMember, createTenant, createUser, createUserToken } from '../support/factories.ts';
import { anId, callerWith, expectProblem } from '../support/http.ts';

/** The limit on requests, and what Node refuses before there is a request (contract §1, Errors). */

describe('the limit of requests a minute', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp({ rateLimitPerMinute: 5, trustProxy: 1 });
  });
  afterAll(() => t.close());

  it('429 with Retry-After and RateLimit headers for a token that has worked, whatever it asks for', async () => {
    const { companyId, userId, token } = await createTenant(t.db);
    const url = `/api/companies/${companyId}/thread-notes`;
    const from = { 'x-forwarded-for': '203.0.113.77' };
    const caller = callerWith(t.app, token);
    expect((await caller.get(url, from)).statusCode).toBe(200);
    for (let left = 4; left >= 0; left -= 1) {
      const response = await caller.get(left % 2 ? url : `${url}?page=0`, from);
      expect(response.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': String(left) });
      expect(Number(response.headers['ratelimit-reset'])).toBeGreaterThan(0);
    }
    const refused = await caller.get(url, from);
    expectProblem(refused, 'throttled');
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': '0' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    // Another token of theirs counts on its address until it has worked, and then with the first.
    const other = callerWith(t.app, await createUserToken(t.db, userId));
    expect((await other.get(url, from)).statusCode).toBe(200);
    expectProblem(await other.get(url, from), 'throttled');
    const colleague = await createUser(t.db);
    await addMember(t.db, companyId, colleague);
    const theirs = callerWith(t.app, await createUserToken(t.db, colleague));
    for (let nth = 0; nth < 2; nth += 1) expect((await theirs.get(url, from)).statusCode).toBe(200);
  });

  it.each([
    ['an IPv4 address', ['192.0.2.9', '192.0.2.9:1111', '192.0.2.9:2222', '::ffff:192.0.2.9', '[::ffff:192.0.2.9]:3']],
    ['an IPv6 network', ['2001:db8::1', '[2001:db8::2]', '[2001:db8::3]:443', '2001:DB8::4%eth0', '2001:db8:0:0:5::']],
    ['the peer, for what is no address', ['free text', 'unknown', '192.0.2.300', "' OR 1=1", '_hidden']],
  ])('counts as one: %s, however it is written', async (_, addresses) => {
    const ask = (address: string) => callerWith(t.app).get('/nothing', { 'x-forwarded-for': address });
    for (const address of addresses) expectProblem(await ask(address), 'not_found');
    for (const address of addresses) expectProblem(await ask(address), 'throttled');
  });

  it('counts by address what shows no token, refused or not, unknown addresses too; then 429', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const { companyId } = await createTenant(t.db);
    const caller = callerWith(t.app);
    for (const url of [
      '/nothing',
      `/api/companies/${companyId}/thread-notes`,
      '/api/nothing',
      '/api/companies/x/y',
      '/openapi.json',
    ])
      expect((await caller.get(url, from('203.0.113.1'))).statusCode).not.toBe(429);
    expectProblem(await caller.get('/nothing', from('203.0.113.1')), 'throttled');
    expectProblem(
      await caller.get('/nothing', { ...from('203.0.113.1'), authorization: 'Token made-up' }),
      'throttled',
    );
    expectProblem(await caller.get('/nothing', from('203.0.113.2')), 'not_found');
  });

  it('leaves out the routes that watch the service', async () => {
    for (let nth = 0; nth < 12; nth += 1) expect((await callerWith(t.app).get('/healthz')).statusCode).toBe(200);
  });
});

describe('what Node refuses itself, or would', () => {
  let t: TestApp;
  let port: number;
  beforeAll(async () => {
    t = await startTestApp();
    await t.app.listen({ port: 0, host: '127.0.0.1' });
    port = (t.app.server.address() as AddressInfo).port;
  });
  afterAll(() => t.close());

  async function exchange(
    text: string,
  ): Promise<{ status: number; headers: string; problem: Record<string, unknown> }> {
    const [headers = '', body = ''] = (await receive(text)).split('\r\n\r\n');
    return { status: Number(headers.split(' ')[1]), headers: headers.toLowerCase(), problem: JSON.parse(body) };
  }

  /** Everything that the server sends until it closes the connection. */
  function receive(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket: Socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.setEncoding('utf8');
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', (error) => (answer ? resolve(answer) : reject(error)));
    });
  }

  it.each([
    ['400, what is no HTTP', 'nonsense\r\n\r\n', 400, 'validation_error'],
    ['400, a malformed header', 'GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n', 400, 'validation_error'],
    [
      '400, two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'validation_error',
    ],
    ['400, no Host in HTTP/1.1', 'GET /openapi.json HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'validation_error'],
    [
      '417, an expectation that nobody knows',
      'GET /openapi.json HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nConnection: close\r\n\r\n',
      417,
      'expectation_failed',
    ],
    [
      '414, an address that is too long',
      `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`.slice(0, 18_000),
      414,
      'uri_too_long',
    ],
    [
      '414, an address that is too long, with all that follows it',
      `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      414,
      'uri_too_long',
    ],
    [
      '431, an address that is long and a header that is too large with it',
      `GET /${'a'.repeat(10_000)} HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(10_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    [
      '431, a header that is too large',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    ['408, a request that never ends', 'GET / HTTP/1.1\r\nHost: x\r\n', 408, 'request_timeout'],
  ])('%s', async (_name, text, status, code) => {
    const answer = await exchange(text);
    expect(answer.status).toBe(status);
    expect(answer.headers).toContain('content-type: application/problem+json');
    expect(answer.problem).toMatchObject({
      status,
      code,
      detail: expect.any(String),
      title: expect.any(String),
      request_id: anId,
    });
    expect(answer.headers).toContain(`x-request-id: ${answer.problem.request_id}`);
  });

  it.each([
    ['HTTP/1.0 without Host', 'GET /openapi.json HTTP/1.0\r\n\r\n'],
    [
      'HTTP/1.1 with 100-continue',
      'GET /openapi.json HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
    ],
  ])('%s is answered', async (_name, text) => {
    expect(await receive(text)).toMatch(/^(HTTP\/1.1 100 Continue\r\n\r\n)?HTTP\/1.1 200 OK\r\n/);
  });
});
