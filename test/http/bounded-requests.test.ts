import { createServer } from 'node:http';
import { type AddressInfo, connect as connectSocket, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signVonage } from '../../src/ingest/vonage/signature.ts';
import { SETTINGS, startTestApp, type TestApp } from '../support/app.ts';
import { createTenant } from '../support/factories.ts';
import { type Caller, callerWith, expectProblem } from '../support/http.ts';

/** What one request may cost: the size of its answer, the depth of its body, and the bytes held before its sender is known. */

const LARGEST_REFUSAL = 64 * 1024;
const HALF_SURROGATE = '\\ud800';

let t: TestApp;
let caller: Caller;
let base: string;
beforeAll(async () => {
  t = await startTestApp();
  const { companyId, token } = await createTenant(t.db);
  caller = callerWith(t.app, token);
  base = `/api/companies/${companyId}`;
});
afterAll(() => t.close());

const json = (payload: string) => ({ payload, headers: { 'content-type': 'application/json' } });
const nested = (levels: number, inside = '') => '['.repeat(levels) + inside + ']'.repeat(levels);

describe('an answer to a hostile body', () => {
  const long = 'x'.repeat(3_000);
  const bodies: [string, string][] = [
    ['ill-formed strings in a list', `{"notes":[${Array(20_000).fill(`"${HALF_SURROGATE}"`).join(',')}]}`],
    ['ill-formed strings below long names', `{"${long}":{"${long}":["${HALF_SURROGATE}","\\u0000"]}}`],
    [
      'many ill-formed names',
      `{${Array.from({ length: 5_000 }, (_, n) => `"${HALF_SURROGATE}${n}${long.slice(0, 100)}":1`).join(',')}}`,
    ],
    [
      'control characters in long names',
      `{${Array.from({ length: 100 }, (_, n) => `"${'\\u0001'.repeat(900)}${n}":"${HALF_SURROGATE}"`).join(',')}}`,
    ],
    [
      'wide names',
      `{${Array.from({ length: 200 }, (_, n) => `"${'😀'.repeat(900)}${n}":"${HALF_SURROGATE}"`).join(',')}}`,
    ],
    [
      'many wrong entries',
      `{"strategy_tags":[${Array(50).fill(1).join(',')}],"invoice_ids":[${Array(200).fill('"x"').join(',')}]}`,
    ],
    ['deep lists', `{"notes":${nested(30, `"${HALF_SURROGATE}"`)}}`],
  ];

  it.each(bodies)('is small: %s', async (_, payload) => {
    for (const handling of ['lenient', 'strict'])
      for (const url of [`${base}/communications/log-manual`, `${base}/thread-notes`]) {
        const { headers } = json(payload);
        const answer = await caller.send({
          method: 'POST',
          url,
          payload,
          headers: { ...headers, prefer: `handling=${handling}` },
        });
        expect(answer.statusCode, url).toBe(400);
        expect(Buffer.byteLength(answer.body)).toBeLessThanOrEqual(LARGEST_REFUSAL);
        const fields = Object.keys(answer.json().errors);
        expect(fields.length).toBeLessThanOrEqual(20);
        for (const field of fields) expect([...field].length).toBeLessThanOrEqual(200);
      }
  });

  it('400 for a body deeper than 32 levels, whatever is in it, and soon', async () => {
    const url = `${base}/communications/log-manual`;
    const deep = [`{"a":${nested(32)}}`, nested(200_000), `{"a":${nested(100_000, `"${HALF_SURROGATE}"`)}}`];
    for (const payload of deep) {
      const startedAt = performance.now();
      const answer = await caller.send({ method: 'POST', url, ...json(payload) });
      expectProblem(answer, 'validation_error', ['body']);
      expect(answer.json().errors.body).toEqual(['Must be nested at most 32 levels deep.']);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
    const brackets = JSON.stringify({ notes: '[{'.repeat(100), communication_type: '\\"['.repeat(40) });
    expect((await caller.send({ method: 'POST', url, ...json(brackets) })).body).not.toContain('levels deep');
    expect((await caller.send({ method: 'POST', url, ...json(`{"a":${nested(31)}}`) })).body).not.toContain(
      'levels deep',
    );
  });

  it.each([
    ['a list', `{"notes":[${Array(60_000).fill('1').join(',')}]}`],
    ['empty lists', `{"notes":[${Array(30_000).fill('[]').join(',')}]}`],
    ['fields', `{${Array.from({ length: 60_000 }, (_, nth) => `"f${nth}":1`).join(',')}}`],
    ['ill-formed strings', `{"notes":[${Array(60_000).fill(`"${HALF_SURROGATE}"`).join(',')}]}`],
    ['text that isn’t JSON', ','.repeat(60_000)],
  ])('400 for more than 50,000 values: %s', async (_, payload) => {
    const answer = await caller.send({ method: 'POST', url: `${base}/communications/log-manual`, ...json(payload) });
    expectProblem(answer, 'validation_error', ['body']);
    expect(answer.json().errors.body).toEqual(['Must have at most 50000 values.']);
  });

  it('commas and brackets in text aren’t values', async () => {
    const url = `${base}/communications/log-manual`;
    const notes = `, [] {} "\\ `.repeat(10_000);
    const answer = await caller.send({ method: 'POST', url, ...json(JSON.stringify({ notes })) });
    expect(answer.json().errors.body).toBeUndefined();
  });

  it('413 for credentials over 16 KiB', async () => {
    const password = 'x'.repeat(17_000);
    const answer = await callerWith(t.app).post('/api/auth/login/', { username: 'sam', password });
    expectProblem(answer, 'payload_too_large');
  });
});

describe('a delivery', () => {
  const urls = ['/api/webhooks/nylas', '/api/webhooks/vonage'];

  /** Sends headers and the first bytes of a body of 5 MiB, and no more. */
  async function firstAnswer(
    port: number,
    url: string,
    headers: string[],
  ): Promise<{ status: number; socket: Socket }> {
    const socket = connectSocket(port, '127.0.0.1');
    const head = [`POST ${url} HTTP/1.1`, 'Host: test', 'Content-Length: 5242880', ...headers, '', 'some bytes'];
    socket.write(head.join('\r\n'));
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    return { status: Number(answer.split(' ')[1]), socket };
  }

  it.each(urls)('%s: 401 before its body when no signature can be right, 503 when no secret is set', async (url) => {
    const stranger = await startTestApp({ nylasWebhookSecrets: [], vonageSignatureSecrets: [] });
    const badToken = await signVonage(Buffer.from('x'), 'another-secret-of-32-characters-long');
    for (const [app, headers, status] of [
      [t, [], 401],
      [t, ['X-Nylas-Signature: no', 'Authorization: Bearer x.y.z'], 401],
      [t, ['X-Nylas-Signature: ', `Authorization: ${badToken}`], 401],
      [stranger, [`X-Nylas-Signature: ${'a'.repeat(64)}`, `Authorization: ${badToken}`], 503],
    ] as const) {
      if (!app.app.server.listening) await app.app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = app.app.server.address() as AddressInfo;
      const { status: answered, socket } = await firstAnswer(port, url, [...headers]);
      expect(answered, headers.join()).toBe(status);
      expect(app.app.bodyBudget.bytes).toBe(0);
      socket.destroy();
    }
    await stranger.close();
  });
});

describe('the budget of bytes in flight', () => {
  it('503 when bodies hold it all, given back when their requests are over', async () => {
    const { bodyBudget } = t.app;
    const room = 64 * 1024 * 1024 - bodyBudget.bytes;
    expect(bodyBudget.reserve(room)).toBe(true);
    const answer = await caller.post(`${base}/communications/log-manual`, { notes: 'x' });
    expectProblem(answer, 'unavailable');
    bodyBudget.release(room);
    expect((await caller.post(`${base}/communications/log-manual`, { notes: 'x' })).statusCode).toBe(400);
    await callerWith(t.app).post('/api/webhooks/nylas', 'x'.repeat(1_000), { 'x-nylas-signature': 'a'.repeat(64) });
    await new Promise((resolve) => setImmediate(resolve));
    expect(bodyBudget.bytes).toBe(0);
  });
});

it('connections are limited, and stay open longer than those of a load balancer', () => {
  expect(t.app.server.maxConnections).toBeGreaterThan(100);
  expect(t.app.server.keepAliveTimeout).toBe(SETTINGS.keepAliveSeconds * 1_000);
  expect(createServer().maxConnections).toBeUndefined();
});

describe('/metrics', () => {
  const get = (app: TestApp, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    app.app.inject({ url: '/metrics', headers, remoteAddress });

  it('200 for the loopback address, 404 for every other or forwarded request', async () => {
    expect((await get(t)).statusCode).toBe(200);
    expect((await get(t, {}, '::1')).statusCode).toBe(200);
    for (const address of ['10.0.0.1', '192.0.2.1', '2001:db8::1'])
      expectProblem(await get(t, {}, address), 'not_found');
    for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto'])
      expectProblem(await get(t, { [header]: '127.0.0.1' }), 'not_found');
  });

  it('404 without METRICS_TOKEN where it is set, whoever the client is', async () => {
    const guarded = await startTestApp({ metricsToken: 'a-token-for-prometheus' });
    expectProblem(await get(guarded), 'not_found');
    expectProblem(await get(guarded, { authorization: 'Bearer another-token' }), 'not_found');
    expectProblem(await get(guarded, { authorization: 'Token a-token-for-prometheus' }), 'not_found');
    const right = { authorization: 'Bearer a-token-for-prometheus', via: '1.1 proxy' };
    expect((await get(guarded, right, '10.0.0.1')).statusCode).toBe(200);
    await guarded.close();
  });
});

describe('an ETag that a proxy has marked', () => {
  it.each(['-gzip', ';gzip', '-br', '-zstd'])('%s is still ours', async (mark) => {
    const url = `${base}/communications/threads`;
    const etag = String((await caller.get(url)).headers.etag);
    const marked = etag.replace(/"$/, `${mark}"`);
    expect((await caller.get(url, { 'if-none-match': marked })).statusCode).toBe(304);
    expect((await caller.get(url, { 'if-match': marked })).statusCode).toBe(200);
    expectProblem(await caller.get(url, { 'if-match': `"another${mark}"` }), 'precondition_failed');
  });
});

it('Prefer: handling=strict is acknowledged', async () => {
  const strict = await caller.get(`${base}/communications/threads`, { prefer: 'handling=strict' });
  expect(strict.headers['preference-applied']).toBe('handling=strict');
  expect((await caller.get(`${base}/communications/threads`)).headers['preference-applied']).toBeUndefined();
});
