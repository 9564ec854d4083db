import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listMessages } from '../../src/api/threads/list/list-messages.ts';
import type { Db } from '../../src/db/client.ts';
import { makeSearchWords } from '../../src/ingest/make-search-words.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createCustomer, createInvoice, createMessage, createTenant } from '../support/factories.ts';
import { misplacedWords } from '../support/ingest.ts';

/** Words of what a former version stored are made by the running server. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const MESSAGES = 1_100;

describe('messages, customers and invoices without words', () => {
  let companyId: string;
  let ids: string[];

  beforeEach(async () => {
    ({ companyId } = await createTenant(t.db));
    const customerId = await createCustomer(t.db, companyId, 'Zebra Holding');
    const invoiceId = await createInvoice(t.db, companyId, customerId, 'RE-77');
    ids = [];
    for (let nth = 0; nth < MESSAGES; nth += 1) {
      const { id } = await createMessage(t.db, t.ring, companyId, {
        timestamp: new Date(Date.UTC(2026, 0, 1, 0, nth)).toISOString(),
        body: `<p>Paid in cash${nth}.</p><div class="gmail_quote"><div class="gmail_attr">On Tue, 5 May 2026 at 09:12, Eva wrote:</div><blockquote class="gmail_quote">formerly</blockquote></div>`,
        ...(nth === 5 ? { customerId, invoiceIds: [invoiceId] } : {}),
      });
      ids.unshift(id);
    }
    await asStoredByAFormerVersion();
  });

  async function asStoredByAFormerVersion() {
    const statements = [
      'DELETE FROM communication_thread_words WHERE company_id = $1',
      'UPDATE customers SET name_words = NULL WHERE company_id = $1',
      'UPDATE invoices SET number_words = NULL WHERE company_id = $1',
      `INSERT INTO search_words_progress (company_id, before_timestamp, before_id)
       VALUES ($1, '9999-12-31T23:59:59.999Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff')`,
    ];
    for (const text of statements) await t.db.query({ text, values: [companyId] });
  }

  const find = async (search: string) => {
    const { count, data } = await t.db.withConnection((connection) =>
      listMessages(t.ring, connection, companyId, 'message', { search, page_size: 500 }),
    );
    return { count, ids: data.map(({ id }) => id) };
  };
  const made = async () => {
    const [row] = await t.db.query<{ words: number; ids: string[] }>({
      text: `SELECT count(*) AS words FROM communication_thread_words WHERE company_id = $1`,
      values: [companyId],
    });
    return row?.words;
  };

  it('get them, by what they say now', async () => {
    expect((await find('cash7')).count).toBe(0);

    await makeSearchWords(t.db);

    expect(await made()).toBe(MESSAGES);
    expect(await find('cash7 paid')).toMatchObject({ count: 111 });
    expect((await find('zebra RE-77')).ids).toEqual([ids[MESSAGES - 1 - 5]]);
    expect((await find('formerly')).count).toBe(0);
    expect(await t.db.query({ text: 'SELECT company_id FROM search_words_progress' })).toEqual([]);
  });

  it('get them from the newest on, and go on where they were when the process ended', async () => {
    let batches = 0;
    const dying: Pick<Db, 'query' | 'transaction'> = {
      query: (statement) => t.db.query(statement),
      transaction: (work) => {
        batches += 1;
        if (batches > 1) throw new Error('killed');
        return t.db.transaction(work);
      },
    };

    await expect(makeSearchWords(dying)).rejects.toThrow('killed');
    expect(await made()).toBe(500);
    expect((await find('paid')).ids).toEqual(ids.slice(0, 500));
    await makeSearchWords(t.db);

    expect(await made()).toBe(MESSAGES);
  });

  it('get them once, however many servers make them', async () => {
    await Promise.all([makeSearchWords(t.db), makeSearchWords(t.db), makeSearchWords(t.db)]);
    await makeSearchWords(t.db);

    expect(await made()).toBe(MESSAGES);
  });

  it('keep those that a writer gave them meanwhile', async () => {
    const id = ids[300] ?? '';
    await t.db.query({
      text: `INSERT INTO communication_thread_words (company_id, thread_id, words) VALUES ($1, $2, '')`,
      values: [companyId, id],
    });

    await makeSearchWords(t.db);

    expect((await find(`cash${MESSAGES - 1 - 300}`)).ids).toEqual([]);
  });

  it('get the timestamp beside words that a former version made, and are found in order before, during and after', async () => {
    await makeSearchWords(t.db);
    const statements = [
      'UPDATE communication_thread_words SET "timestamp" = NULL WHERE company_id = $1',
      `INSERT INTO search_words_progress (company_id, before_timestamp, before_id)
       SELECT $1, t."timestamp", t.id FROM communication_threads t WHERE t.company_id = $1
       ORDER BY t."timestamp" DESC, t.id DESC LIMIT 1 OFFSET 500`,
    ];
    for (const text of statements) await t.db.query({ text, values: [companyId] });
    const rare = ['cash7', 'cash77', 'cash1099'];
    const before = await Promise.all(rare.map(find));

    await makeSearchWords(t.db);

    const [placed] = await t.db.query<{ count: number }>({
      text: 'SELECT count(*) FROM communication_thread_words WHERE company_id = $1 AND "timestamp" IS NOT NULL',
      values: [companyId],
    });
    expect(placed?.count).toBe(MESSAGES - 501);
    expect(await Promise.all(rare.map(find))).toEqual(before);
    await t.db.query({
      text: `INSERT INTO search_words_progress (company_id, before_timestamp, before_id)
             VALUES ($1, '9999-12-31T23:59:59.999Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff')`,
      values: [companyId],
    });
    await makeSearchWords(t.db);
    expect(await misplacedWords(t.db, companyId)).toEqual([]);
    expect(await Promise.all(rare.map(find))).toEqual(before);
    expect(await made()).toBe(MESSAGES);
  });

  it('change nothing that a list shows', async () => {
    const changes = () =>
      t.db.query({
        text: `SELECT (SELECT max(changed_in)::text FROM communication_threads WHERE company_id = $1) AS threads,
                      (SELECT max(changed_in)::text FROM customers WHERE company_id = $1) AS customers,
                      (SELECT max(changed_in)::text FROM invoices WHERE company_id = $1) AS invoices`,
        values: [companyId],
      });
    const before = await changes();

    await makeSearchWords(t.db);

    expect(await changes()).toEqual(before);
  });
});
