import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '../../src/db/client.ts';
import { isDatabaseUnavailable } from '../../src/db/errors.ts';
import type { Statement } from '../../src/db/statement.ts';
import { openTapped, type Wire } from '../support/wire.ts';

/** The connection over which the callers of all requests are looked up. */

let wire: Wire;
let db: Db;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ wire, db, close } = await openTapped());
});
afterAll(() => close());

/** Each for an errand of its own, as requests do. */
const ask = <Row>(statement: Statement) =>
  db.for({ tenant: 'none' }).withShared((connection) => connection.query<Row>(statement));

const WHO = { text: 'SELECT pg_backend_pid() AS pid' };

it('what many ask in one turn leaves together, and each gets the answer to its own question', async () => {
  const asked = Array.from({ length: 20 }, (_, nth) => nth);
  let answers: { nth: number }[][] = [];
  const traffic = await wire.during(async () => {
    answers = await Promise.all(
      asked.map((nth) => ask<{ nth: number }>({ text: 'SELECT $1::int AS nth', values: [nth] })),
    );
  });

  expect(answers.map(([row]) => row?.nth)).toEqual(asked);
  expect(traffic).toEqual({ statements: 20, roundTrips: 1 });
});

it('what one asks is answered at once, and apart from what others ask', async () => {
  const two = () =>
    db.for({ tenant: 'none' }).withShared((connection) => {
      const numbers = [1, 2].map((n) => connection.query<{ n: number }>({ text: 'SELECT $1::int AS n', values: [n] }));
      return Promise.all(numbers);
    });
  let answers: { n: number }[][][] = [];
  const count = await wire.answersDuring(async () => {
    answers = await Promise.all([two(), two(), two()]);
  });

  expect(answers).toEqual(Array.from({ length: 3 }, () => [[{ n: 1 }], [{ n: 2 }]]));
  expect(count).toBe(3);
});

it('leaves what was read with whoever read it: the driver’s row would keep it', async () => {
  const given: unknown[][] = [];
  const read = (values: unknown[]) => {
    given.push(values);
    return values[0];
  };
  const rows = await ask({
    text: `SELECT '{"subject": "Reminder"}'::json FROM generate_series(1, 2)`,
    read,
  });

  expect(rows).toEqual([{ subject: 'Reminder' }, { subject: 'Reminder' }]);
  expect(given).toEqual([[null], [null]]);
});

it('asks while every connection of the pool is lent', async () => {
  await db.withConnection(async (connection) => {
    const [[lent], [shared]] = await Promise.all([connection.query<{ pid: number }>(WHO), ask<{ pid: number }>(WHO)]);
    expect(shared?.pid).not.toBe(lent?.pid);
  });
});

it('looks up while every other connection is held, the one of short lists too', async () => {
  const holding = { text: 'SELECT pg_advisory_xact_lock(1)' };
  await db.withConnection(async (lent) => {
    await lent.query({ text: 'SELECT pg_advisory_lock(1)' });
    let isHeld = true;
    const list = ask(holding).finally(() => {
      isHeld = false;
    });
    const lookedUp = await db.withLookUps((connection) => connection.query<{ pid: number }>(WHO));
    expect([lookedUp.length, isHeld]).toEqual([1, true]);
    await lent.query({ text: 'SELECT pg_advisory_unlock(1)' });
    await list;
  });
});

it('a question that fails takes no other with it', async () => {
  const [failed, answered] = await Promise.allSettled([
    ask({ text: 'SELECT 1 / $1::int', values: [0] }),
    ask({ text: 'SELECT $1::int AS one', values: [1] }),
  ]);

  expect(failed).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
  expect(answered).toEqual({ status: 'fulfilled', value: [{ one: 1 }] });
});

it('who comes after the connection broke gets a new one', async () => {
  const [before] = await ask<{ pid: number }>(WHO);
  const underWay = expect(ask({ text: 'SELECT pg_sleep(10)' })).rejects.toThrow();
  await db.query({ text: 'SELECT pg_terminate_backend($1)', values: [before?.pid] });
  await underWay;

  const [after] = await ask<{ pid: number }>(WHO);
  expect(after?.pid).not.toBe(before?.pid);
});

it('a question that relies on one which another didn’t come to prepare is to be asked again, and is answered then', async () => {
  const double = { name: 'double', text: 'SELECT $1::int * 2 AS n', values: [21] };
  const both = db.withShared((connection) =>
    Promise.all([connection.query({ text: 'SELECT 1 / $1::int', values: [0] }), connection.query(double)]),
  );
  const [failed, relying] = await Promise.allSettled([both, ask(double)]);

  expect(failed).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
  expect(relying.status === 'rejected' && isDatabaseUnavailable(relying.reason)).toBe(true);
  expect(await ask(double)).toEqual([{ n: 42 }]);
});
