import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../../../src/api/reference-data/definitions.ts';
import { listRows } from '../../../src/api/reference-data/list.ts';
import type { Connection } from '../../../src/db/client.ts';
import type { Statement } from '../../../src/db/statement.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createMessage, createTenant } from '../../support/factories.ts';
import { run } from '../../support/global-setup.ts';
import { type Caller, callerWith } from '../../support/http.ts';

/**
 * Lists with a search and with `updated_after` read their rows and count them in ways that depend on how many rows match
 * and on the words by which they match.
 */

type Named = { id: string; name: string };

let t: TestApp;
let member: Caller;
let base: string;
let companyId: string;
/** Sorted by name: 1,500 that begin with "Alpha", 1,200 with "Beta Common", then one in 40 of 1,500 is "Omega Common". */
let names: string[];
beforeAll(async () => {
  t = await startTestApp();
  const tenant = await createTenant(t.db);
  companyId = tenant.companyId;
  member = callerWith(t.app, tenant.token);
  base = `/api/companies/${companyId}/customers`;
  await t.db.query({
    text: `
      INSERT INTO customers (company_id, id, external_id, name)
      SELECT $1, md5('c' || n)::uuid, 'D-' || n,
             CASE WHEN n < 1500 THEN 'Alpha ' WHEN n < 2700 THEN 'Beta Common ' WHEN n % 40 = 0 THEN 'Omega Common ' ELSE 'Omega ' END
             || lpad(n::text, 4, '0')
      FROM generate_series(0, 4199) n`,
    values: [companyId],
  });
  const rows = await t.db.query<Named>({
    text: 'SELECT name FROM customers WHERE company_id = $1 ORDER BY sort_key, id',
    values: [companyId],
  });
  names = rows.map(({ name }) => name);
  await run(t.database.ownerUrl, ['ANALYZE customers']);
});
afterAll(() => t.close());

async function get(query: string): Promise<{ count?: number | null; data: Named[]; next_cursor: string | null }> {
  const response = await member.get(`${base}?${query}`);
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
}

describe('Prefer: count=exact', () => {
  it.each([
    ['search=alpha', 1_500],
    ['search=common&page=2', 1_237],
    ['search=alpha&ordering=-waiting_since', 1_500],
    ['search=alpha&has_open=false', 1_500],
    ['search=alpha&page=76', 1_500],
    ['search=nothing', 0],
  ])('%s: %i', async (query, count) => {
    const response = await member.get(`${base}?${query}`, { prefer: 'count=exact' });
    expect(response.json().count).toBe(count);
    expect(response.headers['preference-applied']).toBe('count=exact');
  });
});

async function walk(query: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await get(`${query}&page_size=400${cursor ? `&cursor=${cursor}` : ''}`);
    found.push(...page.data.map(({ name }) => name));
    cursor = page.next_cursor;
  }
  return found;
}

type PlanNode = { 'Index Name'?: string; 'Actual Loops': number; Plans?: PlanNode[] };

/** The indexes that PostgreSQL read for the page of a search. */
async function indexesUsed(search: string): Promise<string[]> {
  const used: string[] = [];
  const collect = ({ 'Index Name': index, 'Actual Loops': loops, Plans = [] }: PlanNode) => {
    if (index && loops > 0) used.push(index);
    for (const plan of Plans) collect(plan);
  };
  const query = async ({ text, values = [] }: Statement) => {
    // As in a large table: reading all of this small one would be cheaper than any index.
    const rows = await t.db.transaction(async (tx) => {
      tx.send({ text: 'SET LOCAL enable_seqscan = off' });
      return tx.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>({
        text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        values,
      });
    });
    for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) collect(Plan);
    return t.db.query({ text, values });
  };
  await listRows(COLLECTIONS.customers, t.ring, { query } as unknown as Connection, companyId, { search });
  return used;
}

