import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listThreadNotes } from '../../src/api/thread-notes/service.ts';
import type { ListView, ThreadFilter } from '../../src/api/threads/list/filters.ts';
import { listMessages } from '../../src/api/threads/list/list-messages.ts';
import { listConversation } from '../../src/api/threads/service.ts';
import { messageWords } from '../../src/conversations/search-words.ts';
import type { Connection } from '../../src/db/client.ts';
import type { Statement } from '../../src/db/statement.ts';
import type { PagingInput } from '../../src/http/lists/pagination.ts';
import { findMiscounts } from '../../src/journal/counters.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createContact, createCustomer, createInvoice, createTenant, noteUsesAhead } from '../support/factories.ts';
import { clientsOf } from '../support/statements.ts';
import { openConnections } from '../support/wire.ts';

/**
 * What PostgreSQL does for each list at a hundred thousand messages, and how many statements a request sends. Nothing is
 * timed: a plan is right or wrong whatever the machine is doing.
 */

const MESSAGES = 100_000;
/** As many are looked at before the counts of days are. */
const COUNTED_ALONE = 2_000;
const LIST = ['authorize', 'page with its count'];
const NOTES = ['authorize', 'page', 'count'];

/** The newest rows of the view first, then the newest of each cell. */
const LISTED: Record<ListView, string[]> = {
  thread: ['ct_list_latest', 'ct_cell'],
  emails: ['ct_list_latest', 'ct_cell'],
  message: ['ct_list_message', 'ct_cell'],
};

let t: TestApp;
let companyId: string;
let token: string;
let customerId: string;
let contactId: string;
let invoiceId: string;
let threadId: string;
let userId: string;

beforeAll(async () => {
  t = await startTestApp();
  ({ companyId, userId, token } = await createTenant(t.db));
  customerId = await createCustomer(t.db, companyId);
  contactId = await createContact(t.db, companyId, customerId);
  invoiceId = await createInvoice(t.db, companyId, customerId);
  threadId = await fill();
  await noteUsesAhead(t.db);
}, 120_000);
afterAll(() => t.close());

/**
 * Conversations of four: mails, every fiftieth of them with the customer, and one old letter. Every hundredth has an
 * assignee, as many are snoozed, and as many are due again.
 */
async function fill(): Promise<string> {
  // As superuser: without the bounds of a request, and with the right to VACUUM.
  const client = new pg.Client({ connectionString: t.database.superuserUrl });
  await client.connect();
  await client.query(
    `
    INSERT INTO communication_threads (
      company_id, id, thread_group_id, "timestamp", communication_type, source, direction, is_resolved, is_latest,
      message_count, customer_id, contact_id, subject, outcome, assignee_id, follow_up_at)
    SELECT $1, md5('m' || n)::uuid, md5('g' || n / 4)::uuid, timestamptz '2020-01-01' + n * interval '1 minute',
           CASE WHEN n = 3 THEN 'letter' ELSE 'email' END, 'nylas', CASE WHEN n % 2 = 0 THEN 'inbound' ELSE 'outbound' END,
           n % 3 = 0, n % 4 = 3, CASE WHEN n % 4 = 3 THEN 4 END,
           CASE WHEN n / 4 % 50 = 0 THEN $2::uuid END, CASE WHEN n / 4 % 50 = 0 THEN $3::uuid END, 'Reminder ' || n,
           CASE n % 400 WHEN 7 THEN 'spoke' WHEN 9 THEN 'refused' END,
           CASE WHEN n % 400 = 3 THEN $4::uuid END,
           CASE n % 400 WHEN 7 THEN timestamptz '2999-01-01' WHEN 11 THEN timestamptz '2020-01-01' END
    FROM generate_series(0, ${MESSAGES - 1}) n`,
    [companyId, customerId, contactId, userId],
  );
  const { mark } = messageWords(companyId, {
    subject: 'reminder',
    ownText: null,
    from: null,
    to: [],
    cc: [],
  });
  await client.query(
    `INSERT INTO communication_thread_words (company_id, thread_id, words)
     SELECT $1, md5('m' || n)::uuid, array_to_tsvector(ARRAY[$2 || 'reminder', $2 || n])
     FROM generate_series(0, ${MESSAGES - 1}) n`,
    [companyId, mark],
  );
  await client.query(
    `INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position)
     SELECT company_id, id, $2, 0 FROM communication_threads WHERE company_id = $1 AND customer_id IS NOT NULL LIMIT 40`,
    [companyId, invoiceId],
  );
  await client.query(
    `INSERT INTO thread_counts (company_id, cell, messages)
     SELECT company_id, cell, count(*) FROM communication_threads GROUP BY company_id, cell`,
  );
  await client.query(
    `INSERT INTO thread_day_counts (company_id, day, cell, messages)
     SELECT company_id, ("timestamp" AT TIME ZONE 'UTC')::date, cell & ~30, count(*)
     FROM communication_threads
     GROUP BY 1, 2, 3`,
  );
  expect(await findMiscounts(t.db, companyId)).toEqual([]);
  const { rows } = await client.query<{ id: string }>('SELECT id FROM communication_threads WHERE is_latest LIMIT 1');
  await client.query('VACUUM ANALYZE');
  await client.end();
  return rows[0]?.id ?? '';
}

