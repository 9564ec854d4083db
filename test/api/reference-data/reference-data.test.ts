import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { addMember, createMessage, createTenant, createUser, createUserToken } from '../../support/factories.ts';
import { anId, aTime, type Caller, callerWith, expectProblem } from '../../support/http.ts';

let t: TestApp;
let tenant: Awaited<ReturnType<typeof createTenant>>;
let member: Caller;
let base: string;

beforeAll(async () => {
  t = await startTestApp();
  tenant = await createTenant(t.db);
  member = callerWith(t.app, tenant.token);
  base = `/api/companies/${tenant.companyId}`;
});
afterAll(() => t.close());

const put = (path: string, payload: object, headers: Record<string, string> = {}) =>
  member.send({ method: 'PUT', url: `${base}${path}`, payload, headers });
const remove = (path: string) => member.send({ method: 'DELETE', url: `${base}${path}` });
const batch = (collection: string, data: object[]) => member.post(`${base}/${collection}/batch`, { data });
const list = async (path: string) => (await member.get(`${base}${path}`)).json();

async function aCustomer(fields: object = {}): Promise<string> {
  const id = newId();
  const response = await put(`/customers/${id}`, { name: 'Acme Corp', ...fields });
  expect(response.statusCode, response.body).toBe(201);
  return id;
}

describe('PUT', () => {
  test('201: makes a customer; 200: sets it; an equal one is not written', async () => {
    const id = newId();
    const made = await put(`/customers/${id}`, { name: ' Zürich Möbel ', external_id: 'D-1' });
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toEqual({
      id,
      company_id: tenant.companyId,
      external_id: 'D-1',
      name: 'Zürich Möbel',
      created_at: aTime,
      updated_at: aTime,
      communications: {
        last_contact: null,
        last_inbound_at: null,
        last_outbound_at: null,
        open_count: 0,
        waiting_count: 0,
        waiting_since: null,
      },
    });

    const again = await put(`/customers/${id}`, { name: 'Zürich Möbel' });
    expect(again.statusCode).toBe(200);
    expect(again.json()).toEqual(made.json());

    const renamed = await put(`/customers/${id}`, { name: 'Möbel AG' });
    expect(renamed.statusCode).toBe(200);
    expect(renamed.json()).toMatchObject({ name: 'Möbel AG', external_id: 'D-1' });
    expect((await list('/customers?search=mobel')).data.map((row: { id: string }) => row.id)).toContain(id);
    expect((await list('/customers?search=zurich')).data.map((row: { id: string }) => row.id)).not.toContain(id);
  });

  test('an invoice keeps what its ERP says of it (201); its customer may be named by external id', async () => {
    const customerId = await aCustomer({ external_id: 'D-invoices' });
    const id = newId();
    const invoice = {
      customer_external_id: 'D-invoices',
      number: 'R-7',
      amount: '1250.00',
      currency: 'EUR',
      due_date: '2026-05-31',
      status: 'open',
    };
    const made = await put(`/invoices/${id}`, invoice);
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toMatchObject({
      customer_id: customerId,
      number: 'R-7',
      amount: '1250.00',
      currency: 'EUR',
      due_date: '2026-05-31',
      status: 'open',
      communications: { last_contact: null },
    });
    const emptied = await put(`/invoices/${id}`, { customer_id: customerId, number: 'R-7' });
    expect(emptied.json()).toMatchObject({ amount: null, currency: null, due_date: null, status: null });
  });

  test('400: names every fault', async () => {
    expectProblem(await put(`/customers/${newId()}`, { name: '  ', external_id: 'a,b' }), 'validation_error', [
      'name',
      'external_id',
    ]);
    expectProblem(
      await put(`/invoices/${newId()}`, {
        customer_id: newId(),
        number: '1',
        amount: '1e3',
        currency: 'EURO',
        due_date: '2026-02-30',
      }),
      'validation_error',
      ['amount', 'currency', 'due_date'],
    );
    expectProblem(await put(`/invoices/${newId()}`, { customer_id: newId(), number: '1' }), 'validation_error', [
      'customer_id',
    ]);
    expectProblem(await put(`/contacts/${newId()}`, { name: 'Pat' }), 'validation_error', ['customer_id']);
    await aCustomer({ external_id: 'D-taken' });
    expectProblem(await put(`/customers/${newId()}`, { name: 'B', external_id: 'D-taken' }), 'validation_error', [
      'external_id',
    ]);
  });

  test('a completed action stays completed, with the time of its first completion', async () => {
    const customerId = await aCustomer();
    const id = newId();
    await put(`/actions/${id}`, { customer_id: customerId, action_type: 'call', status: 'scheduled' });
    const log = await member.post(`${base}/communications/log-manual`, {
      communication_type: 'call',
      notes: 'Spoke.',
      scheduled_action_id: id,
      timestamp: '2026-05-12T14:30:00Z',
    });
    expect(log.statusCode).toBe(201);
    const told = await put(`/actions/${id}`, {
      customer_id: customerId,
      action_type: 'call',
      status: 'scheduled',
      description: 'Call',
    });
    expect(told.json()).toMatchObject({
      status: 'completed',
      description: 'Call',
      executed_at: '2026-05-12T14:30:00.000Z',
      completed_by_thread_id: log.json().id,
    });
    expectProblem(
      await put(`/actions/${newId()}`, {
        customer_id: customerId,
        action_type: 'call',
        status: 'scheduled',
        executed_at: '2026-05-12T14:30:00Z',
      }),
      'validation_error',
      ['executed_at'],
    );
  });

  test('412: only while it is as If-Match says', async () => {
    const id = await aCustomer();
    const { etag = '' } = (await member.get(`${base}/customers/${id}`)).headers;
    expect((await put(`/customers/${id}`, { name: 'First' }, { 'if-match': String(etag) })).statusCode).toBe(200);
    expectProblem(
      await put(`/customers/${id}`, { name: 'Second' }, { 'if-match': String(etag) }),
      'precondition_failed',
    );
  });
});

