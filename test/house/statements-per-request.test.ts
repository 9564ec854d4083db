import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { PATIENT, SETTINGS, startTestApp, type TestApp } from '../support/app.ts';
import {
  addAttachment,
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  noteUsesAhead,
} from '../support/factories.ts';
import { type Caller, callerWith } from '../support/http.ts';
import { settle } from '../support/settle.ts';
import { openConnections, type Traffic, tapWire, type Wire } from '../support/wire.ts';

/** Statements and round trips of requests, read off the wire: a list of 500 costs as many as a list of 1. */

let t: TestApp;
let wire: Wire;
let db: Db;
let app: FastifyInstance;
let caller: Caller;
let base: string;
let ids: { thread: string; customer: string; invoice: string; contact: string };

const MESSAGES = 60;

beforeAll(async () => {
  t = await startTestApp();
  const { companyId, token } = await createTenant(t.db);
  const customer = await createCustomer(t.db, companyId);
  const invoice = await createInvoice(t.db, companyId, customer);
  const contact = await createContact(t.db, companyId, customer);
  let thread = '';
  for (let nth = 0; nth < MESSAGES; nth += 1) {
    const message = await createMessage(t.db, t.ring, companyId, {
      customerId: customer,
      contactId: contact,
      invoiceIds: [invoice],
      ...(nth % 3 === 0 ? { source: 'manual', communicationType: 'call' } : {}),
      ...(nth > 50 ? { threadGroupId: companyId } : {}),
    });
    if (nth % 3 !== 0) await addAttachment(t.db, companyId, message.id);
    if (nth > 50 && nth % 3 !== 0) thread = message.id;
  }
  ids = { thread, customer, invoice, contact };
  base = `/api/companies/${companyId}`;
  caller = callerWith(t.app, token);
  for (let nth = 0; nth < MESSAGES; nth += 1)
    await caller.post(`${base}/thread-notes`, { thread_id: thread, content: 'x' });
  wire = await tapWire(t.database.serverUrl);
  db = connect({ url: wire.url, poolSize: 1, onError: () => undefined, limits: PATIENT });
  app = await buildApp({ db, ring: t.ring, settings: SETTINGS, log: false });
  caller = callerWith(app, token);
  await noteUsesAhead(t.db);
  await openConnections(db);
  // While a transaction of another test is open, `updated_after` shows what is younger as changed.
  await settle(t.db);
});
afterAll(async () => {
  await app.close();
  await db.close();
  await wire.close();
  await t.close();
});

/** The traffic of a request that succeeds. */
async function trafficOf(path: string, headers: Record<string, string> = {}, status = 200): Promise<Traffic> {
  return wire.during(async () => {
    const response = await caller.get(`${base}/${path}`, headers);
    expect(response.statusCode, response.body).toBe(status);
  });
}

const SIZES = [1, 20, 50, 60, 500];

