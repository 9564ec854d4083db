import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createMessage, createTenant } from '../../support/factories.ts';
import { run } from '../../support/global-setup.ts';
import { type Caller, callerWith } from '../../support/http.ts';

/**
 * Searches of reference data against a naive search. How a page is read depends on how many rows match, how many different
 * words they match by, where in the list they are, and on the other filters.
 */

const ROWS = 4_200;

type Row = { id: string; label: string; words: string[]; due: string; status: string | null; isOpen: boolean };
type Page = { count?: number | null; data: { id: string }[]; next_cursor: string | null };
type RowFilter = (row: Row) => boolean;

let t: TestApp;
let member: Caller;
let companyId: string;
const lists: Record<string, Row[]> = {};
beforeAll(async () => {
  t = await startTestApp();
  const tenant = await createTenant(t.db);
  companyId = tenant.companyId;
  member = callerWith(t.app, tenant.token);
  await fill();
  lists.customers = await rowsOf('customers', `name || ' ' || external_id`, 'name');
  lists.invoices = await rowsOf('invoices', `number || ' ' || external_id`, 'number');
});
afterAll(() => t.close());

/** Customers of four groups in the order of names; invoices of three in the order of numbers, due in another order. */
async function fill(): Promise<void> {
  await t.db.query({
    text: `
      INSERT INTO customers (company_id, id, external_id, name)
      SELECT $1, md5('c' || n)::uuid, 'D-' || n,
             CASE WHEN n < 1300 THEN 'Alpha '
                  WHEN n < 2600 THEN 'Beta Common '
                  WHEN n < 2620 THEN 'Gamma Gam Gammon '
                  WHEN n % 40 = 0 THEN 'Omega Common '
                  ELSE 'Omega' || n % 900 || ' ' END || lpad(n::text, 4, '0')
      FROM generate_series(0, ${ROWS - 1}) n`,
    values: [companyId],
  });
  await t.db.query({
    text: `
      INSERT INTO invoices (company_id, id, external_id, customer_id, number, due_date, status)
      SELECT $1, md5('i' || n)::uuid, 'R-' || n, md5('c' || n)::uuid,
             CASE WHEN n < 1400 THEN 'A-' WHEN n < 2800 THEN 'INV-' ELSE 'RE-INV' END || n,
             CASE WHEN n % 10 > 0 THEN date '2026-01-01' + (n * 7919) % 500 END,
             CASE n % 3 WHEN 0 THEN 'open' WHEN 1 THEN 'paid' END
      FROM generate_series(0, ${ROWS - 1}) n`,
    values: [companyId],
  });
  const customers = await t.db.query<{ id: string }>({ text: `SELECT id FROM customers WHERE name LIKE '%7'` });
  for (const { id } of customers.slice(0, 30)) await createMessage(t.db, t.ring, companyId, { customerId: id });
  await run(t.database.ownerUrl, ['VACUUM ANALYZE']);
}

async function rowsOf(table: string, text: string, label: string): Promise<Row[]> {
  const isInvoice = table === 'invoices';
  const rows = await t.db.query<Omit<Row, 'words'> & { text: string }>({
    text: `
      SELECT t.id, t.${label} AS label, ${text} AS text,
             ${isInvoice ? "COALESCE(t.due_date::text, 'none')" : "''"} AS due, ${isInvoice ? 't.status' : 'NULL'} AS status,
             EXISTS (SELECT FROM communication_threads m WHERE m.company_id = $1 AND m.customer_id = t.id) AS "isOpen"
      FROM ${table} t
      WHERE t.company_id = $1`,
    values: [companyId],
  });
  return rows.map((row) => ({ ...row, words: row.text.toLowerCase().split(/[^a-z0-9]+/) }));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The ids of the rows that a naive search finds, in order. */
function naive(list: string, search: string, ordering: string, isSelected: RowFilter): string[] {
  const searched = search.toLowerCase().split(/[^a-z0-9]+/);
  const keyOf = ({ label, due }: Row) => (ordering === 'due_date' ? due : label.toLowerCase());
  return (lists[list] ?? [])
    .filter((row) => searched.every((word) => row.words.some((own) => own.startsWith(word))) && isSelected(row))
    .sort((one, other) => compare(keyOf(one), keyOf(other)) || compare(one.id, other.id))
    .map(({ id }) => id);
}

async function get(list: string, query: string): Promise<Page> {
  const response = await member.get(`/api/companies/${companyId}/${list}?${query}`);
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
}

async function walk(list: string, query: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page = await get(list, `${query}&page_size=450${cursor ? `&cursor=${cursor}` : ''}`);
    found.push(...page.data.map(({ id }) => id));
    cursor = page.next_cursor;
  }
  return found;
}

