import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD_CONCURRENCY, PASSWORD_QUEUE_LENGTH } from '../../src/crypto/password.ts';
import { createToken } from '../../src/crypto/token.ts';
import { canonicalAddress } from '../../src/http/client-address.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createTenant, createUser } from '../support/factories.ts';

/** Clients that are slow, many or hungry, on real sockets; a good one is served meanwhile. */
let t: TestApp;
let port: number;
let tenant: { companyId: string; token: string };
beforeAll(async () => {
  t = await startTestApp();
  await t.app.listen({ host: '127.0.0.1', port: 0 });
  const bound = t.app.server.address();
  port = typeof bound === 'object' && bound ? bound.port : 0;
  tenant = await createTenant(t.db);
});
afterAll(() => t.close());

type Held = { socket: Socket; received: () => string; closed: Promise<number> };

/** `closed`: milliseconds until the server closed it. */
function open(first: string): Held {
  const since = Date.now();
  const socket = connectSocket(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  if (first) socket.write(first);
  const closed = new Promise<number>((resolve) => socket.once('close', () => resolve(Date.now() - since)));
  return { socket, received: () => text, closed };
}

/** In waves, or the kernel drops what the server hasn't accepted yet without telling the client. */
async function openMany(count: number, first: string): Promise<Held[]> {
  const held: Held[] = [];
  while (held.length < count) {
    held.push(...Array.from({ length: 100 }, () => open(first)));
    await Promise.all(held.slice(-100).map(({ socket }) => socket.connecting && once(socket, 'connect')));
    await sleep(20);
  }
  return held;
}

/** Sends a character every half second until the server has had enough. */
async function dribble({ socket, closed }: Held, character: string): Promise<number> {
  const timer = setInterval(() => socket.writable && socket.write(character), 500);
  const milliseconds = await closed;
  clearInterval(timer);
  return milliseconds;
}

/** Asks on and on until told to stop. @returns the milliseconds of the slowest answer */
async function goodClient(stop: AbortSignal): Promise<number> {
  let slowest = 0;
  while (!stop.aborted) {
    const since = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}/api/companies/${tenant.companyId}/communications/threads`, {
      headers: { authorization: `Token ${tenant.token}` },
    });
    await answer.text();
    if (answer.status !== 200) return Number.POSITIVE_INFINITY;
    slowest = Math.max(slowest, performance.now() - since);
    await sleep(100);
  }
  return slowest;
}

describe('slow clients', () => {
  it('300 with slow headers, 300 with slow bodies and 1,000 idle ones are closed on time; a good one is served', async () => {
    const stop = new AbortController();
    const good = goodClient(stop.signal);
    const path = `/api/companies/${tenant.companyId}/thread-notes`;
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Token ${tenant.token}\r\n`;
    const slowHeaders = await openMany(300, `GET ${path} HTTP/1.1\r\nHost: a\r\nX-`);
    const slowBodies = await openMany(300, `${head}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{`);
    const idle = await openMany(1_000, '');

    const times = await Promise.all([
      Promise.all(slowHeaders.map((held) => dribble(held, 'a'))),
      Promise.all(slowBodies.map((held) => dribble(held, ' '))),
      Promise.all(idle.map((held) => held.closed)),
    ]);
    stop.abort();
    const [headers, bodies, idles] = times.map((all) => Math.max(...all));
    // 5 s, 10 s and 15 s are allowed, and the server looks every second; the rest is a busy machine's.
    expect(headers).toBeLessThan(9_000);
    expect(bodies).toBeLessThan(14_000);
    expect(idles).toBeLessThan(20_000);
    // One that had to wait for the others would wait for their 5 s at least.
    expect(await good).toBeLessThan(4_500);
    expect(slowHeaders[0]?.received()).toContain('HTTP/1.1 408');
    expect(slowBodies[0]?.received()).toContain('HTTP/1.1 408');
  }, 60_000);
});