describe('batch', () => {
  test('answers 200: makes, sets and leaves rows, in order', async () => {
    const first = await batch('customers', [
      { external_id: 'B-1', name: 'One' },
      { external_id: 'B-2', name: 'Two' },
    ]);
    expect(first.statusCode, first.body).toBe(200);
    expect(first.json().data).toEqual([
      { id: anId, external_id: 'B-1', outcome: 'created' },
      { id: anId, external_id: 'B-2', outcome: 'created' },
    ]);
    const second = await batch('customers', [
      { external_id: 'B-2', name: 'Two' },
      { external_id: 'B-1', name: 'Uno' },
      { external_id: 'B-3', name: 'Three' },
    ]);
    expect(second.json().data.map((row: { outcome: string }) => row.outcome)).toEqual([
      'unchanged',
      'updated',
      'created',
    ]);
    expect(second.json().data[1].id).toBe(first.json().data[0].id);
    expect((await batch('customers', [])).json()).toEqual({ data: [] });
  });

  test('400: all or nothing, each fault at its place', async () => {
    const refused = await batch('contacts', [
      { external_id: 'C-1', customer_external_id: 'B-1', name: 'Pat' },
      { external_id: 'C-1', customer_external_id: 'nobody', name: 'Kim' },
      { name: 'No key', customer_external_id: 'B-1', phone: '5551234' },
    ]);
    expectProblem(refused, 'validation_error', ['data[2].phone']);
    const again = await batch('contacts', [
      { external_id: 'C-1', customer_external_id: 'B-1', name: 'Pat' },
      { external_id: 'C-1', customer_external_id: 'nobody', name: 'Kim' },
      { name: 'No key', customer_external_id: 'B-1' },
    ]);
    expectProblem(again, 'validation_error', ['data[1].external_id', 'data[1].customer_external_id', 'data[2].id']);
    expect((await list('/contacts?external_id=C-1')).count).toBe(0);
  });
});

