import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { addMember, createInvoice, createTenant, createUser, createUserToken } from '../../support/factories.ts';
import { anId, type Caller, callerWith, expectProblem } from '../../support/http.ts';

/** What stands next to each sentence of contract §4 on writes: the values that are just in and those that are just out. */

let t: TestApp;
let tenant: Awaited<ReturnType<typeof createTenant>>;
let member: Caller;
let base: string;
const [customerId, otherCustomerId] = [newId(), newId()];

beforeAll(async () => {
  t = await startTestApp();
  tenant = await createTenant(t.db);
  member = callerWith(t.app, tenant.token);
  base = `/api/companies/${tenant.companyId}`;
  await make(`/customers/${customerId}`, { name: 'Acme', external_id: 'D-acme' });
  await make(`/customers/${otherCustomerId}`, { name: 'Zenith', external_id: 'D-zenith' });
});
afterAll(() => t.close());

const put = (path: string, payload: object, headers: Record<string, string> = {}) =>
  member.send({ method: 'PUT', url: `${base}${path}`, payload, headers });
const batch = (collection: string, data: unknown, headers: Record<string, string> = {}) =>
  member.post(`${base}/${collection}/batch`, { data }, headers);
const get = async (path: string) => (await member.get(`${base}${path}`)).json();
const outcomes = (response: { json(): { data: { outcome: string }[] } }) =>
  response.json().data.map(({ outcome }) => outcome);

async function make(path: string, payload: object) {
  const response = await put(path, payload);
  expect(response.statusCode, response.body).toBe(201);
  return response.json();
}

describe('an invoice’s fields', () => {
  const invoice = (fields: object) => ({ customer_id: customerId, number: 'INV-1', ...fields });

  it.each([
    ['1250.00', '1250.00'],
    ['1250.1', '1250.1'],
    ['0', '0'],
    ['0.000000', '0.000000'],
    ['-1250.50', '-1250.50'],
    ['-0.00', '0.00'],
    ['999999999999999.999999', '999999999999999.999999'],
    ['-999999999999999', '-999999999999999'],
  ])('amount %s is kept as %s, and the same again is not written', async (given, kept) => {
    const id = newId();
    const made = await make(`/invoices/${id}`, invoice({ amount: given }));
    expect(made.amount).toBe(kept);
    expect((await put(`/invoices/${id}`, invoice({ amount: given }))).json()).toEqual(made);
    expect(outcomes(await batch('invoices', [{ id, ...invoice({ amount: given }) }]))).toEqual(['unchanged']);
    expect((await get(`/invoices/${id}`)).amount).toBe(kept);
  });

  it.each([
    [
      'amount',
      ['1e3', '007.5', '.5', '5.', '+1', '1,000.00', '1000000000000000', '1.0000000', '', ' 1', 'NaN', '--1', 12, true],
    ],
    ['currency', ['eur', 'EURO', 'ABC', '', ' EUR', 978]],
    [
      'due_date',
      ['2026-02-30', '2026-02-29', '2026-5-1', '2026-05-31T00:00:00Z', '0000-01-01', '20260531', '', 20260531],
    ],
    ['status', ['OPEN', 'draft', '']],
    ['number', ['', '   ', 'x'.repeat(501), 7, null]],
    ['customer_id', ['acme', '', 7]],
  ])('%s: 400 at its place for each of %j, alone and in a batch', async (field, values) => {
    for (const value of values) {
      expectProblem(await put(`/invoices/${newId()}`, invoice({ [field]: value })), 'validation_error', [field]);
      const data = [invoice({ external_id: newId() }), invoice({ external_id: newId(), [field]: value })];
      expectProblem(await batch('invoices', data), 'validation_error', [`data[1].${field}`]);
    }
  });

  it.each(['0001-01-01', '2024-02-29', '9999-12-31'])(
    'due_date %s reads back the same and is not written twice',
    async (due_date) => {
      const id = newId();
      expect((await make(`/invoices/${id}`, invoice({ due_date }))).due_date).toBe(due_date);
      expect(outcomes(await batch('invoices', [{ id, ...invoice({ due_date }) }]))).toEqual(['unchanged']);
    },
  );
});