describe('the plan of a page and of its count', () => {
  const filters: [string, ThreadFilter, Partial<Record<ListView, string[]>>][] = [
    ['no filter', {}, { thread: ['ct_list_latest'], message: ['ct_list_message'], emails: LISTED.emails }],
    ['communication_type', { communication_type: ['letter'] }, { thread: LISTED.thread, message: LISTED.message }],
    ['direction', { direction: 'inbound' }, LISTED],
    ['is_resolved', { is_resolved: true }, LISTED],
    ['requires_response', { requires_response: true }, LISTED],
    ['is_ar_related', { is_ar_related: false }, LISTED],
    ['source', { source: 'import' }, { thread: LISTED.thread, message: LISTED.message }],
    ['dates', { date_from: '2020-01-20', date_to: '2020-01-22' }, LISTED],
  ];
  const cases = filters.flatMap(([name, filter, indexes]) =>
    Object.entries(indexes).map(([rows, expected]) => [rows as ListView, name, filter, expected] as const),
  );

  it.each(cases)('%s, %s: no row is read that is not shown', async (rows, _name, filter, expected) => {
    const plans = await plansOf((connection) => listMessages(t.ring, connection, companyId, rows, filter));

    for (const plan of plans)
      expect(scansOfMessages(plan).filter((scan) => !isByKey(scan))).toSatisfy(onlyBy(expected));
  });

  it.each([
    ['customer_id', () => ({ customer_id: customerId }), ['ct_customer_latest', 'ct_one_latest'], ['ct_customer']],
    ['contact_id', () => ({ contact_id: contactId }), ['ct_contact'], ['ct_contact']],
    ['invoice_id', () => ({ invoice_id: invoiceId }), ['ct_one_latest'], ['ct_one_latest']],
    ['outcome', () => ({ outcome: ['spoke'] }), ['ct_outcome'], ['ct_outcome']],
    ['two outcomes', () => ({ outcome: ['spoke', 'refused'] }), ['ct_outcome'], ['ct_outcome']],
    ['assignee_id', () => ({ assignee_id: userId }), ['ct_assignee'], ['ct_assignee', 'ct_group', 'ct_list_message']],
    ['is_snoozed', () => ({ is_snoozed: true }), ['ct_follow_up'], ['ct_follow_up', 'ct_group', 'ct_list_message']],
    [
      'follow_up_before',
      () => ({ follow_up_before: '2021-01-01T00:00:00Z' }),
      ['ct_follow_up'],
      ['ct_follow_up', 'ct_group', 'ct_list_message'],
    ],
    [
      'not snoozed',
      () => ({ is_snoozed: false }),
      ['ct_list_latest', 'ct_follow_up'],
      ['ct_list_message', 'ct_follow_up', 'ct_group'],
    ],
    [
      'not snoozed and open',
      () => ({ is_snoozed: false, is_resolved: false }),
      [...LISTED.thread, 'ct_follow_up'],
      [...LISTED.message, 'ct_follow_up', 'ct_group'],
    ],
    [
      'not assigned',
      () => ({ assignee_id: 'none' }),
      ['ct_list_latest', 'ct_assignee'],
      ['ct_list_message', 'ct_assignee', 'ct_group'],
    ],
  ] as [string, () => ThreadFilter, string[], string[]][])(
    '%s, in both views',
    async (_name, filter, thread, message) => {
      for (const [rows, expected] of Object.entries({ thread, message })) {
        const plans = await plansOf((connection) =>
          listMessages(t.ring, connection, companyId, rows as ListView, filter()),
        );
        for (const plan of plans)
          expect(scansOfMessages(plan).filter((scan) => !isByKey(scan))).toSatisfy(onlyBy(expected));
        for (const plan of plans) expect(rowsRead(plan), rows).toBeLessThan(MESSAGES / 10);
      }
    },
  );

  it.each([
    ['few inside', '2020-03-01', '2020-03-02'],
    ['few outside', '2020-01-02', '2020-03-10'],
    ['fewer inside than outside', '2020-01-10', '2020-02-05'],
    ['more inside than outside', '2020-01-10', '2020-03-01'],
  ])('dates with %s are counted exactly', async (_what, from, to) => {
    for (const [rows, direction] of [
      ['thread', 'outbound'],
      ['message', 'outbound'],
      ['message', undefined],
    ] as const) {
      const filter = { date_from: from, date_to: to, ...(direction && { direction }) };
      const { count } = await listMessages(t.ring, t.db, companyId, rows, filter);
      const [stored] = await t.db.query<{ count: number }>({
        text: `SELECT count(*) AS count FROM communication_threads t JOIN companies c ON c.id = t.company_id
               WHERE t.company_id = $1 AND t.direction = ANY($5) AND (t.is_latest OR $4)
                 AND (t."timestamp" AT TIME ZONE c.timezone)::date BETWEEN $2 AND $3`,
        values: [companyId, from, to, rows === 'message', direction ? [direction] : ['inbound', 'outbound']],
      });
      expect(count).toBe(stored?.count);
    }
  });

  it('a rare word is looked up, a frequent one is met on the way', async () => {
    const search = async (words: string) =>
      (await plansOf((connection) => listMessages(t.ring, connection, companyId, 'thread', { search: words }))).flatMap(
        scansOfMessages,
      );

    expect((await search('99999')).map((scan) => scan['Index Name'])).toContain('ctw_words_by_week');
    expect((await search('reminder')).map((scan) => scan['Index Name'])).not.toContain('ctw_words_by_week');
  });

  it('a cursor costs the same however deep', async () => {
    const walk = async (query: PagingInput) => {
      const [page] = await plansOf((connection) => listMessages(t.ring, connection, companyId, 'thread', query));
      return page ? scansOfMessages(page).filter((scan) => scan['Index Name'] === 'ct_list_latest') : [];
    };
    const first = await listMessages(t.ring, t.db, companyId, 'thread', { page_size: 500 });
    let cursor = first.next_cursor;
    for (let page = 0; page < 20; page += 1) {
      const next = await listMessages(t.ring, t.db, companyId, 'thread', { page_size: 500, cursor: cursor ?? '' });
      cursor = next.next_cursor;
    }

    for (const scan of await walk({ cursor: cursor ?? '' })) expect(scan['Actual Rows']).toBe(21);
  });

  it('dates are counted by their days, whatever lies between them', async () => {
    for (const filter of [
      { date_from: '2020-01-02' },
      { date_to: '2020-02-10' },
      { date_from: '2020-01-10', date_to: '2020-03-01', communication_type: ['email' as const] },
    ]) {
      const plans = await plansOf((connection) => listMessages(t.ring, connection, companyId, 'message', filter));

      for (const scan of plans.flatMap(scansOfMessages)) expect(scan['Actual Rows']).toBeLessThanOrEqual(COUNTED_ALONE);
    }
  });

  it('many dates are counted exactly', async () => {
    const list = (date_from: string) => listMessages(t.ring, t.db, companyId, 'message', { date_from });

    expect((await list('2020-01-01')).count).toBe(MESSAGES);
    expect((await list('2020-01-02')).count).toBe(MESSAGES - 1_440);
  });

  it('a conversation and thread notes', async () => {
    const conversation = await plansOf((connection) => listConversation(t.ring, connection, companyId, threadId));
    const notes = await plansOf((connection) =>
      listThreadNotes(t.ring, connection, companyId, { page: 1, thread_id: threadId }),
    );

    for (const plan of [...conversation, ...notes])
      expect(scansOfMessages(plan).filter((scan) => !isByKey(scan))).toSatisfy(onlyBy(['ct_group', 'ct_one_latest']));
  });
});