const CUSTOMER_SEARCHES = [
  ['a word of the first rows', 'alpha'],
  ['a word of rows in the middle', 'beta'],
  ['a word of rows in the middle and of some at the end', 'common'],
  ['the beginning of different words of the last rows', 'omega'],
  ['one of these words', 'omega1'],
  ['a word of few rows, which begins as another', 'gam'],
  ['two words that begin alike', 'gamma gam'],
  ['a word of all rows', 'd'],
  ['digits that begin many words', '1'],
  ['digits that begin few words', '417'],
  ['two words, many rows', 'beta d'],
  ['two words, many rows at the end, by different words', 'omega d'],
  ['two words, few rows', 'common 26'],
  ['no row', 'nothing'],
  ['a word of no row and one of all', 'd nothing'],
  ['no row, with words of many', 'alpha beta'],
] as const;

const INVOICE_SEARCHES = [
  ['a word of rows in the middle, which begins another', 'inv'],
  ['a word that is in no row alone', 'inv2'],
  ['a word of all rows', 'r'],
  ['a word of the last rows, which begins as one of all', 're'],
  ['digits of many rows at the end', '3'],
  ['digits of many rows in the middle', 'inv-2'],
  ['digits of few rows', '14'],
] as const;

const FILTERS: [string, string, RowFilter][] = [
  ['', '', () => true],
  [', with an open conversation', '&has_open=true', ({ isOpen }) => isOpen],
  [', without an open conversation', '&has_open=false', ({ isOpen }) => !isOpen],
];
const INVOICE_FILTERS: [string, string, RowFilter][] = [
  ['', '', () => true],
  [', of a status', '&status=open', ({ status }) => status === 'open'],
];

const CASES = [
  ...FILTERS.flatMap(([with_, filter, isSelected]) =>
    CUSTOMER_SEARCHES.map(
      ([what, search]) => [`${what}${with_}`, 'customers', search, 'name', filter, isSelected] as const,
    ),
  ),
  ...['number', 'due_date'].flatMap((ordering) =>
    INVOICE_FILTERS.flatMap(([with_, filter, isSelected]) =>
      INVOICE_SEARCHES.map(
        ([what, search]) =>
          [`${what}${with_}, by ${ordering}`, 'invoices', search, ordering, filter, isSelected] as const,
      ),
    ),
  ),
];

describe('a search finds', () => {
  it.each(CASES)('%s', async (_, list, search, ordering, filter, isSelected) => {
    const query = `search=${search}&ordering=${ordering}${filter}`;
    const expected = naive(list, search, ordering, isSelected);
    const count = expected.length > 1_000 ? null : expected.length;

    const first = await get(list, query);
    const third = await get(list, `${query}&page=3&page_size=40`);
    const deep = await get(list, `${query}&limit=20&offset=1190`);
    const behind = await get(list, `${query}&limit=20&offset=6000`);

    expect(first.count).toBe(count);
    expect(first.data.map(({ id }) => id)).toEqual(expected.slice(0, 20));
    expect(third.data.map(({ id }) => id)).toEqual(expected.slice(80, 120));
    expect(deep.data.map(({ id }) => id)).toEqual(expected.slice(1_190, 1_210));
    expect(behind).toMatchObject({ count, data: [] });
    expect(await walk(list, query)).toEqual(expected);
  });
});
