import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListView, ThreadFilter } from '../../../src/api/threads/list/filters.ts';
import { listMessages } from '../../../src/api/threads/list/list-messages.ts';
import { findMiscounts } from '../../../src/journal/counters.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createMessage, createTenant } from '../../support/factories.ts';

/**
 * Counts between two dates, which are days of the company's time zone, are made of counts that are kept by day in UTC:
 * they must be what counting the rows gives, wherever the company is.
 */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

/** Every half hour of 2026, and 3,000 of one day; counted, but folded only for `isFolded`. */
async function fill(timezone: string, isFolded: boolean): Promise<string> {
  const times = `
    SELECT generate_series(timestamptz '2026-01-01Z', '2026-12-31T23:30Z', interval '30 minutes')
    UNION ALL
    SELECT ('2026-11-20 00:00'::timestamp AT TIME ZONE '${timezone}') + n * interval '28 seconds'
    FROM generate_series(0, 2999) n`;
  return fillWith(times, timezone, isFolded);
}

/** @param times SQL of the messages' times */
async function fillWith(times: string, timezone: string, isFolded: boolean): Promise<string> {
  const { companyId } = await createTenant(t.db, { timezone });
  await t.db.query({
    text: `
      WITH stored AS (
        INSERT INTO communication_threads (
          company_id, id, thread_group_id, "timestamp", communication_type, source, direction, is_latest, message_count,
          is_resolved, subject)
        SELECT $1, gen_random_uuid(), gen_random_uuid(), at,
               CASE WHEN nth % 5 = 0 THEN 'call' ELSE 'email' END,
               CASE WHEN nth % 5 = 0 THEN 'vonage' WHEN nth % 3 = 0 THEN 'import' ELSE 'nylas' END,
               'inbound', nth % 4 <> 1, CASE WHEN nth % 4 <> 1 THEN 1 END, nth % 2 = 0, 'Reminder'
        FROM (SELECT row_number() OVER () AS nth, at FROM (${times}) s(at)) m
        RETURNING cell, "timestamp"
      )
      INSERT INTO thread_count_deltas (company_id, cell, day, messages)
      SELECT $1, cell, ("timestamp" AT TIME ZONE 'UTC')::date, count(*)
      FROM stored
      GROUP BY 2, 3`,
    values: [companyId],
  });
  if (isFolded) await t.fold();
  expect(await findMiscounts(t.db, companyId)).toEqual([]);
  return companyId;
}

const RANGES: ThreadFilter[] = [
  { date_from: '2026-03-08' },
  { date_to: '2026-03-08' },
  { date_from: '2026-11-01' },
  { date_to: '2026-10-31' },
  { date_from: '2026-03-08', date_to: '2026-11-01' },
  { date_from: '2026-04-05', date_to: '2026-10-04' },
  // More than are counted one by one, in a day that need not hold a whole day in UTC.
  { date_from: '2026-11-20', date_to: '2026-11-20' },
  { date_from: '2026-11-19', date_to: '2026-11-21' },
  { date_from: '2025-01-01', date_to: '2027-01-01' },
  { date_from: '2027-01-02' },
];

async function stored(companyId: string, rows: ListView, filter: ThreadFilter): Promise<number | undefined> {
  const [row] = await t.db.query<{ count: number }>({
    text: `
      SELECT count(*)::int AS count
      FROM communication_threads t
      JOIN companies c ON c.id = t.company_id
      WHERE t.company_id = $1
        AND ($2 = 'message' OR t.is_latest)
        AND ($2 <> 'emails' OR t.communication_type = 'email')
        AND ($3::date IS NULL OR (t."timestamp" AT TIME ZONE c.timezone)::date >= $3)
        AND ($4::date IS NULL OR (t."timestamp" AT TIME ZONE c.timezone)::date <= $4)
        AND ($5::text IS NULL OR t.source = $5)
        AND ($6::boolean IS NULL OR t.is_resolved = $6)`,
    values: [
      companyId,
      rows,
      filter.date_from ?? null,
      filter.date_to ?? null,
      filter.source ?? null,
      filter.is_resolved ?? null,
    ],
  });
  return row?.count;
}

describe('dates are counted exactly', () => {
  it.each([
    ['UTC', false],
    ['America/New_York', true],
    ['America/New_York', false],
    ['Asia/Kolkata', true],
    ['Pacific/Kiritimati', false],
    ['Australia/Lord_Howe', true],
  ])('in %s, folded: %s', async (timezone, isFolded) => {
    const companyId = await fill(timezone, isFolded);
    const lists: [ListView, ThreadFilter][] = [
      ['message', {}],
      ['thread', {}],
      ['emails', {}],
      ['message', { source: 'import' }],
      ['thread', { is_resolved: true }],
    ];
    for (const [rows, filter] of lists)
      for (const range of RANGES) {
        const { count } = await listMessages(t.ring, t.db, companyId, rows, { ...filter, ...range });
        expect({ rows, ...filter, ...range, count }).toEqual({
          rows,
          ...filter,
          ...range,
          count: await stored(companyId, rows, { ...filter, ...range }),
        });
      }
  });
});

it('a day without a midnight in UTC is counted once', async () => {
  // It began 25 minutes late and ended 34 minutes early.
  const times = `SELECT timestamptz '1916-05-21T00:26Z' + n * interval '27 seconds' FROM generate_series(0, 3059) n`;
  const companyId = await fillWith(times, 'Europe/Dublin', true);
  const day = { date_from: '1916-05-21', date_to: '1916-05-21' };
  expect((await listMessages(t.ring, t.db, companyId, 'message', day)).count).toBe(3_060);
});

it('a message that joins counts at its own day, and so does the one that was the latest', async () => {
  const { companyId } = await createTenant(t.db);
  const days = ['2026-05-12', '2026-05-14', '2026-05-13'];
  const { threadGroupId } = await createMessage(t.db, t.ring, companyId, { timestamp: `${days[0]}T23:59:59.999Z` });
  for (const day of days.slice(1))
    await createMessage(t.db, t.ring, companyId, { threadGroupId, timestamp: `${day}T00:00:00.000Z` });
  for (const step of [() => undefined, () => t.fold()]) {
    await step();
    const kept = await t.db.query({
      text: `
        SELECT day::text, COALESCE(sum(messages) FILTER (WHERE cell % 2 = 1), 0)::int AS latest, sum(messages)::int AS messages
        FROM (SELECT day, cell, messages FROM thread_day_counts WHERE company_id = $1
              UNION ALL
              SELECT day, cell, messages FROM thread_count_deltas WHERE company_id = $1) c
        GROUP BY day
        ORDER BY day`,
      values: [companyId],
    });
    expect(kept).toEqual([
      { day: days[0], latest: 0, messages: 1 },
      { day: days[2], latest: 0, messages: 1 },
      { day: days[1], latest: 1, messages: 1 },
    ]);
  }
});

it('no count changes without a day', async () => {
  const { companyId } = await createTenant(t.db);
  const change = t.db.query({
    text: 'INSERT INTO thread_count_deltas (company_id, cell, messages) VALUES ($1, 1, 1)',
    values: [companyId],
  });
  await expect(change).rejects.toThrow('thread_count_deltas_day');
});