describe('statements of a request', () => {
  it.each([
    ['a list', '/communications/threads', LIST],
    ['a list with filters', '/communications/threads?is_resolved=false&direction=inbound', LIST],
    ['emails', '/communications/emails', LIST],
    ['five hundred rows', '/communications/threads?page_size=500', LIST],
    ['thread notes', '/thread-notes?page=1', NOTES],
    ['a detail', '/communications/threads/:thread', ['authorize', 'conversation']],
  ])('%s', async (_name, path, expected) => {
    await t.app.inject({ url: url(path), headers: { authorization: `Token ${token}` } });
    t.app.responseCache.clear();
    const sent = await statementsOf(() =>
      t.app.inject({ url: url(path), headers: { authorization: `Token ${token}` } }),
    );

    expect(sent).toHaveLength(expected.length);
  });

  it('an unchanged list costs one', async () => {
    const headers = { authorization: `Token ${token}` };
    const { headers: answered } = await t.app.inject({ url: url('/communications/threads'), headers });
    const sent = await statementsOf(() =>
      t.app.inject({
        url: url('/communications/threads'),
        headers: { ...headers, 'if-none-match': String(answered.etag) },
      }),
    );

    expect(sent).toHaveLength(1);
  });

  it('a name stands for one text on every connection', async () => {
    const names = new Map<string, string>();
    t.app.responseCache.clear();
    for (const query of [
      '',
      '?direction=inbound',
      '?is_resolved=true',
      `?customer_id=${customerId}`,
      '?page_size=50',
    ]) {
      const statements = await recorded(() =>
        t.app.inject({ url: url(`/communications/threads${query}`), headers: { authorization: `Token ${token}` } }),
      );
      for (const { name, text } of statements) {
        if (name === undefined) continue;
        expect(names.get(name) ?? text).toBe(text);
        names.set(name, text);
      }
    }
    expect(names.size).toBeGreaterThan(3);
  });
});

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: Node[];
};

