import { connect as openSocket } from 'node:net';
import { type Logger, pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { newId } from '../../src/domain/ids.ts';
import { Metrics } from '../../src/http/metrics.ts';
import { SETTINGS, startTestApp, type TestApp } from '../support/app.ts';
import { openEventStream } from '../support/event-stream.ts';
import { createMessage, createTenant } from '../support/factories.ts';

let t: TestApp;
let lines: Record<string, unknown>[];
let app: Awaited<ReturnType<typeof buildApp>>;
let base: string;
let tenant: Awaited<ReturnType<typeof createTenant>>;

beforeAll(async () => {
  t = await startTestApp();
  lines = [];
  const log: Logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const metrics = new Metrics();
  metrics.addProcessMetrics();
  app = await buildApp({ db: t.db, ring: t.ring, settings: SETTINGS, log, metrics });
  base = await app.listen({ host: '127.0.0.1', port: 0 });
  tenant = await createTenant(t.db);
});
afterAll(async () => {
  await app.close();
  await t.close();
});

const auth = () => ({ authorization: `Token ${tenant.token}` });

async function metric(name: string): Promise<string[]> {
  const response = await app.inject({ url: '/metrics' });
  return response.body.split('\n').filter((line) => line.startsWith(name));
}

describe('GET /metrics', () => {
  it('counts requests by method, route and status, with a histogram of how long they took', async () => {
    const { id } = await createMessage(t.db, t.ring, tenant.companyId);
    const url = `/api/companies/${tenant.companyId}/communications/threads/${id}`;
    for (const address of [url, url.replace('/api/', '/api/v1/'), `${url}/`])
      expect((await app.inject({ url: address, headers: auth() })).statusCode).toBe(200);
    await app.inject({ url });

    const route = '/api/companies/:company_id/communications/threads/:thread_id';
    const labels = (status: number) => `method="GET",route="${route}",status="${status}"`;
    const name = 'communications_http_request_duration_seconds';
    expect(await metric(`${name}_count{${labels(200)}}`)).toEqual([`${name}_count{${labels(200)}} 3`]);
    expect(await metric(`${name}_count{${labels(401)}}`)).toEqual([`${name}_count{${labels(401)}} 1`]);
    expect(await metric(`${name}_bucket{le="10",${labels(200)}}`)).toEqual([
      `${name}_bucket{le="10",${labels(200)}} 3`,
    ]);
  });

  it('is one series for whatever address answers 404', async () => {
    for (const url of ['/nope', '/api/nope', '/api/companies/x/y', '/%00'])
      await app.inject({ url, headers: { 'user-agent': 'scanner' } });
    const series = await metric('communications_http_request_duration_seconds_count{method="GET",route="none"');
    expect(series).toEqual([
      'communications_http_request_duration_seconds_count{method="GET",route="none",status="404"} 4',
    ]);
  });

  it('tells of the pool, the event loop, open streams and the encryption keys in use', async () => {
    const url = `${base}/api/companies/${tenant.companyId}/communications/events`;
    const stream = await openEventStream(url, auth());
    expect(await metric('communications_event_streams')).toEqual(['communications_event_streams 1']);
    stream.close();
    expect(await metric('communications_encryption_keys{')).toEqual([
      'communications_encryption_keys{key_id="1",role="primary"} 1',
    ]);
    expect((await metric('communications_database_connections{')).map((line) => line.replace(/ .*/, ''))).toEqual([
      'communications_database_connections{state="used"}',
      'communications_database_connections{state="idle"}',
      'communications_database_connections{state="waiting"}',
    ]);
    expect(await metric('nodejs_eventloop_lag_p99_seconds ')).toHaveLength(1);
  });

  it('says nothing of a company, in no label', async () => {
    await app.inject({
      url: `/api/companies/${tenant.companyId}/communications/threads?search=acme`,
      headers: auth(),
    });
    const { body, headers } = await app.inject({ url: '/metrics' });
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const secret of [tenant.companyId, tenant.userId, tenant.token, 'acme', 'Northbrook'])
      expect(body).not.toContain(secret);
  });
});

describe('the log', () => {
  it('has one line a request: ids, the route’s pattern and figures, never the query or a body', async () => {
    const { id } = await createMessage(t.db, t.ring, tenant.companyId);
    lines.length = 0;
    const read = await app.inject({
      url: `/api/companies/${tenant.companyId}/communications/threads?search=remittance`,
      headers: { ...auth(), 'x-request-id': 'read-1' },
    });
    await app.inject({
      method: 'POST',
      url: `/api/companies/${tenant.companyId}/thread-notes`,
      headers: { ...auth(), 'x-request-id': 'write-1' },
      payload: { thread_id: id, content: 'Confidential words.' },
    });
    expect(read.statusCode).toBe(200);
    const line = {
      level: 30,
      companyId: tenant.companyId,
      userId: tenant.userId,
      durationMs: expect.any(Number),
      msg: 'request',
    };
    expect(lines).toMatchObject([
      {
        ...line,
        requestId: 'read-1',
        method: 'GET',
        status: 200,
        route: '/api/companies/:company_id/communications/threads',
      },
      { ...line, requestId: 'write-1', method: 'POST', status: 201, route: '/api/companies/:company_id/thread-notes' },
    ]);
    const text = JSON.stringify(lines);
    for (const secret of ['remittance', 'Confidential', tenant.token, id]) expect(text).not.toContain(secret);
  });

  it('names the client’s address, and the reason of a refusal by its code', async () => {
    lines.length = 0;
    const url = `/api/companies/${tenant.companyId}/communications/threads`;
    const remoteAddress = '::ffff:192.0.2.7';
    await app.inject({ url, headers: auth(), remoteAddress });
    await app.inject({ url: `${url}?page=zero`, headers: auth(), remoteAddress });
    await app.inject({ url, remoteAddress });
    await app.inject({ url: `/api/companies/${newId()}/communications/threads`, headers: auth(), remoteAddress });
    await app.inject({ url: '/nowhere', remoteAddress });
    expect(lines.map(({ address, status, reason }) => [address, status, reason])).toEqual([
      ['192.0.2.7', 200, undefined],
      ['192.0.2.7', 400, 'validation_error'],
      ['192.0.2.7', 401, 'not_authenticated'],
      ['192.0.2.7', 403, 'permission_denied'],
      ['192.0.2.7', 404, 'not_found'],
    ]);
  });

  it.each(['/healthz', '/readyz', '/metrics'])(
    'has %s at debug, which load balancers ask all the time',
    async (url) => {
      lines.length = 0;
      expect((await app.inject({ url })).statusCode).toBe(200);
      expect(lines).toEqual([]);
      const levels: unknown[] = [];
      const log: Logger = pino(
        { level: 'debug' },
        { write: (line: string) => void levels.push(JSON.parse(line).level) },
      );
      const telling = await buildApp({ db: t.db, ring: t.ring, settings: SETTINGS, log });
      await telling.inject({ url });
      await telling.close();
      expect(levels).toContain(20);
      expect(levels).not.toContain(30);
    },
  );

  it('tells of requests whose client left, and of streams when they end', async () => {
    lines.length = 0;
    const stream = await openEventStream(`${base}/api/companies/${tenant.companyId}/communications/events`, auth());
    stream.close();
    await expect.poll(() => lines).toMatchObject([{ status: 200, aborted: true, userId: tenant.userId }]);
  });

  it('has no line for bytes that are no request', async () => {
    lines.length = 0;
    const { port, hostname } = new URL(base);
    const socket = openSocket({ port: Number(port), host: hostname });
    socket.end('nonsense\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve).resume());
    expect(lines).toEqual([]);
  });
});
