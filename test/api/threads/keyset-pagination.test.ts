import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommunicationThread } from '../../../src/api/threads/schema.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createMessage, createTenant } from '../../support/factories.ts';
import { type Caller, callerWith, expectProblem } from '../../support/http.ts';

/** Contract §1, Lists: the envelope and the three forms of paging, the same on every list. */

const MESSAGES = 45;

let t: TestApp;
let caller: Caller;
let companyId: string;
/** Of every message, newest first. */
let ids: string[];

beforeAll(async () => {
  t = await startTestApp();
  const tenant = await createTenant(t.db);
  companyId = tenant.companyId;
  caller = callerWith(t.app, tenant.token);
  const messages = [];
  for (let nth = 0; nth < MESSAGES; nth += 1)
    messages.push(
      await createMessage(t.db, t.ring, companyId, {
        // Three share each moment.
        timestamp: new Date(Date.UTC(2026, 4, 12) + Math.floor(nth / 3)).toISOString(),
        direction: nth % 2 ? 'inbound' : 'outbound',
      }),
    );
  ids = messages
    .sort((one, other) => (one.timestamp + one.id < other.timestamp + other.id ? 1 : -1))
    .map(({ id }) => id);
});
afterAll(() => t.close());

const urlOf = (list: string, query = '') => `/api/companies/${companyId}/communications/${list}${query && `?${query}`}`;

async function page(query = '', list = 'threads') {
  const response = await caller.get(urlOf(list, query));
  expect(response.statusCode, response.body).toBe(200);
  const { data, ...envelope } = response.json();
  return { response, envelope, ids: data.map(({ id }: CommunicationThread) => id) as string[] };
}

const aCursor = expect.stringMatching(/^[A-Za-z0-9_-]+$/);

