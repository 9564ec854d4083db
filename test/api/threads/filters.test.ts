import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewMessage } from '../../../src/conversations/append.ts';
import { cellNumber } from '../../../src/db/count-cell.ts';
import { newId } from '../../../src/domain/ids.ts';
import {
  COMMUNICATION_TYPES,
  type CommunicationType,
  DIRECTIONS,
  LOG_OUTCOMES,
  SOURCES,
  type Source,
} from '../../../src/domain/vocabulary.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  addMember,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  createUser,
  createUserToken,
} from '../../support/factories.ts';
import { callerWith, expectProblem } from '../../support/http.ts';
import { settle } from '../../support/settle.ts';

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
/** Of each conversation: who looks after it, and when to look at it again. */
const followUps = new Map<string, { assigneeId: string | null; followUpAt: string | null }>();

beforeAll(async () => {
  t = await startTestApp();
  const { companyId, userId, token } = await createTenant(t.db, { timezone: 'America/New_York' });
  base = `/api/companies/${companyId}/communications`;
  headers = { authorization: `Token ${token}` };
  customers = await Promise.all(
    ['Acme Corp', 'Brandt AG', 'Kestrel Ltd'].map((n) => createCustomer(t.db, companyId, n)),
  );
  contacts = await Promise.all(customers.map((id) => createContact(t.db, companyId, id)));
  // By no word of a search, or the model would have to know their numbers.
  invoices = await Promise.all(customers.map((id, nth) => createInvoice(t.db, companyId, id, `X-${nth}`)));
  users = [userId, await createUser(t.db)];
  messages = [];
  for (let nth = 0; nth < 260; nth += 1) messages.push(await storeMessage(companyId));
  for (const group of new Set(messages.map(({ threadGroupId }) => threadGroupId))) await follow(companyId, group);
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
    outcome: source === 'manual' && random() < 0.8 ? pick(LOG_OUTCOMES.slice(0, 4)) : null,
    invoiceIds,
  });
  return { ...message, invoiceIds };
}

