import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  addAttachment,
  addMember,
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createTenant,
  createTouchpoint,
  createUser,
  createUserToken,
} from '../support/factories.ts';
import { type Caller, callerWith, expectProblem } from '../support/http.ts';

/**
 * Two companies side by side: what a caller of one can do with the ids of the other is what they can do with the id of
 * nobody. Every route of the document that names a company stands in the matrix, or the first test fails.
 */

/** Stands in every text of the other company; no answer may hold it. */
const SECRET = 'zanzibar';

/** One of each thing that has an id. */
type Ids = Record<
  'customer' | 'contact' | 'invoice' | 'action' | 'touchpoint' | 'thread' | 'user' | 'note' | 'attachment' | 'group',
  string
>;

type Request = Omit<InjectOptions, 'url'> & { path: string };

/** The collections that an ERP writes, with the fields that each needs beside its customer. */
const COLLECTIONS = [
  { name: 'customers', required: {} },
  { name: 'contacts', required: { name: 'Dana' } },
  { name: 'invoices', required: { number: 'INV-1' } },
  { name: 'actions', required: { action_type: 'call', status: 'scheduled' } },
  { name: 'touchpoints', required: { step_type: 'call', status: 'ready' } },
];

/** Requests within the caller's company, in each of which one id is the one that is tried. */
const MATRIX: Record<string, (tried: Ids, own: Ids) => Request[]> = {
  'GET /api/companies/{company_id}/communications/threads': (tried) =>
    ['', '&view=message', '&page=1', '&search=invoice'].flatMap((more) => [
      get(`communications/threads?customer_id=${tried.customer}${more}`),
      get(`communications/threads?contact_id=${tried.contact}${more}`),
      get(`communications/threads?invoice_id=${tried.invoice}${more}`),
      get(`communications/threads?customer_id=${tried.customer}&invoice_id=${tried.invoice}${more}`),
    ]),
  'GET /api/companies/{company_id}/communications/threads/{thread_id}': (tried) =>
    pathIds(tried).map((id) => get(`communications/threads/${id}`)),
  'PATCH /api/companies/{company_id}/communications/threads/{thread_id}': (tried, own) => [
    ...pathIds(tried).map((id) => send('PATCH', `communications/threads/${id}`, { is_resolved: true }, ANY_VERSION)),
    send('PATCH', `communications/threads/${own.thread}`, { customer_id: tried.customer }, ANY_VERSION),
  ],
  'GET /api/companies/{company_id}/communications/emails': (tried) =>
    ['', '&search=invoice'].flatMap((more) => [
      get(`communications/emails?customer_id=${tried.customer}${more}`),
      get(`communications/emails?contact_id=${tried.contact}${more}`),
      get(`communications/emails?invoice_id=${tried.invoice}${more}`),
    ]),
  'GET /api/companies/{company_id}/communications/emails/{thread_id}': (tried) =>
    pathIds(tried).map((id) => get(`communications/emails/${id}`)),
  'GET /api/companies/{company_id}/communications/emails/{thread_id}/attachments/{attachment_id}': (tried, own) => [
    ...pathIds(tried).map((id) => get(`communications/emails/${own.thread}/attachments/${id}`)),
    ...pathIds(tried).map((id) => get(`communications/emails/${id}/attachments/${own.attachment}`)),
  ],
  'POST /api/companies/{company_id}/communications/log-manual': (tried, own) =>
    [
      { customer_id: tried.customer },
      { contact_id: tried.contact },
      { invoice_ids: [tried.invoice] },
      { scheduled_action_id: tried.action },
      { scheduled_touchpoint_id: tried.touchpoint },
      { customer_id: own.customer, contact_id: tried.contact },
      { customer_id: own.customer, invoice_ids: [own.invoice, tried.invoice] },
      { customer_id: own.customer, scheduled_action_id: tried.action },
      { customer_id: own.customer, scheduled_touchpoint_id: tried.touchpoint },
      {
        customer_id: tried.customer,
        contact_id: tried.contact,
        invoice_ids: [tried.invoice],
        scheduled_action_id: tried.action,
      },
    ].map((references) =>
      send('POST', 'communications/log-manual', { communication_type: 'call', notes: 'x', ...references }),
    ),
  'GET /api/companies/{company_id}/thread-notes': (tried) =>
    ['', '&page=1', '&limit=5'].flatMap((more) => [
      get(`thread-notes?thread_id=${tried.thread}${more}`),
      get(`thread-notes?author_id=${tried.user}${more}`),
    ]),
  'POST /api/companies/{company_id}/thread-notes': (tried) =>
    pathIds(tried).map((id) => send('POST', 'thread-notes', { thread_id: id, content: 'x' })),
  'GET /api/companies/{company_id}/thread-notes/{note_id}': (tried) =>
    pathIds(tried).map((id) => get(`thread-notes/${id}`)),
  'PATCH /api/companies/{company_id}/thread-notes/{note_id}': (tried) =>
    pathIds(tried).map((id) => send('PATCH', `thread-notes/${id}`, { content: 'x' }, ANY_VERSION)),
  'DELETE /api/companies/{company_id}/thread-notes/{note_id}': (tried) =>
    pathIds(tried).map((id) => send('DELETE', `thread-notes/${id}`, undefined, ANY_VERSION)),
  ...Object.fromEntries(
    COLLECTIONS.flatMap(({ name, required }) => {
      const collection = `/api/companies/{company_id}/${name}`;
      const one = `${collection}/{id}`;
      const row = (tried: Ids) => (name === 'customers' ? {} : { ...required, customer_id: tried.customer });
      const list = (tried: Ids) =>
        name === 'customers' ? `external_id=${tried.customer}` : `customer_id=${tried.customer}`;
      return Object.entries({
        [`GET ${collection}`]: (tried: Ids) => [
          get(`${name}?${list(tried)}`),
          get(`${name}?${list(tried)}&page_size=5`),
        ],
        [`GET ${one}`]: (tried: Ids) => referenceIds(tried).map((id) => get(`${name}/${id}`)),
        [`PUT ${one}`]: (tried: Ids) => referenceIds(tried).map((id) => send('PUT', `${name}/${id}`, row(tried))),
        [`POST ${collection}/batch`]: (tried: Ids) => [
          send('POST', `${name}/batch`, { data: [{ id: tried.customer, ...row(tried) }] }),
        ],
        [`DELETE ${one}`]: (tried: Ids) => referenceIds(tried).map((id) => send('DELETE', `${name}/${id}`)),
      });
    }),
  ),
  'GET /api/companies/{company_id}/promises': (tried) => [
    get(`promises?customer_id=${tried.customer}`),
    get(`promises?invoice_id=${tried.invoice}`),
  ],
  'GET /api/companies/{company_id}/promises/{promise_id}': (tried) => pathIds(tried).map((id) => get(`promises/${id}`)),
  'PATCH /api/companies/{company_id}/promises/{promise_id}': (tried) =>
    pathIds(tried).map((id) => send('PATCH', `promises/${id}`, { status: 'kept' }, ANY_VERSION)),
  'GET /api/companies/{company_id}/webhook-endpoints/{endpoint_id}': (tried) =>
    pathIds(tried).map((id) => get(`webhook-endpoints/${id}`)),
  'PATCH /api/companies/{company_id}/webhook-endpoints/{endpoint_id}': (tried) =>
    pathIds(tried).map((id) => send('PATCH', `webhook-endpoints/${id}`, { is_enabled: false }, ANY_VERSION)),
  'DELETE /api/companies/{company_id}/webhook-endpoints/{endpoint_id}': (tried) =>
    pathIds(tried).map((id) => send('DELETE', `webhook-endpoints/${id}`)),
  'GET /api/companies/{company_id}/webhook-endpoints/{endpoint_id}/deliveries': (tried) =>
    pathIds(tried).map((id) => get(`webhook-endpoints/${id}/deliveries`)),
  'POST /api/companies/{company_id}/webhook-endpoints/{endpoint_id}/rotate-secret': (tried) =>
    pathIds(tried).map((id) => send('POST', `webhook-endpoints/${id}/rotate-secret`)),
  'POST /api/companies/{company_id}/webhook-endpoints/{endpoint_id}/test': (tried) =>
    pathIds(tried).map((id) => send('POST', `webhook-endpoints/${id}/test`)),
  'POST /api/companies/{company_id}/webhook-endpoints/{endpoint_id}/replay': (tried) =>
    pathIds(tried).map((id) => send('POST', `webhook-endpoints/${id}/replay`, { after: '2026-01-01T00:00:00Z' })),
  // No id of a row goes in.
  'GET /api/companies/{company_id}/members': () => [get('members')],
  'GET /api/companies/{company_id}/webhook-endpoints': () => [get('webhook-endpoints')],
  'POST /api/companies/{company_id}/webhook-endpoints': () => [send('POST', 'webhook-endpoints', {})],
  'GET /api/companies/{company_id}/communications/events': () => [get('communications/events')],
  'POST /api/companies/{company_id}/communications/events/ticket': () => [send('POST', 'communications/events/ticket')],
};