describe('a list, whatever its page size', () => {
  it.each([
    ['communications/threads', ''],
    ['communications/threads', '&view=message'],
    ['communications/threads', '&communication_type=email,call&is_resolved=false'],
    ['communications/threads', '&customer_id=customer'],
    ['communications/threads', '&invoice_id=invoice'],
    ['communications/threads', '&contact_id=contact'],
    ['communications/threads', '&date_from=2020-01-01&date_to=2100-01-01'],
    ['communications/threads', '&page=2'],
    ['communications/emails', ''],
    ['communications/emails', '&is_ar_related=false&customer_id=customer'],
    ['thread-notes', ''],
    ['thread-notes', '&thread_id=thread'],
  ])('%s?page_size=…%s: the caller, the rows and the count in one round trip', async (list, filter) => {
    const query = filter.replace(
      /=(customer|invoice|contact|thread)\b/g,
      (_, name: keyof typeof ids) => `=${ids[name]}`,
    );
    for (const size of SIZES)
      expect(await trafficOf(`${list}?page_size=${size}${query}`), `page_size=${size}`).toEqual({
        statements: list === 'thread-notes' ? 3 : 2,
        roundTrips: 1,
      });
  });

  it.each(['communications/threads', 'communications/emails', 'thread-notes'])(
    '%s by limit and offset, too',
    async (list) => {
      for (const limit of SIZES)
        expect(await trafficOf(`${list}?limit=${limit}&offset=3`), `limit=${limit}`).toEqual({
          statements: list === 'thread-notes' ? 3 : 2,
          roundTrips: 1,
        });
    },
  );

  it.each(['communications/threads', 'communications/emails', 'thread-notes'])(
    '%s with a cursor: no count',
    async (list) => {
      const { next_cursor: cursor } = (await caller.get(`${base}/${list}?page_size=1`)).json();
      for (const size of SIZES)
        expect(await trafficOf(`${list}?page_size=${size}&cursor=${cursor}`)).toEqual({ statements: 2, roundTrips: 1 });
    },
  );

  it.each(['customers', 'contacts', 'invoices', 'actions', 'touchpoints', 'members', 'promises'])(
    '%s: the caller, the rows and the count in one round trip, with communications in two',
    async (list) => {
      const most = list === 'customers' || list === 'invoices' ? 2 : 1;
      const costs = new Set<string>();
      for (const size of SIZES) {
        const traffic = await trafficOf(`${list}?page_size=${size}`);
        expect(traffic.roundTrips, `page_size=${size}`).toBeLessThanOrEqual(most);
        costs.add(JSON.stringify(traffic));
      }
      expect([...costs]).toHaveLength(1);
    },
  );

  it.each(['communications/threads', 'communications/emails', 'thread-notes', 'customers', 'promises'])(
    '%s by updated_after: one round trip more for where to begin',
    async (list) => {
      const { watermark } = (await caller.get(`${base}/${list}?updated_after=2100-01-01T00:00:00Z`)).json();
      for (const mark of ['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z', watermark])
        expect((await trafficOf(`${list}?updated_after=${mark}`)).roundTrips, mark).toBeLessThanOrEqual(4);
    },
  );

  it('a search: two round trips', async () => {
    for (const size of SIZES)
      for (const words of ['invoice', 'inv-1001%20dana', 'nothing']) {
        const { roundTrips } = await trafficOf(`communications/threads?page_size=${size}&search=${words}`);
        expect(roundTrips).toBeLessThanOrEqual(2);
      }
  });

  it.each([
    ['customers', '', 4, 2],
    // The page of a search counts what it found, and that of the worklist the customers with an open conversation.
    ['customers', '&has_open=true&ordering=-waiting_since', 3, 2],
    // Which words there are comes before the rows.
    ['customers', '&search=acme', 4, 3],
    ['invoices', '', 4, 2],
    ['invoices', '&ordering=due_date&customer_id=customer', 4, 2],
    ['contacts', '', 3, 1],
    ['actions', '&status=scheduled,proposed', 3, 1],
    ['touchpoints', '', 3, 1],
    ['members', '', 3, 1],
  ])(
    '%s?page_size=…%s: the caller, the rows and the count, then the communications of all',
    async (list, filter, statements, roundTrips) => {
      const query = filter.replace('=customer', `=${ids.customer}`);
      for (const size of SIZES)
        expect(await trafficOf(`${list}?page_size=${size}${query}`), `page_size=${size}`).toEqual({
          statements,
          roundTrips,
        });
    },
  );

  it.each([
    ['customers', 4, 3],
    ['invoices', 4, 3],
    ['contacts', 3, 2],
  ])(
    '%s that changed, where none has: the watermark and whether much has changed come before the rows',
    async (list, statements, roundTrips) => {
      for (const size of SIZES)
        expect(await trafficOf(`${list}?page_size=${size}&updated_after=2100-01-01T00:00:00Z`)).toEqual({
          statements,
          roundTrips,
        });
    },
  );

  it('304: the caller and the version, in one statement', async () => {
    const lists = [
      'communications/threads',
      'communications/emails',
      'thread-notes',
      'thread-notes?page=1',
      'customers',
      'members',
    ];
    for (const list of lists) {
      const etag = String((await caller.get(`${base}/${list}`)).headers.etag);
      expect(await trafficOf(list, { 'if-none-match': etag }, 304)).toEqual({ statements: 1, roundTrips: 1 });
    }
  });
});