async function follow(companyId: string, group: string): Promise<void> {
  const assigneeId = pick([null, null, ...users]);
  const followUpAt = pick([null, null, '2026-03-01T07:00:00.000Z', '2999-01-01T07:00:00.000Z']);
  followUps.set(group, { assigneeId, followUpAt });
  await t.db.query({
    text: `UPDATE communication_threads SET assignee_id = $3, follow_up_at = $4
           WHERE company_id = $1 AND thread_group_id = $2 AND is_latest`,
    values: [companyId, group, assigneeId, followUpAt],
  });
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

describe('GET threads and emails by what is followed up', () => {
  it.each(['threads', 'emails'])('400 naming what each of the filters of %s takes', async (list) => {
    const query = { outcome: 'spoke,shouted', assignee_id: 'them', follow_up_before: '2026-06-08', is_snoozed: 'soon' };
    const response = await t.app.inject({ url: `${base}/${list}`, query, headers });
    expectProblem(response, 'validation_error', ['outcome[1]', 'assignee_id', 'follow_up_before', 'is_snoozed']);
    expect(response.json().errors).toMatchObject({
      'outcome[1]': [`Must be one of ${LOG_OUTCOMES.join(', ')}.`],
      assignee_id: ['Must be the UUID of a user, me or none.'],
    });
  });

  it('is empty for a user who isn’t there', async () => {
    expect(await get('threads', { assignee_id: newId() })).toMatchObject({ count: 0, data: [] });
  });

  it('a cursor of what is assigned to me is another one than a colleague’s', async () => {
    const other = callerWith(t.app, await createUserToken(t.db, users[1] ?? ''));
    await addMember(t.db, base.split('/')[3] ?? '', users[1] ?? '');
    const { next_cursor: cursor } = await get('threads', { assignee_id: 'me', page_size: '1' });
    expectProblem(await other.get(`${base}/threads?assignee_id=me&cursor=${cursor}`), 'invalid_cursor', ['cursor']);
    expect((await other.get(`${base}/threads?assignee_id=${users[0]}&cursor=${cursor}`)).statusCode).toBe(200);
  });

  it.each(['thread', 'message'])('updated_after shows who is assigned or snoozed since, view=%s', async (view) => {
    const conversation = (await get('threads', { is_snoozed: 'false', assignee_id: 'none', page_size: '1' })).data[0];
    const known = (query: Query) => get('threads', { view, updated_after: '2020-01-01T00:00:00Z', ...query });
    await settle(t.db);
    const { watermark = '' } = await known({ page_size: '1' });
    const payload = { assignee_id: users[0], follow_up_at: '2999-01-01T00:00:00Z' };
    const url = `${base}/threads/${conversation?.id}`;
    expect((await t.app.inject({ method: 'PATCH', url, payload, headers })).statusCode).toBe(200);
    const ids = (query: Query) => walkedIds('threads', { view, updated_after: watermark, ...query });
    const all = await walkedIds('threads', { view, updated_after: watermark });
    expect(all).toContain(conversation?.id);
    for (const query of [{ assignee_id: 'me' }, { is_snoozed: 'true' }, { follow_up_before: '2999-01-01T00:00:00Z' }])
      expect(await ids(query)).toEqual(all);
    for (const query of [
      { assignee_id: 'none' },
      { is_snoozed: 'false' },
      { follow_up_before: '2998-01-01T00:00:00Z' },
      { outcome: 'refused' },
    ])
      expect(await ids(query)).toEqual([]);
    expect(await known({ assignee_id: 'me', is_snoozed: 'true' })).toMatchObject(
      await get('threads', { view, assignee_id: 'me', is_snoozed: 'true' }),
    );
    await t.app.inject({ method: 'PATCH', url, payload: { assignee_id: null, follow_up_at: null }, headers });
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
    { outcome: 'spoke' },
    { outcome: 'spoke,no_answer', ordering: 'timestamp' },
    { outcome: 'left_message,spoke', customer_id: '0' },
    { outcome: 'spoke,wrong_number', invoice_id: '1', is_resolved: 'false' },
    { outcome: 'spoke', search: 'inv' },
    { outcome: 'refused' },
    { assignee_id: '0' },
    { assignee_id: '1', direction: 'inbound', ordering: 'timestamp' },
    { assignee_id: 'me' },
    { assignee_id: 'none' },
    { assignee_id: 'none', is_resolved: 'false', date_from: '2026-01-02' },
    { assignee_id: 'none', contact_id: '1' },
    { assignee_id: 'me', outcome: 'spoke,no_answer', search: 'inv' },
    { is_snoozed: 'true' },
    { is_snoozed: 'false' },
    { is_snoozed: 'false', is_resolved: 'false' },
    { is_snoozed: 'false', assignee_id: 'none' },
    { is_snoozed: 'false', assignee_id: 'none', direction: 'outbound', ordering: 'timestamp' },
    { is_snoozed: 'false', customer_id: '2' },
    { is_snoozed: 'false', invoice_id: '2' },
    { is_snoozed: 'false', search: 'inv', date_to: '2026-01-02' },
    { is_snoozed: 'true', assignee_id: '1', date_to: '2026-01-01' },
    { follow_up_before: '2026-03-01T07:00:00Z' },
    { follow_up_before: '2026-03-01T06:59:59.999Z' },
    { follow_up_before: '2999-01-01T08:00:00+01:00', assignee_id: 'me', is_resolved: 'false' },
    { follow_up_before: '2999-01-02T00:00:00Z', is_snoozed: 'false', customer_id: '1' },
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
    (!query.outcome || query.outcome.split(',').includes(message.outcome ?? '')) &&
    isFollowed(message, query) &&
    (!query.contact_id || message.contactId === query.contact_id) &&
    (!query.customer_id || group.some((m) => m.customerId === query.customer_id)) &&
    (!query.invoice_id || group.some((m) => m.invoiceIds.includes(query.invoice_id ?? ''))) &&
    (query.search ?? '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .every((word) => words.some((candidate) => candidate.startsWith(word)))
  );
}

function isFollowed({ threadGroupId }: Stored, query: Query): boolean {
  const { assigneeId = null, followUpAt = null } = followUps.get(threadGroupId) ?? {};
  const isSnoozed = followUpAt !== null && Date.parse(followUpAt) > Date.now();
  return (
    (!query.assignee_id ||
      assigneeId === { me: users[0], none: null }[query.assignee_id] ||
      assigneeId === query.assignee_id) &&
    (!query.is_snoozed || isSnoozed === (query.is_snoozed === 'true')) &&
    (!query.follow_up_before || (followUpAt !== null && Date.parse(followUpAt) <= Date.parse(query.follow_up_before)))
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
  if (query.assignee_id) ids.assignee_id = users[Number(query.assignee_id)] ?? query.assignee_id;
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
): Promise<{ count?: number; watermark?: string; next_cursor: string | null; data: { id: string }[] }> {
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
