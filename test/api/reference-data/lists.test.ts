import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createMessage, createTenant } from '../../support/factories.ts';
import { type Caller, callerWith, expectProblem } from '../../support/http.ts';

/** What stands next to each sentence of contract §4 on lists: filters, orders and cursors. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Row = Record<string, string | null> & { id: string };

async function scene() {
  const tenant = await createTenant(t.db);
  const member: Caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}`;
  const put = async (path: string, payload: object) => {
    const response = await member.send({ method: 'PUT', url: `${base}${path}`, payload });
    expect(response.statusCode, response.body).toBeLessThan(300);
    return response.json();
  };
  const customer = async (name: string, external_id?: string) => {
    const id = newId();
    await put(`/customers/${id}`, { name, external_id });
    return id;
  };
  const get = (path: string) => member.get(`${base}${path}`);
  const rows = async (path: string): Promise<Row[]> => {
    const response = await get(path);
    expect(response.statusCode, response.body).toBe(200);
    const { data, count } = response.json();
    if (count !== undefined && !/page|limit/.test(path)) expect(count).toBe(data.length);
    return data;
  };
  const names = async (path: string) => (await rows(path)).map(({ name }) => name);
  const walk = async (path: string, between: (nth: number) => Promise<unknown> = async () => undefined) => {
    const walked: Row[] = [];
    let cursor = '';
    for (let nth = 0; ; nth += 1) {
      const page = (await get(`${path}${path.includes('?') ? '&' : '?'}page_size=2${cursor}`)).json();
      walked.push(...page.data);
      if (!page.next_cursor) return walked;
      cursor = `&cursor=${page.next_cursor}`;
      await between(nth);
    }
  };
  return { ...tenant, member, base, put, customer, get, rows, names, walk };
}

describe('filters', () => {
  it('external_id: a list, with blanks around its commas; unknown ones find nothing', async () => {
    const s = await scene();
    await s.customer('A', 'k 1');
    await s.customer('B', 'k-2');
    await s.customer('C');
    for (const [given, found] of [
      ['k-2', ['B']],
      [' k 1 , ,k-2 , ', ['A', 'B']],
      ['K-2', []],
      ['nobody', []],
      [',', ['A', 'B', 'C']],
      ['', ['A', 'B', 'C']],
    ] as const)
      expect(await s.names(`/customers?external_id=${encodeURIComponent(given)}`), given).toEqual(found);
    expect(await s.names('/customers?external_id=k-2&external_id=k%201')).toEqual(['A', 'B']);
    const many = Array.from({ length: 501 }, (_, nth) => nth).join(',');
    expectProblem(await s.get(`/customers?external_id=${many}`), 'validation_error', ['external_id']);
  });

  it('search: the beginning of each word, in any order, without case and accents; without a word, nothing', async () => {
    const s = await scene();
    await s.customer('Müller & Söhne GmbH', 'D-10042');
    await s.customer('ΟΔΟΣ Straße');
    await s.customer("O'Brien \\ Partners");
    for (const [search, found] of [
      ['mull', ['Müller & Söhne GmbH']],
      ['MÜLLER', ['Müller & Söhne GmbH']],
      ['gmbh sohne', ['Müller & Söhne GmbH']],
      ['10042', ['Müller & Söhne GmbH']],
      ['d-100', ['Müller & Söhne GmbH']],
      ['uller', []],
      ['muller straße', []],
      ['STRASSE', ['ΟΔΟΣ Straße']],
      ['οδοσ', ['ΟΔΟΣ Straße']],
      ["o'brien", ["O'Brien \\ Partners"]],
      ["'a' & !b | (c):*", []],
      ['\\', []],
      ['&', []],
      ['%', []],
    ] as const)
      expect(await s.names(`/customers?search=${encodeURIComponent(search)}`), search).toEqual(found);
    expect((await s.get(`/customers?search=${'a%20'.repeat(300)}`)).statusCode).toBe(400);
    expect(await s.names(`/customers?search=${'gmbh%20'.repeat(32)}`)).toEqual(['Müller & Söhne GmbH']);
    const many = await s.get(`/customers?search=${'gmbh%20'.repeat(33)}`);
    expectProblem(many, 'validation_error', ['search']);
    expect(many.json().errors.search).toEqual(['Must have at most 32 words.']);
  });

  it('contacts: email without case, phone, search in the address', async () => {
    const s = await scene();
    const customer_id = await s.customer('Acme');
    await s.put(`/contacts/${newId()}`, {
      customer_id,
      name: 'Dana',
      email: 'Dana.Reyes@Acme.example',
      phone: '+15551234567',
    });
    await s.put(`/contacts/${newId()}`, { customer_id, name: 'Kim' });
    for (const query of [
      'email=DANA.reyes@acme.EXAMPLE',
      'phone=%2B15551234567',
      'search=reyes',
      `customer_id=${customer_id.toUpperCase()}&search=dana`,
    ])
      expect(await s.names(`/contacts?${query}`), query).toEqual(['Dana']);
    expect(await s.names('/contacts?email=dana')).toEqual([]);
    expect(await s.names(`/contacts?customer_id=${newId()}`)).toEqual([]);
  });

  it('due_before is exclusive and leaves out what has no time; due_from and due_to are inclusive', async () => {
    const s = await scene();
    const customer_id = await s.customer('Acme');
    for (const [label, scheduled_for] of [
      ['early', '2026-05-01T00:00:00Z'],
      ['at', '2026-05-02T00:00:00Z'],
      ['never', null],
    ])
      await s.put(`/touchpoints/${newId()}`, {
        customer_id,
        step_type: 'call',
        status: 'pending',
        label,
        scheduled_for,
      });
    const labels = async (query: string) => (await s.rows(`/touchpoints?${query}`)).map(({ label }) => label);
    expect(await labels('due_before=2026-05-02T00:00:00Z')).toEqual(['early']);
    expect(await labels('due_before=2026-05-02T02:00:00.001%2B02:00')).toEqual(['early', 'at']);
    expect(await labels('due_before=9999-12-31T23:59:59.999Z&status=pending,ready')).toEqual(['early', 'at']);
    expectProblem(await s.get('/touchpoints?due_before=2026-05-02'), 'validation_error', ['due_before']);

    for (const [number, due_date] of [
      ['1', '2026-05-01'],
      ['2', '2026-05-02'],
      ['3', '2026-05-03'],
      ['4', undefined],
    ])
      await s.put(`/invoices/${newId()}`, { customer_id, number, due_date });
    const numbers = async (query: string) => (await s.rows(`/invoices?${query}`)).map(({ number }) => number);
    expect(await numbers('due_from=2026-05-02')).toEqual(['2', '3']);
    expect(await numbers('due_to=2026-05-02')).toEqual(['1', '2']);
    expect(await numbers('due_from=2026-05-02&due_to=2026-05-02')).toEqual(['2']);
    expectProblem(await s.get('/invoices?due_from=2026-05-03&due_to=2026-05-02'), 'validation_error', ['due_from']);
    expectProblem(await s.get('/invoices?due_from=2026-02-30&status=unpaid'), 'validation_error', [
      'due_from',
      'status',
    ]);
  });

  it('of another collection are ignored and named; orders that it has not are 400', async () => {
    const s = await scene();
    const ignored = await s.get('/actions?search=x&has_open=true');
    expect(ignored.statusCode).toBe(200);
    expect(String(ignored.headers['x-ignored-parameters']).split(',').sort()).toEqual(['has_open', 'search']);
    for (const [collection, ordering] of [
      ['customers', '-name'],
      ['customers', 'waiting_since'],
      ['invoices', '-due_date'],
      ['contacts', '-waiting_since'],
      ['actions', 'name'],
    ])
      expectProblem(await s.get(`/${collection}?ordering=${ordering}`), 'validation_error', ['ordering']);
  });
});

describe('cursors', () => {
  it('walk rows without a date last, ties by id, in every order and with every status', async () => {
    const s = await scene();
    const customer_id = await s.customer('Acme');
    const times = ['2026-05-02T00:00:00Z', null, '2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z', null, null];
    const statuses = ['scheduled', 'proposed', 'cancelled'];
    for (const [nth, due_at] of times.entries())
      await s.put(`/actions/${newId()}`, { customer_id, action_type: 'call', status: statuses[nth % 3], due_at });
    const key = ({ due_at, id }: Row) => `${due_at ?? 'none'} ${id}`;
    for (const query of [
      '',
      '?status=scheduled,proposed,cancelled',
      `?customer_id=${customer_id}&status=cancelled,scheduled`,
      '?status=proposed',
    ]) {
      const walked = await s.walk(`/actions${query}`);
      expect(walked.map(key), query).toEqual(walked.map(key).toSorted());
      expect(walked.map(({ id }) => id)).toEqual((await s.rows(`/actions${query}`)).map(({ id }) => id));
    }
    expect(await s.walk('/actions')).toHaveLength(times.length);
  });

  it('skip and repeat none of the rows that keep their name while others are renamed, made and deleted', async () => {
    const s = await scene();
    const ids = new Map<string, string>();
    for (const name of 'abcdefghij') ids.set(name, await s.customer(name));
    const walked = await s.walk('/customers', async (nth) => {
      if (nth === 0) await s.put(`/customers/${ids.get('a')}`, { name: 'z' });
      if (nth === 1) await s.put(`/customers/${ids.get('j')}`, { name: 'A' });
      if (nth === 2) await s.member.send({ method: 'DELETE', url: `${s.base}/customers/${ids.get('f')}` });
      if (nth === 2) await s.customer('ga');
    });
    expect(walked.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'ga', 'h', 'i', 'z']);
  });

  it('go with has_open and the worklist, and with no other filter, order, collection or company', async () => {
    const s = await scene();
    for (const name of 'abcde') {
      const customerId = await s.customer(name);
      if (name !== 'c')
        await createMessage(t.db, t.ring, s.companyId, {
          customerId,
          requiresResponse: name === 'e',
          isResolved: name === 'd',
        });
    }
    const named = async (path: string) => (await s.walk(path)).map(({ name }) => name);
    expect(await named('/customers?has_open=true')).toEqual(['a', 'b', 'e']);
    expect(await named('/customers?has_open=false')).toEqual(['c', 'd']);
    expect(await named('/customers?ordering=-waiting_since')).toEqual(['e', 'a', 'b', 'c', 'd']);
    expect(await named('/customers?ordering=-waiting_since&has_open=true')).toEqual(['e', 'a', 'b']);
    expect(await s.names('/customers?ordering=-waiting_since&page=2&page_size=2')).toEqual(['b', 'c']);
    expect(await s.names('/customers?ordering=-waiting_since&limit=2&offset=1')).toEqual(['a', 'b']);
    expect((await s.get('/customers?has_open=true&page=9007199254740993')).json()).toMatchObject({
      count: 3,
      data: [],
    });
    expect((await s.get('/customers?ordering=-waiting_since&page=9007199254740993')).json()).toMatchObject({
      data: [],
    });

    const { next_cursor: cursor } = (await s.get('/customers?page_size=2')).json();
    const other = await scene();
    for (const [who, path] of [
      [s, '/customers?has_open=true'],
      [s, '/customers?ordering=-waiting_since'],
      [s, '/customers?search=a'],
      [s, '/contacts?'],
      [other, '/customers?'],
    ] as const)
      expectProblem(await who.get(`${path}&cursor=${cursor}`), 'invalid_cursor', ['cursor']);
    expect((await s.get(`/customers?ordering=name&page_size=1&cursor=${cursor}`)).json().data).toMatchObject([
      { name: 'c' },
    ]);
  });
});
