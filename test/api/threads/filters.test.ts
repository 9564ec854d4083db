import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewMessage } from '../../../src/conversations/append.ts';
import { cellNumber } from '../../../src/db/count-cell.ts';
import {
  COMMUNICATION_TYPES,
  type CommunicationType,
  DIRECTIONS,
  SOURCES,
  type Source,
} from '../../../src/domain/vocabulary.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  createUser,
} from '../../support/factories.ts';

/**
 * Every filter, alone and with others, on both views and the emails list, against a plain model of the contract: the
 * view makes the rows first, then the filters choose among them. The SQL takes many ways to the rows; the answer is one.
 */

type Stored = NewMessage & { invoiceIds: string[] };
type Query = Record<string, string>;

const random = seeded(7);
let t: TestApp;
let base: string;
let headers: Record<string, string>;
let messages: Stored[];
let customers: string[];
let contacts: string[];
let invoices: string[];
let users: string[];

beforeAll(async () => {
  t = await startTestApp();
  const { companyId, token } = await createTenant(t.db, { timezone: 'America/New_York' });
  base = `/api/companies/${companyId}/communications`;
  headers = { authorization: `Token ${token}` };
  customers = await Promise.all(
    ['Acme Corp', 'Brandt AG', 'Kestrel Ltd'].map((n) => createCustomer(t.db, companyId, n)),
  );
  contacts = await Promise.all(customers.map((id) => createContact(t.db, companyId, id)));
  invoices = await Promise.all(customers.map((id) => createInvoice(t.db, companyId, id)));
  users = [await createUser(t.db), await createUser(t.db)];
  messages = [];
  for (let nth = 0; nth < 260; nth += 1) messages.push(await storeMessage(companyId));
}, 60_000);
afterAll(() => t.close());

async function storeMessage(companyId: string): Promise<Stored> {
  const joined = messages.length > 0 && random() < 0.6 ? pick(messages) : undefined;
  const whose = random() < 0.2 ? undefined : Math.floor(random() * 3);
  const source: Source = pick(SOURCES);
  const invoiceIds = whose !== undefined && random() < 0.3 ? [invoices[whose] ?? ''] : [];
  const message = await createMessage(t.db, t.ring, companyId, {
    ...(joined ? { threadGroupId: joined.threadGroupId } : {}),
    timestamp: new Date(Date.UTC(2026, 0, 1) + Math.floor(random() * 40) * 3_600_000).toISOString(),
    communicationType: pick(COMMUNICATION_TYPES.filter((type) => type !== 'letter')),
    source,
    direction: pick(DIRECTIONS),
    requiresResponse: random() < 0.3,
    isResolved: random() < 0.5,
    isArRelated: pick([true, false, null]),
    customerId: whose === undefined ? null : (customers[whose] ?? null),
    contactId: whose === undefined || random() < 0.5 ? null : (contacts[whose] ?? null),
    loggedById: source === 'manual' ? pick(users) : null,
    strategyTags: random() < 0.3 ? [pick(['escalation', 'dispute']), 'seen'] : [],
    subject: `Re ${pick(['remittance', 'reminder', 'dispute'])} INV-${Math.floor(random() * 4)}`,
    invoiceIds,
  });
  return { ...message, invoiceIds };
}

describe('GET /companies/{company_id}/communications/threads and /emails', () => {
  it('number a message’s cell as PostgreSQL does', async () => {
    const rows = await t.db.query<{ id: string; cell: number; is_latest: boolean }>({
      text: 'SELECT id, cell, is_latest FROM communication_threads',
    });
    for (const row of rows) {
      const message = messages.find(({ id }) => id === row.id);
      if (!message) throw new Error('a message that nobody stored');
      const isArRelated = message.isArRelated ?? false;
      expect(row.cell).toBe(cellNumber({ ...message, isArRelated, isLatest: row.is_latest }));
    }
  });

  it.each(cases())('answer %s %o', async (list, query) => {
    const expected = expectedIds(list, query);
    expect(await walkedIds(list, { ...query, page_size: '7' })).toEqual(expected);
    const half = Math.floor(expected.length / 2);
    const behind = await get(list, { ...query, limit: '9', offset: String(half) });
    expect(behind.data.map(({ id }) => id)).toEqual(expected.slice(half, half + 9));
    expect(behind.count).toBe(expected.length);
  });
});

