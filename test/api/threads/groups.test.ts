import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../../src/db/client.ts';
import { cellNumber } from '../../../src/db/count-cell.ts';
import { newId } from '../../../src/domain/ids.ts';
import { findMiscounts } from '../../../src/journal/counters.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createMessage, createTenant, type MessageOverrides } from '../../support/factories.ts';
import { callerWith } from '../../support/http.ts';

/** Messages join conversations from many connections at once, in any order of their times. */

const CONNECTIONS = 16;

let t: TestApp;
let crowd: Db;
beforeAll(async () => {
  t = await startTestApp();
  crowd = connect({ url: t.database.serverUrl, poolSize: CONNECTIONS, purpose: 'batch', onError: () => undefined });
  // All connections stand before any of them writes.
  await Promise.all(Array.from({ length: CONNECTIONS }, () => crowd.query({ text: 'SELECT pg_sleep(0.2)' })));
  expect(crowd.pool.totalCount).toBe(CONNECTIONS);
});
afterAll(async () => {
  await crowd.close();
  await t.close();
});

type GroupRow = { thread_group_id: string; ids: string[]; latest: string[]; counts: (number | null)[] };

/** What every conversation must look like: the newest by (timestamp, id) is the only latest one and knows the size. */
async function expectWholeGroups(companyId: string, messages: number): Promise<void> {
  const groups = await t.db.query<GroupRow>({
    text: `SELECT thread_group_id,
                  array_agg(id ORDER BY "timestamp" DESC, id DESC) AS ids,
                  array_agg(id) FILTER (WHERE is_latest) AS latest,
                  array_agg(message_count ORDER BY "timestamp" DESC, id DESC) AS counts
           FROM communication_threads
           WHERE company_id = $1
           GROUP BY thread_group_id`,
    values: [companyId],
  });
  for (const { ids, latest, counts } of groups) {
    expect(latest).toEqual([ids[0]]);
    expect(counts).toEqual([ids.length, ...Array(ids.length - 1).fill(null)]);
  }
  expect(groups.reduce((sum, { ids }) => sum + ids.length, 0)).toBe(messages);
  await expectCountedRight(companyId);
  expect(await findMiscounts(t.db, companyId)).toEqual([]);
}

/** The cells and what isn't folded yet, against a recount from the rows. */
async function expectCountedRight(companyId: string): Promise<void> {
  const rows = await t.db.query<{ cell: number; messages: number }>({
    text: `SELECT cell, sum(messages) AS messages
           FROM (SELECT cell, messages FROM thread_counts WHERE company_id = $1
                 UNION ALL
                 SELECT cell, messages FROM thread_count_deltas WHERE company_id = $1 AND cell IS NOT NULL) c
           GROUP BY cell
           HAVING sum(messages) <> 0`,
    values: [companyId],
  });
  const messages = await t.db.query<Record<string, never>>({
    text: `SELECT is_latest, communication_type, source, direction, requires_response, is_resolved, is_ar_related
           FROM communication_threads
           WHERE company_id = $1`,
    values: [companyId],
  });
  const recount = new Map<number, number>();
  for (const row of messages) {
    const cell = cellNumber({
      isLatest: row.is_latest,
      communicationType: row.communication_type,
      source: row.source,
      direction: row.direction,
      requiresResponse: row.requires_response,
      isResolved: row.is_resolved,
      isArRelated: row.is_ar_related ?? false,
    } as unknown as Parameters<typeof cellNumber>[0]);
    recount.set(cell, (recount.get(cell) ?? 0) + 1);
  }
  expect(new Map(rows.map((row) => [row.cell, Number(row.messages)]))).toEqual(recount);
}

const KINDS: MessageOverrides[] = [
  {},
  { direction: 'outbound', isResolved: true },
  { communicationType: 'sms', source: 'import', requiresResponse: true },
  { isArRelated: true },
  { isArRelated: false, requiresResponse: true },
];

/** As many writers as there are connections, each with its share of the messages, one after the other. */
async function joinAll(companyId: string, joins: { group: string; timestamp: string }[]): Promise<void> {
  const left = joins.entries();
  const write = async () => {
    for (const [nth, { group, timestamp }] of left)
      await createMessage(crowd, t.ring, companyId, { ...KINDS[nth % KINDS.length], threadGroupId: group, timestamp });
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, write));
}

const at = (second: number) => new Date(Date.UTC(2026, 4, 12) + second * 1_000).toISOString();

