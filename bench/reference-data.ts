/**
 * Reference data: how fast batches write it while a collector logs, batches against an import of the same rows, and what
 * each list costs in the database, by every order and every filter. On an embedded database of its own.
 *
 *     tsx bench/reference-data.ts [--rows 50000] [--messages 400000] [--only batches,import,worklist,lists]
 *       > bench/results/reference-data.md
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Collection, CollectionName } from '../src/api/reference-data/collection.ts';
import { COLLECTIONS } from '../src/api/reference-data/definitions.ts';
import { listRows } from '../src/api/reference-data/list.ts';
import type { ListQuery } from '../src/api/reference-data/selection.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../src/crypto/key-ring.ts';
import { connect, type Db } from '../src/db/client.ts';
import { startEmbedded } from '../src/db/embedded/index.ts';
import { migrate } from '../src/db/migrate.ts';
import { newId } from '../src/domain/ids.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';
import { bestOfThree, blocksOf, executionMs, indexesOf, isCount, scannedTablesOf } from './explained.ts';
import { startServer } from './processes.ts';
import { heading, number, table } from './report.ts';
import { createBenchToken } from './subjects.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '50000' },
    messages: { type: 'string', default: '400000' },
    only: { type: 'string', default: '' },
  },
});
const ROWS = Number(options.rows);
const MESSAGES = Number(options.messages);
const BATCH = 500;
const CUSTOMERS = 10_000;

const folder = await temporaryFolder('communications-bench-');
const dataDir = join(folder, 'data');
const environment = { DATA_DIR: dataDir, LOG_LEVEL: 'info', DATABASE_URL: '' };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ring = new KeyRing(parseEncryptionKeys(generateEncryptionKey(1)), 1);

const LIST_COLUMNS = ['List', 'Page (ms)', 'its summaries (ms)', 'Count (ms)', 'Blocks', 'Indexes', 'Fault'];

/** A value of each filter that some rows have. */
const VALUES: Record<string, unknown> = {
  external_id: ['D-7', 'P-7', 'R-7', 'A-7', 'S-7'],
  search: 'person 12 INV-1001',
  has_open: true,
  email: 'Person-77@buyer.example',
  phone: '+12000000077',
  number: 'INV-100077',
  due_from: '2026-11-01',
  due_to: '2026-01-03',
  due_before: '2024-01-02T00:00:00Z',
};

/** Of a few rows, of all, and of a part of them at the beginning of the list, within it and at its end. */
const SEARCHES: Partial<Record<CollectionName, string[]>> = {
  customers: ['müller', 'chen', 'becker', 'd', 'müller 12', 'müller d'],
  contacts: ['person 77', 'person', '9'],
  invoices: ['INV 100077', 'INV', '14', 'INV 14'],
};

/** What else than lists uses an index. */
const OTHER_USES: Record<string, string> = {
  contacts_by_email: 'mail that arrives',
  customers_name_words: 'search of messages',
  invoices_number_words: 'search of messages',
  customers_without_words: 'making of search words',
  invoices_without_words: 'making of search words',
};

let watermark: string | undefined;

type Made = Record<string, unknown> & { external_id: string };

const made: Record<'customers' | 'contacts' | 'invoices', (nth: number, customers: number) => Made> = {
  customers: (nth) => ({ external_id: `D-${nth}`, name: `Customer ${nth} Logistics` }),
  contacts: (nth, customers) => ({
    external_id: `P-${nth}`,
    customer_external_id: `D-${nth % customers}`,
    name: `Person ${nth}`,
    email: `person-${nth}@buyer-${nth % customers}.example`,
  }),
  invoices: (nth, customers) => ({
    external_id: `R-${nth}`,
    customer_external_id: `D-${nth % customers}`,
    number: `INV-${100_000 + nth}`,
    amount: `${nth % 9_000}.50`,
    currency: 'EUR',
    due_date: `2026-${String(1 + (nth % 12)).padStart(2, '0')}-15`,
    status: 'open',
  }),
};

