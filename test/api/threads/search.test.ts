import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countSearch } from '../../../src/api/threads/list/count-search.ts';
import type { ThreadFilter } from '../../../src/api/threads/list/filters.ts';
import { listMessages } from '../../../src/api/threads/list/list-messages.ts';
import { selectionOf } from '../../../src/api/threads/list/selection.ts';
import { nameWords } from '../../../src/conversations/search-words.ts';
import { vectorText } from '../../../src/conversations/words-format.ts';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  type MessageOverrides,
} from '../../support/factories.ts';
import { callerWith } from '../../support/http.ts';
import { numbers } from '../../support/numbers.ts';

/** What a search finds, by contract §3. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

async function company() {
  const tenant = await createTenant(t.db);
  const { companyId } = tenant;
  const BLANK = { subject: '', preview: null, from: null, to: [], body: null, bodyType: null };
  return {
    tenant,
    companyId,
    message: (given: MessageOverrides) => createMessage(t.db, t.ring, companyId, { ...BLANK, ...given }),
    find: async (search: string, filter: ThreadFilter & { page?: number; page_size?: number } = {}) => {
      const list = await t.db.withConnection((connection) =>
        listMessages(t.ring, connection, companyId, 'message', { ...filter, search }),
      );
      return { count: list.count, ids: list.data.map(({ id }) => id) };
    },
  };
}

describe('a word is found', () => {
  /** Text, a search that finds it, and one next to it that doesn't. */
  const TABLE: [rule: string, text: string, found: string[], notFound: string[]][] = [
    ['by its beginning', 'Remittance', ['remit', 'REMITTANCE', 'r'], ['emittance', 'remittances']],
    ['in any case, fully folded', 'Straße', ['STRASSE', 'straße', 'STRAẞE', 'stras'], ['strase']],
    ['with final sigma or without', 'οδοσήμανση ΛΟΓΟΣ', ['ΟΔΟΣ', 'οδος', 'λογοσ', 'λόγος'], ['λογοςα']],
    ['with or without the dot of İ', 'İSTANBUL', ['istanbul', 'İstanbul', 'i̇stanbul'], ['ıstanbul']],
    ['with ı as its own letter', 'ılık', ['ılık', 'ıl'], ['ilik']],
    [
      'without the marks of Latin letters',
      'Müller Café naïve Łódź',
      ['muller', 'MÜLLER', 'cafe', 'naive', 'łodz'],
      ['lodz'],
    ],
    ['without the marks of Greek and Cyrillic letters', 'Ἀθῆναι ёлка', ['αθηναι', 'елка'], ['бел']],
    ['with the marks of other scripts', 'हिन्दी', ['हिन्दी', 'हि'], ['हन']],
    ['whatever form its characters have', 'ＩＮＶＯＩＣＥ ﬁnal x² ①', ['invoice', 'final', 'x2', '1'], ['nvoice']],
    [
      'through characters that nobody sees',
      'pay\u00adment re\u200bmind \u2060du\u200de',
      ['payment', 'remind', 'due', 're\u00admind'],
      ['mind'],
    ],
    [
      'as its words in order where they stand together',
      'About INV-1001 today',
      ['INV-1001', 'inv 1001', '1001 inv', 'inv/1001'],
      ['1001-inv', 'INV-2001', 'about-1001'],
    ],
    ['inside a run of Han', '未支払請求書について', ['支払', '請求書', '未支', '書'], ['払支', '支請']],
    ['inside a run of kana', 'カタカナとひらがな', ['タカナ', 'らがな', 'ｶﾀｶﾅ'], ['ナタ']],
    ['inside a run of Thai', 'กรุณาชำระเงิน', ['ชำระ', 'เงิน', 'กรุณา'], ['ระชำ']],
    ['not across two runs of Han', '支払 請求', ['支払', '請求', '支払 請求'], ['払請']],
    ['in a run of Latin and Han', 'ABC株式会社2026', ['abc株', 'ABC', '株式', '社20'], ['bc株', 'ab株']],
    ['up to its first 64 characters', `${'a'.repeat(70)}`, ['a'.repeat(64), 'a'.repeat(70)], ['b']],
    ['by digits', 'Total 1250.00 due', ['1250', '1250.00', '125'], ['250', '1250.01']],
  ];
  it.each(TABLE)('%s', async (_rule, text, found, notFound) => {
    const { message, find } = await company();
    const { id } = await message({ subject: text });
    for (const search of found) expect([search, (await find(search)).ids]).toEqual([search, [id]]);
    for (const search of notFound) expect([search, (await find(search)).ids]).toEqual([search, []]);
  });

  const FIELDS: [where: string, MessageOverrides][] = [
    ['the subject', { subject: 'a zebra' }],
    ['what the sender wrote', { ownText: `${'word '.repeat(300)} zebra` }],
    ['a name in from', { from: { name: 'Zebra Ltd', email: 'x@y.example' } }],
    ['an address in from', { from: { name: '', email: 'billing@zebra.example' } }],
    ['to', { to: [{ name: 'Zebra', email: 'x@y.example' }] }],
    ['cc', { cc: [{ name: 'Zebra', email: 'x@y.example' }] }],
  ];
  it.each(FIELDS)('in %s', async (_where, given) => {
    const { message, find } = await company();
    const { id } = await message(given);
    await message({ subject: 'horse' });
    expect((await find('zebra')).ids).toEqual([id]);
  });

  it('in the name of the customer and the numbers of linked invoices, each word where it is', async () => {
    const { companyId, message, find } = await company();
    const customerId = await createCustomer(t.db, companyId, 'Zebra Holding');
    const invoiceId = await createInvoice(t.db, companyId, customerId, 'RE-2026/17');
    const { id } = await message({ subject: 'reminder', customerId, invoiceIds: [invoiceId] });
    for (const search of ['zebra', 'hold', 'RE-2026/17', 'reminder zebra', '2026 hold remind'])
      expect([search, (await find(search)).ids]).toEqual([search, [id]]);
    for (const search of ['zebra-reminder', 'RE-17', 'holding-2026'])
      expect([search, (await find(search)).ids]).toEqual([search, []]);
  });

  it('under a new name at once, and no longer under the old one', async () => {
    const { companyId, message, find } = await company();
    const customerId = await createCustomer(t.db, companyId, 'Zebra');
    const { id } = await message({ customerId });
    await t.db.query({
      text: 'UPDATE customers SET name = $3, name_words = $4::tsvector WHERE company_id = $1 AND id = $2',
      values: [companyId, customerId, 'Okapi', vectorText(nameWords(companyId, 'Okapi'))],
    });
    expect([(await find('okapi')).ids, (await find('zebra')).ids]).toEqual([[id], []]);
  });

  it('among the first 2,000 distinct words of a message, and addresses all the same', async () => {
    const { message, find } = await company();
    const words = Array.from({ length: 2_500 }, (_, n) => `w${n}x`);
    const { id } = await message({ ownText: words.join(' '), from: { name: '', email: 'zoe@acme.example' } });
    for (const search of ['w0x', 'w1999x', 'zoe@acme.example']) expect((await find(search)).ids).toEqual([id]);
    expect((await find('w2400x')).ids).toEqual([]);
  });
});

