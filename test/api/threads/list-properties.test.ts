import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommunicationThread } from '../../../src/api/threads/schema.ts';
import { newId } from '../../../src/domain/ids.ts';
import { COMMUNICATION_TYPES, DIRECTIONS, SOURCES, VIEWS } from '../../../src/domain/vocabulary.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createContact, createCustomer, createInvoice, createMessage, createTenant } from '../../support/factories.ts';
import { type Caller, callerWith } from '../../support/http.ts';
import { byGroup, expected, type Message, newestFirst, type Query } from '../../support/list-model.ts';
import { numbers } from '../../support/numbers.ts';

/** The lists against the model: thousands of requests, in several time zones. */

const TIMEZONES = ['America/New_York', 'Atlantic/Azores', 'Australia/Lord_Howe', 'UTC'];
/** Around each: clocks changed in one of the zones. */
const DAYS = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-25', '2026-11-01'];
/** From midnight UTC to midnights of the zones and what is near them. */
const MINUTES = [-660, -630, -600, -60, 0, 30, 60, 90, 240, 270, 300, 1_440];
const WORDS = [
  'Invoice',
  'INV-1001',
  'INV 1001',
  'inv',
  '1001',
  'Überfällig',
  'Café',
  'payment',
  'remittance',
  'हिन्दी',
  'dana@acme.example',
  'Globex',
];
const SEARCHES = [
  ...WORDS,
  'in',
  'inv 10',
  'pay rem',
  'CAFÉ',
  'über',
  'acme.example',
  'dana',
  'nothing',
  'x@acme',
  'inv-10',
];

/** A random number generator that makes the same data every time. */
function randomFrom(seed: number) {
  const next = numbers(seed);
  return { next, pick: <T>(from: readonly T[]): T => from[next(from.length)] as T };
}

type Tenant = {
  companyId: string;
  caller: Caller;
  timezone: string;
  messages: Message[];
  ids: Record<'customers' | 'contacts' | 'invoices', string[]>;
};

let t: TestApp;
const tenants: Tenant[] = [];

beforeAll(async () => {
  t = await startTestApp();
  for (const [nth, timezone] of TIMEZONES.entries()) tenants.push(await fill(timezone, nth + 1));
});
afterAll(() => t.close());

async function fill(timezone: string, seed: number): Promise<Tenant> {
  const { next, pick } = randomFrom(seed);
  const { companyId, token } = await createTenant(t.db, { timezone });
  const customers = [];
  for (const name of ['Acme Corp', 'Globex INV', 'Café Überfällig'])
    customers.push({ id: await createCustomer(t.db, companyId, name), name });
  const contacts = [];
  const invoices: string[] = [];
  const numbers: string[] = [];
  for (const { id } of customers) {
    contacts.push(await createContact(t.db, companyId, id));
    for (let nth = 0; nth < 2; nth += 1) {
      const number = `INV-10${invoices.length}`;
      invoices.push(await createInvoice(t.db, companyId, id, number));
      numbers.push(number);
    }
  }
  const groups = Array.from({ length: 45 }, newId);
  const messages: Message[] = [];
  for (let nth = 0; nth < 150; nth += 1) {
    const source = pick(SOURCES);
    const isManual = source === 'manual';
    const text = () => Array.from({ length: next(4) }, () => pick(WORDS)).join(' ');
    const invoiceIds = next(3) ? [] : [...new Set([pick(invoices), pick(invoices)])];
    const message: Message = {
      id: newId(),
      // A manual log may be alone or, from an import, anywhere.
      group: pick(groups),
      // Ties on purpose: few moments, round the midnights of the zones, to the millisecond before.
      timestamp: new Date(Date.parse(`${pick(DAYS)}T00:00:00Z`) + pick(MINUTES) * 60_000 - next(2)).toISOString(),
      type: next(3) ? 'email' : pick(COMMUNICATION_TYPES),
      source,
      direction: pick(DIRECTIONS),
      requiresResponse: next(3) === 0,
      isResolved: next(2) === 0,
      isArRelated: isManual ? null : pick([true, false, null]),
      customer: next(4) ? pick(customers) : undefined,
      contactId: next(3) ? null : pick(contacts),
      invoiceIds,
      numbers: invoiceIds.map((id) => numbers[invoices.indexOf(id)] ?? ''),
      subject: text(),
      preview: isManual || !next(4) ? null : text(),
      from:
        isManual || !next(3)
          ? null
          : { name: pick(['Dana Reyes', '']), email: pick(['dana@acme.example', 'x@acme.example']) },
      to: isManual ? [] : [{ name: 'Acme', email: 'example@dana.example' }].slice(next(2)),
    };
    messages.push(message);
    await store(companyId, message);
  }
  return {
    companyId,
    caller: callerWith(t.app, token),
    timezone,
    messages,
    ids: { customers: customers.map(({ id }) => id), contacts, invoices },
  };
}

async function store(companyId: string, message: Message): Promise<void> {
  const { group, type, customer, numbers: _numbers, ...rest } = message;
  await createMessage(t.db, t.ring, companyId, {
    ...rest,
    threadGroupId: group,
    communicationType: type,
    customerId: customer?.id ?? null,
  });
}

