import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { FEW_CHANGES } from '../../../src/http/lists/updated-after.ts';
import { createContact, createCustomer, createInvoice, createMessage, createTenant } from '../../support/factories.ts';
import { run } from '../../support/global-setup.ts';
import { callerWith, expectProblem } from '../../support/http.ts';
import { type ImportWorld, startImportWorld } from '../../support/import-world.ts';
import { connectMailbox, mail, OWN_ADDRESS, postNylas } from '../../support/ingest.ts';
import { settle } from '../../support/settle.ts';

/**
 * `updated_after` finds every customer and invoice that shows something else now, their `communications` included, and so
 * do ETags and the response cache; `updated_at` is of the row's own fields.
 */

let w: ImportWorld;
beforeAll(async () => {
  w = await startImportWorld();
});
afterAll(() => w.close());

async function scene() {
  const tenant = await createTenant(w.db);
  const { companyId } = tenant;
  const grantId = await connectMailbox(w.db, tenant);
  const caller = callerWith(w.app, tenant.token);
  const base = `/api/companies/${companyId}`;
  const customers = await Promise.all(['Acme', 'Birch', 'Cedar'].map((name) => createCustomer(w.db, companyId, name)));
  const [acme = '', birch = ''] = customers;
  await createContact(w.db, companyId, acme, { email: 'pat@acme.example' });
  const invoiceId = await createInvoice(w.db, companyId, acme, 'INV-1001');
  await createInvoice(w.db, companyId, birch, 'INV-2002');
  const message = (overrides = {}) => createMessage(w.db, w.ring, companyId, { customerId: acme, ...overrides });
  const first = await message({
    timestamp: '2026-05-01T00:00:00.000Z',
    requiresResponse: true,
    invoiceIds: [invoiceId],
  });
  const get = async (path: string) => {
    const response = await caller.get(`${base}/${path}`);
    expect(response.statusCode, response.body).toBe(200);
    return response.json();
  };
  const send = async (method: 'PATCH' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) => {
    const response = await caller.send({ method, url: `${base}/${path}`, ...(payload && { payload }) });
    expect(response.statusCode, response.body).toBeLessThan(300);
    return response.body === '' ? undefined : response.json();
  };
  /** Names of what changed since the last call, by collection. */
  const marks: Record<string, string> = {};
  const changed = async (collection: 'customers' | 'invoices'): Promise<string[]> => {
    await settle(w.db);
    const mark = encodeURIComponent(marks[collection] ?? '2000-01-01T00:00:00Z');
    const { watermark, data } = await get(`${collection}?updated_after=${mark}`);
    marks[collection] = watermark;
    return data.map(({ name, number }: { name?: string; number?: string }) => name ?? number);
  };
  await changed('customers');
  await changed('invoices');
  const patch = (id: string, body: object) => send('PATCH', `communications/threads/${id}`, body);
  const log = (body: object) =>
    send('POST', 'communications/log-manual', { communication_type: 'call', notes: 'x', ...body });
  return { ...tenant, caller, base, grantId, acme, birch, invoiceId, first, message, get, send, changed, patch, log };
}

