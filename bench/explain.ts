/**
 * Shows what PostgreSQL does for each list, filter and detail in the biggest company, on the very statements of the
 * server: time in the database, rows of indexes and tables touched, and the indexes used.
 *
 *     DATABASE_URL=postgres://… tsx bench/explain.ts [--plans] > bench/results/explain.md
 */
import { parseArgs } from 'node:util';
import { listThreadNotes } from '../src/api/thread-notes/service.ts';
import type { Rows, ThreadFilter } from '../src/api/threads/list/filters.ts';
import { listMessages } from '../src/api/threads/list/list-messages.ts';
import { listConversation } from '../src/api/threads/service.ts';
import { DecryptionError } from '../src/crypto/field-encryption.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../src/crypto/key-ring.ts';
import { type Connection, connect } from '../src/db/client.ts';
import type { Statement } from '../src/db/statement.ts';
import type { PagingInput } from '../src/http/lists/pagination.ts';
import { heading, table } from './report.ts';
import { biggestCompany, type Subject } from './subjects.ts';

const { values: options } = parseArgs({ options: { plans: { type: 'boolean', default: false } } });

/** Of the words that `generate.ts` puts into mails by their shares. */
const SEARCHES = [
  ['in nearly every message', 'inv'],
  ['in 30 % of the mails', 'thirtieth'],
  ['in 6 %', 'sixth'],
  ['in 0.2 %', 'rarely'],
  ['in about 5 messages', 'ref4711'],
  ['two words, 30 % and 6 %', 'thirtieth sixth'],
  ['two words, 6 % and 0.2 %', 'sixth rarely'],
  ['an address', 'office@stranger4711.example'],
  ['an invoice number', 'INV-12345'],
  ['a customer', 'Becker Logistics'],
  ['nothing', 'zzzqqq'],
  ['a prefix of two letters', 'th'],
  ['one letter', 'c'],
] as const;

type Plan = { Plan: Node; 'Planning Time': number; 'Execution Time': number };
type Node = {
  'Node Type': string;
  'Index Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Node[];
};
type Explained = { text: string; plan: Plan };

const db = connect({ url: process.env.DATABASE_URL ?? '', poolSize: 1, onError: () => undefined, purpose: 'batch' });
const ring = new KeyRing(parseEncryptionKeys(generateEncryptionKey(1)), 1);
const subject = await biggestCompany(db);
const rows: string[][] = [];
for (const [name, run] of cases(subject)) rows.push(await measure(name, run));
process.stdout.write(
  `${await heading(db, 'What each list costs in the database', subject)}${table(
    ['List', 'Page, with its count (ms)', 'Count alone (ms)', 'Planning (ms)', 'Blocks', 'Indexes'],
    rows,
  )}`,
);
await db.close();