const SECTIONS = { batches: batchesSection, import: importSection, worklist: worklistSection, lists: listsSection };

try {
  const embedded = await startEmbedded({ dataDir, log });
  await migrate({ ownerUrl: embedded.ownerUrl, serverRole: new URL(embedded.serverUrl).username });
  const url = new URL(embedded.superuserUrl);
  url.pathname = new URL(embedded.ownerUrl).pathname;
  const db = connect({ url: url.href, poolSize: 4, onError: () => undefined, purpose: 'batch' });
  const size = { messages: MESSAGES, conversations: MESSAGES / 4 };
  const parts: string[] = [];
  for (const [name, measure] of Object.entries(SECTIONS))
    if (options.only === '' || options.only.split(',').includes(name)) parts.push(await measure(db));
  process.stdout.write(`${await heading(db, 'Reference data', size)}${parts.join('\n')}`);
  await db.close();
  await embedded.stop();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function batchesSection(db: Db): Promise<string> {
  const rows = await withServer((address) => measureBatches(db, address));
  const title = `## Batches of ${BATCH} rows over one connection, while another client logs a call every 50 ms`;
  return `${title}\n\n${table(['What', 'rows a second', 'Answers to log-manual', 'slowest (ms)'], rows)}`;
}

async function importSection(db: Db): Promise<string> {
  const row = await withServer((address) => measureAgainstImport(db, address));
  return `## The same rows by batches and by \`comms import\`\n\n${table(['Rows', 'batches (s)', 'import (s)', 'ratio'], [row])}`;
}

async function worklistSection(db: Db): Promise<string> {
  const rows = await measureWorklist(db, await fill(db, { customers: CUSTOMERS, others: 0, messages: MESSAGES }));
  const title = `## The worklist: ${number(CUSTOMERS)} customers, ${number(MESSAGES)} messages`;
  return `${title}\n\n${table(LIST_COLUMNS, rows)}`;
}

async function listsSection(db: Db): Promise<string> {
  const rows = await measureLists(db, await fill(db, { customers: ROWS, others: ROWS, messages: ROWS }));
  const unused = (await findUnusedIndexes(db)).join(', ') || 'none';
  const title = `## Lists of ${number(ROWS)} rows, with ${number(ROWS)} messages`;
  return `${title}\n\n${table(LIST_COLUMNS, rows)}\nIndexes of these tables that no list used: ${unused}.\n`;
}

async function withServer<T>(use: (address: string) => Promise<T>): Promise<T> {
  const server = await startServer(environment);
  try {
    return await use(server.address);
  } finally {
    await server.stop();
  }
}

type Tenant = { companyId: string; headers: Record<string, string>; username: string };

async function createTenant(db: Db): Promise<Tenant> {
  const [companyId, userId] = [newId(), newId()];
  const username = `bench-${userId}`;
  await db.query({ text: `INSERT INTO companies (id, name) VALUES ($1, 'Bench')`, values: [companyId] });
  await db.query({
    text: `INSERT INTO users (id, username, email, name) VALUES ($1, $2, 'bench@bench.example', 'Bench')`,
    values: [userId, username],
  });
  await db.query({
    text: `INSERT INTO memberships (company_id, user_id, role) VALUES ($1, $2, 'member')`,
    values: [companyId, userId],
  });
  const token = await createBenchToken(db, userId);
  return { companyId, headers: { authorization: `Token ${token}`, 'content-type': 'application/json' }, username };
}

function rowsOf(collection: keyof typeof made, count: number, customers: number): Made[] {
  return Array.from({ length: count }, (_, nth) => made[collection](nth, customers));
}

async function sendBatches(
  address: string,
  { companyId, headers }: Tenant,
  collection: string,
  rows: Made[],
): Promise<number> {
  const began = performance.now();
  for (let first = 0; first < rows.length; first += BATCH) {
    const body = JSON.stringify({ data: rows.slice(first, first + BATCH) });
    const response = await fetch(`${address}/api/companies/${companyId}/${collection}/batch`, {
      method: 'POST',
      headers,
      body,
    });
    const answer = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${answer}`);
  }
  return (performance.now() - began) / 1_000;
}

async function measureBatches(db: Db, address: string): Promise<string[][]> {
  const tenant = await createTenant(db);
  const first = { external_id: 'D-logged', name: 'Logged' };
  await sendBatches(address, tenant, 'customers', [first]);
  const url = `${address}/api/companies/${tenant.companyId}`;
  const found = await fetch(`${url}/customers?external_id=D-logged`, tenant);
  const { data } = (await found.json()) as { data: { id: string }[] };
  // Whichever runs first would otherwise pay for code that has yet to be compiled.
  for (const collection of ['customers', 'contacts', 'invoices'] as const)
    await sendBatches(address, await createWarm(db, address), collection, rowsOf(collection, 2_000, 500));
  const rows: string[][] = [];
  for (const collection of ['customers', 'contacts', 'invoices'] as const) {
    const sent = rowsOf(collection, 20 * BATCH, 20 * BATCH);
    for (const what of ['new', 'unchanged']) {
      const logging = keepLogging(`${url}/communications/log-manual`, tenant.headers, String(data[0]?.id));
      const seconds = await sendBatches(address, tenant, collection, sent);
      const { statuses, slowestMs } = await logging.stop();
      const answers = [...statuses].map(([status, times]) => `${number(times)} × ${status}`).join(', ');
      rows.push([`${collection}, ${what}`, number(sent.length / seconds), answers, slowestMs.toFixed(0)]);
    }
  }
  return rows;
}

async function createWarm(db: Db, address: string): Promise<Tenant> {
  const tenant = await createTenant(db);
  await sendBatches(address, tenant, 'customers', rowsOf('customers', 500, 500));
  return tenant;
}

function keepLogging(url: string, headers: Record<string, string>, customerId: string) {
  const statuses = new Map<number, number>();
  let slowestMs = 0;
  let isOver = false;
  const body = JSON.stringify({
    communication_type: 'call',
    notes: 'Spoke with the AP manager.',
    customer_id: customerId,
  });
  const logging = (async () => {
    while (!isOver) {
      const began = performance.now();
      const response = await fetch(url, { method: 'POST', headers, body });
      await response.arrayBuffer();
      slowestMs = Math.max(slowestMs, performance.now() - began);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await logging;
      return { statuses, slowestMs };
    },
  };
}

/** 1 customer, 2 contacts and 10 invoices in every 13 rows: 65,000 of 50,000 invoices. */
async function measureAgainstImport(db: Db, address: string): Promise<string[]> {
  const counts = { customers: ROWS / 10, contacts: ROWS / 5, invoices: ROWS };
  const tenant = await createTenant(db);
  let seconds = 0;
  for (const [collection, count] of Object.entries(counts) as [keyof typeof made, number][])
    seconds += await sendBatches(address, tenant, collection, rowsOf(collection, count, counts.customers));

  const { companyId } = await createTenant(db);
  const customerIds = Array.from({ length: counts.customers }, newId);
  const types = { customers: 'customer', contacts: 'contact', invoices: 'invoice' };
  const lines = (Object.entries(counts) as [keyof typeof made, number][]).flatMap(([collection, count]) =>
    rowsOf(collection, count, counts.customers).map(({ customer_external_id: _, ...row }, nth) => ({
      type: types[collection],
      id: collection === 'customers' ? customerIds[nth] : newId(),
      company_id: companyId,
      ...(collection === 'customers' ? {} : { customer_id: customerIds[nth % counts.customers] }),
      ...row,
    })),
  );
  const file = join(folder, 'rows.ndjson');
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'import', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment, LOG_LEVEL: 'warn' },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The import ended with ${code}.`);
  const imported = (performance.now() - began) / 1_000;
  return [number(lines.length), seconds.toFixed(1), imported.toFixed(1), (seconds / imported).toFixed(2)];
}

type Filling = { customers: number; others: number; messages: number };

/** A company with customers, messages in conversations of four, and rows of each other collection. */
async function fill(db: Db, { customers, others, messages }: Filling): Promise<string> {
  const { companyId } = await createTenant(db);
  const insert = (text: string) => db.query({ text, values: [companyId] });
  const day = (n: string) => `timestamptz '2024-01-01' + ${n} * interval '2 minutes'`;
  await insert(`
    INSERT INTO customers (company_id, id, external_id, name)
    SELECT $1, md5('c' || n)::uuid, 'D-' || n, (ARRAY['Becker','Chen','Dubois','Müller'])[1 + n % 4] || ' ' || n
    FROM generate_series(0, ${customers - 1}) n`);
  const customer = `md5('c' || n % ${customers})::uuid`;
  await insert(`
    INSERT INTO contacts (company_id, id, external_id, customer_id, name, email, phone)
    SELECT $1, md5('p' || n)::uuid, 'P-' || n, ${customer}, 'Person ' || n, 'person-' || n || '@buyer.example', '+1' || 2000000000 + n
    FROM generate_series(0, ${others - 1}) n`);
  await insert(`
    INSERT INTO invoices (company_id, id, external_id, customer_id, number, amount, currency, due_date, status)
    SELECT $1, md5('i' || n)::uuid, 'R-' || n, ${customer}, 'INV-' || 100000 + n, n % 9000, 'EUR',
           CASE WHEN n % 10 > 0 THEN date '2026-01-01' + n % 365 END,
           CASE n % 20 WHEN 0 THEN 'void' WHEN 1 THEN NULL WHEN 2 THEN 'open' ELSE 'paid' END
    FROM generate_series(0, ${others - 1}) n`);
  await insert(`
    INSERT INTO scheduled_actions (company_id, id, external_id, customer_id, invoice_id, action_type, status, due_at)
    SELECT $1, md5('a' || n)::uuid, 'A-' || n, ${customer}, md5('i' || n)::uuid, 'call',
           (ARRAY['completed','cancelled','scheduled','proposed'])[CASE WHEN n % 20 < 17 THEN 1 ELSE n % 20 - 15 END],
           CASE WHEN n % 10 > 0 THEN ${day('n')} END
    FROM generate_series(0, ${others - 1}) n`);
  await insert(`
    INSERT INTO scheduled_touchpoints (company_id, id, external_id, customer_id, step_type, status, scheduled_for)
    SELECT $1, md5('s' || n)::uuid, 'S-' || n, ${customer}, 'call',
           (ARRAY['completed','cancelled','pending','ready'])[CASE WHEN n % 20 < 17 THEN 1 ELSE n % 20 - 15 END],
           CASE WHEN n % 10 > 0 THEN ${day('n')} END
    FROM generate_series(0, ${others - 1}) n`);
  // Every fifth conversation is open and every tenth waits; every hundredth has changed hands.
  const group = `(n / 4)`;
  await insert(`
    INSERT INTO communication_threads (company_id, id, thread_group_id, "timestamp", communication_type, source, direction,
      is_resolved, requires_response, is_latest, message_count, customer_id, subject, body)
    SELECT $1, md5('m' || n)::uuid, md5('g' || ${group})::uuid, timestamptz '2024-01-01' + n * interval '2 minutes', 'email',
           'nylas', CASE WHEN n % 2 = 0 THEN 'inbound' ELSE 'outbound' END, ${group} % 5 > 0, ${group} % 10 = 0, n % 4 = 3,
           CASE WHEN n % 4 = 3 THEN 4 END,
           md5('c' || (${group} + CASE WHEN ${group} % 100 = 0 AND n % 4 = 0 THEN 1 ELSE 0 END) % ${customers})::uuid,
           'Reminder ' || n, repeat('We will pay on Friday. ', 20)
    FROM generate_series(0, ${messages - 1}) n`);
  await db.query({ text: 'ANALYZE communication_threads' });
  await insert(`
    INSERT INTO former_customers (company_id, customer_id, thread_group_id)
    SELECT DISTINCT $1::uuid, m.customer_id, m.thread_group_id
    FROM communication_threads m
    JOIN communication_threads l ON l.company_id = $1 AND l.thread_group_id = m.thread_group_id AND l.is_latest
    WHERE m.company_id = $1 AND m.customer_id <> l.customer_id`);
  if (others > 0)
    await insert(`
    INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position)
    SELECT $1, md5('m' || n * 4 + 3)::uuid, md5('i' || n % ${others})::uuid, 0 FROM generate_series(0, ${messages / 4 - 1}) n`);
  // Every customer and invoice has lost a message before.
  await insert(`
    INSERT INTO message_departures (company_id, subject_id)
    SELECT company_id, id FROM customers WHERE company_id = $1
    UNION ALL
    SELECT company_id, id FROM invoices WHERE company_id = $1`);
  await insert(`
    INSERT INTO thread_counts (company_id, cell, messages)
    SELECT company_id, cell, count(*) FROM communication_threads WHERE company_id = $1 GROUP BY company_id, cell`);
  // What changed since a watermark is a part of it all.
  await db.query({ text: 'VACUUM ANALYZE' });
  return companyId;
}

async function measureWorklist(db: Db, companyId: string): Promise<string[][]> {
  const worklist = { ordering: '-waiting_since' };
  const cursor = await cursorAt(db, companyId, COLLECTIONS.customers, worklist, 200);
  const queries: [string, ListQuery][] = [
    ['page 1', worklist],
    ['page 1, has_open', { ...worklist, has_open: true }],
    ['by cursor', { ...worklist, ...(cursor === undefined ? {} : { cursor }) }],
  ];
  const rows: string[][] = [];
  for (const [what, query] of queries)
    rows.push(await measureList(db, companyId, COLLECTIONS.customers, `-waiting_since, ${what}`, query, 20));
  return rows;
}

async function filtersOf(db: Db, companyId: string, collection: Collection): Promise<[string, object][]> {
  const idOf = async (text: string) => (await db.query<{ id: string }>({ text }))[0]?.id;
  const values: Record<string, unknown> = {
    ...VALUES,
    customer_id: await idOf(`SELECT md5('c7')::uuid AS id`),
    invoice_id: await idOf(`SELECT md5('i7')::uuid AS id`),
  };
  const names = ['external_id', ...Object.keys(collection.filters)].filter((name) => name !== 'status');
  const statuses: [string, object][] = {
    customers: [],
    contacts: [],
    invoices: [['status', { status: 'open' }]] as [string, object][],
    actions: [
      ['status', { status: ['scheduled'] }],
      ['two statuses', { status: ['scheduled', 'proposed'] }],
    ] as [string, object][],
    touchpoints: [
      ['status', { status: ['pending'] }],
      ['two statuses', { status: ['pending', 'ready'] }],
    ] as [string, object][],
  }[collection.name];
  const due: [string, object][] =
    'due_before' in collection.filters
      ? [
          ['two statuses, due_before', { ...statuses[1]?.[1], due_before: values.due_before }],
          ['customer_id, status', { ...statuses[0]?.[1], customer_id: values.customer_id }],
        ]
      : [];
  const searches = SEARCHES[collection.name] ?? [];
  return [
    ['no filter', {}],
    ...names.map((name): [string, object] => [name, { [name]: values[name] }]),
    ...statuses,
    ...due,
    ...searches.map((search): [string, object] => [`search “${search}”`, { search }]),
    ...(collection.name === 'customers'
      ? ([
          ['has_open', { has_open: true }],
          ['search “müller”, has_open', { search: 'müller', has_open: true }],
        ] as [string, object][])
      : []),
    ['updated_after', { updated_after: await watermarkBeforeChanges(db, companyId) }],
  ];
}

/** Since then a thousand messages and some rows of every collection have changed. */
async function watermarkBeforeChanges(db: Db, companyId: string): Promise<string> {
  if (watermark !== undefined) return watermark;
  const all = { updated_after: new Date().toISOString() };
  watermark = String((await listRows(COLLECTIONS.customers, ring, db, companyId, all)).watermark);
  for (const { table, orders } of Object.values(COLLECTIONS)) {
    const text = `UPDATE ${table} t SET updated_at = now() WHERE company_id = $1
                  AND id IN (SELECT id FROM ${table} t WHERE company_id = $1 ORDER BY ${Object.values(orders)[0]?.key} LIMIT 100)`;
    await db.query({ text, values: [companyId] });
  }
  const text = `UPDATE communication_threads SET updated_at = now() WHERE company_id = $1
                AND id IN (SELECT md5('m' || n * 97)::uuid FROM generate_series(1, 1000) n)`;
  await db.query({ text, values: [companyId] });
  return watermark;
}

async function measureLists(db: Db, companyId: string): Promise<string[][]> {
  await db.query({ text: 'SELECT pg_stat_reset()' });
  const rows: string[][] = [];
  for (const collection of Object.values(COLLECTIONS)) {
    for (const ordering of Object.keys(collection.orders)) {
      for (const [what, filter] of await filtersOf(db, companyId, collection)) {
        const query = { ...filter, ordering };
        const name = `${collection.name}, ${what}, by ${ordering}`;
        rows.push(await measureList(db, companyId, collection, name, query, 5));
        const cursor = await cursorAt(db, companyId, collection, query, 1_000);
        if (cursor) rows.push(await measureList(db, companyId, collection, `${name}, cursor`, { ...query, cursor }, 5));
      }
    }
  }
  return rows;
}

/** Behind so many rows, or as far as the list goes. */
async function cursorAt(db: Db, companyId: string, collection: Collection, query: ListQuery, offset: number) {
  for (const at of [offset, 40, 0]) {
    const page = await listRows(collection, ring, db, companyId, { ...query, limit: 20, offset: at });
    if (page.next_cursor) return page.next_cursor;
  }
  return undefined;
}

async function measureList(
  db: Db,
  companyId: string,
  collection: Collection,
  name: string,
  query: ListQuery,
  goalMs: number,
): Promise<string[]> {
  const explained = await bestOfThree(db, (connection) => listRows(collection, ring, connection, companyId, query));
  const summaries = explained.filter(({ text }) => text.includes('AS communications'));
  const counts = explained.filter(isCount);
  const pages = explained.filter((one) => !summaries.includes(one) && !counts.includes(one));
  const scanned = scannedTablesOf(explained);
  const isSlow = executionMs(explained) > goalMs;
  const faults = [...(isSlow ? [`over ${goalMs} ms`] : []), ...scanned.map((scan) => `reads all of ${scan}`)];
  const shown = [pages, summaries, counts].map((part) => (part.length === 0 ? '' : executionMs(part).toFixed(2)));
  return [name, ...shown, String(blocksOf(explained)), indexesOf(explained).join(', '), faults.join(', ')];
}

async function findUnusedIndexes(db: Db): Promise<string[]> {
  await db.query({ text: 'SELECT pg_stat_force_next_flush()' });
  const unused = await db.query<{ name: string }>({
    text: `SELECT indexrelname AS name FROM pg_stat_user_indexes
           WHERE relname = ANY($1) AND idx_scan = 0 AND indexrelname NOT LIKE '%\\_pk'
           ORDER BY relname, indexrelname`,
    values: [Object.values(COLLECTIONS).map((collection) => collection.table)],
  });
  return unused.map(({ name }) => (OTHER_USES[name] ? `${name} (${OTHER_USES[name]})` : name));
}