/** Given once in `times`, else left out. */
const onceIn = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const queries = ({ ids }: Tenant) =>
  fc.record({
    view: onceIn(2, fc.constantFrom(...VIEWS)),
    communication_type: onceIn(
      3,
      fc.uniqueArray(fc.constantFrom(...COMMUNICATION_TYPES), { minLength: 1, maxLength: 4 }),
    ),
    source: onceIn(8, fc.constantFrom(...SOURCES)),
    direction: onceIn(5, fc.constantFrom(...DIRECTIONS)),
    requires_response: onceIn(5, fc.boolean()),
    is_resolved: onceIn(5, fc.boolean()),
    is_ar_related: onceIn(4, fc.boolean()),
    date_from: onceIn(4, fc.constantFrom('2026-01-01', ...DAYS, '2026-10-26')),
    date_to: onceIn(4, fc.constantFrom(...DAYS, '2026-10-24', '2027-01-01')),
    customer_id: onceIn(4, fc.constantFrom(...ids.customers)),
    contact_id: onceIn(8, fc.constantFrom(...ids.contacts)),
    invoice_id: onceIn(5, fc.constantFrom(...ids.invoices)),
    search: onceIn(
      4,
      fc.uniqueArray(fc.constantFrom(...SEARCHES), { minLength: 1, maxLength: 2 }).map((terms) => terms.join(' ')),
    ),
  });

type Paging =
  | { form: 'page'; page: number; page_size: number | undefined }
  | { form: 'offset'; offset: number; limit: number | undefined }
  | { form: 'cursor'; page_size: number };

const pagings: fc.Arbitrary<Paging> = fc.oneof(
  fc.record({
    form: fc.constant('page' as const),
    page: fc.integer({ min: 1, max: 6 }),
    page_size: fc.constantFrom(undefined, 1, 3, 20, 50, 51, 500),
  }),
  fc.record({
    form: fc.constant('offset' as const),
    offset: fc.integer({ min: 0, max: 60 }),
    limit: fc.constantFrom(undefined, 1, 4, 21, 100, 600),
  }),
  fc.record({ form: fc.constant('cursor' as const), page_size: fc.constantFrom(2, 7, 20, 60) }),
);

function urlOf({ companyId }: Tenant, list: string, query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return `/api/companies/${companyId}/communications/${list}?${parameters}`;
}

async function read(tenant: Tenant, list: string, query: object) {
  const response = await tenant.caller.get(urlOf(tenant, list, query));
  expect(response.statusCode, `${urlOf(tenant, list, query)}\n${response.body}`).toBe(200);
  const { data, ...envelope } = response.json();
  return { envelope, rows: data as CommunicationThread[] };
}

async function comparesWith(tenant: Tenant, list: 'threads' | 'emails', query: Query, paging: Paging) {
  if (query.date_from && query.date_to && query.date_from > query.date_to) return;
  const all = expected(tenant.messages, list, query, tenant.timezone);
  for (const [name, value] of Object.entries(query)) if (value !== undefined && all.length > 0) note(name);
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
  const { form: _, ...parameters } = paging;
  if (paging.form === 'cursor') {
    expect(await walk(tenant, list, query, paging.page_size, all.length)).toEqual(idsOf(all));
    return;
  }
  const size = Math.min(500, (paging.form === 'page' ? paging.page_size : paging.limit) ?? 20);
  const offset = paging.form === 'page' ? (paging.page - 1) * size : paging.offset;
  const { envelope, rows } = await read(tenant, list, { ...query, ...parameters });
  expect(idsOf(rows), urlOf(tenant, list, { ...query, ...parameters })).toEqual(
    idsOf(all.slice(offset, offset + size)),
  );
  expect(envelope, urlOf(tenant, list, { ...query, ...parameters })).toEqual({
    count: all.length,
    page: Math.floor(offset / size) + 1,
    page_size: size,
    next_cursor: all.length > offset + size ? expect.any(String) : null,
  });
  for (const row of rows.slice(0, 3)) {
    const group = tenant.messages.filter((message) => message.group === row.thread_group_id);
    expect(row.message_count).toBe(group.length);
  }
}

