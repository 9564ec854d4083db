import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { until } from '../../support/event-stream.ts';
import { createMessage, createTenant } from '../../support/factories.ts';
import { expectProblem } from '../../support/http.ts';
import { connectMailbox } from '../../support/ingest.ts';

/** A mail provider that keeps a download waiting, in every way that it can. */

/** A pause of the machine is not one of the provider: the provider and the application are one process here. */
const TIMING = { answerWithinMs: 1_000, stalledAfterMs: 1_000, completeWithinMs: 3_000 };
const SLACK_MS = 2_000;

let provider: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
/** On which a download was asked for. */
let connections: Set<Socket>;
let t: TestApp;
let base: string;
let path: string;
let headers: Record<string, string>;

beforeAll(async () => {
  connections = new Set();
  provider = createServer((request, response) => {
    const { socket } = request;
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    answer(request, response);
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const nylasApiUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  t = await startTestApp({ nylasApiKey: 'nyk_test', nylasApiUrl }, { attachmentTiming: TIMING });
  base = await t.app.listen({ host: '127.0.0.1', port: 0 });
  const tenant = await createTenant(t.db);
  await connectMailbox(t.db, tenant, { grantId: 'grant-1' });
  headers = { authorization: `Token ${tenant.token}` };
  path = await createAttachment(tenant.companyId);
});
afterAll(async () => {
  await t.close();
  provider.closeAllConnections();
  provider.close();
});
beforeEach(() => {
  for (const socket of connections) socket.destroy();
});

async function createAttachment(companyId: string): Promise<string> {
  const message = await createMessage(t.db, t.ring, companyId, {
    hasAttachments: true,
    provider: { grantId: 'grant-1', messageId: 'message-1' },
  });
  const id = newId();
  await t.db.query({
    text: `INSERT INTO attachments (company_id, id, thread_id, position, filename, content_type, size_bytes, provider_id)
           VALUES ($1, $2, $3, 0, 'INV-1001.pdf', 'application/pdf', 5, 'file-1')`,
    values: [companyId, id, message.id],
  });
  return `/api/companies/${companyId}/communications/emails/${message.id}/attachments/${id}`;
}

const download = (signal?: AbortSignal) => fetch(base + path, { headers, ...(signal ? { signal } : {}) });

async function timed<T>(work: Promise<T>): Promise<number> {
  const started = performance.now();
  await work.catch(() => undefined);
  return performance.now() - started;
}

/** Nothing of a download is left: no connection to the provider or of the pool, no timer. */
async function expectNothingLeft(): Promise<void> {
  await until(() => connections.size === 0, 'the provider is left');
  const { totalCount, idleCount, waitingCount } = t.db.pool;
  expect({ used: totalCount - idleCount, waiting: waitingCount }).toEqual({ used: 0, waiting: 0 });
}

describe('before the answer begins', () => {
  it('a provider that says nothing is 503 in bounded time, and the connection to it is closed', async () => {
    answer = () => undefined;
    const started = performance.now();

    const response = await t.app.inject({ url: path, headers });

    expect(performance.now() - started).toBeLessThan(TIMING.answerWithinMs + SLACK_MS);
    expectProblem(response, 'unavailable');
    expect(response.json().detail).toBe('The mail provider is not available.');
    expect(response.headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'no-store' });
    await expectNothingLeft();
  });

  it('a provider that sends half a line of headers is 503 too', async () => {
    answer = (request) => request.socket.write('HTTP/1.1 200 OK\r\ncontent-le');
    expectProblem(await t.app.inject({ url: path, headers }), 'unavailable');
    await expectNothingLeft();
  });

  it('a provider that nobody reaches is 503 at once', async () => {
    const deaf = await startTestApp(
      { nylasApiKey: 'nyk_test', nylasApiUrl: 'http://127.0.0.1:1' },
      { attachmentTiming: TIMING },
    );
    const tenant = await createTenant(deaf.db);
    await connectMailbox(deaf.db, tenant, { grantId: 'grant-1' });
    const message = await createMessage(deaf.db, deaf.ring, tenant.companyId, {
      provider: { grantId: 'grant-1', messageId: 'message-1' },
    });
    const id = newId();
    await deaf.db.query({
      text: `INSERT INTO attachments (company_id, id, thread_id, position, filename, content_type, size_bytes, provider_id)
             VALUES ($1, $2, $3, 0, 'a.pdf', 'application/pdf', 5, 'file-1')`,
      values: [tenant.companyId, id, message.id],
    });
    const url = `/api/companies/${tenant.companyId}/communications/emails/${message.id}/attachments/${id}`;
    const response = await deaf.app.inject({ url, headers: { authorization: `Token ${tenant.token}` } });
    expectProblem(response, 'unavailable');
    await deaf.close();
  });

  it('503: holds no connection of the database while it waits', async () => {
    answer = () => undefined;
    const waiting = Array.from({ length: 12 }, () => t.app.inject({ url: path, headers }));
    await until(() => connections.size === 12, 'the provider is asked for all of them');
    const { totalCount, idleCount } = t.db.pool;
    expect(totalCount - idleCount).toBe(0);
    for (const response of await Promise.all(waiting)) expect(response.statusCode).toBe(503);
    await expectNothingLeft();
  });

  it('a client that leaves takes the question to the provider with it', async () => {
    let isAsked = false;
    answer = () => {
      isAsked = true;
    };
    const client = new AbortController();
    const leaving = download(client.signal);
    await until(() => isAsked, 'the provider is asked');
    client.abort();
    await expect(leaving).rejects.toMatchObject({ name: 'AbortError' });
    await expectNothingLeft();
  });
});

describe('in the middle of the bytes', () => {
  const begin = (response: ServerResponse) => response.writeHead(200, { 'content-length': 1_000 }).write('half');

  it('a provider that stops breaks the connection in bounded time: half a file is no file', async () => {
    answer = (_request, response) => begin(response);
    const response = await download();
    expect(response.status).toBe(200);
    const body = response.text();
    expect(await timed(body)).toBeLessThan(TIMING.stalledAfterMs + SLACK_MS);
    await expect(body).rejects.toThrow();
    await expectNothingLeft();
  });

  it('a provider that hangs up early breaks it as well, whether it told the length or not', async () => {
    for (const length of [{ 'content-length': 1_000 }, {}]) {
      answer = (request, response) => {
        response.writeHead(200, length).write('half');
        setTimeout(() => request.socket.end(), 50);
      };
      const response = await download();
      await expect(response.text()).rejects.toThrow();
    }
    await expectNothingLeft();
  });

  it('a slow provider is waited for as long as something comes', async () => {
    answer = async (_request, response) => {
      for (let piece = 0; piece < 8; piece += 1) {
        response.write('x');
        await pause(200);
      }
      response.end();
    };
    const response = await download();
    expect(await response.text()).toBe('xxxxxxxx');
  });

  it('… but not for ever', async () => {
    let drip: ReturnType<typeof setInterval> | undefined;
    answer = (_request, response) => {
      drip = setInterval(() => response.write('x'), 50);
      response.once('close', () => clearInterval(drip));
    };
    const response = await download();
    const body = response.text();
    expect(await timed(body)).toBeLessThan(TIMING.completeWithinMs + SLACK_MS);
    await expect(body).rejects.toThrow();
    await expectNothingLeft();
  });

  it('a client that takes nothing is let go, and its download with it', async () => {
    answer = (_request, response) => {
      const piece = Buffer.alloc(1024 * 1024);
      const more = () => {
        while (!response.destroyed && response.write(piece));
        response.once('drain', more);
      };
      more();
    };
    const { port } = new URL(base);
    const client = connect(Number(port), '127.0.0.1');
    client.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: ${headers.authorization}\r\n\r\n`);
    client.pause();
    client.on('error', () => undefined);
    await until(() => connections.size === 1, 'the provider is asked');
    await expectNothingLeft();
    client.destroy();
  });
});

it('leaves no timer behind, however downloads end', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  answer = (_request, response) => response.end('bytes');
  await t.app.inject({ url: path, headers });
  const before = timers();
  for (let nth = 0; nth < 10; nth += 1) {
    expect((await t.app.inject({ url: path, headers })).body).toBe('bytes');
    answer = nth % 2 ? (_request, response) => response.end('bytes') : (request) => request.socket.destroy();
    await t.app.inject({ url: path, headers });
    answer = (_request, response) => response.end('bytes');
  }
  expect(timers()).toBeLessThanOrEqual(before + 3);
});