describe('lists', () => {
  test('pages by cursor in the order asked for, rows without a date last', async () => {
    const customerId = await aCustomer();
    const days = ['2026-03-01', null, '2026-01-01', '2026-02-01', null];
    await batch(
      'invoices',
      days.map((due_date, nth) => ({ id: newId(), customer_id: customerId, number: `N-${nth}`, due_date })),
    );
    const seen: (string | null)[] = [];
    let url: string | undefined = `/invoices?customer_id=${customerId}&ordering=due_date&page_size=2`;
    while (url) {
      const page: { data: { due_date: string | null }[]; next_cursor: string | null } = await list(url);
      seen.push(...page.data.map((row) => row.due_date));
      url = page.next_cursor
        ? `/invoices?customer_id=${customerId}&ordering=due_date&page_size=2&cursor=${page.next_cursor}`
        : undefined;
    }
    expect(seen).toEqual(['2026-01-01', '2026-02-01', '2026-03-01', null, null]);
    expect((await list(`/invoices?customer_id=${customerId}&due_from=2026-02-01`)).count).toBe(2);
    expectProblem(await member.get(`${base}/invoices?cursor=abc`), 'invalid_cursor', ['cursor']);
  });

  test('actions of several statuses come in one order', async () => {
    const customerId = await aCustomer();
    await batch(
      'actions',
      ['scheduled', 'proposed', 'cancelled', 'scheduled'].map((status, nth) => ({
        id: newId(),
        customer_id: customerId,
        action_type: 'call',
        status,
        due_at: `2026-05-0${4 - nth}T00:00:00Z`,
      })),
    );
    const query = `/actions?customer_id=${customerId}&status=scheduled,proposed&due_before=2026-05-04T00:00:00Z`;
    expect((await list(query)).data.map((row: { due_at: string }) => row.due_at.slice(0, 10))).toEqual([
      '2026-05-01',
      '2026-05-03',
    ]);
    expect((await list(query)).count).toBe(2);
  });

  test('customers by waiting_since: who waits longest first, then who does not, by name', async () => {
    const other = await createTenant(t.db);
    const call = callerWith(t.app, other.token);
    const ids: Record<string, string> = {};
    for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta']) {
      ids[name] = newId();
      await call.send({
        method: 'PUT',
        url: `/api/companies/${other.companyId}/customers/${ids[name]}`,
        payload: { name },
      });
    }
    const message = (name: string, timestamp: string, more: object = {}) =>
      createMessage(t.db, t.ring, other.companyId, {
        customerId: ids[name] ?? null,
        timestamp,
        requiresResponse: true,
        ...more,
      });
    await message('Gamma', '2026-05-03T00:00:00.000Z');
    await message('Beta', '2026-05-02T00:00:00.000Z');
    await message('Beta', '2026-05-04T00:00:00.000Z', { direction: 'outbound', requiresResponse: false });
    await message('Alpha', '2026-05-01T00:00:00.000Z', { isResolved: true });
    const names: string[] = [];
    let cursor = '';
    do {
      const url = `/api/companies/${other.companyId}/customers?ordering=-waiting_since&page_size=1${cursor}`;
      const page = (await call.get(url)).json();
      names.push(...page.data.map((row: { name: string }) => row.name));
      cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : '';
    } while (cursor !== '' && names.length < 9);
    expect(names).toEqual(['Beta', 'Gamma', 'Alpha', 'Delta']);
    const open = (await call.get(`/api/companies/${other.companyId}/customers?has_open=true`)).json();
    expect(open.count).toBe(2);
    expect(open.data[0]).toMatchObject({
      name: 'Beta',
      communications: {
        last_contact: { direction: 'outbound', timestamp: '2026-05-04T00:00:00.000Z' },
        last_inbound_at: '2026-05-02T00:00:00.000Z',
        open_count: 2,
        waiting_count: 1,
        waiting_since: '2026-05-02T00:00:00.000Z',
      },
    });
  });

  test('members are read by name', async () => {
    const { data, count } = await list('/members?role=member');
    expect(count).toBe(1);
    expect(data[0]).toEqual({
      company_id: tenant.companyId,
      user_id: tenant.userId,
      username: expect.any(String),
      name: 'Sam Ortiz',
      email: expect.any(String),
      role: 'member',
    });
  });
});