async function walk(tenant: Tenant, list: string, query: Query, size: number, count: number): Promise<string[]> {
  const walked: string[] = [];
  let cursor: string | undefined;
  do {
    const { envelope, rows } = await read(tenant, list, { ...query, page_size: size, cursor });
    if (cursor === undefined) expect(envelope.count).toBe(count);
    else expect(envelope).not.toHaveProperty('count');
    expect(rows.length === size || envelope.next_cursor === null).toBe(true);
    walked.push(...rows.map(({ id }) => id));
    cursor = envelope.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return walked;
}

/** Of how many comparisons the answer had rows, and each filter was given: a model that only sees empty lists proves nothing. */
const seen = new Map<string, number>();
const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

const RUNS = 250;

describe('the lists against a model in memory', () => {
  describe.each([
    ['with counts still in deltas', false],
    ['with counts folded into cells', true],
  ])('%s', (_name, isFolded) => {
    beforeAll(async () => {
      if (isFolded) await t.fold();
    });

    it.each(TIMEZONES.map((timezone, nth) => [timezone, nth] as const))(
      'threads: rows, count and envelope of random filters and paging, days of %s',
      async (_timezone, nth) => {
        const tenant = tenants[nth] as Tenant;
        await fc.assert(
          fc.asyncProperty(queries(tenant), pagings, (query, paging) => comparesWith(tenant, 'threads', query, paging)),
          { numRuns: RUNS },
        );
      },
      120_000,
    );

    it.each(TIMEZONES.map((timezone, nth) => [timezone, nth] as const))(
      'emails: rows, count and envelope of random filters and paging, days of %s',
      async (_timezone, nth) => {
        const tenant = tenants[nth] as Tenant;
        await fc.assert(
          fc.asyncProperty(
            queries(tenant),
            pagings,
            ({ view: _, source: __, communication_type: ___, ...query }, paging) =>
              comparesWith(tenant, 'emails', query, paging),
          ),
          { numRuns: RUNS / 2 },
        );
      },
      120_000,
    );
  });

  it('the data set meets what it is for: groups of several customers, ties, unclassified rows, manual logs in groups', () => {
    for (const { messages } of tenants) {
      const groups = [...byGroup(messages).values()];
      expect(
        groups.filter((group) => new Set(group.map((message) => message.customer?.id)).size > 1).length,
      ).toBeGreaterThan(5);
      expect(new Set(messages.map((message) => message.timestamp)).size).toBeLessThan(messages.length - 5);
      expect(messages.filter((message) => message.isArRelated === null).length).toBeGreaterThan(20);
      expect(
        messages.filter((message) => message.source === 'manual' && message.type !== 'manual').length,
      ).toBeGreaterThan(5);
    }
  });
});

it('every filter was compared on lists that have rows, many times', () => {
  for (const filter of [
    'view',
    'communication_type',
    'source',
    'direction',
    'requires_response',
    'is_resolved',
    'is_ar_related',
    'date_from',
    'date_to',
    'customer_id',
    'contact_id',
    'invoice_id',
    'search',
  ])
    expect(seen.get(filter) ?? 0, filter).toBeGreaterThan(30);
});

describe('a cursor walk while rows arrive', () => {
  it.each([
    ['threads', 'thread'],
    ['threads', 'message'],
    ['emails', undefined],
  ] as const)(
    '%s, view=%s: no row twice, none skipped that stayed as it was',
    async (list, view) => {
      for (let seed = 1; seed <= 6; seed += 1) await walkWhileWriting(list, view, seed);
    },
    120_000,
  );
});

async function walkWhileWriting(list: 'threads' | 'emails', view: 'thread' | 'message' | undefined, seed: number) {
  const { next, pick } = randomFrom(seed * 7_919);
  const { companyId, token } = await createTenant(t.db);
  const groups = Array.from({ length: 20 }, newId);
  const moment = () => new Date(Date.UTC(2026, 4, 12) + next(40) * 1_000).toISOString();
  const messages: Message[] = [];
  const arrive = async () => {
    const message = { ...plainMessage(), group: next(3) ? pick(groups) : newId(), timestamp: moment() };
    await store(companyId, message);
    messages.push(message);
  };
  for (let nth = 0; nth < 40; nth += 1) await arrive();
  const tenant: Tenant = {
    companyId,
    caller: callerWith(t.app, token),
    timezone: 'UTC',
    messages,
    ids: { customers: [], contacts: [], invoices: [] },
  };
  const before = expected(messages, list, { ...(view ? { view } : {}) }, 'UTC');

  const walked: string[] = [];
  let cursor: string | undefined;
  do {
    const { envelope, rows } = await read(tenant, list, { view, page_size: 4, cursor });
    walked.push(...rows.map(({ id }) => id));
    cursor = envelope.next_cursor ?? undefined;
    for (let nth = next(3); nth > 0; nth -= 1) await arrive();
    if (next(4) === 0) await t.fold();
  } while (cursor !== undefined);

  expect(new Set(walked).size).toBe(walked.length);
  const after = new Set(expected(messages, list, { ...(view ? { view } : {}) }, 'UTC').map(({ id }) => id));
  const stayed = before.filter(({ id }) => after.has(id));
  expect(stayed.length).toBeGreaterThan(5);
  expect(walked).toEqual(expect.arrayContaining(stayed.map(({ id }) => id)));
  const order = messages.filter(({ id }) => walked.includes(id)).sort(newestFirst);
  expect(walked).toEqual(order.map(({ id }) => id));
}

function plainMessage(): Message {
  return {
    id: newId(),
    group: newId(),
    timestamp: '',
    type: 'email',
    source: 'nylas',
    direction: 'inbound',
    requiresResponse: false,
    isResolved: false,
    isArRelated: null,
    customer: undefined,
    contactId: null,
    invoiceIds: [],
    numbers: [],
    subject: 'Invoice',
    preview: null,
    from: null,
    to: [],
  };
}
