import { METHODS } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createCustomer, createMessage, createTenant } from '../support/factories.ts';
import { anId, type Caller, callerWith, expectProblem } from '../support/http.ts';

/** Contract §1, Conventions and Errors: what holds on every route. */

let t: TestApp;
let caller: Caller;
let companyId: string;
let customerId: string;
let threadId: string;

beforeAll(async () => {
  t = await startTestApp({ corsOrigins: ['https://app.example'] });
  const tenant = await createTenant(t.db);
  companyId = tenant.companyId;
  caller = callerWith(t.app, tenant.token);
  customerId = await createCustomer(t.db, companyId);
  threadId = (await createMessage(t.db, t.ring, companyId, { customerId })).id;
});
afterAll(() => t.close());

const base = () => `/api/companies/${companyId}`;
const threads = (query = '') => `${base()}/communications/threads${query && `?${query}`}`;
const logUrl = () => `${base()}/communications/log-manual`;
const aLog = (fields: object = {}) => ({ communication_type: 'call', notes: 'x', customer_id: customerId, ...fields });
const raw = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  caller.send({ method: 'POST', url: logUrl(), payload, headers: { 'content-type': 'application/json', ...headers } });

async function messages(): Promise<number> {
  const [row] = await t.db.query<{ count: number }>({ text: 'SELECT count(*) AS count FROM communication_threads' });
  return row?.count ?? 0;
}

describe('Prefix', () => {
  it('every route answers under /api and /api/v1, with and without a final slash', async () => {
    for (const path of [
      'communications/threads',
      `communications/threads/${threadId}`,
      'communications/emails',
      `communications/emails/${threadId}`,
      'thread-notes',
    ]) {
      const answers = [];
      for (const prefix of ['/api', '/api/v1'])
        for (const slash of ['', '/'])
          answers.push(await caller.get(`${prefix}/companies/${companyId}/${path}${slash}`));
      const [canonical, ...others] = answers;
      expect(canonical?.statusCode).toBe(200);
      for (const other of others) expect([other.statusCode, other.body]).toEqual([200, canonical?.body]);
    }
    for (const url of [logUrl(), `${logUrl()}/`, `${base().replace('/api', '/api/v1')}/communications/log-manual/`])
      expect((await caller.post(url, aLog())).statusCode).toBe(201);
  });

  it('the service routes are at the root only, without a token, and say nothing of a company', async () => {
    for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs', '/metrics']) {
      const response = await callerWith(t.app).get(path);
      expect(response.statusCode, path).toBeLessThan(400);
      expect(response.body).not.toContain(companyId);
      expectProblem(await callerWith(t.app).get(`/api${path}`), 'not_found');
    }
  });

  it('the OpenAPI document shows /api', async () => {
    const { paths } = (await callerWith(t.app).get('/openapi.json')).json();
    const api = Object.keys(paths).filter((path) => path.startsWith('/api'));
    expect(api.length).toBeGreaterThan(8);
    expect(api.filter((path) => path.startsWith('/api/v1'))).toEqual([]);
  });
});

