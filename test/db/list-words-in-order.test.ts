import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createTenant } from '../support/factories.ts';
import { run } from '../support/global-setup.ts';

/** Triggers keep the tables of words as the rows of customers, contacts and invoices are, however these are written. */

let t: TestApp;
let companyId: string;
beforeAll(async () => {
  t = await startTestApp();
  companyId = (await createTenant(t.db)).companyId;
});
afterAll(() => t.close());

type Entry = { word: string; sort_key: string; id: string; shared: number; due_date?: string };

const TABLES = [
  ['customers', 'customer_list_words', "'infinity'"],
  ['contacts', 'contact_list_words', "'infinity'"],
  ['invoices', 'invoice_list_words', "COALESCE(t.due_date, 'infinity')"],
] as const;

/** The number of leading characters that two words share. */
function sharedLength(one: string, other: string): number {
  const [left, right] = [[...one], [...other]];
  const differing = left.findIndex((character, at) => character !== right[at]);
  return differing === -1 ? left.length : differing;
}

/** The entries of every row, made without the triggers. */
async function expectedEntries(table: string, dueDate: string): Promise<Entry[]> {
  const rows = await t.db.query<Omit<Entry, 'word' | 'shared'> & { words: string[] }>({
    text: `SELECT t.id, t.sort_key, tsvector_to_array(t.list_words) AS words, ${dueDate}::text AS due_date FROM ${table} t`,
  });
  return rows.flatMap(({ words, ...row }) =>
    words.map((word, nth) => ({
      ...row,
      word,
      shared: Math.max(0, ...words.slice(0, nth).map((earlier) => sharedLength(earlier, word))),
    })),
  );
}

async function storedEntries(table: string): Promise<Entry[]> {
  const dueDate = table === 'invoice_list_words' ? 't.due_date' : "'infinity'";
  return t.db.query({
    text: `SELECT t.id, t.sort_key, t.word, t.shared, ${dueDate}::text AS due_date FROM ${table} t`,
  });
}

function sorted(entries: Entry[]): string[] {
  return entries
    .map(({ id, word, sort_key, shared, due_date }) => JSON.stringify([id, word, sort_key, shared, due_date]))
    .sort();
}

async function expectEntriesToFit(step: string): Promise<number> {
  let entries = 0;
  for (const [table, words, dueDate] of TABLES) {
    const stored = sorted(await storedEntries(words));
    expect(stored, `${step}: ${table}`).toEqual(sorted(await expectedEntries(table, dueDate)));
    entries += stored.length;
  }
  return entries;
}

const write = (text: string, ...values: unknown[]) => t.db.query({ text, values: [companyId, ...values] });

it('after every kind of write', async () => {
  const [one, other, contact, invoice] = Array.from({ length: 4 }, newId);
  const steps: [string, () => Promise<unknown>][] = [
    [
      'insert of several rows, of words that begin alike, in other scripts, of none',
      () =>
        write(
          `INSERT INTO customers (company_id, id, external_id, name)
           SELECT $1, r.id, r.external_id, r.name
           FROM unnest($2::uuid[], $3::text[], $4::text[]) AS r(id, external_id, name)`,
          [one, other, ...Array.from({ length: 4 }, newId)],
          ['D-1', null, 'mull-1', 'D-3', 'D-4', '–'],
          ['Müller Mühle Mühlen', 'Acme acme ACMEX', 'Müller 𐐀𐐀a 𐐀𐐀b', '東京都 東北', 'ßa ss', '&'],
        ),
    ],
    [
      'insert of a contact and an invoice',
      async () => {
        await write(
          `INSERT INTO contacts (company_id, id, customer_id, name, email) VALUES ($1, $2, $3, 'Ann', 'ann.annex@a.example')`,
          contact,
          one,
        );
        await write(
          `INSERT INTO invoices (company_id, id, customer_id, number) VALUES ($1, $2, $3, 'INV-1 IN')`,
          invoice,
          one,
        );
      },
    ],
    ['rename', () => write(`UPDATE customers SET name = 'Mills' WHERE company_id = $1 AND id = $2`, one)],
    ['other external id', () => write(`UPDATE customers SET external_id = 'X-' || id WHERE company_id = $1`)],
    ['no other words', () => write('UPDATE customers SET updated_at = now() WHERE company_id = $1')],
    ['due date', () => write(`UPDATE invoices SET due_date = '2026-05-12' WHERE company_id = $1`)],
    ['no due date', () => write('UPDATE invoices SET due_date = NULL WHERE company_id = $1')],
    ['number', () => write(`UPDATE invoices SET number = 'RE 7', due_date = '2026-05-13' WHERE company_id = $1`)],
    ['delete', () => write('DELETE FROM contacts WHERE company_id = $1')],
    ['delete of an invoice', () => write('DELETE FROM invoices WHERE company_id = $1 AND id = $2', invoice)],
    [
      'upsert',
      () =>
        write(
          `INSERT INTO customers (company_id, id, name) VALUES ($1, $2, 'Ober'), ($1, $3, 'Obst')
           ON CONFLICT (company_id, id) DO UPDATE SET name = excluded.name`,
          one,
          newId(),
        ),
    ],
  ];
  for (const [step, take] of steps) {
    await take();
    expect(await expectEntriesToFit(step)).toBeGreaterThan(10);
  }
  await write('DELETE FROM customers WHERE company_id = $1');
  expect(await expectEntriesToFit('delete of all')).toBe(0);
});

it('after a TRUNCATE, which also takes the rows of other tables', async () => {
  const [customer, invoice] = [newId(), newId()];
  await write(`INSERT INTO customers (company_id, id, name) VALUES ($1, $2, 'Alder')`, customer);
  await write(
    `INSERT INTO invoices (company_id, id, customer_id, number) VALUES ($1, $2, $3, 'INV-1')`,
    invoice,
    customer,
  );
  await write(`INSERT INTO contacts (company_id, id, customer_id, name) VALUES ($1, $2, $3, 'Ann')`, newId(), customer);
  expect(await expectEntriesToFit('insert')).toBe(4);

  await run(t.database.ownerUrl, ['TRUNCATE customers CASCADE']);

  expect(await expectEntriesToFit('TRUNCATE')).toBe(0);
});