describe('a message joins a conversation', () => {
  it.each([
    ['ever newer ones', (nth: number) => at(nth)],
    ['ever older ones', (nth: number) => at(1_000 - nth)],
    ['all of one moment', () => at(0)],
    ['in a mixed order with ties', (nth: number) => at((nth * 7) % 12)],
  ])('many at once into one group, %s: one is the latest, and the counts follow', async (_name, timeOf) => {
    const { companyId } = await createTenant(t.db);
    const group = newId();
    const joins = Array.from({ length: 64 }, (_, nth) => ({ group, timestamp: timeOf(nth) }));
    await joinAll(companyId, joins);
    await expectWholeGroups(companyId, 64);
  });

  it('many at once into a few groups, while counts are folded from two sides', async () => {
    const { companyId, token } = await createTenant(t.db);
    const groups = Array.from({ length: 5 }, newId);
    const joins = Array.from({ length: 200 }, (_, nth) => ({
      group: String(groups[(nth * 3) % groups.length]),
      timestamp: at((nth * 37) % 50),
    }));
    let isWriting = true;
    const fold = async () => {
      while (isWriting) await t.fold();
    };
    const folding = [fold(), fold()];
    await joinAll(companyId, joins);
    isWriting = false;
    await Promise.all(folding);
    await expectWholeGroups(companyId, 200);
    await t.fold();
    await expectWholeGroups(companyId, 200);
    const left = await t.db.query({
      text: 'SELECT 1 FROM thread_count_deltas WHERE company_id = $1',
      values: [companyId],
    });
    expect(left).toEqual([]);
    const url = `/api/companies/${companyId}/communications/threads`;
    const caller = callerWith(t.app, token);
    expect((await caller.get(url)).json().count).toBe(5);
    expect((await caller.get(`${url}?view=message`)).json().count).toBe(200);
  });

  it('a late one never becomes the latest, and is counted', async () => {
    const { companyId, token } = await createTenant(t.db);
    const first = await createMessage(t.db, t.ring, companyId, { timestamp: at(10) });
    const late = await createMessage(t.db, t.ring, companyId, { threadGroupId: first.threadGroupId, timestamp: at(5) });
    const { data } = (await callerWith(t.app, token).get(`/api/companies/${companyId}/communications/threads`)).json();
    expect(data).toEqual([expect.objectContaining({ id: first.id, message_count: 2 })]);
    expect(late.id).not.toBe(first.id);
    await expectWholeGroups(companyId, 2);
  });

  it('of one moment the greater id is the latest, in whatever order they come', async () => {
    const [low, high] = [newId(), newId()].sort() as [string, string];
    for (const ids of [
      [low, high],
      [high, low],
    ]) {
      const { companyId } = await createTenant(t.db);
      const group = newId();
      for (const id of ids)
        await createMessage(t.db, t.ring, companyId, { id, threadGroupId: group, timestamp: at(1) });
      await expectWholeGroups(companyId, 2);
    }
  });

  it('one group id in two companies is two conversations', async () => {
    const [one, other] = [await createTenant(t.db), await createTenant(t.db)];
    const group = newId();
    await Promise.all([
      joinAll(
        one.companyId,
        Array.from({ length: 10 }, (_, nth) => ({ group, timestamp: at(nth) })),
      ),
      joinAll(
        other.companyId,
        Array.from({ length: 10 }, (_, nth) => ({ group, timestamp: at(nth) })),
      ),
    ]);
    await expectWholeGroups(one.companyId, 10);
    await expectWholeGroups(other.companyId, 10);
  });

  it('readers in between never see a conversation twice, nor without its latest message', async () => {
    const { companyId, token } = await createTenant(t.db);
    const groups = Array.from({ length: 4 }, newId);
    await joinAll(
      companyId,
      groups.map((group) => ({ group, timestamp: at(0) })),
    );
    const caller = callerWith(t.app, token);
    let isWriting = true;
    const reading = (async () => {
      let reads = 0;
      for (; isWriting || reads === 0; reads += 1) {
        const { data } = (await caller.get(`/api/companies/${companyId}/communications/threads`)).json();
        const seen = data.map((thread: { thread_group_id: string }) => thread.thread_group_id);
        expect(seen.sort()).toEqual([...groups].sort());
      }
      return reads;
    })();
    await joinAll(
      companyId,
      Array.from({ length: 80 }, (_, nth) => ({ group: String(groups[nth % 4]), timestamp: at(nth % 9) })),
    );
    isWriting = false;
    expect(await reading).toBeGreaterThan(0);
    await expectWholeGroups(companyId, 84);
  });

  it('the database refuses a second latest message, should the service ever fail', async () => {
    const { companyId } = await createTenant(t.db);
    const first = await createMessage(t.db, t.ring, companyId, { timestamp: at(1) });
    const late = await createMessage(t.db, t.ring, companyId, { threadGroupId: first.threadGroupId, timestamp: at(0) });
    const second = t.db.query({
      text: 'UPDATE communication_threads SET is_latest = true, message_count = 1 WHERE company_id = $1 AND id = $2',
      values: [companyId, late.id],
    });
    await expect(second).rejects.toMatchObject({ code: '23505' });
  });
});