describe('Bodies', () => {
  const refused: [string, string | Buffer, string[]][] = [
    ['nothing', '', ['body']],
    ['what is not JSON', '{"notes": x}', ['body']],
    ['a list', '[]', ['body']],
    ['null', 'null', ['body']],
    ['a string', '"x"', ['body']],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]), ['body']],
    ['Latin-1', Buffer.from(JSON.stringify(aLog({ notes: 'é' })), 'latin1'), ['body']],
    ['half a surrogate pair in UTF-8 bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), ['body']],
  ];
  it.each(refused)('%s is refused with 400', async (_what, payload, fields) => {
    const before = await messages();
    expectProblem(await raw(payload), 'validation_error', fields);
    expect(await messages()).toBe(before);
  });

  it.each([
    ['NUL in a field', { notes: 'a\0b' }, ['notes']],
    ['a lone surrogate in a field', { notes: 'a\ud800' }, ['notes']],
    ['the other half', { subject: '\udc00b' }, ['subject']],
    ['NUL in a list', { strategy_tags: ['ok', 'a\0'] }, ['strategy_tags[1]']],
    ['NUL in an unknown field', { unknown: 'a\0b' }, ['unknown']],
    ['a lone surrogate deep in an unknown field', { unknown: [{ x: ['\ud83d'] }] }, ['unknown[0].x[0]']],
    ['several at once', { notes: '\0', subject: '\ud800', x: '\0' }, ['notes', 'subject', 'x']],
  ])('%s is refused with 400 that names it', async (_what, fields, named) => {
    const before = await messages();
    expectProblem(await raw(JSON.stringify(aLog(fields))), 'validation_error', named);
    expect(await messages()).toBe(before);
  });

  it('a field named __proto__ hides nothing', async () => {
    const body = `{"communication_type":"call","notes":"x","customer_id":"${customerId}","__proto__":"a\\u0000b"}`;
    expectProblem(await raw(body), 'validation_error', ['__proto__']);
  });

  it('a body over 1 MiB is refused with 413, one of just 1 MiB is read', async () => {
    const start = JSON.stringify(aLog({ pad: '' })).slice(0, -2);
    const full = `${start}${'a'.repeat(1024 * 1024 - start.length - 2)}"}`;
    expect(Buffer.byteLength(full)).toBe(1024 * 1024);
    expect((await raw(full)).statusCode).toBe(201);
    expectProblem(await raw(`${full} `), 'payload_too_large');
  });

  it('a body without or with another content type is refused with 415', async () => {
    const before = await messages();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'application/jsonx',
      'x',
    ])
      expectProblem(await raw(JSON.stringify(aLog()), { 'content-type': type }), 'unsupported_media_type');
    const untyped = await caller.send({ method: 'POST', url: logUrl(), payload: Buffer.from(JSON.stringify(aLog())) });
    expectProblem(untyped, 'unsupported_media_type');
    expect(await messages()).toBe(before);
    expect((await raw(JSON.stringify(aLog()), { 'content-type': 'Application/JSON; charset=UTF-8' })).statusCode).toBe(
      201,
    );
  });

  it('a body that is packed, or in another character set than UTF-8, is refused with 415 that says so', async () => {
    const before = await messages();
    const body = JSON.stringify(aLog());
    for (const coding of ['gzip', 'br', 'Deflate', 'identity, gzip', 'x']) {
      const packed = await raw(gzipSync(body), { 'content-encoding': coding });
      expectProblem(packed, 'unsupported_media_type');
      expect(packed.json().detail).toBe('Send the body without Content-Encoding.');
      expect(packed.headers['accept-encoding']).toBe('identity');
      expectProblem(await raw(body, { 'content-encoding': coding }), 'unsupported_media_type');
    }
    for (const charset of ['iso-8859-1', '"latin1"', 'UTF-16', 'utf-8859', 'x']) {
      const other = await raw(body, { 'content-type': `application/json; charset=${charset}` });
      expectProblem(other, 'unsupported_media_type');
      expect(other.json().detail).toBe('Send the body as JSON in UTF-8.');
    }
    const stranger = callerWith(t.app).send({
      method: 'POST',
      url: logUrl(),
      payload: body,
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    expectProblem(await stranger, 'not_authenticated');
    expect(await messages()).toBe(before);
    for (const headers of [
      { 'content-encoding': 'identity' },
      { 'content-encoding': 'Identity', 'content-type': 'application/json;charset="utf-8"' },
      { 'content-type': 'application/json; x=1; Charset=UTF8' },
    ] as Record<string, string>[])
      expect((await raw(body, headers)).statusCode).toBe(201);
  });

  it('a very deep or very long hostile body is refused or ignored quickly', async () => {
    const deep = `{"notes":"x","unknown":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const named = `{"unknown":${'{"a":'.repeat(100_000)}"\\u0000"${'}'.repeat(100_000)}}`;
    const long = `{"invoice_ids":[${'0,'.repeat(500_000)}0]}`;
    const nuls = `{"x":[${'"\\u0000",'.repeat(100_000)}"\\u0000"]}`;
    for (const payload of [deep, named, long, nuls]) {
      const start = performance.now();
      const response = await raw(payload);
      expect(response.statusCode).toBe(400);
      expect(response.body.length).toBeLessThan(1_000_000);
      expect(performance.now() - start).toBeLessThan(5_000);
    }
  });

  it('lengths count Unicode code points', async () => {
    const subject = '👩‍👩‍👧'.repeat(100);
    expect([...subject]).toHaveLength(500);
    expect((await caller.post(logUrl(), aLog({ subject }))).json().subject).toBe(subject);
    expectProblem(await caller.post(logUrl(), aLog({ subject: `${subject}a` })), 'validation_error', ['subject']);
  });
});

describe('JSON types in a body', () => {
  it('are never coerced', async () => {
    for (const fields of [
      { is_resolved: 'true' },
      { is_resolved: 1 },
      { is_resolved: 'yes' },
      { subject: 5 },
      { subject: ['x'] },
      { notes: true },
      { direction: ['outbound'] },
      { customer_id: [customerId] },
      { strategy_tags: 'x' },
      { strategy_tags: { 0: 'x' } },
      { timestamp: 0 },
    ])
      expectProblem(await caller.post(logUrl(), aLog(fields)), 'validation_error', Object.keys(fields));
  });
});

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

  it('hides under no name', async () => {
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

  it('is refused on every route, after the caller', async () => {
    const detail = `${base()}/communications/threads/${threadId}?x=%FA`;
    expectProblem(await caller.get(detail), 'validation_error', ['x']);
    expectProblem(await callerWith(t.app).get(detail), 'not_authenticated');
    expectProblem(await callerWith(t.app).get(threads('search=%FA')), 'not_authenticated');
    expectProblem(await caller.post(`${logUrl()}?x=%FA`, aLog()), 'validation_error', ['x']);
    expectProblem(await callerWith(t.app).get('/healthz?x=%FA'), 'validation_error', ['x']);
  });

  it('that is UTF-8 is text, whatever it says', async () => {
    for (const text of ['%25', '%25zz', '%F0%9F%98%80', 'caf%C3%A9', 'a%26b%3Dc', '%EF%BF%BD', 'a+b', '%2B'])
      expect((await caller.get(threads(`unknown=${text}&search=a${text}`))).statusCode, text).toBe(200);
  });

  it.each(['=', '&&', '?', 'a=b=c', '[]=1', '__proto__=1', 'constructor=1'])(
    'an odd query never fails: %s',
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
  it('are UUIDs of any version in the plain form, in any case', async () => {
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

  it('are named by their place in objects and lists, and in strict handling refused there', async () => {
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

  it('are cut so and at most 20 in strict mode too', async () => {
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
    expect((await caller.get(threads('zzz=1'), { prefer: 'handling=lenient' })).statusCode).toBe(200);
    expect((await caller.get(threads('page=1'), strict)).statusCode).toBe(200);
  });
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

describe('Errors', () => {
  it('a validation error names every offending field at once, those that go together too', async () => {
    const response = await caller.get(
      threads(
        'view=x&direction=x&is_resolved=x&customer_id=x&page=0&limit=2&search=' +
          'a+'.repeat(33) +
          '&date_from=2026-02-02&date_to=2026-02-01&communication_type=x',
      ),
    );
    expectProblem(response, 'validation_error', [
      'communication_type[0]',
      'customer_id',
      'date_from',
      'direction',
      'is_resolved',
      'page',
      'search',
      'view',
    ]);
    expectProblem(await caller.get(threads('page=1&limit=2&direction=x')), 'validation_error', ['direction', 'limit']);
  });

  it('404 for an unknown route', async () => {
    for (const url of [
      '/',
      '/api',
      '/api/nothing',
      `${base()}/nothing`,
      `${base()}/communications`,
      '/api/v2/auth/login/',
      `${threads()}//`,
      '/api/%zz',
    ])
      expectProblem(await caller.get(url), 'not_found');
  });

  it('404 for a path id that is no UUID', async () => {
    for (const id of ['x', '1', `urn:uuid:${companyId}`, `${companyId}x`, 'a'.repeat(1_000)])
      expectProblem(await caller.get(`/api/companies/${id}/thread-notes`), 'not_found');
  });

  it('405 with Allow', async () => {
    for (const [method, url, allow] of [
      ['DELETE', threads(), 'GET, HEAD, OPTIONS'],
      ['PUT', logUrl(), 'OPTIONS, POST'],
      ['GET', logUrl(), 'OPTIONS, POST'],
      ['PATCH', `${base()}/thread-notes`, 'GET, HEAD, OPTIONS, POST'],
      ['GET', '/api/auth/login/', 'OPTIONS, POST'],
      ['GET', '/api/v1/auth/logout', 'OPTIONS, POST'],
      ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
      ['TRACE', threads(), 'GET, HEAD, OPTIONS'],
      ['PROPFIND', threads(), 'GET, HEAD, OPTIONS'],
      ['M-SEARCH', logUrl(), 'OPTIONS, POST'],
      ['LOCK', '/healthz', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const response = await caller.send({ method: method as 'GET', url });
      expectProblem(response, 'method_not_allowed');
      expect(response.headers.allow, `${method} ${url}`).toBe(allow);
    }
    expectProblem(await caller.send({ method: 'DELETE', url: '/api/companies/x/thread-notes' }), 'not_found');
    expectProblem(await caller.send({ method: 'PROPFIND' as 'GET', url: '/nothing' }), 'not_found');
  });

  it('405 for every method that Node reads and the address has not, with a body too', async () => {
    for (const method of METHODS.filter((method) => !['CONNECT', 'OPTIONS', 'POST'].includes(method)))
      for (const body of [{}, { payload: 'x', headers: { 'content-type': 'text/plain' } }]) {
        const response = await caller.send({ method: method as 'GET', url: logUrl(), ...body });
        expect([response.statusCode, response.headers.allow], method).toEqual([405, 'OPTIONS, POST']);
      }
  });

  it('order of refusals: route or path id, 401, 403 company, 403 role, then the input', async () => {
    const stranger = callerWith(t.app, (await createTenant(t.db)).token);
    const viewerTenant = await createTenant(t.db, { role: 'viewer' });
    const viewer = callerWith(t.app, viewerTenant.token);
    const nobody = callerWith(t.app);
    const bodies = [
      ['text/plain', 'not json', 'unsupported_media_type'],
      ['application/json', 'not json', 'validation_error'],
      ['application/json', '{"notes": 1}', 'validation_error'],
      ['application/json; charset=utf-8', JSON.stringify({ ...aLog(), customer_id: newId() }), 'validation_error'],
      [
        'application/json',
        JSON.stringify({ ...aLog(), notes: 'x'.repeat(20_000), customer_id: newId() }),
        'validation_error',
      ],
      ['application/json', `${' '.repeat(20_000)}not json`, 'validation_error'],
      ['application/json', `"${'x'.repeat(1 << 20)}"`, 'payload_too_large'],
    ] as const;
    for (const [type, payload, refusal] of bodies) {
      const broken = { method: 'POST', payload, headers: { 'content-type': type } } as const;
      expectProblem(await nobody.send({ ...broken, url: `${base()}/nothing` }), 'not_found');
      expectProblem(await nobody.send({ ...broken, url: '/api/companies/x/communications/log-manual' }), 'not_found');
      expectProblem(await nobody.send({ ...broken, url: logUrl() }), 'not_authenticated');
      expectProblem(await stranger.send({ ...broken, url: logUrl() }), 'permission_denied');
      expectProblem(
        await viewer.send({ ...broken, url: `/api/companies/${viewerTenant.companyId}/communications/log-manual` }),
        'permission_denied',
      );
      expect((await caller.send({ ...broken, url: logUrl() })).json().code).toBe(refusal);
    }
    for (const list of ['communications/threads', 'communications/emails', 'thread-notes']) {
      const url = `${base()}/${list}?page=0&page_size=x`;
      expectProblem(await nobody.get(url), 'not_authenticated');
      expectProblem(await stranger.get(url), 'permission_denied');
      expectProblem(await stranger.get(`${base()}/${list}?cursor=x`), 'permission_denied');
      expectProblem(await nobody.get(`/api/companies/x/${list}?page=0`), 'not_found');
      expectProblem(await caller.get(url), 'validation_error', ['page', 'page_size']);
    }
    expectProblem(await stranger.get(`${threads()}/${threadId}`), 'permission_denied');
  });
});

