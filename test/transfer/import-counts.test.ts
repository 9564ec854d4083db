import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { lockFolding } from '../../src/db/locks.ts';
import { findMiscounts } from '../../src/journal/counters.ts';
import { misjudgedFormerCustomers } from '../support/former-customers.ts';
import { api, detail, LOG, rows, useEmptyCompany, world, writers } from '../support/import-company.ts';
import { COMPANY, FOUNDATION, idOf, type Line, threadLine } from '../support/import-world.ts';

useEmptyCompany();

describe('conversations', () => {
  const GROUP = { thread_group_id: idOf('conversation') };
  const at = (day: number) => ({ timestamp: `2026-05-${String(day).padStart(2, '0')}T12:00:00.000Z` });
  /** The same instant where it is the next day already. */
  const elsewhere = (day: number) => `2026-05-${String(day + 1).padStart(2, '0')}T02:00:00+14:00`;

  async function list(): Promise<[string, number][]> {
    const { data, count } = (await api('communications/threads')).json();
    const all = (await api('communications/threads?view=message')).json();
    expect([count, all.count]).toEqual([data.length, all.data.length]);
    return data.map((row: Line) => [row.id, row.message_count]);
  }

  test('the latest message shows, whatever the order of the lines', async () => {
    await world.import([
      threadLine('middle', { ...GROUP, ...at(2) }),
      threadLine('latest', { ...GROUP, ...at(3) }),
      threadLine('first', { ...GROUP, ...at(1) }),
    ]);
    expect(await list()).toEqual([[idOf('latest'), 3]]);
  });

  test('messages join a conversation that is there: earlier ones only count, later ones show', async () => {
    await world.import([threadLine('known', { ...GROUP, ...at(5) })]);
    await world.import([threadLine('earlier', { ...GROUP, ...at(4) })]);
    expect(await list()).toEqual([[idOf('known'), 2]]);
    await world.import([threadLine('later', { ...GROUP, ...at(6) })]);
    expect(await list()).toEqual([[idOf('later'), 3]]);
  });

  test('of two at the same time the one with the higher id is the latest', async () => {
    const [low, high] = ['a', 'b'].sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1)) as [string, string];
    await world.import([threadLine(high, { ...GROUP, ...at(1) }), threadLine(low, { ...GROUP, ...at(1) })]);
    expect(await list()).toEqual([[idOf(high), 2]]);
  });

  test('a replaced line that changes its time or its group leaves both conversations right', async () => {
    await world.import([
      threadLine('one', { ...GROUP, ...at(1) }),
      threadLine('two', { ...GROUP, ...at(2) }),
      threadLine('other', { thread_group_id: idOf('elsewhere'), ...at(3) }),
    ]);
    await world.import([threadLine('two', { ...GROUP, timestamp: '2026-04-30T12:00:00.000Z' })]);
    expect(await list()).toEqual([
      [idOf('other'), 1],
      [idOf('one'), 2],
    ]);
    await world.import([threadLine('one', { thread_group_id: idOf('elsewhere'), ...at(4) })]);
    expect(await list()).toEqual([
      [idOf('one'), 2],
      [idOf('two'), 1],
    ]);
    await world.import([threadLine('two', { thread_group_id: idOf('elsewhere'), ...at(5) })]);
    expect(await list()).toEqual([[idOf('two'), 3]]);
  });

  test('two conversations that exchange their latest messages', async () => {
    const [left, right] = [{ thread_group_id: idOf('left') }, { thread_group_id: idOf('right') }];
    await world.import([threadLine('l', { ...left, ...at(1) }), threadLine('r', { ...right, ...at(2) })]);
    await world.import([threadLine('l', { ...right, ...at(1) }), threadLine('r', { ...left, ...at(2) })]);
    expect((await detail('l')).thread_group_id).toBe(idOf('right'));
    expect(await list()).toEqual([
      [idOf('r'), 1],
      [idOf('l'), 1],
    ]);
  });

  test('a replaced line that stays in its place is counted as what it is now', async () => {
    await world.import([threadLine('one', at(1))]);
    await world.import([threadLine('one', { ...at(1), is_resolved: true, communication_type: 'meeting' })]);
    expect((await shown()).miscounted).toEqual([]);
    expect((await api('communications/threads?is_resolved=true&communication_type=meeting')).json().count).toBe(1);
  });

  test('are counted when nobody is folding the counts of their company', async () => {
    let importing: Promise<unknown> | undefined;
    await world.owner.transaction(async (tx) => {
      await tx.query(lockFolding(COMPANY));
      importing = world.import([threadLine('one', at(1))]);
      const isWaiting = async () => {
        const waiting = await rows(
          `SELECT pid FROM pg_locks
           WHERE locktype = 'advisory' AND NOT granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        expect(waiting).toHaveLength(1);
      };
      await vi.waitFor(isWaiting, { timeout: 10_000 });
    });
    await importing;
    expect((await shown()).miscounted).toEqual([]);
  });

  test('the line of the latest message says who looks after the conversation and when; other lines don’t', async () => {
    const followUp = (day: number) => ({ assignee_id: idOf('dana'), follow_up_at: at(day).timestamp });
    const file = [
      threadLine('one', { ...GROUP, ...at(1), ...followUp(8) }),
      threadLine('two', { ...GROUP, ...at(2), ...followUp(9) }),
    ];
    await world.import(file);
    expect(await held()).toEqual([{ id: idOf('two'), assignee: 'dana', follow_up_at: at(9).timestamp }]);
    const before = await writers();
    await world.import(file);
    expect(await writers()).toEqual(before);

    await world.import([threadLine('three', { ...GROUP, ...at(3), follow_up_at: at(10).timestamp })]);
    expect(await held()).toEqual([{ id: idOf('three'), assignee: null, follow_up_at: at(10).timestamp }]);
    await world.import([threadLine('three', { ...GROUP, ...at(3), assignee_id: idOf('dana') })]);
    expect(await held()).toEqual([{ id: idOf('three'), assignee: 'dana', follow_up_at: null }]);
  });

  test('a conversation whose latest message goes keeps who looks after it; an inbound one ends the snooze', async () => {
    const group = (name: string) => ({ thread_group_id: idOf(`g ${name}`) });
    const file = (day: number, moved: Line) => [
      threadLine('of in', {
        ...group('in'),
        ...at(day),
        ...moved,
        assignee_id: idOf('dana'),
        follow_up_at: at(20).timestamp,
      }),
      threadLine('of out', { ...group('out'), ...at(day), assignee_id: idOf('dana'), follow_up_at: at(20).timestamp }),
    ];
    await world.import([
      threadLine('in', { ...group('in'), ...at(5) }),
      threadLine('out', { ...group('out'), ...at(5), direction: 'outbound' }),
      ...file(6, {}),
    ]);
    expect((await held()).map(({ id }) => id).sort()).toEqual([idOf('of in'), idOf('of out')].sort());
    // One goes to another conversation, the other before what is there.
    await world.import(file(4, group('elsewhere')));
    expect(await held()).toEqual(
      [
        { id: idOf('in'), assignee: 'dana', follow_up_at: null },
        { id: idOf('of in'), assignee: 'dana', follow_up_at: at(20).timestamp },
        { id: idOf('out'), assignee: 'dana', follow_up_at: at(20).timestamp },
      ].sort((one, other) => (one.id < other.id ? -1 : 1)),
    );
    expect((await shown()).miscounted).toEqual([]);
  });

  async function held() {
    return rows(
      `SELECT t.id, u.username AS assignee, t.follow_up_at
       FROM communication_threads t LEFT JOIN users u ON u.id = t.assignee_id
       WHERE t.assignee_id IS NOT NULL OR t.follow_up_at IS NOT NULL
       ORDER BY t.id`,
    );
  }

  test('any sequence of imports agrees with a model in memory: latest, follow-up, counts, cells, former customers', async () => {
    const message = fc.record({
      name: fc.nat(11),
      group: fc.nat(3),
      day: fc.integer({ min: 1, max: 6 }),
      resolved: fc.boolean(),
      kind: fc.constantFrom('email', 'call', 'meeting'),
      customer: fc.constantFrom(undefined, 'acme', 'zenith'),
      direction: fc.constantFrom('inbound', 'outbound'),
      assignee: fc.constantFrom(undefined, idOf('dana')),
      snoozedTo: fc.constantFrom(undefined, at(20).timestamp, at(21).timestamp),
    });
    const files = fc.array(fc.uniqueArray(message, { selector: ({ name }) => name, maxLength: 8 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(files, async (sequence) => {
        await rows('DELETE FROM communication_threads');
        await rows('DELETE FROM thread_counts');
        await rows('DELETE FROM thread_day_counts');
        await rows('DELETE FROM thread_count_deltas');
        await rows('DELETE FROM former_customers');
        const model: Model = new Map();
        let followUps = new Map<string, FollowUp & { id: string }>();
        for (const file of sequence) {
          const named = new Map<string, FollowUp>();
          const lines = file.map(({ name, group, day, resolved, kind, customer, direction, assignee, snoozedTo }) => {
            model.set(idOf(`m${name}`), { group: idOf(`g${group}`), ...at(day), direction });
            named.set(idOf(`m${name}`), { assignee_id: assignee ?? null, follow_up_at: snoozedTo ?? null });
            return threadLine(`m${name}`, {
              thread_group_id: idOf(`g${group}`),
              timestamp: group === 0 ? elsewhere(day) : at(day).timestamp,
              is_resolved: resolved,
              communication_type: kind,
              direction,
              assignee_id: assignee,
              follow_up_at: snoozedTo,
              ...(customer ? { customer_id: idOf(customer) } : {}),
            });
          });
          await world.import(lines);
          const latest = latestOf(model);
          followUps = new Map(
            latest.map(({ id, group }) => [
              group,
              { id, ...(named.get(id) ?? kept(id, model.get(id)?.direction, followUps.get(group))) },
            ]),
          );
          expect(await shown()).toEqual({
            latest: latest.map(({ group, message_count }) => ({ message_count, ...followUps.get(group) })),
            miscounted: [],
          });
          expect(await misjudgedFormerCustomers(world.owner, COMPANY)).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  async function shown() {
    const latest = await rows(
      'SELECT id, message_count, assignee_id, follow_up_at FROM communication_threads WHERE is_latest ORDER BY id',
    );
    return { latest, miscounted: await findMiscounts(world.owner, COMPANY) };
  }

  type Model = Map<string, { group: string; timestamp: string; direction: string }>;
  type FollowUp = { assignee_id: string | null; follow_up_at: string | null };

  /** What a conversation goes on with when the file says nothing of its latest message. */
  function kept(id: string, direction: string | undefined, before: (FollowUp & { id: string }) | undefined): FollowUp {
    const isAwake = before?.id !== id && direction === 'inbound';
    return {
      assignee_id: before?.assignee_id ?? null,
      follow_up_at: isAwake ? null : (before?.follow_up_at ?? null),
    };
  }

  function latestOf(model: Model) {
    const groups = new Map<string, { id: string; timestamp: string }[]>();
    for (const [id, { group, timestamp }] of model)
      groups.set(group, [...(groups.get(group) ?? []), { id, timestamp }]);
    const latest = [...groups].map(([group, messages]) => {
      const [first] = messages.sort((one, other) =>
        `${one.timestamp}${one.id}` < `${other.timestamp}${other.id}` ? 1 : -1,
      );
      return { id: first?.id ?? '', group, message_count: messages.length };
    });
    return latest.sort((one, other) => (one.id < other.id ? -1 : 1));
  }
});

describe('completions', () => {
  const ACTION = FOUNDATION.find((line) => line.id === idOf('acme action')) as Line;
  const TOUCHPOINT = FOUNDATION.find((line) => line.id === idOf('acme touchpoint')) as Line;
  const COMPLETED = { ...ACTION, status: 'completed', executed_at: '2026-05-14T09:00:00.000Z' };

  const completedBy = async () =>
    (await rows('SELECT completed_by_thread_id AS by FROM scheduled_actions WHERE id = $1', [ACTION.id]))[0]?.by;

  test('the earliest log that names it and has its time is the one that completed it', async () => {
    await world.import([
      COMPLETED,
      { ...LOG, created_at: '2026-05-14T09:10:00Z' },
      { ...LOG, id: idOf('later log'), thread_group_id: idOf('g2'), created_at: '2026-05-14T09:20:00Z' },
      {
        ...LOG,
        id: idOf('other time'),
        thread_group_id: idOf('g3'),
        timestamp: '2026-05-14T09:00:01Z',
        created_at: '2026-05-01T00:00:00Z',
      },
    ]);
    expect(await completedBy()).toBe(idOf('log'));
    const before = await writers();
    await world.import([COMPLETED]);
    expect(await writers()).toEqual(before);
  });

  test('a touchpoint likewise', async () => {
    const completed = { ...TOUCHPOINT, status: 'completed', completed_at: '2026-05-14T09:00:00.000Z' };
    await world.import([completed, { ...LOG, scheduled_action_id: null, scheduled_touchpoint_id: TOUCHPOINT.id }]);
    expect(
      await rows('SELECT completed_by_thread_id AS by FROM scheduled_touchpoints WHERE id = $1', [TOUCHPOINT.id]),
    ).toEqual([{ by: idOf('log') }]);
  });

  test('nothing completed it when no log has its time, or when it is open again', async () => {
    await world.import([{ ...COMPLETED, executed_at: '2026-05-14T09:00:00.001Z' }, LOG]);
    expect(await completedBy()).toBeNull();
    await world.import([COMPLETED]);
    expect(await completedBy()).toBe(idOf('log'));
    await world.import([ACTION]);
    expect(await completedBy()).toBeNull();
  });
});