const ANY_VERSION = { 'if-match': '*' };

function get(path: string): Request {
  return { method: 'GET', path };
}

function send(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
  headers: Record<string, string> = {},
): Request {
  return { method, path, headers, ...(payload ? { payload } : {}) };
}

/** Whatever has an id, where one of another kind is expected too. */
function pathIds(ids: Ids): string[] {
  return [ids.thread, ids.note, ids.group, ids.customer, ids.attachment];
}

function referenceIds(ids: Ids): string[] {
  return [ids.customer, ids.contact, ids.invoice, ids.action, ids.touchpoint];
}

type Company = { companyId: string; caller: Caller; ids: Ids };

let t: TestApp;
let own: Company;
let other: Company;

beforeAll(async () => {
  t = await startTestApp();
  own = await fill('Northbrook', 'ours');
  other = await fill(`${SECRET} company`, SECRET);
});
afterAll(() => t.close());

async function fill(name: string, text: string): Promise<Company> {
  const { companyId, userId, token } = await createTenant(t.db, { name, role: 'admin' });
  await t.db.query({ text: 'UPDATE users SET name = $2 WHERE id = $1', values: [userId, `Sam ${text}`] });
  const customer = await createCustomer(t.db, companyId, `Customer ${text}`);
  const contact = await createContact(t.db, companyId, customer, { name: `Dana ${text}` });
  const invoice = await createInvoice(t.db, companyId, customer);
  const message = await createMessage(t.db, t.ring, companyId, {
    customerId: customer,
    contactId: contact,
    subject: `Invoice ${text}`,
    preview: text,
    body: text,
    invoiceIds: [invoice],
  });
  await createMessage(t.db, t.ring, companyId, {
    source: 'manual',
    plainNotes: text,
    customerId: customer,
    subject: text,
  });
  const caller = callerWith(t.app, token);
  const note = await caller.post(`/api/companies/${companyId}/thread-notes`, { thread_id: message.id, content: text });
  return {
    companyId,
    caller,
    ids: {
      customer,
      contact,
      invoice,
      action: await createAction(t.db, companyId, customer),
      touchpoint: await createTouchpoint(t.db, companyId, customer),
      thread: message.id,
      group: message.threadGroupId,
      user: userId,
      note: note.json().id,
      attachment: await addAttachment(t.db, companyId, message.id, { filename: text }),
    },
  };
}