describe('X-Request-Id', () => {
  it('is on every response, and in every problem', async () => {
    for (const url of [threads(), '/healthz', '/nothing', threads('page=0'), '/openapi.json', '/docs']) {
      const response = await caller.get(url);
      expect(response.headers['x-request-id'], url).toEqual(anId);
      if (response.statusCode >= 400) expect(response.json().request_id).toBe(response.headers['x-request-id']);
    }
  });

  it("a client's own is kept when it matches [A-Za-z0-9._-]{1,64}", async () => {
    for (const id of ['a', 'A-z_0.9', 'x'.repeat(64)])
      expect((await caller.get(threads('page=0'), { 'x-request-id': id })).json().request_id).toBe(id);
    for (const id of ['', 'x'.repeat(65), 'a b', 'é', 'a/b', '<script>'])
      expect((await caller.get(threads(), { 'x-request-id': id })).headers['x-request-id']).toEqual(anId);
  });
});

describe('Caching', () => {
  it('lists and details carry a weak ETag, Cache-Control: private, no-cache and Vary: Authorization', async () => {
    for (const url of [
      threads(),
      `${threads()}/${threadId}`,
      `${base()}/communications/emails`,
      `${base()}/communications/emails/${threadId}`,
      `${base()}/thread-notes`,
      `${base()}/thread-notes?page=1`,
    ]) {
      const response = await caller.get(url);
      expect(response.headers.etag, url).toMatch(/^W\/"[^"]+"$/);
      expect(response.headers['cache-control']).toBe('private, no-cache');
      expect(response.headers.vary).toContain('Authorization');
    }
  });

  it('If-None-Match is answered with 304, after authorisation', async () => {
    for (const url of [threads(), `${threads()}/${threadId}`, `${base()}/thread-notes`]) {
      const etag = String((await caller.get(url)).headers.etag);
      for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
        const response = await caller.get(url, { 'if-none-match': known });
        expect([response.statusCode, response.body], url).toEqual([304, '']);
        expect(response.headers).toMatchObject({ etag, 'cache-control': 'private, no-cache' });
        expect(response.headers.vary).toContain('Authorization');
      }
      expect((await caller.get(url, { 'if-none-match': '"other"' })).statusCode).toBe(200);
      expectProblem(await callerWith(t.app).get(url, { 'if-none-match': etag }), 'not_authenticated');
      const stranger = callerWith(t.app, (await createTenant(t.db)).token);
      expectProblem(await stranger.get(url, { 'if-none-match': etag }), 'permission_denied');
    }
  });

  it('a condition changes nothing where the answer is a refusal without it', async () => {
    const foreign = Buffer.alloc(49, 1).toString('base64url');
    for (const list of [threads(), `${base()}/communications/emails`, `${base()}/thread-notes`])
      for (const condition of [
        { 'if-none-match': '*' },
        { 'if-none-match': '"other", *' },
        { 'if-match': '*' },
        { 'if-match': '"other"' },
      ]) {
        expectProblem(await caller.get(`${list}?cursor=abc`, condition), 'invalid_cursor', ['cursor']);
        const following = await caller.get(`${list}?updated_after=${foreign}`, condition);
        expectProblem(following, 'validation_error', ['updated_after']);
        expect(following.json().detail).toContain('Not a watermark of this list');
      }
  });

  it('the ETag changes with every write that changes the answer, and holds through folding', async () => {
    const tagOf = async (url: string) => (await caller.get(url)).headers.etag;
    const tagsOf = async (urls: string[]) => {
      const tags = [];
      for (const url of urls) tags.push(await tagOf(url));
      return tags;
    };
    const urls = [threads(), `${base()}/communications/emails`, `${base()}/thread-notes`];
    const before = await tagsOf(urls);
    await t.fold();
    expect(await tagsOf(urls)).toEqual(before);
    await caller.post(`${base()}/thread-notes`, { thread_id: threadId, content: 'x' });
    const noted = await tagsOf(urls);
    expect(noted[2]).not.toBe(before[2]);
    await caller.post(logUrl(), aLog());
    expect(await tagOf(threads())).not.toBe(noted[0]);
    expect(await tagOf(threads('page_size=5'))).not.toBe(await tagOf(threads('page_size=6')));
  });

  it('If-Match with another ETag → 412', async () => {
    for (const url of [threads(), `${threads()}/${threadId}`]) {
      const etag = String((await caller.get(url)).headers.etag);
      expect((await caller.get(url, { 'if-match': etag })).statusCode).toBe(200);
      expect((await caller.get(url, { 'if-match': '*' })).statusCode).toBe(200);
      expectProblem(await caller.get(url, { 'if-match': 'W/"other"' }), 'precondition_failed');
    }
  });

  it('everything else with a token is no-store', async () => {
    expect((await caller.post(logUrl(), aLog())).headers['cache-control']).toBe('no-store');
    const note = await caller.post(`${base()}/thread-notes`, { thread_id: threadId, content: 'x' });
    expect(note.headers).toMatchObject({ 'cache-control': 'no-store', vary: expect.stringContaining('Authorization') });
  });

  it('HEAD answers the headers of GET without its body', async () => {
    for (const url of [threads(), `${threads()}/${threadId}`, `${base()}/thread-notes`]) {
      const [got, head] = [await caller.get(url), await caller.send({ method: 'HEAD', url })];
      expect([head.statusCode, head.body]).toEqual([200, '']);
      for (const name of ['etag', 'cache-control', 'vary', 'content-type'])
        expect(head.headers[name]).toBe(got.headers[name]);
    }
  });

  it('304 to HEAD has no length: that of the GET it stands for is not known, and is not 0', async () => {
    for (const url of [threads(), `${threads()}/${threadId}`, `${base()}/thread-notes`])
      for (const method of ['HEAD', 'GET'] as const) {
        const etag = String((await caller.get(url)).headers.etag);
        const { statusCode, headers } = await caller.send({ method, url, headers: { 'if-none-match': etag } });
        expect([statusCode, headers.etag]).toEqual([304, etag]);
        expect(headers).not.toHaveProperty('content-length');
      }
    const whole = await caller.get(threads());
    const head = await caller.send({ method: 'HEAD', url: threads() });
    expect(head.headers['content-length']).toBe(whole.headers['content-length']);
  });
});