describe.each(['threads', 'emails'])('Lists: GET …/communications/%s', (list) => {
  it('page from 1, default 1; page_size default 20', async () => {
    const first = await page('', list);
    expect(first.envelope).toEqual({ count: MESSAGES, page: 1, page_size: 20, next_cursor: aCursor });
    expect(first.ids).toEqual(ids.slice(0, 20));
    expect((await page('page=1&page_size=20', list)).ids).toEqual(first.ids);
    const last = await page('page=3', list);
    expect(last.envelope).toEqual({ count: MESSAGES, page: 3, page_size: 20, next_cursor: null });
    expect(last.ids).toEqual(ids.slice(40));
  });

  it('begins with its count, as the page shows it; with a cursor, with what is left of that', async () => {
    const keysOf = (body: string) => Object.keys(JSON.parse(body));
    const first = await caller.get(urlOf(list, 'page_size=2'));
    expect(keysOf(first.body)).toEqual(['count', 'page', 'page_size', 'next_cursor', 'data']);
    const next = await caller.get(urlOf(list, `cursor=${first.json().next_cursor}`));
    expect(keysOf(next.body)).toEqual(['page_size', 'next_cursor', 'data']);
    const changed = await caller.get(urlOf(list, 'updated_after=2000-01-01T00:00:00Z'));
    expect(keysOf(changed.body)).toEqual(['count', 'page', 'page_size', 'next_cursor', 'watermark', 'data']);
  });

  it('past the end: 200 with empty data', async () => {
    for (const query of ['page=4', 'page=999999999&page_size=500', 'offset=45', 'offset=999999999&limit=500']) {
      const { envelope, ids: none, response } = await page(query, list);
      expect(envelope).toMatchObject({ count: MESSAGES, next_cursor: null });
      expect(none).toEqual([]);
      expect(response.headers.link).toBeUndefined();
    }
  });

  it.each([
    ['31 bits', '2147483647'],
    ['32 bits', '4294967295'],
    ['ten digits', '1000000000'],
    ['more than a number holds exactly', '9007199254740993'],
    ['more than PostgreSQL counts with', '9'.repeat(30)],
    ['more than a number holds at all', '9'.repeat(400)],
  ])('past the end is past the end however far: %s', async (_name, far) => {
    for (const query of [`page=${far}`, `page=${far}&page_size=${far}`, `offset=${far}`, `offset=${far}&limit=500`])
      for (const more of ['', '&direction=inbound', '&search=invoice', '&updated_after=2000-01-01T00:00:00Z']) {
        const { envelope, ids: none, response } = await page(`${query}${more}`, list);
        expect(none).toEqual([]);
        expect(envelope.next_cursor).toBeNull();
        expect(response.headers.link).toBeUndefined();
        expect(Number.isSafeInteger(envelope.page), `${query}: page ${envelope.page}`).toBe(true);
      }
    expect((await page(`page=${far}`, list)).envelope.page).toBe(far < '9' ? Number(far) : 450_359_962_737_050);
  });

  it('page_size over 500 is taken as 500, and the response says so', async () => {
    for (const size of [500, 501, 999_999_999, 1_000_000_000, 2_147_483_647, 4_294_967_295, '9'.repeat(400)])
      for (const query of [`page_size=${size}`, `limit=${size}`]) {
        expect((await page(query, list)).envelope).toEqual({
          count: MESSAGES,
          page: 1,
          page_size: 500,
          next_cursor: null,
        });
      }
  });

  it('limit and offset: page is offset / limit rounded down, plus 1', async () => {
    for (const [query, from, size, number] of [
      ['limit=10', 0, 10, 1],
      ['offset=5', 5, 20, 1],
      ['limit=10&offset=9', 9, 10, 1],
      ['limit=10&offset=10', 10, 10, 2],
      ['limit=10&offset=29', 29, 10, 3],
      ['limit=7&offset=40', 40, 7, 6],
    ] as const) {
      const { envelope, ids: rows } = await page(query, list);
      expect(envelope, query).toMatchObject({ count: MESSAGES, page: number, page_size: size });
      expect(rows, query).toEqual(ids.slice(from, from + size));
    }
  });

  it('0, negatives and text are refused with 400', async () => {
    for (const name of ['page', 'page_size', 'limit'])
      for (const value of ['0', '-1', 'x', '1.5', '1e3', '0x10', '+1', '%201', '01', '1e400'])
        expectProblem(await caller.get(urlOf(list, `${name}=${value}`)), 'validation_error', [name]);
    for (const value of ['-1', 'x', '00', '0x10'])
      expectProblem(await caller.get(urlOf(list, `offset=${value}`)), 'validation_error', ['offset']);
  });

  it('mixing the forms, or either with cursor, is refused with 400; page_size may go with a cursor', async () => {
    const cursor = (await page('', list)).envelope.next_cursor;
    for (const [query, fields] of [
      ['page=1&limit=1', ['limit']],
      ['page_size=1&limit=1', ['limit']],
      ['page_size=1&offset=1', ['offset']],
      ['page=1&page_size=1&limit=1&offset=0', ['limit', 'offset']],
      [`cursor=${cursor}&page=1`, ['cursor']],
      [`cursor=${cursor}&limit=1`, ['cursor']],
      [`cursor=${cursor}&offset=0`, ['cursor']],
    ] as const)
      expectProblem(await caller.get(urlOf(list, query)), 'validation_error', [...fields]);
    expect((await page(`cursor=${cursor}&page_size=3`, list)).ids).toEqual(ids.slice(20, 23));
  });

  it('walks by cursor to the end; with a cursor count and page are left out', async () => {
    const walked = [];
    let query = 'page_size=7';
    for (let pages = 1; query; pages += 1) {
      const { envelope, ids: rows } = await page(query, list);
      walked.push(...rows);
      const next = envelope.next_cursor;
      const last = walked.length === MESSAGES;
      const counted = pages === 1 ? { count: MESSAGES, page: 1 } : {};
      expect(envelope).toEqual({ ...counted, page_size: 7, next_cursor: last ? null : aCursor });
      query = next ? `page_size=7&cursor=${next}` : '';
    }
    expect(walked).toEqual(ids);
  });

  it('the last page has no next_cursor, also when it is full', async () => {
    expect((await page('page_size=15&page=3', list)).envelope.next_cursor).toBeNull();
    expect((await page('limit=5&offset=40', list)).envelope.next_cursor).toBeNull();
    expect((await page('limit=5&offset=39', list)).envelope.next_cursor).toEqual(aCursor);
  });

  it('Link rel="next" leads through the list and keeps the other parameters', async () => {
    for (const start of [
      'page_size=8&is_resolved=no',
      'page=1&page_size=8&unknown=%C3%A9',
      'limit=8&offset=0',
      'limit=8',
    ]) {
      const walked: string[] = [];
      let url = urlOf(list, start);
      for (let pages = 0; url; pages += 1) {
        const response = await caller.get(url);
        const { data, next_cursor: cursor } = response.json();
        walked.push(...data.map(({ id }: CommunicationThread) => id));
        const link = response.headers.link;
        expect(link === undefined).toBe(cursor === null);
        const [, reference = ''] = /^<(\?[^>]+)>; rel="next"$/.exec(String(link ?? '')) ?? [];
        if (link === undefined) break;
        const { pathname, search, searchParams: next } = new URL(reference, `http://localhost${url}`);
        url = pathname + search;
        expect(next.get('cursor')).toBe(cursor);
        expect(next.get('page_size')).toBe('8');
        for (const name of ['is_resolved', 'unknown'])
          expect(next.get(name)).toBe(new URLSearchParams(start).get(name));
        expect(pages).toBeLessThan(10);
      }
      expect(walked).toEqual(ids);
    }
  });

  it('a cursor is tied to its list, filters and order; elsewhere 400', async () => {
    const cursor = (await page('direction=inbound', list)).envelope.next_cursor;
    expect((await page(`direction=inbound&cursor=${cursor}`, list)).ids.length).toBeGreaterThan(0);
    for (const query of [
      `cursor=${cursor}`,
      `direction=outbound&cursor=${cursor}`,
      `direction=inbound&is_resolved=false&cursor=${cursor}`,
      `direction=inbound&search=invoice&cursor=${cursor}`,
    ])
      expectProblem(await caller.get(urlOf(list, query)), 'invalid_cursor', ['cursor']);
    const otherList = list === 'threads' ? 'emails' : 'threads';
    expectProblem(await caller.get(urlOf(otherList, `direction=inbound&cursor=${cursor}`)), 'invalid_cursor', [
      'cursor',
    ]);
    expectProblem(
      await caller.get(urlOf('threads', `direction=inbound&view=message&cursor=${cursor}`)),
      'invalid_cursor',
      ['cursor'],
    );
    const elsewhere = await createTenant(t.db);
    expectProblem(
      await callerWith(t.app, elsewhere.token).get(
        `/api/companies/${elsewhere.companyId}/communications/${list}?direction=inbound&cursor=${cursor}`,
      ),
      'invalid_cursor',
      ['cursor'],
    );
  });

  it('a cursor that we did not issue is refused with 400', async () => {
    const cursor = String((await page('', list)).envelope.next_cursor);
    const bytes = Buffer.from(cursor, 'base64url');
    const wrong = ['x', 'null', '%20x', `${cursor}A`, cursor.slice(1), cursor.slice(0, -2), `${cursor}%3D`];
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      wrong.push(changed.toString('base64url'));
    }
    for (const text of wrong)
      expectProblem(await caller.get(urlOf(list, `cursor=${text}`)), 'invalid_cursor', ['cursor']);
  });

  it('a cursor works under both prefixes, and whatever the order and spelling of its filters', async () => {
    const cursor = (await page('direction=inbound&is_resolved=false', list)).envelope.next_cursor;
    const url = urlOf(list, `is_resolved=NO&cursor=${cursor}&direction=inbound`).replace('/api/', '/api/v1/');
    expect((await caller.get(url)).statusCode).toBe(200);
  });
});

describe('Lists: count', () => {
  it('is exact for every kind of filter, before and after folding', async () => {
    const count = async (query: string) => (await page(query)).envelope.count;
    const expected: [string, number][] = [
      ['', 45],
      ['direction=inbound', 22],
      ['date_to=2026-05-11', 0],
      ['search=invoice', 45],
      ['search=nothing', 0],
      ['view=message&direction=outbound', 23],
    ];
    for (const [query, exactly] of expected) expect(await count(query), query).toBe(exactly);
    await t.fold();
    for (const [query, exactly] of expected) expect(await count(query), query).toBe(exactly);
  });
});