function cases(): ['threads' | 'emails', Query][] {
  const one: Query[] = [
    {},
    { direction: 'inbound' },
    { requires_response: 'true' },
    { is_resolved: 'false' },
    { is_ar_related: 'false' },
    { date_from: '2026-01-01', date_to: '2026-01-01' },
    { strategy_tags: 'escalation' },
    { strategy_tags: 'dispute,escalation', ordering: 'timestamp', is_resolved: 'true' },
    { logged_by_id: '0' },
    { logged_by_id: '1', customer_id: '1' },
    { ordering: 'timestamp' },
    { ordering: '-timestamp', direction: 'outbound' },
    { ordering: 'timestamp', direction: 'inbound', customer_id: '0' },
    { ordering: 'timestamp', search: 'remit' },
    { search: 'remit' },
    { search: 'INV-2 dispute' },
    { customer_id: '0' },
    { contact_id: '1' },
    { invoice_id: '2' },
    { customer_id: '1', search: 'inv' },
    { customer_id: '2', invoice_id: '2' },
    { customer_id: '0', contact_id: '0', is_resolved: 'true' },
    { invoice_id: '1', direction: 'outbound', date_to: '2026-01-01' },
    { requires_response: 'true', is_resolved: 'false', is_ar_related: 'true', direction: 'inbound' },
    { search: 'inv', date_from: '2026-01-02', is_resolved: 'true' },
  ];
  const threads: Query[] = [
    { communication_type: 'letter' },
    { communication_type: 'manual' },
    { communication_type: 'email,call', source: 'import' },
    { source: 'vonage', customer_id: '1' },
  ];
  return [
    ...one.map((query): ['emails', Query] => ['emails', query]),
    ...[...one, ...threads].flatMap((query): ['threads', Query][] => [
      ['threads', query],
      ['threads', { ...query, view: 'message' }],
    ]),
  ];
}

/** The ids as the contract has them, in the order that the query names. */
function expectedIds(list: 'threads' | 'emails', query: Query): string[] {
  const rows = query.view === 'message' ? messages : latestOfEachGroup();
  const isEmail = (m: Stored) => m.communicationType === 'email' && m.source !== 'manual';
  return rows
    .filter((message) => list === 'threads' || isEmail(message))
    .filter((message) => matches(message, withIds(query)))
    .sort((one, other) => (query.ordering === 'timestamp' ? newestFirst(other, one) : newestFirst(one, other)))
    .map(({ id }) => id);
}

function matches(message: Stored, query: Query): boolean {
  const group =
    query.view === 'message' ? [message] : messages.filter((m) => m.threadGroupId === message.threadGroupId);
  const types = query.communication_type?.split(',') as CommunicationType[] | undefined;
  const day = new Date(Date.parse(message.timestamp) - 5 * 3_600_000).toISOString().slice(0, 10);
  const words = `${message.subject} ${message.preview ?? ''}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const flag = (wanted: string | undefined, value: boolean) => wanted === undefined || value === (wanted === 'true');
  return (
    (!types ||
      types.includes(message.communicationType) ||
      (types.includes('manual') && message.source === 'manual')) &&
    (!query.source || message.source === query.source) &&
    (!query.direction || message.direction === query.direction) &&
    flag(query.requires_response, message.requiresResponse) &&
    flag(query.is_resolved, message.isResolved) &&
    flag(query.is_ar_related, message.isArRelated === true) &&
    (!query.date_from || day >= query.date_from) &&
    (!query.date_to || day <= query.date_to) &&
    (!query.strategy_tags || query.strategy_tags.split(',').some((tag) => message.strategyTags.includes(tag))) &&
    (!query.logged_by_id || message.loggedById === query.logged_by_id) &&
    (!query.contact_id || message.contactId === query.contact_id) &&
    (!query.customer_id || group.some((m) => m.customerId === query.customer_id)) &&
    (!query.invoice_id || group.some((m) => m.invoiceIds.includes(query.invoice_id ?? ''))) &&
    (query.search ?? '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .every((word) => words.some((candidate) => candidate.startsWith(word)))
  );
}

function latestOfEachGroup(): Stored[] {
  const groups = new Map<string, Stored>();
  for (const message of [...messages].sort(newestFirst))
    if (!groups.has(message.threadGroupId)) groups.set(message.threadGroupId, message);
  return [...groups.values()];
}

function newestFirst(one: Stored, other: Stored): number {
  return (other.timestamp + other.id).localeCompare(one.timestamp + one.id);
}

/** The query's customers, contacts and invoices by their numbers. */
function withIds(query: Query): Query {
  const ids: Query = {};
  if (query.customer_id) ids.customer_id = customers[Number(query.customer_id)] ?? '';
  if (query.contact_id) ids.contact_id = contacts[Number(query.contact_id)] ?? '';
  if (query.logged_by_id) ids.logged_by_id = users[Number(query.logged_by_id)] ?? '';
  if (query.invoice_id) ids.invoice_id = invoices[Number(query.invoice_id)] ?? '';
  return { ...query, ...ids };
}

/** All ids of a list, page by page through its cursors. */
async function walkedIds(list: string, query: Query): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await get(list, { ...query, ...(cursor ? { cursor } : {}) });
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return ids;
}

async function get(
  list: string,
  query: Query,
): Promise<{ count?: number; next_cursor: string | null; data: { id: string }[] }> {
  const response = await t.app.inject({ url: `${base}/${list}`, query: withIds(query), headers });
  expect(response.statusCode).toBe(200);
  return response.json();
}

function pick<T>(values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T;
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