describe('CORS', () => {
  const origin = 'https://app.example';
  const allowed = [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'Prefer',
    'If-Match',
    'If-None-Match',
    'Last-Event-ID',
    'X-Request-Id',
    'Cache-Control',
  ];
  const exposed = [
    'Link',
    'Location',
    'ETag',
    'Retry-After',
    'RateLimit-Limit',
    'RateLimit-Remaining',
    'RateLimit-Reset',
    'X-Request-Id',
    'X-Ignored-Parameters',
    'Idempotency-Replayed',
    'Preference-Applied',
  ];
  const listed = (header: unknown) => String(header).split(/\s*,\s*/);

  it('only origins in the settings, no credentials; all headers of the API are exposed', async () => {
    const response = await caller.get(threads(), { origin });
    expect(response.headers['access-control-allow-origin']).toBe(origin);
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
    expect(listed(response.headers['access-control-expose-headers']).sort()).toEqual([...exposed].sort());
    expect(response.headers.vary).toContain('Origin');
    expect(response.headers.vary).toContain('Authorization');
    const other = await caller.get(threads(), { origin: 'https://evil.example' });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    const refused = await callerWith(t.app).get(threads(), { origin });
    expectProblem(refused, 'not_authenticated');
    expect(refused.headers['access-control-allow-origin']).toBe(origin);
  });

  it('a preflight needs no token', async () => {
    const response = await callerWith(t.app).send({
      method: 'OPTIONS',
      url: logUrl(),
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
    expect(response.statusCode).toBe(204);
    expect(response.headers['access-control-allow-origin']).toBe(origin);
    expect(listed(response.headers['access-control-allow-headers']).sort()).toEqual([...allowed].sort());
    expect(listed(response.headers['access-control-allow-methods'])).toContain('POST');
  });

  it('an OPTIONS that is no preflight is answered as without origins in the settings', async () => {
    const closed = await startTestApp();
    try {
      for (const url of [threads(), logUrl(), '/healthz', '/nothing', '/api/companies/x/thread-notes', `${base()}/y`])
        for (const request of [
          {},
          { headers: { origin } },
          { headers: { 'access-control-request-method': 'POST' } },
          { headers: { 'content-type': 'text/plain' }, payload: 'x' },
        ]) {
          const answers = [];
          for (const { app } of [t, closed])
            answers.push(await callerWith(app).send({ method: 'OPTIONS', url, ...request }));
          const [open, without] = answers.map(({ statusCode, headers }) => [statusCode, headers.allow]);
          expect(open, url).toEqual(without);
        }
      const plain = await callerWith(t.app).send({ method: 'OPTIONS', url: threads(), headers: { origin } });
      expect([plain.statusCode, plain.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
      expect(plain.headers['access-control-allow-origin']).toBe(origin);
      expectProblem(await callerWith(t.app).send({ method: 'OPTIONS', url: '/nothing' }), 'not_found');
    } finally {
      await closed.close();
    }
  });

  it('without origins in the settings no answer has a CORS header', async () => {
    const closed = await startTestApp();
    try {
      const response = await callerWith(closed.app).get('/healthz', { origin });
      expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      const options = await callerWith(closed.app).send({ method: 'OPTIONS', url: threads() });
      expect([options.statusCode, options.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
    } finally {
      await closed.close();
    }
  });
});