function idsOfNobody(): Ids {
  const names = Object.keys(own.ids) as (keyof Ids)[];
  return Object.fromEntries(names.map((name) => [name, newId()])) as Ids;
}

const ROWS_OF_ALL = [
  'companies',
  'memberships',
  'customers',
  'contacts',
  'invoices',
  'scheduled_actions',
  'scheduled_touchpoints',
  'communication_threads',
  'communication_thread_invoices',
  'attachments',
  'thread_notes',
  'audit_events',
  'idempotency_keys',
  'promises',
  'promise_invoices',
  'webhook_endpoints',
  'message_departures',
];

/**
 * Every row of every company, except what a request leaves behind of itself.
 * @param ticketsOf the company that the caller may well get a ticket of
 */
async function everything(ticketsOf?: string): Promise<string> {
  const rows = [];
  for (const table of ROWS_OF_ALL) rows.push(await t.db.query({ text: `SELECT r::text FROM ${table} r ORDER BY 1` }));
  const tickets = 'SELECT r::text FROM stream_tickets r WHERE company_id IS DISTINCT FROM $1 ORDER BY 1';
  rows.push(await t.db.query({ text: tickets, values: [ticketsOf ?? null] }));
  return JSON.stringify(rows);
}

/** An answer without what differs from one request to the next. */
function comparable(response: LightMyRequestResponse, tried: Ids): unknown {
  let body = response.body.replace(/"request_id":"[^"]+"/g, '');
  for (const id of Object.values(tried)) body = body.replaceAll(id, 'ID');
  return { status: response.statusCode, type: response.headers['content-type'], link: response.headers.link, body };
}

