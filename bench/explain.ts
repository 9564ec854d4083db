/**
 * Shows what PostgreSQL does for each list, filter and detail in the biggest company, with the server's own statements:
 * time in the database, rows read from indexes and tables, and the indexes used.
 *
 *     DATABASE_URL=postgres://… tsx bench/explain.ts [--only search] [--plans] > bench/results/explain.md
 */
import { parseArgs } from 'node:util';
import { listThreadNotes } from '../src/api/thread-notes/service.ts';
import type { ListView, ThreadFilter } from '../src/api/threads/list/filters.ts';
import { listMessages } from '../src/api/threads/list/list-messages.ts';
import { listConversation } from '../src/api/threads/service.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../src/crypto/key-ring.ts';
import { type Connection, connect } from '../src/db/client.ts';
import type { PagingInput } from '../src/http/lists/pagination.ts';
import { bestOfThree, blocksOf, type Explained, executionMs, indexesOf, isCount, planningMs } from './explained.ts';
import { heading, table } from './report.ts';
import { biggestCompany, type Subject } from './subjects.ts';

const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, plans: { type: 'boolean', default: false } },
});
const only = new RegExp(options.only);

/** Words that `generate.ts` puts into known shares of the mails. */
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

const db = connect({ url: process.env.DATABASE_URL ?? '', poolSize: 1, onError: () => undefined, purpose: 'batch' });
const ring = new KeyRing(parseEncryptionKeys(generateEncryptionKey(1)), 1);
const subject = await biggestCompany(db);
const rows: string[][] = [];
for (const [name, run] of cases(subject)) if (only.test(name)) rows.push(await measure(name, run));
process.stdout.write(
  `${await heading(db, 'What each list costs in the database', subject)}${table(
    ['List', 'Page, with its count (ms)', 'Count alone (ms)', 'Planning (ms)', 'Blocks', 'Indexes'],
    rows,
  )}`,
);
await db.close();

function cases({ companyId, customerId, bigCustomerId, contactId, invoiceId, threadId, day }: Subject) {
  const list = (of: ListView, query: ThreadFilter & PagingInput) => (connection: Connection) =>
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

async function measure(name: string, run: (connection: Connection) => Promise<unknown>): Promise<string[]> {
  const plans = await bestOfThree(db, run);
  if (options.plans) process.stderr.write(`${name}\n${JSON.stringify(plans, null, 1)}\n`);
  return [
    name,
    milliseconds(plans.filter((plan) => !isCount(plan))),
    milliseconds(plans.filter(isCount)),
    planningMs(plans).toFixed(1),
    String(blocksOf(plans)),
    indexesOf(plans).join(', '),
  ];
}

function milliseconds(explained: Explained[]): string {
  return explained.length === 0 ? '' : executionMs(explained).toFixed(2);
}
