import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommunicationThreadDetail } from '../../../src/api/threads/schema.ts';
import { listConversation } from '../../../src/api/threads/service.ts';
import type { Connection } from '../../../src/db/client.ts';
import type { Statement } from '../../../src/db/statement.ts';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createMessage, createTenant } from '../../support/factories.ts';
import { callerWith } from '../../support/http.ts';

/** One response carries at most 8 MiB of bodies (contract §2): no conversation is out of reach, and none fills the memory. */
const MEBIBYTE = 1024 * 1024;
const MOST = 8 * MEBIBYTE;

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Detail = CommunicationThreadDetail & { messages: CommunicationThreadDetail[] };

/** A conversation of mails with bodies of so many bytes, oldest first. */
async function conversation(sizes: readonly number[], letter = 'x') {
  const tenant = await createTenant(t.db);
  const caller = callerWith(t.app, tenant.token);
  const threadGroupId = newId();
  const ids: string[] = [];
  for (const [nth, size] of sizes.entries()) {
    const timestamp = new Date(Date.UTC(2026, 4, 12, 14, nth)).toISOString();
    const body = letter.repeat(size / Buffer.byteLength(letter));
    ids.push((await createMessage(t.db, t.ring, tenant.companyId, { threadGroupId, timestamp, body })).id);
  }
  return {
    companyId: tenant.companyId,
    ids,
    get: async (list: 'threads' | 'emails', nth: number): Promise<Detail> => {
      const response = await caller.get(`/api/companies/${tenant.companyId}/communications/${list}/${ids[nth]}`);
      expect(response.statusCode, response.body.slice(0, 200)).toBe(200);
      return response.json();
    },
  };
}

const bytesOf = ({ body }: { body: string | null }) => Buffer.byteLength(body ?? '');
const bodyBytes = (detail: Detail) =>
  [detail, ...detail.messages].reduce((bytes, message) => bytes + bytesOf(message), 0);

const TEN_MAILS = Array.from({ length: 10 }, () => MEBIBYTE);
type Case = [string, readonly number[], number, { threads: string; emails: string }];
const CASES: Case[] = [
  ['ten of 1 MiB, the oldest asked for', TEN_MAILS, 0, { threads: '0,3-9', emails: '0,4-9' }],
  ['ten of 1 MiB, the newest asked for', TEN_MAILS, 9, { threads: '2-9', emails: '3-9' }],
  ['exactly 8 MiB', TEN_MAILS.slice(0, 8), 7, { threads: '0-7', emails: '1-7' }],
  ['one byte more', [MEBIBYTE + 1, ...TEN_MAILS.slice(1, 8)], 7, { threads: '1-7', emails: '1-7' }],
  ['a large one, behind which none is shown', [100, 9 * MEBIBYTE, 100], 2, { threads: '2', emails: '2' }],
  ['more than the budget itself', [100, 9 * MEBIBYTE, 100], 1, { threads: '1', emails: '1' }],
  ['empty bodies', [0, 0, 0], 1, { threads: '0-2', emails: '0-2' }],
];

/** `0,3-5` as [0, 3, 4, 5]. */
function places(text: string): number[] {
  return text.split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, nth) => from + nth);
  });
}

describe.each(['threads', 'emails'] as const)('GET …/communications/%s/{thread_id} of long mails', (list) => {
  it.each(CASES)('has the body of the message asked for, then the newest: %s', async (_, sizes, nth, shown) => {
    const size = sizes[nth] ?? 0;
    const { ids, get } = await conversation(sizes);
    const detail = await get(list, nth);
    expect(bytesOf(detail)).toBe(size);
    expect(detail.body_truncated).toBe(false);
    if (size <= MOST) expect(bodyBytes(detail)).toBeLessThanOrEqual(MOST);

    const whole = new Set(places(shown[list]).map((place) => ids[place]));
    const isTooLongTwice = 2 * size > MOST;
    for (const message of detail.messages) {
      const place = ids.indexOf(message.id);
      const isWhole = whole.has(message.id) && !(place === nth && isTooLongTwice);
      expect([place, message.body_truncated, message.body === null]).toEqual([place, !isWhole, !isWhole]);
      if (isWhole) expect(bytesOf(message)).toBe(sizes[place]);
      expect(message.body_type).toBe('text/html');
    }
    expect(detail.messages).toHaveLength(list === 'emails' ? sizes.length : sizes.length - 1);
  });

  it('has every body that was left out by its own id', async () => {
    const { ids, get } = await conversation(TEN_MAILS);
    const left = (await get(list, 9)).messages.filter((message) => message.body_truncated);
    expect(left.length).toBeGreaterThan(0);
    for (const { id } of left) expect(bytesOf(await get(list, ids.indexOf(id)))).toBe(MEBIBYTE);
  });

  it('counts bytes, not characters', async () => {
    const { get } = await conversation(
      [3, 3, 3].map((mebibytes) => mebibytes * MEBIBYTE),
      '€',
    );
    const detail = await get(list, 2);
    expect(bodyBytes(detail)).toBe(6 * MEBIBYTE);
  });
});

it("doesn't read a body that it leaves out", async () => {
  const { companyId, ids } = await conversation([100, 100, 100]);
  // Text that can't be compressed, so that the table's file holds each byte.
  await t.db.query({
    text: 'UPDATE communication_threads SET body = $3 WHERE company_id = $1 AND id = $2',
    values: [
      companyId,
      ids[1],
      randomBytes(9 * MEBIBYTE)
        .toString('base64')
        .slice(0, 9 * MEBIBYTE),
    ],
  });
  const blocksReadFor = async (nth: number): Promise<number> => {
    let blocks = 0;
    const explaining = {
      query: async ({ text, values = [] }: Statement) => {
        const plan = await t.db.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>({
          text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
          values,
        });
        const root = plan[0]?.['QUERY PLAN'][0]?.Plan ?? {};
        blocks = (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0);
        return [];
      },
    } as unknown as Connection;
    await listConversation(t.ring, explaining, companyId, ids[nth] ?? '');
    return blocks;
  };
  expect(await blocksReadFor(1)).toBeGreaterThan((9 * MEBIBYTE) / 8192);
  expect(await blocksReadFor(2)).toBeLessThan(100);
});
