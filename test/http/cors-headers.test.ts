import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

/** Every request header that a route reads may be sent by a page of an allowed origin (contract §1, CORS). */

const ORIGIN = 'https://app.northbrook.example';
let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ corsOrigins: [ORIGIN] });
});
afterAll(() => t.close());

/** Sent by every browser as it is, or never by a page: a provider's, a proxy's, or forbidden to scripts. */
const NO_BUSINESS_OF_PAGES = [
  ...['accept', 'content-length', 'content-encoding', 'host', 'expect', 'origin', 'access-control-request-method'],
  ...[
    'x-nylas-signature',
    'retry-after',
    'forwarded',
    'via',
    'x-real-ip',
    'user-agent',
    'connection',
    'x-forwarded-for',
  ],
];

async function allowed(): Promise<string[]> {
  const response = await t.app.inject({
    method: 'OPTIONS',
    url: '/api/auth/login/',
    headers: { origin: ORIGIN, 'access-control-request-method': 'POST' },
  });
  return String(response.headers['access-control-allow-headers']).toLowerCase().split(/, */);
}

async function* sources(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (path.endsWith('.ts')) yield await readFile(path, 'utf8');
  }
}

/** Names under which the code looks something up in a request's headers: by a bracket, a dot, or taking it apart. */
async function headersRead(): Promise<Set<string>> {
  const names = new Set<string>();
  for (const folder of ['src/http', 'src/api'])
    for await (const text of sources(folder)) {
      for (const [, name = ''] of text.matchAll(/\bheaders(?:\[['"]|\??\.)([a-z-]+)/g)) names.add(name);
      for (const [, name = ''] of text.matchAll(/'([a-z-]+)' in (?:request\.)?headers/g)) names.add(name);
      for (const [, taken = '', destructured = taken] of text.matchAll(
        /\{([^{}]*)\} = (?:request\.)?headers|\bheaders: \{([^{}]*)\} \}: Pick/g,
      ))
        for (const part of destructured.split(',')) names.add(/'?([a-z-]+)'?/.exec(part)?.[1] ?? '');
    }
  names.add('x-request-id');
  return names;
}

it('the code reads the headers that it is known to read, so that this test looks in the right places', async () => {
  const read = await headersRead();
  for (const name of ['authorization', 'if-match', 'if-none-match', 'last-event-id', 'idempotency-key', 'prefer'])
    expect([name, read.has(name)]).toEqual([name, true]);
});

it('every header that a route reads is in the list', async () => {
  const list = await allowed();
  const own = /^(?:get|set|has|append|delete|entries|location|etag|allow|for|link|map|filter|forEach)$/;
  const missing = [...(await headersRead())].filter(
    (name) => !list.includes(name) && !NO_BUSINESS_OF_PAGES.includes(name) && !own.test(name),
  );
  expect(missing).toEqual([]);
});

it('every header parameter of the OpenAPI document is in the list', async () => {
  const list = await allowed();
  const document = (await t.app.inject('/openapi.json')).json();
  const parameters = Object.values<Record<string, { parameters?: { in?: string; name?: string; $ref?: string }[] }>>(
    document.paths,
  ).flatMap((operations) => Object.values(operations).flatMap((operation) => operation.parameters ?? []));
  const named = parameters.map(({ $ref, ...parameter }) =>
    $ref ? document.components.parameters[$ref.split('/').at(-1) ?? ''] : parameter,
  );
  const headers = [
    ...new Set(named.filter(({ in: place }) => place === 'header').map(({ name }) => name.toLowerCase())),
  ];
  expect(headers.length).toBeGreaterThan(2);
  expect(headers.filter((name) => !list.includes(name))).toEqual([]);
});