function cases({ companyId, customerId, bigCustomerId, contactId, invoiceId, threadId, day }: Subject) {
  const list = (of: Rows, query: ThreadFilter & PagingInput) => (connection: Connection) =>
    listMessages(ring, connection, companyId, of, query);
  const filters: [string, ThreadFilter][] = [
    ['no filter', {}],
    ['communication_type=email', { communication_type: ['email'] }],
    ['communication_type=manual', { communication_type: ['manual'] }],
    ['communication_type=sms (rare)', { communication_type: ['sms'] }],
    ['communication_type=other (none)', { communication_type: ['other'] }],
    ['source=vonage', { source: 'vonage' }],
    ['direction=inbound', { direction: 'inbound' }],
    ['requires_response=true', { requires_response: true }],
    ['is_resolved=false', { is_resolved: false }],
    ['is_ar_related=true', { is_ar_related: true }],
    ['is_ar_related=false', { is_ar_related: false }],
    [
      'direction, requires_response, is_resolved',
      { direction: 'inbound', requires_response: true, is_resolved: false },
    ],
    ['date_from, date_to (a month)', { date_from: day(-60), date_to: day(-30) }],
    ['date_from (90 days)', { date_from: day(-90) }],
    ['date_to (an old day)', { date_to: day(-900) }],
    ['date_from (all of it)', { date_from: '1990-01-01' }],
    ['customer_id', { customer_id: customerId }],
    ['customer_id (the biggest)', { customer_id: bigCustomerId }],
    ['customer_id, is_resolved', { customer_id: customerId, is_resolved: false }],
    ['contact_id', { contact_id: contactId }],
    ['invoice_id', { invoice_id: invoiceId }],
    ...SEARCHES.map(([what, search]): [string, ThreadFilter] => [`search: ${what}`, { search }]),
    ...['thirtieth', 'sixth', 'rarely'].flatMap((search): [string, ThreadFilter][] => [
      [`search: ${search}, is_resolved`, { search, is_resolved: false }],
      [`search: ${search}, communication_type=email`, { search, communication_type: ['email'] }],
      [`search: ${search}, direction`, { search, direction: 'inbound' }],
      [`search: ${search}, dates`, { search, date_from: day(-400), date_to: day(-300) }],
      [`search: ${search}, customer_id`, { search, customer_id: bigCustomerId }],
      [`search: ${search}, contact_id`, { search, contact_id: contactId }],
      [`search: ${search}, oldest first`, { search, ordering: 'timestamp' }],
    ]),
  ];
  return [
    ...filters.map(([name, filter]) => [`threads, ${name}`, list('thread', filter)] as const),
    ...filters.map(([name, filter]) => [`threads view=message, ${name}`, list('message', filter)] as const),
    ...filters
      .filter(([name]) => !/type|source/.test(name))
      .map(([name, filter]) => [`emails, ${name}`, list('emails', filter)] as const),
    ['detail of a conversation', (connection: Connection) => listConversation(ring, connection, companyId, threadId)],
    ['thread-notes', (connection: Connection) => listThreadNotes(ring, connection, companyId, { page: 1 })],
    [
      'thread-notes, thread_id',
      (connection: Connection) => listThreadNotes(ring, connection, companyId, { page: 1, thread_id: threadId }),
    ],
    [
      'thread-notes, author_id',
      (connection: Connection) => listThreadNotes(ring, connection, companyId, { page: 1, author_id: subject.userId }),
    ],
  ] as const;
}

/** Once to warm the cache, then the best of three. */
async function measure(name: string, run: (connection: Connection) => Promise<unknown>): Promise<string[]> {
  let best: Explained[] | undefined;
  for (let time = 0; time < 4; time += 1) {
    const explained = await explain(run);
    if (time > 0 && (!best || total(explained) < total(best))) best = explained;
  }
  const plans = best ?? [];
  if (options.plans) process.stderr.write(`${name}\n${JSON.stringify(plans, null, 1)}\n`);
  const [counts, pages] = [plans.filter(isCount), plans.filter((plan) => !isCount(plan))];
  const blocks = plans.map(({ plan }) => plan.Plan['Shared Hit Blocks'] + plan.Plan['Shared Read Blocks']);
  const indexes = [...new Set(plans.flatMap(({ plan }) => indexesOf(plan.Plan)))].filter(
    (index) => !index.endsWith('_pk'),
  );
  return [
    name,
    milliseconds(pages),
    milliseconds(counts),
    plans.reduce((sum, { plan }) => sum + plan['Planning Time'], 0).toFixed(1),
    String(blocks.reduce((sum, block) => sum + block, 0)),
    indexes.join(', '),
  ];
}

/** Runs an operation of the server over a connection that explains each statement; its rows are then asked for as well. */
async function explain(run: (connection: Connection) => Promise<unknown>): Promise<Explained[]> {
  const explained: Explained[] = [];
  const connection: Connection = {
    query: async <Row>({ text, values = [], read }: Statement) => {
      if (/^\s*(SELECT|WITH)/.test(text)) {
        const statement = { text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values };
        const [row] = await db.query<{ 'QUERY PLAN': Plan[] }>(statement);
        const plan = row?.['QUERY PLAN'][0];
        if (plan) explained.push({ text, plan });
      }
      return db.query<Row>({ text, values, ...(read && { read }) });
    },
  };
  // Rows of another key than this run's can be measured all the same.
  await run(connection).catch((error: Error) => {
    if (!(error instanceof DecryptionError)) throw error;
  });
  return explained;
}

/** Alone: a list's page brings its count along. */
function isCount({ text }: Explained): boolean {
  return /AS count\s|AS count$/.test(text) && !text.includes('AS rows');
}

function total(explained: Explained[]): number {
  return explained.reduce((sum, { plan }) => sum + plan['Execution Time'], 0);
}

function milliseconds(explained: Explained[]): string {
  return explained.length === 0 ? '' : total(explained).toFixed(2);
}

function indexesOf(node: Node): string[] {
  const own = node['Index Name'] ? [node['Index Name']] : [];
  return [...own, ...(node.Plans ?? []).flatMap(indexesOf)];
}