async function routesOf(app: FastifyInstance): Promise<string[]> {
  const { paths } = (await app.inject('/openapi.json')).json() as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

const TAKES_NO_ID = /\/(events|members|webhook-endpoints)(\/ticket)?$/;
const WRITES = /^(POST|PUT|PATCH|DELETE) .*(?<!\/ticket)$/;
/** For admins alone, reading too. */
const FOR_ADMINS = /\/webhook-endpoints/;

it('every route of a company stands in the matrix', async () => {
  const routes = (await routesOf(t.app)).filter((route) => route.includes('{company_id}'));
  expect(Object.keys(MATRIX).sort()).toEqual(routes.sort());
});

it("the other company's own caller does get to see it", async () => {
  const { companyId, caller, ids } = other;
  for (const path of [
    'communications/threads',
    `communications/threads/${ids.thread}`,
    'communications/emails',
    'thread-notes',
  ])
    expect((await caller.get(`/api/companies/${companyId}/${path}`)).body).toContain(SECRET);
});

describe.each(Object.entries(MATRIX))('%s', (route, requestsOf) => {
  const urlOf = (companyId: string, path: string) => `/api/companies/${companyId}/${path}`;
  const call = (caller: Caller, companyId: string, { path, ...request }: Request) =>
    caller.send({ ...request, url: urlOf(companyId, path) });

  it("answers the other company's ids as it answers the id of nobody: nothing read, nothing written", async () => {
    const nobody = idsOfNobody();
    const before = await everything(own.companyId);
    const [foreign, unknown] = [requestsOf(other.ids, own.ids), requestsOf(nobody, own.ids)];
    for (const [nth, request] of foreign.entries()) {
      const response = await call(own.caller, own.companyId, request);
      expect(response.body).not.toContain(SECRET);
      if (TAKES_NO_ID.test(route)) {
        for (const id of Object.values(other.ids)) expect(response.body).not.toContain(id);
        continue;
      }
      const expected = await call(own.caller, own.companyId, unknown[nth] as Request);
      expect(comparable(response, other.ids), request.path).toEqual(comparable(expected, nobody));
      expect([200, 400, 404]).toContain(response.statusCode);
      if (response.statusCode === 200) expect(response.json()).toMatchObject({ count: 0, data: [] });
    }
    expect(await everything(own.companyId)).toBe(before);
  });

  it("403 for the other company and for one that doesn't exist, the same answer, whatever is asked", async () => {
    const before = await everything();
    const requests = [...requestsOf(other.ids, other.ids), ...requestsOf(own.ids, own.ids)];
    for (const request of requests) {
      const response = await call(own.caller, other.companyId, request);
      expectProblem(response, 'permission_denied');
      expect(response.body).not.toContain(SECRET);
      const nowhere = await call(own.caller, newId(), request);
      expect(comparable(nowhere, own.ids)).toEqual(comparable(response, own.ids));
    }
    expect(await everything()).toBe(before);
  });

  it('401 without a token, and nothing is written', async () => {
    const before = await everything();
    for (const request of requestsOf(other.ids, other.ids))
      expectProblem(await call(callerWith(t.app), other.companyId, request), 'not_authenticated');
    expect(await everything()).toBe(before);
  });

  it('a viewer of the company only reads; a write is 403', async () => {
    const viewer = await createUser(t.db);
    await addMember(t.db, other.companyId, viewer, 'viewer');
    const caller = callerWith(t.app, await createUserToken(t.db, viewer));
    const before = await everything(other.companyId);
    for (const request of requestsOf(other.ids, other.ids)) {
      const response = await call(caller, other.companyId, request);
      if (WRITES.test(route) || FOR_ADMINS.test(route)) expectProblem(response, 'permission_denied');
      else expect([200, 201, 404]).toContain(response.statusCode);
    }
    expect(await everything(other.companyId)).toBe(before);
  });

  it('answers the same under /api/v1', async () => {
    const nobody = idsOfNobody();
    for (const { path, ...request } of requestsOf(nobody, own.ids).slice(0, 2)) {
      const url = urlOf(own.companyId, path);
      const [canonical, overview] = [
        await own.caller.send({ ...request, url }),
        await own.caller.send({ ...request, url: url.replace('/api/', '/api/v1/') }),
      ];
      // A feed's place moves on with every transaction of the cluster, and each ticket is another.
      if (TAKES_NO_ID.test(route)) expect(overview.statusCode).toBe(canonical.statusCode);
      else expect(comparable(overview, nobody)).toEqual(comparable(canonical, nobody));
    }
  });
});

describe('what carries a company inside it', () => {
  it('a cursor of the other company is no cursor (400)', async () => {
    await createMessage(t.db, t.ring, other.companyId, { subject: SECRET });
    await createMessage(t.db, t.ring, other.companyId, { subject: SECRET });
    for (const list of ['communications/threads', 'communications/emails', 'thread-notes']) {
      if (list === 'thread-notes')
        await other.caller.post(`/api/companies/${other.companyId}/thread-notes`, {
          thread_id: other.ids.thread,
          content: SECRET,
        });
      const { next_cursor: cursor } = (
        await other.caller.get(`/api/companies/${other.companyId}/${list}?page_size=1`)
      ).json();
      expect(cursor).toEqual(expect.any(String));
      expectProblem(
        await own.caller.get(`/api/companies/${own.companyId}/${list}?cursor=${cursor}`),
        'invalid_cursor',
        ['cursor'],
      );
    }
  });

  it("an ETag of the other company's list tells nothing", async () => {
    for (const list of ['communications/threads', 'thread-notes']) {
      const etag = String((await other.caller.get(`/api/companies/${other.companyId}/${list}`)).headers.etag);
      const response = await own.caller.get(`/api/companies/${own.companyId}/${list}`, { 'if-none-match': etag });
      expect(response.statusCode).toBe(200);
      expectProblem(
        await own.caller.get(`/api/companies/${other.companyId}/${list}`, { 'if-none-match': etag }),
        'permission_denied',
      );
    }
  });

  it('a search for words of the other company finds nothing', async () => {
    for (const list of ['threads', 'emails'])
      expect(
        (await own.caller.get(`/api/companies/${own.companyId}/communications/${list}?search=${SECRET}`)).json(),
      ).toMatchObject({ count: 0, data: [] });
  });

  it('the database refuses rows that point into another company', async () => {
    for (const [column, id] of [
      ['customer_id', other.ids.customer],
      ['contact_id', other.ids.contact],
      ['scheduled_action_id', other.ids.action],
      ['scheduled_touchpoint_id', other.ids.touchpoint],
    ]) {
      const text = `UPDATE communication_threads SET ${column} = $3 WHERE company_id = $1 AND id = $2`;
      await expect(t.db.query({ text, values: [own.companyId, own.ids.thread, id] }), column).rejects.toMatchObject({
        code: '23503',
      });
    }
    await expect(
      t.db.query({
        text: 'INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position) VALUES ($1, $2, $3, 0)',
        values: [own.companyId, own.ids.thread, other.ids.invoice],
      }),
    ).rejects.toMatchObject({ code: '23503' });
    await expect(
      t.db.query({
        text: 'UPDATE thread_notes SET thread_id = $2 WHERE company_id = $1',
        values: [own.companyId, other.ids.thread],
      }),
    ).rejects.toMatchObject({ code: '23503' });
  });
});
