import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListView, ThreadFilter } from '../../../src/api/threads/list/filters.ts';
import { listMessages } from '../../../src/api/threads/list/list-messages.ts';
import { searchByIndex } from '../../../src/api/threads/list/search-by-index.ts';
import { findTermsInNames } from '../../../src/api/threads/list/search-statements.ts';
import { windowTo } from '../../../src/api/threads/list/search-window.ts';
import { selectionOf } from '../../../src/api/threads/list/selection.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createContact, createCustomer, createInvoice, createMessage, createTenant } from '../../support/factories.ts';
import { numbers } from '../../support/numbers.ts';

/** The page that the index of words yields has the rows of a naive search, for frequent words, too. */

const GROUPS = 260;
const FIRST = Date.UTC(2026, 0, 1);
const HOURS = 300;
/** The last days of windows. The first one holds no page of the newest. */
const WINDOWS = ['2026-01-13', '2026-01-07', undefined];
const WORDS = ['payment', 'dispute', 'pallet', 'becker', 'inv', '17'];
const CUSTOMERS = ['Becker Logistics', 'Becker Foods', 'Acme Logistics', 'Pallet 17'];
const SEARCHES = [
  ...['payment', 'pallet', 'becker', 'becker logistics', 'logistics becker', 'becker payment', 'payment dispute'],
  ...['INV-17', 'INV-17 becker', 'pallet 17', 'acme inv', 'nowhere', 'nowhere becker', 'pa di be', 'foods acme'],
];

let t: TestApp;
let companyId: string;
let customerIds: string[];
let invoiceIds: string[];
let contactId: string;
const textOf = new Map<string, string>();

beforeAll(async () => {
  t = await startTestApp();
  ({ companyId } = await createTenant(t.db));
  const pick = numbers(11);
  customerIds = [];
  for (const name of CUSTOMERS) customerIds.push(await createCustomer(t.db, companyId, name));
  contactId = await createContact(t.db, companyId, customerIds[0] ?? '', {});
  const numbered = ['INV-17', 'INV-170', 'RE-17', 'INV-4'];
  invoiceIds = [];
  for (const [nth, number] of numbered.entries())
    invoiceIds.push(await createInvoice(t.db, companyId, customerIds[nth] ?? '', number));
  for (let group = 0; group < GROUPS; group += 1) {
    const threadGroupId = crypto.randomUUID();
    for (let nth = pick(4); nth >= 0; nth -= 1) {
      const owner = pick(6);
      const invoice = pick(4) === 0 ? owner : undefined;
      const subject = `${WORDS[pick(WORDS.length)]} ${pick(5) === 0 ? 'rarely' : ''} ${WORDS[pick(WORDS.length)]}`;
      const { id } = await createMessage(t.db, t.ring, companyId, {
        threadGroupId,
        // Many have the same time, so that the order by id counts as well.
        timestamp: new Date(FIRST + pick(HOURS) * 3_600_000).toISOString(),
        direction: pick(2) === 0 ? 'inbound' : 'outbound',
        isResolved: pick(7) === 0,
        subject,
        ...{ preview: null, from: null, to: [], body: null, bodyType: null },
        customerId: customerIds[owner] ?? null,
        contactId: owner === 0 && pick(2) === 0 ? contactId : null,
        invoiceIds: invoice === undefined || !invoiceIds[invoice] ? [] : [invoiceIds[invoice]],
      });
      textOf.set(
        id,
        [subject, CUSTOMERS[owner], invoice === undefined ? '' : numbered[invoice]].map(spaced).join(' | '),
      );
    }
  }
}, 300_000);
afterAll(() => t.close());

/** Words of plain letters and digits in small letters, with one blank between two. */
function spaced(text = ''): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ');
}

function isFound(id: string, search: string): boolean {
  const text = textOf.get(id) ?? '';
  return search.split(' ').every((term) => ` ${text}`.includes(` ${spaced(term)}`));
}

async function everyRow(view: ListView, filter: ThreadFilter): Promise<{ id: string; timestamp: string }[]> {
  const rows: { id: string; timestamp: string }[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await t.db.withConnection((connection) =>
      listMessages(t.ring, connection, companyId, view, { ...filter, page, page_size: 500 }),
    );
    rows.push(...data);
    if (data.length < 500) return rows;
  }
}

type Extent = { offset?: number; after?: { time: string; id: string }; windowTo?: string | undefined };