describe('short lists', () => {
  const SHORT = [
    '?view=thread',
    '?page_size=50',
    '?view=message&is_resolved=false',
    '?limit=3&offset=0',
    '?communication_type=sms',
  ];
  const LONG = ['?page_size=51', '?page=2', '?limit=3&offset=1', '?customer_id=', '?date_from=2020-01-01', '?search=x'];

  it('of many requests of one turn leave together', async () => {
    let statuses: number[] = [];
    const traffic = await wire.during(async () => {
      const asked = SHORT.map((query) => caller.get(`${base}/communications/threads${query}&again`));
      statuses = (await Promise.all(asked)).map(({ statusCode }) => statusCode);
    });
    expect(statuses).toEqual(SHORT.map(() => 200));
    expect(traffic).toEqual({ statements: 2 * SHORT.length, roundTrips: 1 });
  });

  it('wait for no connection of the pool, and long ones keep none of them waiting', async () => {
    const list = async (query: string) => {
      const of = query === '?customer_id=' ? `${query}${ids.customer}` : query;
      const { statusCode, body } = await caller.get(`${base}/communications/threads${of}`);
      return body.includes('"unavailable"') ? 'unavailable' : statusCode;
    };
    await db.withConnection(async () => {
      for (const query of SHORT) expect(await list(query), query).toBe(200);
      const long = await Promise.all(LONG.map((query) => list(query)));
      expect(long).toEqual(LONG.map(() => 'unavailable'));
    });
  });
});

describe('every note', () => {
  it('the caller, then a batch', async () => {
    expect(await trafficOf('thread-notes')).toEqual({ statements: 2, roundTrips: 2 });
  });
});

describe('a detail', () => {
  it.each(['threads', 'emails'])(
    '%s: the caller, then the whole conversation with names, links and attachments',
    async (list) => {
      const { messages } = (await caller.get(`${base}/communications/${list}/${ids.thread}`)).json();
      expect(messages.length).toBeGreaterThan(7);
      expect(await trafficOf(`communications/${list}/${ids.thread}`)).toEqual({ statements: 2, roundTrips: 2 });
    },
  );
});

describe('a refusal', () => {
  it('costs nothing without a token, and nothing but the caller with a wrong query', async () => {
    const nobody = callerWith(app);
    expect(await wire.during(() => nobody.get(`${base}/communications/threads`))).toEqual({
      statements: 0,
      roundTrips: 0,
    });
    expect(await wire.during(() => nobody.get(`${base}/communications/threads/${ids.thread}`))).toEqual({
      statements: 0,
      roundTrips: 0,
    });
    expect(await trafficOf('communications/threads?page=0', {}, 400)).toEqual({ statements: 1, roundTrips: 1 });
    expect(await trafficOf('communications/threads/x', {}, 404)).toEqual({ statements: 0, roundTrips: 0 });
  });
});

describe('a write', () => {
  it('log-manual: the caller with the checks, then the writes, whatever the number of invoices', async () => {
    const companyId = String(base.split('/')[3]);
    const url = `${base}/communications/log-manual`;
    const log = async (invoices: number, notes = 'x'): Promise<Traffic> => {
      const invoice_ids = [];
      for (let nth = 0; nth < invoices; nth += 1) invoice_ids.push(await createInvoice(t.db, companyId, ids.customer));
      const scheduled_action_id = await createAction(t.db, companyId, ids.customer);
      const body = {
        communication_type: 'call',
        notes,
        customer_id: ids.customer,
        contact_id: ids.contact,
        invoice_ids,
        scheduled_action_id,
      };
      return wire.during(async () => expect((await caller.post(url, body)).statusCode).toBe(201));
    };
    const one = await log(1);
    expect(one.roundTrips).toBe(2);
    expect(await log(100)).toEqual(one);
    expect(await log(1, 'x'.repeat(17_000))).toEqual({ ...one, roundTrips: 3 });
  });

  it('a note: the caller with the check, then the writes', async () => {
    const url = `${base}/thread-notes`;
    const traffic = await wire.during(() => caller.post(url, { thread_id: ids.thread, content: 'x' }));
    expect(traffic.roundTrips).toBe(2);
  });

  it('an Idempotency-Key is looked for once its user is known, and before the checks', async () => {
    const send = () =>
      caller.post(`${base}/thread-notes`, { thread_id: ids.thread, content: 'x' }, { 'idempotency-key': 'k' });
    expect((await wire.during(send)).roundTrips).toBe(4);
    expect((await wire.during(send)).roundTrips).toBeLessThanOrEqual(4);
  });
});