describe('DELETE', () => {
  test('204; 409 while something refers to it, naming it', async () => {
    const customerId = await aCustomer();
    const contactId = newId();
    await put(`/contacts/${contactId}`, { customer_id: customerId, name: 'Pat', email: 'pat@acme.example' });
    const refused = await remove(`/customers/${customerId}`);
    expectProblem(refused, 'in_use');
    expect(refused.json().detail).toContain('contacts');
    expect((await remove(`/contacts/${contactId}`)).statusCode).toBe(204);
    expect((await remove(`/customers/${customerId}`)).statusCode).toBe(204);
    expectProblem(await remove(`/customers/${customerId}`), 'not_found');
  });

  test('409 for an invoice that a promise or a dispute is about', async () => {
    const customerId = await aCustomer();
    const [promised, disputed, free] = [newId(), newId(), newId()];
    for (const id of [promised, disputed, free])
      await put(`/invoices/${id}`, { customer_id: customerId, number: `INV-${id}` });
    const logged = await member.post(`${base}/communications/log-manual`, {
      customer_id: customerId,
      communication_type: 'call',
      notes: 'They pay one and dispute the other.',
      promise: { due_on: '2999-06-05', invoice_ids: [promised] },
      dispute: { reason: 'price', invoice_ids: [disputed] },
    });
    expect(logged.statusCode, logged.body).toBe(201);
    for (const [id, what] of [
      [promised, 'promises'],
      [disputed, 'disputes'],
    ]) {
      const refused = await remove(`/invoices/${id}`);
      expectProblem(refused, 'in_use');
      expect(refused.json().detail).toContain(what);
    }
    expect((await remove(`/invoices/${free}`)).statusCode).toBe(204);
  });

  test('a dispute that is being logged and the removal of its invoice: one of them is refused (400 or 409)', async () => {
    const customerId = await aCustomer();
    for (let round = 0; round < 5; round += 1) {
      const id = newId();
      await put(`/invoices/${id}`, { customer_id: customerId, number: `INV-${id}` });
      const body = { customer_id: customerId, communication_type: 'call', notes: 'They dispute it.' };
      const dispute = { reason: 'price', invoice_ids: [id] };
      const [logged, removed] = await Promise.all([
        member.post(`${base}/communications/log-manual`, { ...body, dispute }),
        remove(`/invoices/${id}`),
      ]);
      expect([
        [201, 409],
        [400, 204],
      ]).toContainEqual([logged.statusCode, removed.statusCode]);
    }
  });
});

test('a customer’s new name is in what shows their promises at once, for those who follow or revalidate too', async () => {
  const customerId = await aCustomer();
  const log = { customer_id: customerId, communication_type: 'call', notes: 'x', promise: { due_on: '2999-06-05' } };
  const { promise } = (await member.post(`${base}/communications/log-manual`, log)).json();
  const promises = `${base}/promises?customer_id=${customerId}`;
  const etagOf = async (url: string) => String((await member.get(url)).headers.etag);
  const etags = {
    [promises]: await etagOf(promises),
    [`${base}/promises/${promise.id}`]: await etagOf(`${base}/promises/${promise.id}`),
  };
  const { watermark } = (await member.get(`${promises}&updated_after=2020-01-01T00:00:00Z`)).json();
  expect((await put(`/customers/${customerId}`, { name: 'Acme, renamed' })).statusCode).toBe(200);
  const followed = (await member.get(`${promises}&updated_after=${watermark}`)).json();
  expect(followed.data).toMatchObject([{ id: promise.id, customer_name: 'Acme, renamed' }]);
  for (const [url, etag] of Object.entries(etags))
    expect((await member.get(url, { 'if-none-match': etag })).statusCode, url).toBe(200);
});

test('403 for a viewer who writes and for a company of others; the feed tells of every change', async () => {
  const viewer = await createUser(t.db);
  await addMember(t.db, tenant.companyId, viewer, 'viewer');
  const reader = callerWith(t.app, await createUserToken(t.db, viewer));
  const url = `${base}/customers/${newId()}`;
  expectProblem(await reader.send({ method: 'PUT', url, payload: { name: 'X' } }), 'permission_denied');
  expect((await reader.get(`${base}/customers`)).statusCode).toBe(200);
  const other = await createTenant(t.db);
  expectProblem(await callerWith(t.app, other.token).get(`${base}/customers`), 'permission_denied');

  const id = await aCustomer();
  await put(`/customers/${id}`, { name: 'Renamed' });
  await remove(`/customers/${id}`);
  const told = async () =>
    (await list('/communications/events?limit=500')).data
      .filter((event: { subject_id: string }) => event.subject_id === id)
      .map((event: { type: string }) => event.type);
  // The feed waits for every older transaction of the PostgreSQL, those of other tests too.
  const types = ['customer.created', 'customer.updated', 'customer.deleted'];
  await vi.waitFor(async () => expect(await told()).toEqual(types), { timeout: 30_000, interval: 100 });
});
