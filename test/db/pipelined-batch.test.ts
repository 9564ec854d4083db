import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/db/client.ts';
import { combineStatements } from '../../src/db/combined-statement.ts';
import type { Statement } from '../../src/db/statement.ts';
import { openTapped, type Wire } from '../support/wire.ts';

/** Statements of one request that leave in one turn are answered together, and several writes may be one statement. */

let wire: Wire;
let db: Db;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ wire, db, close } = await openTapped());
  // The one connection has it.
  await db.query({ text: 'CREATE TEMP TABLE kept (n int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, m int)' });
});
afterAll(() => close());

const numbered = (n: unknown): Statement => ({ name: 'numbered', text: 'SELECT $1::int AS n', values: [n] });
const keep = (n: unknown): Statement => ({ name: 'keep', text: 'INSERT INTO kept VALUES ($1)', values: [n] });
const DIVIDE: Statement = { name: 'divide', text: 'SELECT 1 / $1::int', values: [0] };
const DIVISION_BY_ZERO = '22012';

async function kept(): Promise<number[]> {
  return (await db.query<{ n: number }>({ text: 'SELECT n FROM kept ORDER BY n' })).map(({ n }) => n);
}

describe('a batch', () => {
  it('is answered once, each statement with its own rows', async () => {
    let answers: unknown[] = [];
    const count = await wire.answersDuring(() =>
      db.withConnection(async (connection) => {
        const texts = [
          numbered(1),
          { text: "SELECT 'x' AS word", values: [] },
          numbered(2),
          { text: 'SELECT $1::text AS word', values: ['y'] },
        ];
        answers = await Promise.all(texts.map((each) => connection.query(each)));
      }),
    );

    expect(answers).toEqual([[{ n: 1 }], [{ word: 'x' }], [{ n: 2 }], [{ word: 'y' }]]);
    // A statement without values needs no preparation and travels alone, in its place.
    expect(count).toBe(3);
  });

  it('of a transaction holds its BEGIN, and another its COMMIT', async () => {
    const count = await wire.answersDuring(() =>
      db.transaction(async (tx) => {
        await Promise.all([tx.query(numbered(1)), tx.query(numbered(2))]);
        tx.send(keep(1));
        tx.send(keep(2));
      }),
    );

    expect(count).toBe(2);
    expect(await kept()).toEqual([1, 2]);
  });

  it('keeps the answers from before a failure; what comes after it is not run', async () => {
    const asked = await db.withConnection((connection) =>
      Promise.allSettled([numbered(1), DIVIDE, keep(3), numbered(4)].map((each) => connection.query(each))),
    );

    expect(asked[0]).toEqual({ status: 'fulfilled', value: [{ n: 1 }] });
    for (const each of asked.slice(1))
      expect(each).toMatchObject({ status: 'rejected', reason: { code: DIVISION_BY_ZERO } });
    expect(await kept()).toEqual([1, 2]);
  });

  it('leaves the connection as it was: what was not run can be', async () => {
    const never = { name: 'never_parsed', text: 'SELECT $1::int * 2 AS n', values: [21] };
    await expect(
      db.withConnection((connection) => Promise.all([connection.query(DIVIDE), connection.query(never)])),
    ).rejects.toMatchObject({ code: DIVISION_BY_ZERO });

    expect(await db.query(never)).toEqual([{ n: 42 }]);
    expect(await db.query({ ...DIVIDE, values: [1] })).toHaveLength(1);
  });

  it('undoes its transaction when one of its writes fails, COMMIT or not', async () => {
    const failing = db.transaction(async (tx) => {
      tx.send(keep(5));
      tx.send(DIVIDE);
      tx.send(keep(6));
    });

    await expect(failing).rejects.toMatchObject({ code: DIVISION_BY_ZERO });
    expect(await kept()).toEqual([1, 2]);
  });

  it('undoes its transaction when a write failed before COMMIT left', async () => {
    const failing = db.transaction(async (tx) => {
      tx.send(keep(5));
      tx.send(DIVIDE);
      await setTimeout(50);
    });

    await expect(failing).rejects.toMatchObject({ code: DIVISION_BY_ZERO });
    expect(await kept()).toEqual([1, 2]);
  });

  it('whose end fails has failed: a write that is answered may still be refused', async () => {
    await expect(db.query(keep(1))).rejects.toMatchObject({ code: '23505' });
    await expect(db.transaction(async (tx) => tx.send(keep(1)))).rejects.toMatchObject({ code: '23505' });

    expect(await kept()).toEqual([1, 2]);
  });

  it('isn’t sent in part when one of its values can’t be', async () => {
    const endless: Record<string, unknown> = {};
    endless.itself = endless;
    const unfit = keep(endless);

    await expect(
      db.transaction(async (tx) => {
        tx.send(keep(7));
        tx.send(unfit);
      }),
    ).rejects.toThrow(/circular/);
    expect(await kept()).toEqual([1, 2]);
    expect(await db.query(numbered(8))).toEqual([{ n: 8 }]);
  });

  it('refuses a name that has another text', async () => {
    await expect(db.query({ ...numbered(1), text: 'SELECT 2' })).rejects.toThrow(/must be unique/);
    expect(await db.query(numbered(9))).toEqual([{ n: 9 }]);
  });
});

describe('several writes as one statement', () => {
  const insert = (n: number): Statement => ({
    name: `insert_${n}`,
    text: 'INSERT INTO kept VALUES ($1, $2)',
    values: [n, 0],
  });
  const update = (n: number, m: number): Statement => ({
    name: 'update',
    text: 'UPDATE kept SET m = $2 WHERE n = $1 RETURNING m',
    values: [n, m],
  });

  it('writes all of them, each with its own values', async () => {
    expect(await db.query(combineStatements(insert(10), insert(11), update(1, 5)))).toEqual([{ m: 5 }]);
    expect(await db.query(combineStatements(update(2, 6)))).toEqual([{ m: 6 }]);
    expect(await db.query({ text: 'SELECT n, m FROM kept ORDER BY n' })).toEqual([
      { n: 1, m: 5 },
      { n: 2, m: 6 },
      { n: 10, m: 0 },
      { n: 11, m: 0 },
    ]);
  });

  it('writes none of them when one fails', async () => {
    const failing = { ...DIVIDE, name: 'fail', text: 'UPDATE kept SET m = 1 / $1' };

    await expect(db.query(combineStatements(insert(12), failing))).rejects.toMatchObject({ code: DIVISION_BY_ZERO });
    expect(await kept()).toEqual([1, 2, 10, 11]);
  });

  it('has a name that PostgreSQL does not cut short, another one for other writes', () => {
    const names = ['y', 'z'].map(
      (last) => combineStatements({ ...insert(1), name: 'x'.repeat(63) }, { ...insert(2), name: last }).name,
    );

    expect(names.map((name) => name?.length)).toEqual([63, 63]);
    expect(names[0]).not.toBe(names[1]);
  });
});