describe('updated_after', () => {
  it('finds whose communications changed, by each kind of write, and no one else', async () => {
    const s = await scene();
    const writes: [string, () => Promise<unknown>, string[], string[]][] = [
      ['nothing', async () => undefined, [], []],
      ['a log', () => s.log({ customer_id: s.birch }), ['Birch'], []],
      [
        'a log about an invoice',
        () => s.log({ customer_id: s.acme, invoice_ids: [s.invoiceId] }),
        ['Acme'],
        ['INV-1001'],
      ],
      ['is_resolved', () => s.patch(s.first.id, { is_resolved: true }), ['Acme'], ['INV-1001']],
      ['the same again', () => s.patch(s.first.id, { is_resolved: true }), [], []],
      ['requires_response', () => s.patch(s.first.id, { requires_response: false }), ['Acme'], ['INV-1001']],
      ['another customer', () => s.patch(s.first.id, { customer_id: s.birch }), ['Acme', 'Birch'], ['INV-1001']],
      ['no customer', () => s.patch(s.first.id, { customer_id: null }), ['Birch'], []],
      ['the first customer', () => s.patch(s.first.id, { customer_id: s.acme }), ['Acme'], ['INV-1001']],
      ['a name', () => s.send('PUT', `customers/${s.birch}`, { name: 'Birch Ltd' }), ['Birch Ltd'], []],
      ['an equal row', () => s.send('PUT', `customers/${s.birch}`, { name: 'Birch Ltd' }), [], []],
      ['a contact', () => s.send('PUT', `contacts/${newId()}`, { customer_id: s.acme, name: 'Kim' }), [], []],
    ];
    for (const [what, write, customers, invoices] of writes) {
      await write();
      expect({ what, customers: await s.changed('customers'), invoices: await s.changed('invoices') }).toEqual({
        what,
        customers,
        invoices,
      });
    }
  });

  it('finds the customer whom only an older message of a conversation names, when another’s message changes it', async () => {
    const s = await scene();
    const { threadGroupId } = s.first;
    const latest = await s.message({ threadGroupId, customerId: s.birch, timestamp: '2026-05-02T00:00:00.000Z' });
    expect(await s.changed('customers')).toEqual(['Acme', 'Birch']);
    await w.db.query({
      text: 'UPDATE communication_threads SET is_resolved = true WHERE company_id = $1 AND id = $2',
      values: [s.companyId, latest.id],
    });
    expect(await s.changed('customers')).toEqual(['Acme', 'Birch']);
  });

  it('finds whom a withdrawn draft was of, and the invoice that it named', async () => {
    const s = await scene();
    await s.patch(s.first.id, { customer_id: null });
    const [us, them] = [
      { name: 'AR', email: OWN_ADDRESS },
      { name: 'Pat', email: 'pat@acme.example' },
    ];
    await postNylas(w, mail(s.grantId, { from: [us], to: [them], folders: ['f-1'], body: '<p>About INV-1001.</p>' }));
    await s.changed('customers');
    await s.changed('invoices');
    expect((await s.get(`customers/${s.acme}`)).communications.last_outbound_at).not.toBeNull();
    const object = { object: 'folder', id: 'f-1', grant_id: s.grantId, name: 'X', attributes: ['\\Drafts'] };
    await postNylas(w, { type: 'folder.created', id: newId(), data: { object } });
    expect((await s.get(`customers/${s.acme}`)).communications.last_contact).toBeNull();
    expect([await s.changed('customers'), await s.changed('invoices')]).toEqual([['Acme'], ['INV-1001']]);
  });

  it('finds whom an import takes a message from, and the invoice that it is about no more', async () => {
    const s = await scene();
    const line = (fields: object) => ({
      ...{ type: 'thread', id: s.first.id, company_id: s.companyId, thread_group_id: s.first.threadGroupId },
      ...{ communication_type: 'email', direction: 'inbound', timestamp: '2026-05-01T00:00:00Z', ...fields },
    });
    await w.import([line({ customer_id: s.birch })]);
    expect([await s.changed('customers'), await s.changed('invoices')]).toEqual([['Acme', 'Birch'], ['INV-1001']]);
    await w.import([line({ customer_id: s.birch })]);
    expect([await s.changed('customers'), await s.changed('invoices')]).toEqual([[], []]);
  });

  it('from a time on, and with every filter and order', async () => {
    const s = await scene();
    await w.db.query({ text: `UPDATE companies SET created_at = '2020-01-01Z' WHERE id = $1`, values: [s.companyId] });
    const since = new Date(Date.now() + 70_000).toISOString();
    expect((await s.get(`customers?updated_after=${since}`)).data).toEqual([]);
    await s.log({ customer_id: s.birch });
    await s.patch(s.first.id, { requires_response: true, follow_up_at: '2999-01-01T00:00:00Z' });
    for (const [query, found] of [
      ['', ['Acme', 'Birch']],
      ['&has_open=true', ['Acme', 'Birch']],
      ['&search=birch', ['Birch']],
      ['&ordering=-waiting_since', ['Acme', 'Birch']],
      ['&ordering=-waiting_since&has_open=false', []],
    ] as const) {
      const time = new Date(Date.now() - 1_000).toISOString();
      const { data, count } = await s.get(`customers?updated_after=${time}${query}`);
      expect({ query, names: data.map(({ name }: { name: string }) => name), count }).toEqual({
        query,
        names: found,
        count: found.length,
      });
    }
    expectProblem(await s.caller.get(`${s.base}/customers?updated_after=yesterday`), 'validation_error', [
      'updated_after',
    ]);
  });

  it('leaves out what was deleted, which the event feed tells', async () => {
    const s = await scene();
    const id = newId();
    await s.send('PUT', `customers/${id}`, { name: 'Short-lived' });
    expect(await s.changed('customers')).toEqual(['Short-lived']);
    await s.send('DELETE', `customers/${id}`);
    expect(await s.changed('customers')).toEqual([]);
    const { data } = await s.get('communications/events?limit=500');
    expect(
      data.filter((event: { subject_id: string }) => event.subject_id === id).map(({ type }: { type: string }) => type),
    ).toEqual(['customer.created', 'customer.deleted']);
  });

  it('with more changed messages than are looked at: every customer counts as changed, and none is missed', async () => {
    const s = await scene();
    const insert = (messages: number) =>
      run(w.database.ownerUrl, [
        `INSERT INTO communication_threads (company_id, id, thread_group_id, is_latest, message_count, "timestamp", communication_type, source, direction, customer_id)
         SELECT '${s.companyId}', gen_random_uuid(), gen_random_uuid(), true, 1, now(), 'email', 'import', 'inbound', '${s.birch}'
         FROM generate_series(1, ${messages}) n`,
      ]);
    await insert(FEW_CHANGES);
    expect(await s.changed('customers')).toEqual(['Birch']);
    await insert(FEW_CHANGES + 1);
    expect(await s.changed('customers')).toEqual(['Acme', 'Birch', 'Cedar']);
    expect(await s.changed('customers')).toEqual([]);
  }, 60_000);
});

describe('a message', () => {
  it('moves the ETags of its customer, of the lists and of what the response cache holds, and not updated_at', async () => {
    const s = await scene();
    const paths = [
      `customers/${s.acme}`,
      `invoices/${s.invoiceId}`,
      'customers',
      'invoices',
      'customers?ordering=-waiting_since',
    ];
    const read = async (path: string, etag?: string) =>
      s.caller.get(`${s.base}/${path}`, etag ? { 'if-none-match': etag } : {});
    const before = new Map<string, Awaited<ReturnType<typeof read>>>();
    for (const path of paths) {
      // The second answer is cached.
      await read(path);
      before.set(path, await read(path));
      expect((await read(path, String(before.get(path)?.headers.etag))).statusCode, path).toBe(304);
    }
    await s.log({ customer_id: s.acme, invoice_ids: [s.invoiceId], timestamp: '2026-06-01T00:00:00Z' });
    for (const path of paths) {
      const after = await read(path, String(before.get(path)?.headers.etag));
      expect(after.statusCode, path).toBe(200);
      expect(after.body, path).toContain('2026-06-01T00:00:00.000Z');
    }
    const { updated_at } = await s.get(`customers/${s.acme}`);
    expect(updated_at).toBe(before.get(`customers/${s.acme}`)?.json().updated_at);
  });
});