const WORDS = ['invoice', 'payment', 'Straße', 'INV-1001', 'dispute', '未支払請求', 'Müller', 'zebra', 'γειά', 'due'];

/** A naive reading of the contract, in another way than the server's. */
const Model = {
  fold: (text: string) =>
    [...text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').normalize('NFKC')]
      .map((letter) => ({ ß: 'ss', ẞ: 'ss', ς: 'σ' })[letter] ?? letter.toLowerCase())
      .join('')
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, ''),
  runs: (text: string) =>
    Model.fold(text)
      .split(/[^\p{L}\p{M}\p{Nd}]+/u)
      .filter(Boolean),
  begins: (run: string, word: string) => (/\p{Script=Han}/u.test(word) ? run.includes(word) : run.startsWith(word)),
  has: (fields: string[], search: string) =>
    search.split(' ').every((term) => {
      const wanted = Model.runs(term);
      return (
        wanted.length === 0 ||
        fields
          .map(Model.runs)
          .some((runs) => runs.some((_, at) => wanted.every((word, n) => Model.begins(runs[at + n] ?? '', word))))
      );
    }),
};

describe('a search', () => {
  const MESSAGES = 2_600;
  const FIRST = Date.UTC(2026, 0, 1);
  type Stored = { id: string; fields: string[]; isResolved: boolean; customerId: string | null };
  const stored: Stored[] = [];
  let find: Awaited<ReturnType<typeof company>>['find'];
  let tenant: { companyId: string; token: string };
  let customers: { id: string; name: string }[];

  beforeAll(async () => {
    const made = await company();
    ({ find, tenant } = made);
    const { companyId } = made;
    const pick = numbers(7);
    customers = await Promise.all(
      ['Zebra Holding', 'Müller GmbH', 'Acme'].map(async (name) => ({
        id: await createCustomer(t.db, companyId, name),
        name,
      })),
    );
    const invoices = await Promise.all(
      customers.map(async ({ id }, n) => ({
        id: await createInvoice(t.db, companyId, id, `RE-${n}7`),
        number: `RE-${n}7`,
      })),
    );
    for (let n = 0; n < MESSAGES; n += 1) {
      const rare = n % 700 === 3 ? ` rarity${n}` : '';
      const subject = `${WORDS[pick(3)]} ${WORDS[pick(WORDS.length)]}`;
      const ownText = `${WORDS[pick(5)]} ${n < 900 && n % 2 === 0 ? 'formerly' : ''}${rare}`;
      const nth = pick(8);
      const customer = customers[nth];
      const invoice = pick(3) === 0 ? invoices[nth] : undefined;
      const isResolved = n % 97 !== 0;
      const { id } = await made.message({
        id: newId(),
        timestamp: new Date(FIRST + n * 60_000).toISOString(),
        subject,
        ownText,
        isResolved,
        customerId: customer?.id ?? null,
        invoiceIds: invoice ? [invoice.id] : [],
      });
      const fields = [subject, ownText, customer?.name ?? '', invoice?.number ?? ''];
      stored.unshift({ id, fields, isResolved, customerId: customer?.id ?? null });
    }
  }, 300_000);

  const SEARCHES = [
    ...WORDS,
    ...[
      'strasse',
      'mull',
      '支払',
      'rarity',
      'rarity3 inv',
      'formerly',
      'formerly due',
      'zebra formerly',
      'RE-07',
      'RE-17 payment',
    ],
    ...['holding RE-07', 'nowhere', 'nowhere payment', 'in', 'payment invoice', 'inv 1001', 'payment dispute strasse'],
  ];
  const FILTERS: [string, ThreadFilter, (message: Stored) => boolean][] = [
    ['no filter', {}, () => true],
    ['a rare kind', { is_resolved: false }, (message) => !message.isResolved],
    ['a common kind', { is_resolved: true }, (message) => message.isResolved],
    ['the oldest first', { ordering: 'timestamp' }, () => true],
  ];

  it.each(FILTERS)('with %s has the rows and the count of a naive search', async (_name, filter, isOf) => {
    for (const search of SEARCHES) {
      const expected = stored
        .filter((message) => isOf(message) && Model.has(message.fields, search))
        .map(({ id }) => id);
      if (filter.ordering) expected.reverse();
      const found = await find(search, { ...filter, page_size: 30 });
      expect([search, found.count]).toEqual([search, expected.length > 1_000 ? null : expected.length]);
      expect([search, found.ids]).toEqual([search, expected.slice(0, 30)]);
    }
  });

  it('of a customer has the rows and the count of a naive search', async () => {
    for (const { id: customerId } of customers)
      for (const search of SEARCHES) {
        const expected = stored
          .filter((m) => m.customerId === customerId && Model.has(m.fields, search))
          .map(({ id }) => id);
        const found = await find(search, { customer_id: customerId });
        expect([search, found]).toEqual([search, { count: expected.length, ids: expected.slice(0, 20) }]);
      }
  });

  it.each([
    ['as if every row were found', { scanned: 300, matches: 300 }],
    ['as if many were', { scanned: 300, matches: 60 }],
    ['as if few were', { scanned: 300, matches: 21 }],
    ['as if hardly any were', { scanned: 5_000, matches: 1 }],
  ])('is counted right whatever the first rows tell: %s', async (_name, look) => {
    for (const search of SEARCHES) {
      const expected = stored.filter((message) => Model.has(message.fields, search)).length;
      const { terms, ...selection } = selectionOf(tenant.companyId, 'message', { search }, undefined);
      const known = terms.map((parameter) => ({
        parameter,
        query: String(selection.values[Number(parameter.slice(1)) - 1]),
        selectivity: look.matches / look.scanned,
        names: undefined,
      }));
      const counted = await t.db.withConnection((connection) =>
        countSearch(connection, { ...selection, terms: known }, { ...look, first: null }, 'upToMany'),
      );
      expect([search, counted]).toEqual([search, expected > 1_000 ? null : expected]);
    }
  });

  it('has every later page, too', async () => {
    for (const search of ['payment', 'zebra', 'formerly', 'rarity']) {
      const expected = stored.filter((message) => Model.has(message.fields, search)).map(({ id }) => id);
      for (const page of [2, 7, 40])
        expect((await find(search, { page, page_size: 25 })).ids).toEqual(expected.slice((page - 1) * 25, page * 25));
    }
  });

  it('counts more than 1,000 only for who asks with Prefer: count=exact', async () => {
    const caller = callerWith(t.app, tenant.token);
    const url = `/api/companies/${tenant.companyId}/communications/threads?view=message&search=payment`;
    const exact = stored.filter((message) => Model.has(message.fields, 'payment')).length;
    for (let time = 0; time < 3; time += 1) {
      const plain = await caller.get(url);
      const counted = await caller.get(url, { prefer: 'count=exact' });
      expect(exact).toBeGreaterThan(1_000);
      expect([plain.json().count, plain.headers['preference-applied']]).toEqual([null, undefined]);
      expect([counted.json().count, counted.headers['preference-applied']]).toEqual([exact, 'count=exact']);
      expect(counted.json().data).toEqual(plain.json().data);
      expect(counted.headers.etag).not.toBe(plain.headers.etag);
    }
  });
});
