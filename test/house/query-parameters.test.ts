import { describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import {
  aLog,
  base,
  caller,
  customerId,
  logUrl,
  messages,
  t,
  threadId,
  threads,
  useAnyCompany,
} from '../support/any-company.ts';
import { callerWith, expectProblem } from '../support/http.ts';

useAnyCompany();

describe('NUL in a URL', () => {
  it('is refused with 400 in a query, known or not, name or value', async () => {
    for (const [query, field] of [
      ['search=a%00b', 'search'],
      ['unknown=%00', 'unknown'],
      ['a%00b=1', 'a\0b'],
      ['communication_type=email&communication_type=%00', 'communication_type'],
      ['cursor=%00', 'cursor'],
    ])
      expectProblem(await caller.get(threads(query)), 'validation_error', [String(field)]);
  });

  it('is no UUID in a path: 404', async () => {
    expectProblem(await caller.get(`${base()}/communications/threads/%00`), 'not_found');
    expectProblem(await caller.get('/api/companies/%00/thread-notes'), 'not_found');
  });

  it('hides under no name (400)', async () => {
    expectProblem(await caller.get(threads('__proto__=%00')), 'validation_error', ['__proto__']);
  });
});

describe('Percent-encoding in a query', () => {
  it.each(['%', '%zz', '%f', '%FA', 'caf%E9', '%c3%28', '%c0%80', '%ed%a0%80', '%f5%80%80%80', '100%+sure'])(
    'that is no UTF-8 is refused with 400: %s',
    async (text) => {
      const name = text.replaceAll('+', ' ');
      for (const [query, ...fields] of [
        [`search=${text}`, 'search'],
        [`search=invoice&search=${text}`, 'search'],
        [`cursor=${text}&page=0`, 'cursor', 'page'],
        [`unknown=${text}`, 'unknown'],
        [`d%C3%A9j%C3%A0=${text}`, 'déjà'],
        [`${text}=1`, name],
        [`${text}`, name],
        [`__proto__=${text}`, '__proto__'],
      ] as [string, ...string[]][])
        expectProblem(await caller.get(threads(query)), 'validation_error', fields);
    },
  );

  it('is refused with 400 on every route, after the caller (401)', async () => {
    const detail = `${base()}/communications/threads/${threadId}?x=%FA`;
    expectProblem(await caller.get(detail), 'validation_error', ['x']);
    expectProblem(await callerWith(t.app).get(detail), 'not_authenticated');
    expectProblem(await callerWith(t.app).get(threads('search=%FA')), 'not_authenticated');
    expectProblem(await caller.post(`${logUrl()}?x=%FA`, aLog()), 'validation_error', ['x']);
    expectProblem(await callerWith(t.app).get('/healthz?x=%FA'), 'validation_error', ['x']);
  });

  it('that is UTF-8 is text, whatever it says (200)', async () => {
    for (const text of ['%25', '%25zz', '%F0%9F%98%80', 'caf%C3%A9', 'a%26b%3Dc', '%EF%BF%BD', 'a+b', '%2B'])
      expect((await caller.get(threads(`unknown=${text}&search=a${text}`))).statusCode, text).toBe(200);
  });

  it.each(['=', '&&', '?', 'a=b=c', '[]=1', '__proto__=1', 'constructor=1'])(
    'an odd query never fails with 500: %s',
    async (query) => {
      expect((await caller.get(threads(query))).statusCode).toBeLessThan(500);
      expect((await caller.get(threads(`search=${query}`))).statusCode).toBeLessThan(500);
    },
  );
});

describe('Booleans in a query', () => {
  it('true/false, 1/0, yes/no, any case; anything else → 400', async () => {
    for (const value of ['true', '1', 'yes', 'TRUE', 'Yes', '%20true%20'])
      expect((await caller.get(threads(`is_resolved=${value}`))).json().count, value).toBe(0);
    for (const value of ['false', '0', 'no', 'False', 'NO'])
      expect((await caller.get(threads(`is_resolved=${value}`))).json().count, value).toBeGreaterThan(0);
    for (const value of ['t', '2', 'on', 'null', 'truefalse', '-1'])
      for (const name of ['is_resolved', 'requires_response', 'is_ar_related'])
        expectProblem(await caller.get(threads(`${name}=${value}`)), 'validation_error', [name]);
  });
});

describe('Empty values', () => {
  it('are as if they were not there', async () => {
    const names = [
      'search',
      'direction',
      'view',
      'communication_type',
      'source',
      'requires_response',
      'is_resolved',
      'is_ar_related',
      'date_from',
      'date_to',
      'customer_id',
      'contact_id',
      'invoice_id',
      'page',
      'page_size',
      'limit',
      'offset',
      'cursor',
    ];
    const whole = (await caller.get(threads())).body;
    expect((await caller.get(threads(names.map((name) => `${name}=`).join('&')))).body).toBe(whole);
    expect((await caller.get(threads(names.map((name) => `${name}=%20`).join('&')))).body).toBe(whole);
    expect((await caller.get(threads('search&direction'))).body).toBe(whole);
    expect((await caller.get(threads('communication_type=,%20,'))).body).toBe(whole);
    expect((await caller.get(`${base()}/thread-notes?page=&cursor=&thread_id=`)).json()).toEqual({
      count: 0,
      data: [],
    });
  });
});

describe('Lists in a query', () => {
  it('an unknown value → 400 naming the allowed ones', async () => {
    const response = await caller.get(threads('communication_type=email,fax'));
    expect(response.statusCode).toBe(400);
    expect(JSON.stringify(response.json().errors)).toContain('email, call, meeting, note, sms, letter, manual, other');
    expect(Object.keys(response.json().errors)).toEqual(['communication_type[1]']);
    for (const [name, allowed] of [
      ['direction', 'inbound, outbound'],
      ['view', 'thread, message'],
      ['source', 'nylas, vonage, manual, import'],
    ]) {
      const problem = await caller.get(threads(`${name}=x`));
      expectProblem(problem, 'validation_error', [String(name)]);
      expect(problem.body).toContain(allowed);
    }
  });

  it('a repeated list parameter is joined; any other repeated parameter → 400', async () => {
    expect((await caller.get(threads('communication_type=email&communication_type=call,sms'))).statusCode).toBe(200);
    for (const name of [
      'view',
      'direction',
      'source',
      'is_resolved',
      'date_from',
      'customer_id',
      'search',
      'page',
      'page_size',
      'limit',
      'offset',
      'cursor',
    ])
      expectProblem(await caller.get(threads(`${name}=1&${name}=1`)), 'validation_error', [name]);
    expect((await caller.get(threads('unknown=1&unknown=2'))).statusCode).toBe(200);
  });
});

describe('Ids in a query', () => {
  it('are UUIDs of any version in the plain form, in any case; else 400', async () => {
    for (const id of [
      newId(),
      newId().toUpperCase(),
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    ])
      expect((await caller.get(threads(`customer_id=${id}`))).statusCode).toBe(200);
    for (const id of ['x', '1', `urn:uuid:${newId()}`, `{${newId()}}`, newId().replaceAll('-', ''), `${newId()}%0A`])
      for (const name of ['customer_id', 'contact_id', 'invoice_id'])
        expectProblem(await caller.get(threads(`${name}=${id}`)), 'validation_error', [name]);
  });
});

describe('Unknown names', () => {
  it('are ignored and named in X-Ignored-Parameters: percent-encoded, fields of the body as body.name', async () => {
    const response = await caller.get(threads('colour=red&dir%C3%A9ction=x&a%2Cb=1'));
    expect(response.statusCode).toBe(200);
    expect(response.headers['x-ignored-parameters']).toBe('colour,dir%C3%A9ction,a%2Cb');
    const created = await caller.post(`${logUrl()}?verbose=1`, aLog({ Note: 'x', späß: 1 }));
    expect(created.statusCode).toBe(201);
    expect(created.headers['x-ignored-parameters']).toBe('verbose,body.Note,body.sp%C3%A4%C3%9F');
    expect((await caller.get(threads('page=1'))).headers['x-ignored-parameters']).toBeUndefined();
    const detail = await caller.get(`${base()}/communications/threads/${threadId}?x=1`);
    expect(detail.headers['x-ignored-parameters']).toBe('x');
  });

  it('are named by their place in objects and lists, and in strict handling refused there with 400', async () => {
    const nested = aLog({ promise: { due_on: '2999-06-05', amout: '1' }, dispute: { reason: 'price', by: { a: 1 } } });
    const created = await caller.post(logUrl(), { ...nested, x: 1 });
    expect(created.statusCode, created.body).toBe(201);
    expect(created.headers['x-ignored-parameters']).toBe('body.promise.amout,body.dispute.by,body.x');
    const strict = await caller.post(logUrl(), nested, { prefer: 'handling=strict' });
    expectProblem(strict, 'validation_error', ['body.promise.amout', 'body.dispute.by']);
    expect(strict.json().errors['body.promise.amout']).toEqual(['Unknown; did you mean amount?']);

    const rows = [
      { external_id: newId(), name: 'A' },
      { external_id: newId(), name: 'B', nmae: 'C' },
    ];
    const batch = await caller.post(`${base()}/customers/batch`, { data: rows });
    expect(batch.statusCode, batch.body).toBe(200);
    expect(batch.headers['x-ignored-parameters']).toBe(encodeURIComponent('body.data[1].nmae'));
    const many = Array.from({ length: 500 }, () => ({ external_id: newId(), name: 'A', x: 1, y: 2 }));
    const named = (await caller.post(`${base()}/customers/batch`, { data: many })).headers['x-ignored-parameters'];
    expect(String(named).split(',')).toHaveLength(20);
  });

  it('are named at most 20', async () => {
    const query = Array.from({ length: 30 }, (_, nth) => `x${nth}=1`).join('&');
    const names = String((await caller.get(threads(query))).headers['x-ignored-parameters']).split(',');
    expect(names).toEqual(Array.from({ length: 20 }, (_, nth) => `x${nth}`));
  });

  it('are cut to 50 characters, and left out once the header has 2,000: the answer to a write can always be read', async () => {
    const long = '😀'.repeat(17_000);
    const created = await caller.post(logUrl(), aLog({ [long]: 1, short: 1 }));
    expect(created.statusCode).toBe(201);
    expect(created.headers['x-ignored-parameters']).toBe(
      ['body.'.concat('😀'.repeat(45), '…'), 'body.short'].map(encodeURIComponent).join(','),
    );
    const query = Array.from({ length: 18 }, (_, nth) => `${'%F0%9F%98%80'.repeat(60)}${nth}=1`).join('&');
    const header = String((await caller.get(threads(query))).headers['x-ignored-parameters']);
    expect(header.length).toBeLessThanOrEqual(2_000);
    expect(header.split(',').map(decodeURIComponent)).toEqual(Array(3).fill(`${'😀'.repeat(50)}…`));
  });

  it('are cut so and at most 20 in the 400 of strict mode too', async () => {
    const names = Object.fromEntries(Array.from({ length: 30 }, (_, nth) => [`${nth}${'x'.repeat(17_000)}`, 1]));
    const refused = await caller.post(logUrl(), aLog(names), { prefer: 'handling=strict' });
    const shown = Array.from({ length: 20 }, (_, nth) => `body.${nth}${'x'.repeat(nth < 10 ? 44 : 43)}…`);
    expectProblem(refused, 'validation_error', shown);
    expect(refused.body.length).toBeLessThan(3_000);
  });

  it('Prefer: handling=strict turns each into a 400 with "did you mean"', async () => {
    const strict = { prefer: 'handling=strict' };
    const response = await caller.get(threads('direktion=inbound&zzz=1&page=0'), strict);
    expectProblem(response, 'validation_error', ['direktion', 'page', 'zzz']);
    expect(response.json().errors.direktion).toEqual([expect.stringContaining('did you mean direction')]);
    const before = await messages();
    const refused = await caller.post(logUrl(), aLog({ note: 'x' }), strict);
    expectProblem(refused, 'validation_error', ['body.note']);
    expect(refused.body).toContain('did you mean notes');
    expect(await messages()).toBe(before);
    for (const prefer of ['respond-async, handling=strict', 'handling="strict"', 'Handling=Strict; x=1'])
      expectProblem(await caller.get(threads('zzz=1'), { prefer }), 'validation_error', ['zzz']);
    for (const prefer of [
      'handling=lenient',
      'handling=lenient, handling=strict',
      'x="a, handling=strict"',
      'wait=1; y="b, handling=strict, c"',
      'respond-async; handling=strict',
    ])
      expect((await caller.get(threads('zzz=1'), { prefer })).statusCode, prefer).toBe(200);
    expect((await caller.get(threads('page=1'), strict)).statusCode).toBe(200);
  });
});

describe('Times in a query', () => {
  const lists = ['actions?due_before', 'touchpoints?due_before', 'communications/threads?follow_up_before'];

  it('are read as in a body, whatever their offset, year and fraction (200)', async () => {
    for (const list of [...lists, 'customers?updated_after', 'promises?updated_after', 'thread-notes?updated_after'])
      for (const time of [
        '2026-01-01T00:00:00%2B23:59',
        '2026-01-01T00:00:00-23:59',
        '0000-12-31T23:59:59-00:01',
        '2026-01-01t00:00:00z',
        '2026-01-01T00:00:00.123456789Z',
      ])
        expect((await caller.get(`${base()}/${list}=${time}`)).statusCode, `${list}=${time}`).toBe(200);
  });

  it('are refused with 400 where a body would be', async () => {
    for (const list of lists)
      for (const time of ['2026-01-01', '2026-01-01T00:00:60Z', '9999-12-31T23:59:59-00:01', 'now', 'infinity']) {
        const [, name = ''] = list.split('?');
        expectProblem(await caller.get(`${base()}/${list}=${time}`), 'validation_error', [name]);
      }
  });

  it('are cut to milliseconds, not rounded', async () => {
    await scheduleActions(1);
    const countBefore = async (time: string) => (await caller.get(`${base()}/actions?due_before=${time}`)).json().count;

    expect(await countBefore('2026-01-01T00:00:00.001Z')).toBe(1);
    for (const time of ['2026-01-01T00:00:00.0009Z', '2026-01-01T00:00:00.000999999Z', '2026-01-01T01:00:00%2B01:00'])
      expect(await countBefore(time), time).toBe(0);
  });

  it('may be written in another form with a cursor', async () => {
    await scheduleActions(2);
    const page = `${base()}/actions?page_size=1&due_before`;
    const { next_cursor: cursor } = (await caller.get(`${page}=2026-01-02T00:00:00Z`)).json();
    const next = await caller.get(`${page}=2026-01-02T01:00:00.000%2B01:00&cursor=${cursor}`);
    expect(next.statusCode).toBe(200);
  });

  async function scheduleActions(number: number): Promise<void> {
    const action = {
      customer_id: customerId,
      action_type: 'call',
      status: 'scheduled',
      due_at: '2026-01-01T00:00:00Z',
    };
    const actions = Array.from({ length: number }, () => ({ ...action, id: newId() }));
    expect((await caller.post(`${base()}/actions/batch`, { data: actions })).statusCode).toBe(200);
  }
});

describe('"did you mean"', () => {
  it.each([
    ['pag', 'page'],
    ['lmit', 'limit'],
    ['serach', 'search'],
    ['direktion', 'direction'],
    ['isResolved', 'is_resolved'],
    ['date_form', 'date_from'],
    ['date_too', 'date_to'],
  ])('%s: %s', async (given, meant) => {
    const { errors } = (await caller.get(threads(`${given}=1`), { prefer: 'handling=strict' })).json();
    expect(errors).toEqual({ [given]: [`Unknown; did you mean ${meant}?`] });
  });

  it.each(['x', 'q', 'id', 'date', 'type', 'size', 'tag', 'to', 'status'])('%s: nothing is near', async (given) => {
    const { errors } = (await caller.get(threads(`${given}=1`), { prefer: 'handling=strict' })).json();
    expect(errors).toEqual({ [given]: ['Unknown.'] });
  });
});