describe('a search', () => {
  it.each([
    ['few rows', 'beta 21', 100],
    ['many rows at the beginning of the list', 'alpha', null],
    ['many rows after the first 1,000', 'common', null],
    ['many rows at the end', 'omega', null],
    ['no row', 'gamma', 0],
  ])('of %s has all of them in order, by cursor and by page', async (_, search, count) => {
    const matching = names.filter((name) =>
      search.split(' ').every((word) =>
        name
          .toLowerCase()
          .split(' ')
          .some((part) => part.startsWith(word)),
      ),
    );

    const first = await get(`search=${search}`);

    expect(first.count).toBe(count);
    if (count !== null) expect(matching.length).toBe(count);
    expect(first.data.map(({ name }) => name)).toEqual(matching.slice(0, 20));
    expect(await walk(`search=${search}`)).toEqual(matching);
    const third = await get(`search=${search}&page=3&page_size=30`);
    expect(third.data.map(({ name }) => name)).toEqual(matching.slice(60, 90));
    expect(await get(`search=${search}&page=90&page_size=50`)).toMatchObject({ count, data: [] });
    const worklist = await get(`search=${search}&ordering=-waiting_since`);
    expect(worklist).toMatchObject({ count, data: first.data.map(({ id }) => ({ id })) });
  });

  it.each([
    ['of a word that all matches have reads them in their order', 'alpha', 'customer_list_words_pk'],
    ['of a word that every row has', 'd', 'customer_list_words_pk'],
    ['of the beginning of many words', '2', 'customer_list_words_pk'],
    ['of two words that few rows have uses the index of words', 'beta 21', 'customers_by_words'],
  ])('%s', async (_, search, index) => {
    const used = await indexesUsed(search);
    expect(used).toContain(index);
    expect(used.includes('customers_by_words')).toBe(index === 'customers_by_words');
  });

  it('goes with has_open and external_id', async () => {
    const open = ['Alpha 1499', 'Beta Common 2000', 'Omega Common 4160'];
    for (const name of open) {
      const [customer] = (await get(`search=${name}`)).data;
      await createMessage(t.db, t.ring, companyId, { customerId: customer?.id ?? null });
    }

    expect(await walk('search=common&has_open=true')).toEqual(open.slice(1));
    expect(await get('search=common&has_open=true')).toMatchObject({ count: 2 });
    expect(await walk('search=alpha&has_open=false')).toEqual(names.slice(0, 1_499));
    expect(await get('search=alpha&has_open=false')).toMatchObject({ count: null });
    expect(await get('has_open=true')).toMatchObject({ count: 3, data: open.map((name) => ({ name })) });
    const worklist = 'ordering=-waiting_since&has_open=true';
    expect(await get(worklist)).toMatchObject({ count: 3, data: open.map((name) => ({ name })) });
    expect(await get(`${worklist}&page=2&page_size=2`)).toMatchObject({ count: 3, data: [{ name: open[2] }] });
    expect(await get(`${worklist}&page=9`)).toMatchObject({ count: 3, data: [] });
    expect(await get(`${worklist}&search=common`)).toMatchObject({ count: 2 });
    expect(await get(`${worklist}&external_id=D-1499,D-1`)).toMatchObject({ count: 1, data: [{ name: open[0] }] });
    expect(await get('search=common&external_id=D-2000,D-1')).toMatchObject({ count: 1, data: [{ name: open[1] }] });
  });
});

describe('updated_after', () => {
  it('counts the changed rows on every page that has a count, also behind the last row', async () => {
    const { watermark } = (await member.get(`${base}?updated_after=2099-01-01T00:00:00Z`)).json();
    await t.db.query({
      text: `UPDATE customers SET updated_at = now() WHERE company_id = $1 AND name LIKE 'Omega Common %'`,
      values: [companyId],
    });
    const changed = names.filter((name) => name.startsWith('Omega Common'));

    expect(changed.length).toBe(37);
    expect(await walk(`updated_after=${watermark}`)).toEqual(changed);
    for (const [page, from, to] of [
      [1, 0, 20],
      [2, 20, 37],
      [3, 37, 37],
    ] as const) {
      const found = await get(`updated_after=${watermark}&page=${page}`);
      expect(found.count).toBe(37);
      expect(found.data.map(({ name }) => name)).toEqual(changed.slice(from, to));
    }
    expect(await get(`updated_after=${watermark}&search=common 4`)).toMatchObject({ count: 5 });
    expect(await get(`updated_after=${watermark}&has_open=true`)).toMatchObject({ count: 1 });
  });
});