/** Runs an operation over a connection that explains each of its statements. */
async function plansOf(run: (connection: Connection) => Promise<unknown>): Promise<Node[]> {
  const plans: Node[] = [];
  await run({
    query: async <Row>({ text, values = [], ...statement }: Statement) => {
      if (/^\s*(SELECT|WITH)/.test(text)) {
        const [row] = await t.db.query<{ 'QUERY PLAN': [{ Plan: Node }] }>({
          text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
          values,
        });
        if (row) plans.push(row['QUERY PLAN'][0].Plan);
      }
      return t.db.query<Row>({ ...statement, text, values });
    },
  });
  return plans;
}

/** Scans of the messages' table that a statement really made. */
function scansOfMessages(node: Node): Node[] {
  const isScan = node['Relation Name'] === 'communication_threads' || node['Node Type'] === 'Bitmap Index Scan';
  return [...(isScan ? [node] : []), ...(node.Plans ?? []).flatMap(scansOfMessages)];
}

/** Of the messages' table, over all loops. */
function rowsRead(plan: Node): number {
  return scansOfMessages(plan).reduce((sum, scan) => sum + scan['Actual Rows'] * scan['Actual Loops'], 0);
}

/** A look-up of single rows by their id, or of a conversation's latest message for its number of messages. */
function isByKey(scan: Node): boolean {
  return scan['Index Name'] === 'communication_threads_pk' || scan['Index Name'] === 'ct_one_latest';
}

function onlyBy(indexes: readonly string[]): (scans: Node[]) => boolean {
  return (scans) => scans.every((scan) => indexes.includes(scan['Index Name'] ?? scan['Node Type']));
}

function url(path: string): string {
  return `/api/companies/${companyId}${path.replace(':thread', threadId)}`;
}

async function statementsOf(run: () => Promise<unknown>): Promise<string[]> {
  return (await recorded(run)).map(({ text }) => text);
}

/** What goes over the wire meanwhile. */
async function recorded(run: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  await openConnections(t.db);
  const clients = clientsOf(t.db) as unknown as { query: (...statement: unknown[]) => unknown }[];
  const originals = clients.map((client) => client.query);
  for (const client of clients) {
    const query = client.query;
    client.query = (...given) => {
      statements.push(given[0] as Statement);
      return query.apply(client, given);
    };
  }
  await run();
  clients.forEach((client, nth) => {
    const original = originals[nth];
    if (original) client.query = original;
  });
  return statements;
}