describe('times of actions', () => {
  const action = (fields: object) => ({ customer_id: customerId, action_type: 'call', status: 'scheduled', ...fields });

  it.each([
    ['2026-05-12T14:30:00.9999+02:00', '2026-05-12T12:30:00.999Z'],
    ['2026-05-12T14:30:00', '2026-05-12T14:30:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s, and the same again is not written', async (due_at, kept) => {
    const id = newId();
    expect((await make(`/actions/${id}`, action({ due_at }))).due_at).toBe(kept);
    expect(outcomes(await batch('actions', [{ id, ...action({ due_at }) }]))).toEqual(['unchanged']);
  });

  it.each(['2026-05-12', '2026-05-12T24:00:00Z', '2026-12-31T23:59:60Z', '', 0])('400 for %j', async (due_at) => {
    expectProblem(await put(`/actions/${newId()}`, action({ due_at })), 'validation_error', ['due_at']);
  });
});

describe('external_id', () => {
  it('is trimmed, compared with case, and stays where it is left out or null, alone and in a batch', async () => {
    const id = newId();
    expect(await make(`/customers/${id}`, { name: 'A', external_id: ' k-1 ' })).toMatchObject({ external_id: 'k-1' });
    for (const fields of [{}, { external_id: null }]) {
      expect((await put(`/customers/${id}`, { name: 'A', ...fields })).json()).toMatchObject({ external_id: 'k-1' });
      expect((await batch('customers', [{ id, name: 'A', ...fields }])).json().data).toEqual([
        { id, external_id: 'k-1', outcome: 'unchanged' },
      ]);
    }
    expect((await batch('customers', [{ external_id: '  k-1  ', name: ' B ' }])).json().data).toEqual([
      { id, external_id: 'k-1', outcome: 'updated' },
    ]);
    expect(await get(`/customers/${id}`)).toMatchObject({ external_id: 'k-1', name: 'B' });
    expect(outcomes(await batch('customers', [{ external_id: 'K-1', name: 'B' }]))).toEqual(['created']);
  });

  it('has 200 characters at most, no commas and no control characters', async () => {
    const longest = '😀'.repeat(200);
    expect(await make(`/customers/${newId()}`, { name: 'A', external_id: longest })).toMatchObject({
      external_id: longest,
    });
    for (const external_id of ['', '  ', 'a,b', 'a\tb', 'a\nb', 'a\u0085b', '\u007f', `${longest}x`, 5]) {
      expectProblem(await put(`/customers/${newId()}`, { name: 'A', external_id }), 'validation_error', [
        'external_id',
      ]);
      expectProblem(await batch('customers', [{ name: 'A', external_id }]), 'validation_error', [
        'data[0].external_id',
      ]);
    }
  });

  it('of another row is 400, on PUT and in a batch, even where both change in the same request', async () => {
    const [one, two] = [newId(), newId()];
    await make(`/customers/${one}`, { name: 'One', external_id: 'swap-1' });
    await make(`/customers/${two}`, { name: 'Two', external_id: 'swap-2' });
    expectProblem(await put(`/customers/${one}`, { name: 'One', external_id: 'swap-2' }), 'validation_error', [
      'external_id',
    ]);
    const swapped = [
      { id: one, name: 'One', external_id: 'swap-2' },
      { id: two, name: 'Two', external_id: 'swap-1' },
    ];
    expectProblem(await batch('customers', swapped), 'validation_error', [
      'data[0].external_id',
      'data[1].external_id',
    ]);
    expect(await get(`/customers/${one}`)).toMatchObject({ external_id: 'swap-1' });
    // Free again once the row has another one.
    expect((await put(`/customers/${one}`, { name: 'One', external_id: 'swap-3' })).statusCode).toBe(200);
    expect((await put(`/customers/${two}`, { name: 'Two', external_id: 'swap-1' })).statusCode).toBe(200);
  });

  it('is a collection’s and a company’s own', async () => {
    const other = await createTenant(t.db);
    const call = callerWith(t.app, other.token);
    const url = `/api/companies/${other.companyId}/customers/batch`;
    expect(outcomes(await call.post(url, { data: [{ external_id: 'D-acme', name: 'Theirs' }] }))).toEqual(['created']);
    const invoice = { customer_id: customerId, number: '1', external_id: 'D-acme' };
    expect(outcomes(await batch('invoices', [invoice]))).toEqual(['created']);
    expect(await get(`/customers/${customerId}`)).toMatchObject({ name: 'Acme' });
  });
});

describe('ids', () => {
  it('compare without case, in the path, in a batch and as a parent', async () => {
    const id = newId();
    const made = await make(`/customers/${id.toUpperCase()}`, { name: 'Upper' });
    expect(made.id).toBe(id);
    expect((await put(`/customers/${id}`, { name: 'Upper' })).json()).toEqual(made);
    expect(outcomes(await batch('customers', [{ id: id.toUpperCase(), name: 'Upper' }]))).toEqual(['unchanged']);
    const contact = { customer_id: id.toUpperCase(), name: 'Pat' };
    const contactId = newId();
    expect(await make(`/contacts/${contactId}`, contact)).toMatchObject({ customer_id: id });
    expect(outcomes(await batch('contacts', [{ id: contactId, ...contact }]))).toEqual(['unchanged']);
  });

  it('of another company stand for nothing here: a row is made under it, theirs stays', async () => {
    const other = await createTenant(t.db);
    const call = callerWith(t.app, other.token);
    const theirs = `/api/companies/${other.companyId}/customers/${customerId}`;
    expect((await call.send({ method: 'PUT', url: theirs, payload: { name: 'Theirs' } })).statusCode).toBe(201);
    expect(await get(`/customers/${customerId}`)).toMatchObject({ name: 'Acme', company_id: tenant.companyId });
    expect((await call.send({ method: 'DELETE', url: theirs })).statusCode).toBe(204);
    expect(await get(`/customers/${customerId}`)).toMatchObject({ name: 'Acme' });
  });
});

describe('a parent', () => {
  it('of another company is none, by id and by external id', async () => {
    const other = await createTenant(t.db);
    const call = callerWith(t.app, other.token);
    const theirs = newId();
    const url = `/api/companies/${other.companyId}/customers/${theirs}`;
    await call.send({ method: 'PUT', url, payload: { name: 'Theirs', external_id: 'D-theirs' } });
    const their = await createInvoice(t.db, other.companyId, theirs);
    const contact = (fields: object) => put(`/contacts/${newId()}`, { name: 'Pat', ...fields });
    expectProblem(await contact({ customer_id: theirs }), 'validation_error', ['customer_id']);
    expectProblem(await contact({ customer_external_id: 'D-theirs' }), 'validation_error', ['customer_external_id']);
    const action = { customer_id: customerId, action_type: 'call', status: 'scheduled', invoice_id: their };
    expectProblem(await put(`/actions/${newId()}`, action), 'validation_error', ['invoice_id']);
    expectProblem(await batch('actions', [{ external_id: 'x', ...action }]), 'validation_error', [
      'data[0].invoice_id',
    ]);
  });

  it('named in both ways has to be one; an invoice has to be its customer’s', async () => {
    const contact = (fields: object) => put(`/contacts/${newId()}`, { name: 'Pat', ...fields });
    expect((await contact({ customer_id: customerId, customer_external_id: ' D-acme ' })).statusCode).toBe(201);
    expectProblem(await contact({ customer_id: customerId, customer_external_id: 'D-zenith' }), 'validation_error', [
      'customer_external_id',
    ]);
    expectProblem(await contact({ customer_external_id: null }), 'validation_error', ['customer_id']);
    const invoiceId = newId();
    await make(`/invoices/${invoiceId}`, { customer_id: otherCustomerId, number: 'Z-1', external_id: 'R-zenith' });
    const action = { customer_id: customerId, action_type: 'call', status: 'scheduled' };
    for (const [field, value] of [
      ['invoice_id', invoiceId],
      ['invoice_external_id', 'R-zenith'],
    ])
      expectProblem(await put(`/actions/${newId()}`, { ...action, [field as string]: value }), 'validation_error', [
        field as string,
      ]);
  });
});

describe('a batch', () => {
  const customer = (nth: number) => ({ external_id: `many-${nth}`, name: `Many ${nth}` });

  it('takes 500 rows, in order, and refuses 501 and what is no list of objects', async () => {
    const rows = Array.from({ length: 501 }, (_, nth) => customer(nth));
    const made = await batch('customers', rows.slice(0, 500));
    expect(made.json().data).toEqual(
      rows.slice(0, 500).map(({ external_id }) => ({ id: anId, external_id, outcome: 'created' })),
    );
    expect(new Set(outcomes(await batch('customers', rows.slice(0, 500).toReversed())))).toEqual(
      new Set(['unchanged']),
    );
    expectProblem(await batch('customers', rows), 'validation_error', ['data']);
    for (const data of [null, {}, 'rows', undefined])
      expectProblem(await batch('customers', data), 'validation_error', ['data']);
    expectProblem(await batch('customers', [1, customer(1), null]), 'validation_error', ['data[0]', 'data[2]']);
    expect((await batch('customers', [])).json()).toEqual({ data: [] });
  });

  it('400 where a row stands twice: by id in another case, by id and by external id, by external id', async () => {
    const id = newId();
    await make(`/customers/${id}`, { name: 'Twice', external_id: 'twice' });
    const refused = async (data: object[], field: string) => {
      expectProblem(await batch('customers', data), 'validation_error', [field]);
      expect(await get(`/customers/${id}`)).toMatchObject({ name: 'Twice' });
    };
    await refused(
      [
        { id, name: 'A' },
        { id: id.toUpperCase(), name: 'B' },
      ],
      'data[1].id',
    );
    await refused(
      [
        { id, name: 'A' },
        { external_id: 'twice', name: 'B' },
      ],
      'data[1].external_id',
    );
    await refused(
      [
        { external_id: 'new-key', name: 'A' },
        { external_id: ' new-key', name: 'B' },
      ],
      'data[1].external_id',
    );
    const renamed = { id, external_id: 'twice-2', name: 'A' };
    await refused([renamed, { external_id: 'twice', name: 'B' }], 'data[1].external_id');
    expectProblem(
      await batch('customers', [{ name: 'A' }, { id: null, external_id: null, name: 'B' }]),
      'validation_error',
      ['data[0].id', 'data[1].id'],
    );
  });

  it('names fields that are unknown, and refuses them with Prefer: handling=strict', async () => {
    const data = [{ external_id: 'odd', name: 'Odd', nam: 'x', __proto__x: 1 }];
    const ignored = await batch('customers', data);
    expect(ignored.statusCode).toBe(200);
    expect(String(ignored.headers['x-ignored-parameters'])).toContain('data%5B0%5D.nam');
    expectProblem(await batch('customers', data, { prefer: 'handling=strict' }), 'validation_error', [
      'body.data[0].nam',
      'body.data[0].__proto__x',
    ]);
  });

  it('answers an Idempotency-Key again without doing it again, and 422 with another body', async () => {
    const headers = { 'idempotency-key': newId() };
    const first = await batch('customers', [{ external_id: 'once', name: 'Once' }], headers);
    expect(outcomes(first)).toEqual(['created']);
    const again = await batch('customers', [{ external_id: 'once', name: 'Once' }], headers);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json()).toEqual(first.json());
    expectProblem(
      await batch('customers', [{ external_id: 'once', name: 'Twice' }], headers),
      'idempotency_key_reused',
    );
    expectProblem(await batch('contacts', [], headers), 'idempotency_key_reused');
  });
});

describe('If-Match', () => {
  it('goes by the ETag that GET and PUT give alike; * asks for a row that is there', async () => {
    const id = newId();
    expectProblem(await put(`/customers/${id}`, { name: 'A' }, { 'if-match': '*' }), 'precondition_failed');
    const made = await put(`/customers/${id}`, { name: 'A' });
    expect(made.headers.etag).toBe((await member.get(`${base}/customers/${id}`)).headers.etag);
    const changed = await put(`/customers/${id}`, { name: 'B' }, { 'if-match': String(made.headers.etag) });
    expect(changed.statusCode).toBe(200);
    expectProblem(
      await put(`/customers/${id}`, { name: 'C' }, { 'if-match': String(made.headers.etag) }),
      'precondition_failed',
    );
    expectProblem(
      await member.send({ method: 'DELETE', url: `${base}/customers/${id}`, headers: { 'if-match': 'W/"x"' } }),
      'precondition_failed',
    );
  });
});

describe('If-None-Match', () => {
  it('with * makes a row and never replaces one; a tag refuses the row that has it', async () => {
    const path = `/customers/${newId()}`;
    const made = await put(path, { name: 'A' }, { 'if-none-match': '*' });
    expect(made.statusCode).toBe(201);
    for (const known of ['*', `"other", ${made.headers.etag}`])
      expectProblem(await put(path, { name: 'B' }, { 'if-none-match': known }), 'precondition_failed');
    expect(await get(path)).toMatchObject({ name: 'A' });
    expect((await put(path, { name: 'B' }, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });
});

describe('403', () => {
  const BODIES = {
    customers: { name: 'A' },
    contacts: { customer_external_id: 'D-acme', name: 'A' },
    invoices: { customer_external_id: 'D-acme', number: 'A' },
    actions: { customer_external_id: 'D-acme', action_type: 'call', status: 'scheduled' },
    touchpoints: { customer_external_id: 'D-acme', step_type: 'call', status: 'pending' },
  };

  it.each(Object.entries(BODIES))(
    '%s: for a viewer who writes, and for a company that is others’ or nobody’s',
    async (collection, body) => {
      const viewer = await createUser(t.db);
      await addMember(t.db, tenant.companyId, viewer, 'viewer');
      const reader = callerWith(t.app, await createUserToken(t.db, viewer));
      const other = await createTenant(t.db);
      const id = newId();
      await make(`/${collection}/${id}`, body);
      for (const [call, company] of [
        [reader, tenant.companyId],
        [member, other.companyId],
        [member, newId()],
      ] as const) {
        const url = `/api/companies/${company}/${collection}`;
        for (const request of [
          { method: 'PUT', url: `${url}/${id}`, payload: body },
          { method: 'PUT', url: `${url}/${newId()}`, payload: { name: 5 } },
          { method: 'POST', url: `${url}/batch`, payload: { data: [{ id: newId(), ...body }] } },
          { method: 'POST', url: `${url}/batch`, payload: { data: [] } },
          { method: 'DELETE', url: `${url}/${id}` },
        ] as const)
          expectProblem(await call.send(request), 'permission_denied');
      }
      expect((await reader.get(`${base}/${collection}/${id}`)).statusCode).toBe(200);
      expect(
        (await get(`/${collection}?page_size=500`)).data.filter((row: { id: string }) => row.id === id),
      ).toHaveLength(1);
    },
  );
});

describe('DELETE', () => {
  it('409 for what a log, an action, a touchpoint, a promise or a dispute names, and 404 for another company’s', async () => {
    const id = newId();
    await make(`/customers/${id}`, { name: 'Used' });
    const invoiceId = newId();
    await make(`/invoices/${invoiceId}`, { customer_id: id, number: 'U-1' });
    const [actionId, touchpointId, contactId] = [newId(), newId(), newId()];
    await make(`/actions/${actionId}`, {
      customer_id: id,
      invoice_id: invoiceId,
      action_type: 'call',
      status: 'scheduled',
    });
    await make(`/touchpoints/${touchpointId}`, { customer_id: id, step_type: 'call', status: 'pending' });
    await make(`/contacts/${contactId}`, { customer_id: id, name: 'Pat' });
    const url = `${base}/communications/log-manual`;
    const body = {
      communication_type: 'call',
      notes: 'x',
      scheduled_action_id: actionId,
      scheduled_touchpoint_id: touchpointId,
    };
    const logged = await member.post(url, { ...body, contact_id: contactId, promise: { due_on: '2999-01-01' } });
    expect(logged.statusCode, logged.body).toBe(201);
    const other = callerWith(t.app, (await createTenant(t.db)).token);
    for (const [path, words] of [
      [`/customers/${id}`, ['contacts', 'invoices', 'actions', 'touchpoints', 'promises', 'communications']],
      [`/invoices/${invoiceId}`, ['actions']],
      [`/actions/${actionId}`, ['communications']],
      [`/touchpoints/${touchpointId}`, ['communications']],
      [`/contacts/${contactId}`, ['communications']],
    ] as const) {
      const refused = await member.send({ method: 'DELETE', url: `${base}${path}` });
      expectProblem(refused, 'in_use');
      for (const word of words) expect(refused.json().detail).toContain(word);
      expectProblem(await other.send({ method: 'DELETE', url: `${base}${path}` }), 'permission_denied');
      expect((await member.get(`${base}${path}`)).statusCode).toBe(200);
    }
    expectProblem(await member.send({ method: 'DELETE', url: `${base}/customers/${newId()}` }), 'not_found');
  });
});