describe('requests of made-up tokens', () => {
  let limited: TestApp;
  const LIMIT = 20;
  beforeAll(async () => {
    limited = await startTestApp({ rateLimitPerMinute: LIMIT, trustProxy: true });
  });
  afterAll(() => limited.close());

  const call = (token: string, address: string, url: string) =>
    limited.app.inject({ url, headers: { 'x-forwarded-for': address, authorization: `Token ${token}` } });

  it('get no fresh allowance each: they count on their address (429); a proven token there goes on', async () => {
    const { companyId, token } = await createTenant(limited.db);
    const url = `/api/companies/${companyId}/thread-notes`;
    expect((await call(token, '203.0.113.1', url)).statusCode).toBe(200);
    const statuses: number[] = [];
    for (let nth = 0; nth < LIMIT + 10; nth++) {
      statuses.push((await call(createToken().token, '203.0.113.1', url)).statusCode);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(LIMIT - 1);
    expect(statuses.slice(LIMIT)).toEqual(Array(10).fill(429));
    expect((await call(token, '203.0.113.1', url)).statusCode).toBe(200);
  });

  it('a proven token has its own allowance, whatever address it comes from; then 429', async () => {
    const { companyId, token } = await createTenant(limited.db);
    const url = `/api/companies/${companyId}/thread-notes`;
    await call(token, '198.51.100.1', url);
    for (let nth = 0; nth < LIMIT; nth++) {
      expect((await call(token, `198.51.100.${nth}`, url)).statusCode).toBe(200);
    }
    expect((await call(token, '198.51.100.99', url)).statusCode).toBe(429);
  });

  it('a revoked token is no proven one any more (429)', async () => {
    const { companyId, token } = await createTenant(limited.db);
    const url = `/api/companies/${companyId}/thread-notes`;
    await call(token, '203.0.113.2', url);
    await limited.db.query({ text: 'UPDATE tokens SET revoked_at = now()' });
    const statuses: number[] = [];
    for (let nth = 0; nth < LIMIT + 5; nth++) statuses.push((await call(token, '203.0.113.2', url)).statusCode);
    expect(statuses.at(-1)).toBe(429);
  });

  it('count on an IPv6 network of 2^64 addresses as on one address', () => {
    expect(canonicalAddress('2001:db8:1:2:aaaa::1')).toBe(canonicalAddress('2001:0db8:1:2::ffff:1'));
    expect(canonicalAddress('2001:db8:1:3::1')).not.toBe(canonicalAddress('2001:db8:1:2::1'));
    expect(canonicalAddress('::1')).toBe('::/64');
    expect(canonicalAddress('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(canonicalAddress('192.0.2.1')).toBe('192.0.2.1');
  });
});

describe('many logins', () => {
  const login = (username: string) =>
    t.app.inject({ method: 'POST', url: '/api/auth/login/', payload: { username, password: 'wrong password' } });

  it('a known and an unknown user are refused with 401 in the same time', async () => {
    for (let nth = 0; nth < 12; nth++) await createUser(t.db, { username: `known-${nth}`, password: 'right password' });
    const fastest = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    for (let nth = 0; nth < 12; nth++) {
      for (const kind of ['known', 'unknown'] as const) {
        const since = performance.now();
        expect((await login(`${kind}-${nth}`)).statusCode).toBe(401);
        fastest[kind] = Math.min(fastest[kind], performance.now() - since);
      }
    }
    // Without a hash for the unknown the ratio would be about ten.
    expect(fastest.known / fastest.unknown).toBeGreaterThan(0.5);
    expect(fastest.known / fastest.unknown).toBeLessThan(2);
  });

  it('few password hashes are computed at once and the rest is shed with 503, while others are served', async () => {
    const several = PASSWORD_CONCURRENCY + PASSWORD_QUEUE_LENGTH + 60;
    const logins = Promise.all(Array.from({ length: several }, (_, nth) => login(`crowd-${nth}`)));
    const since = performance.now();
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    expect(performance.now() - since).toBeLessThan(1_500);
    const statuses = (await logins).map((answer) => answer.statusCode);
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
  });
});
