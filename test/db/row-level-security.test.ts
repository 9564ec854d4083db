import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, type Db } from '../../src/db/client.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createCustomer, createTenant } from '../support/factories.ts';

/** `ROW_LEVEL_SECURITY=on`: the second fence. What follows first is the fence alone, then the whole matrix behind it. */
const SERVER = 'comms_test_server';
let database: TestDatabase;
let db: Db;
let own: { companyId: string; customerId: string };
let other: { companyId: string; customerId: string };

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate({ ownerUrl: database.ownerUrl, serverRole: SERVER, rowLevelSecurity: true });
  db = connect({
    url: database.serverUrl,
    poolSize: 1,
    purpose: 'batch',
    rowLevelSecurity: true,
    onError: () => undefined,
  });
  [own, other] = [await createCompany(), await createCompany()];
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

async function createCompany() {
  const everyones = db.for({ tenant: 'every' });
  const { companyId } = await createTenant(everyones);
  return { companyId, customerId: await createCustomer(everyones, companyId) };
}

/** A statement that forgot its company. */
const UNSCOPED = { text: 'SELECT id FROM customers ORDER BY id' };

async function ownersRows<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<Row>(text);
  await owner.end();
  return rows;
}

describe('a statement that forgets its company', () => {
  it('reads the rows of the company that the connection was borrowed for, and no others', async () => {
    for (const { companyId, customerId } of [own, other]) {
      const theirs = db.for({ tenant: companyId });
      expect(await theirs.query(UNSCOPED)).toEqual([{ id: customerId }]);
      expect(await theirs.withConnection((connection) => connection.query(UNSCOPED))).toEqual([{ id: customerId }]);
      expect(await theirs.transaction((tx) => tx.query(UNSCOPED))).toEqual([{ id: customerId }]);
    }
  });

  it('reads nothing when nobody said whose rows there are, whoever had the connection before', async () => {
    await db.for({ tenant: 'every' }).query(UNSCOPED);
    expect(await db.query(UNSCOPED)).toEqual([]);
  });

  it('reads everything only for who says so', async () => {
    expect(await db.for({ tenant: 'every' }).query(UNSCOPED)).toHaveLength(2);
  });

  it('changes and deletes nothing of another company, and can not write into it', async () => {
    const theirs = db.for({ tenant: own.companyId });
    expect(await theirs.query({ text: "UPDATE customers SET name = 'ours' RETURNING id" })).toEqual([
      { id: own.customerId },
    ]);
    expect(await theirs.query({ text: 'DELETE FROM memberships RETURNING company_id' })).toEqual([
      { company_id: own.companyId },
    ]);
    const { companyId, customerId } = other;
    await expect(createCustomer(theirs, companyId)).rejects.toMatchObject({ code: '42501' });
    const text = 'UPDATE customers SET company_id = $1 WHERE id = $2';
    await expect(theirs.query({ text, values: [companyId, own.customerId] })).rejects.toMatchObject({ code: '42501' });
    const [row] = await ownersRows(`SELECT name FROM customers WHERE id = '${customerId}'`);
    expect(row).not.toEqual({ name: 'ours' });
  });

  it('fails when the statement that sets the tenant has failed', async () => {
    const cancelled = db.for({ tenant: own.companyId });
    const client = await db.pool.connect();
    client.release();
    const send = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((...given: unknown[]) =>
      (given[0] as { name?: string }).name === 'set_tenant' ? send('SELECT 1 / 0') : send(...given)) as never;
    await db
      .for({ tenant: 'every' })
      .query(UNSCOPED)
      .catch(() => undefined);
    await expect(cancelled.query(UNSCOPED)).rejects.toMatchObject({ code: '22012' });
    const insert = { text: `INSERT INTO customers (company_id, id, name) VALUES ($1, $2, 'x')` };
    await expect(
      cancelled.transaction(async (tx) => tx.send({ ...insert, values: [own.companyId, other.customerId] })),
    ).rejects.toMatchObject({ code: '22012' });
    client.query = send as never;
    expect(await ownersRows('SELECT FROM customers')).toHaveLength(2);
  });
});

describe('the fence', () => {
  it("stands around every table with a company's rows", async () => {
    const unfenced = await ownersRows(`
      SELECT c.relname
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND (a.attname = 'company_id' OR c.relname = 'companies' AND a.attname = 'id')
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND NOT (c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))`);
    expect(unfenced).toEqual([]);
    const fenced = await ownersRows(`SELECT FROM pg_policy`);
    expect(fenced.length).toBeGreaterThan(20);
  });

  it('is taken down by a start without the setting, and put up again by one with it', async () => {
    const isUp = async () => (await ownersRows('SELECT FROM pg_class WHERE relrowsecurity')).length > 0;
    await migrate({ ownerUrl: database.ownerUrl, serverRole: SERVER });
    expect(await isUp()).toBe(false);
    for (const _ of ['up', 'up already'])
      await migrate({ ownerUrl: database.ownerUrl, serverRole: SERVER, rowLevelSecurity: true });
    expect(await isUp()).toBe(true);
  });

  it('is refused where the server would be above it', async () => {
    const { ownerUrl, superuserUrl } = database;
    for (const [url, role] of [
      [ownerUrl, new URL(ownerUrl).username],
      [ownerUrl, new URL(superuserUrl).username],
    ] as const)
      await expect(migrate({ ownerUrl: url, serverRole: role, rowLevelSecurity: true })).rejects.toThrow(
        'ROW_LEVEL_SECURITY',
      );
  });
});

vi.stubEnv('TEST_ROW_LEVEL_SECURITY', 'on');
await import('../http/tenant-isolation.test.ts');
