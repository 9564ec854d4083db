import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relativeReference } from '../../src/http/relative-reference.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createMessage, createTenant } from '../support/factories.ts';

/** Behind a proxy that strips a path prefix every address that an answer holds leads where it should (contract §1, Prefix). */

const PREFIX = '/tools/crm';
let t: TestApp;
let proxy: Server;
let base: string;
let tenant: Awaited<ReturnType<typeof createTenant>>;

beforeAll(async () => {
  t = await startTestApp();
  tenant = await createTenant(t.db);
  for (let nth = 0; nth < 3; nth += 1) await createMessage(t.db, t.ring, tenant.companyId);
  const target = new URL(await t.app.listen({ host: '127.0.0.1', port: 0 }));
  proxy = createServer((incoming, outgoing) => {
    if (!incoming.url?.startsWith(`${PREFIX}/`)) return void outgoing.writeHead(418).end();
    const { method, headers } = incoming;
    const path = incoming.url.slice(PREFIX.length);
    const forwarded = httpRequest({ host: target.hostname, port: target.port, path, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  base = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${PREFIX}`;
});
afterAll(async () => {
  proxy.close();
  await t.close();
});

const call = (url: string | URL, init: RequestInit = {}) =>
  fetch(url, { redirect: 'manual', ...init, headers: { authorization: `Token ${tenant.token}`, ...init.headers } });

describe.each(['/api', '/api/v1'])('under %s', (api) => {
  it.each(['', '/'])('Link leads from page to page, with %j at the end of the address', async (slash) => {
    let url = `${base}${api}/companies/${tenant.companyId}/communications/threads${slash}?page_size=1`;
    const seen: string[] = [];
    for (let nth = 0; nth < 5 && url !== ''; nth += 1) {
      const response = await call(url);
      expect([url, response.status]).toEqual([url, 200]);
      const { data } = (await response.json()) as { data: { id: string }[] };
      seen.push(...data.map(({ id }) => id));
      const next = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
      url = next === undefined ? '' : new URL(next, response.url).href;
    }
    expect(new Set(seen).size).toBe(3);
  });

  it.each(['', '/'])('Location leads to what was made, with %j at the end of the address', async (slash) => {
    const [thread] = (
      (await (await call(`${base}/api/companies/${tenant.companyId}/communications/threads`)).json()) as {
        data: { id: string }[];
      }
    ).data;
    const response = await call(`${base}${api}/companies/${tenant.companyId}/thread-notes${slash}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ thread_id: thread?.id, content: 'A note.' }),
    });
    const { id } = (await response.json()) as { id: string };
    const made = await call(new URL(response.headers.get('location') ?? '', response.url));
    expect([made.status, ((await made.json()) as { id: string }).id]).toEqual([200, id]);
  });
});

describe('the documents', () => {
  it.each([['/openapi.json'], ['/docs/json']])('%s names a server that its own address leads to', async (path) => {
    const response = await call(`${base}${path}`);
    const document = (await response.json()) as { servers: { url: string }[]; paths: object };
    const server = new URL(document.servers[0]?.url ?? '', response.url).href.replace(/\/$/, '');
    expect(Object.keys(document.paths)).toContain('/healthz');
    expect((await call(`${server}/healthz`)).status).toBe(200);
  });

  it.each(['/docs', '/docs/', '/inbox'])('every file that %s names is there', async (path) => {
    const page = await call(`${base}${path}`);
    expect(page.status).toBe(200);
    const files = [...(await page.text()).matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const response = await call(new URL(file, page.url));
      await response.arrayBuffer();
      expect([file, response.status]).toEqual([file, 200]);
    }
  });
});

describe('a relative reference', () => {
  it.each([
    ['/a/b', '/a/c/1', 'c/1'],
    ['/a/b/', '/a/b/1', '1'],
    ['/a/b?x=/y', '/a/b/1', 'b/1'],
    ['/api/v1/x/notes/', '/api/x/notes/1', '../../../x/notes/1'],
    ['/', '/a', 'a'],
  ])('from %s to %s is %s', (from, to, reference) => {
    expect(relativeReference(from, to)).toBe(reference);
    expect(new URL(reference, `http://a${from}`).pathname).toBe(to);
  });
});