/** @param extent `windowTo`: the last day of the window that is looked up first */
async function found(
  view: ListView,
  filter: ThreadFilter,
  { offset = 0, after, windowTo: day }: Extent,
): Promise<string[]> {
  const { terms, ...selection } = selectionOf(companyId, view, filter, after);
  const measured = terms.map((parameter, nth) => ({
    parameter,
    query: String(selection.values[Number(parameter.slice(1)) - 1]),
    // The first term is looked up, the others as if one was rare and one frequent.
    selectivity: nth === 1 ? 0.001 : 0.5,
    names: undefined,
  }));
  const paging = { pageSize: 20, fetchLimit: 21 as const, offset, page: undefined, after };
  return t.db.withConnection(async (connection) => {
    const located = await findTermsInNames(connection, { ...selection, terms: measured });
    const first = filter.ordering === 'timestamp' ? FIRST : FIRST + HOURS * 3_600_000;
    const window = day === undefined ? undefined : windowTo(located.order, day, new Date(first).toISOString());
    return (await searchByIndex(connection, located, paging, window)).map(({ id }) => id);
  });
}

describe.each([
  ['with every timestamp beside the words', 'false'],
  ['with some timestamps not copied yet', `('x' || right(thread_id::text, 1))::bit(4)::int % 2 = 0`],
  ['with no timestamp copied yet', 'true'],
])('%s', (_state, missing) => {
  beforeAll(async () => {
    await t.db.query({
      text: `UPDATE communication_thread_words w
             SET "timestamp" = CASE WHEN ${missing} THEN NULL ELSE t."timestamp" END
             FROM communication_threads t
             WHERE w.company_id = $1 AND t.company_id = $1 AND t.id = w.thread_id`,
      values: [companyId],
    });
  });

  const FILTERS: [string, () => ThreadFilter][] = [
    ['no filter', () => ({})],
    ['the oldest first', () => ({ ordering: 'timestamp' })],
    ['a direction', () => ({ direction: 'inbound' })],
    ['resolved ones', () => ({ is_resolved: true })],
    ['dates', () => ({ date_from: '2026-01-04', date_to: '2026-01-09' })],
    ['a customer', () => ({ customer_id: customerIds[0] ?? '' })],
    ['a contact', () => ({ contact_id: contactId })],
    ['an invoice', () => ({ invoice_id: invoiceIds[0] ?? '' })],
  ];
  describe.each(FILTERS)('%s', (_name, filterOf) => {
    it.each(['message', 'thread', 'emails'] as const)('view %s: first, later and last pages', async (view) => {
      const filter = filterOf();
      const rows = await everyRow(view, filter);
      const windows = filter.invoice_id ? [undefined] : WINDOWS;
      for (const search of [...SEARCHES, 'rarely']) {
        const expected = rows.filter(({ id }) => isFound(id, search)).map(({ id }) => id);
        for (const window of windows)
          expect([search, window, await found(view, { ...filter, search }, { windowTo: window })]).toEqual([
            search,
            window,
            expected.slice(0, 21),
          ]);
        for (const offset of [7, Math.max(0, expected.length - 3)])
          expect([search, await found(view, { ...filter, search }, { offset })]).toEqual([
            search,
            expected.slice(offset, offset + 21),
          ]);
        const last = rows.find(({ id }) => id === expected[4]);
        if (!last) continue;
        const after = { time: last.timestamp, id: last.id };
        for (const window of windows.slice(-2))
          expect([search, await found(view, { ...filter, search }, { after, windowTo: window })]).toEqual([
            search,
            expected.slice(5, 26),
          ]);
      }
    });
  });
});

it('a word that names many customers, with another one, is found by reading the list', async () => {
  const { companyId: company } = await createTenant(t.db);
  const customers: string[] = [];
  for (let nth = 0; nth < 260; nth += 1)
    customers.push(await createCustomer(t.db, company, `${nth % 10 === 0 ? 'Acme' : 'Becker'} ${nth}`));
  const customerOf = (nth: number) => (nth * 7 + Math.floor(nth / 70)) % 260;
  const stored: { id: string; isFound: boolean }[] = [];
  for (let nth = 0; nth < 1_500; nth += 1) {
    const isPallet = nth % 70 === 0;
    const { id } = await createMessage(t.db, t.ring, company, {
      timestamp: new Date(FIRST + nth * 60_000).toISOString(),
      subject: isPallet ? 'a pallet' : 'no words',
      customerId: customers[customerOf(nth)] ?? null,
    });
    stored.unshift({ id, isFound: isPallet && customerOf(nth) % 10 !== 0 });
  }
  const expected = stored.filter(({ isFound: isOf }) => isOf).map(({ id }) => id);
  expect(expected.length).toBeGreaterThan(15);
  for (const search of ['becker pallet', 'pallet becker'])
    for (const paging of [{}, { page: 2, page_size: 7 }]) {
      const { data, count } = await t.db.withConnection((connection) =>
        listMessages(t.ring, connection, company, 'message', { search, ...paging }),
      );
      const first = paging.page ? 7 : 0;
      expect(count).toBe(expected.length);
      expect(data.map(({ id }) => id)).toEqual(expected.slice(first, first + (paging.page_size ?? 20)));
    }
});
