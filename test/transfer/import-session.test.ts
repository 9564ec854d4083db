import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connect, type Db } from '../../src/db/client.ts';
import { BinaryRows } from '../../src/transfer/import/copy-format.ts';
import { ImportSession } from '../../src/transfer/import/session.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** What an import asks of its connection leaves before it is known whether what went before succeeds. */

let database: TestDatabase;
let db: Db;
let client: pg.PoolClient;
let session: ImportSession;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect({ url: database.ownerUrl, poolSize: 1, onError: () => undefined, purpose: 'batch' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
beforeEach(async () => {
  client = await db.pool.connect();
  session = new ImportSession(client);
  void session.execute('BEGIN');
  void session.execute('CREATE TEMP TABLE staged (nth int) ON COMMIT DROP');
});

function rowsOf(...numbers: number[]): Uint8Array {
  const rows = new BinaryRows();
  for (const number of numbers) {
    rows.row(1);
    rows.integer(number);
  }
  return rows.copy();
}

const counted = async () => (await session.query<{ of: number }>('SELECT count(*)::int AS of FROM staged'))[0]?.of;

it('copies rows in the order in which they were given, without being waited for', async () => {
  void session.copy('staged', rowsOf(1, 2));
  void session.execute('UPDATE staged SET nth = nth + 10');
  void session.copy('staged', rowsOf(3));
  expect(await session.query('SELECT nth FROM staged ORDER BY nth')).toEqual([{ nth: 3 }, { nth: 11 }, { nth: 12 }]);
  await client.query('ROLLBACK');
  client.release();
});

it.each([
  ['a table that is not there', 'nowhere', rowsOf(1), /nowhere/],
  ['rows that are none', 'staged', new TextEncoder().encode('1\n'), /signature/],
])(
  '%s: everything asked after it fails with its error, and the connection can go on',
  async (_, into, rows, reason) => {
    void session.copy(into, rows);
    void session.copy('staged', rowsOf(1));
    await expect(counted()).rejects.toThrow(reason);
    await expect(session.execute('SELECT 1')).rejects.toThrow(reason);
    await expect(session.settled()).rejects.toThrow(reason);
    await client.query('ROLLBACK');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    client.release();
  },
);
