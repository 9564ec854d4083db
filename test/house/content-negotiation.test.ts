import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aLog, caller, customerId, logUrl, messages, raw, t, useAnyCompany } from '../support/any-company.ts';
import { callerWith, expectProblem } from '../support/http.ts';

useAnyCompany();

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

  it('a field named __proto__ hides nothing (400)', async () => {
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

  it('a very deep or very long hostile body is refused with 400 quickly', async () => {
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

  it('lengths count Unicode code points; one too many is 400', async () => {
    const subject = '👩‍👩‍👧'.repeat(100);
    expect([...subject]).toHaveLength(500);
    expect((await caller.post(logUrl(), aLog({ subject }))).json().subject).toBe(subject);
    expectProblem(await caller.post(logUrl(), aLog({ subject: `${subject}a` })), 'validation_error', ['subject']);
  });
});

describe('JSON types in a body', () => {
  it('are never coerced; a wrong one is 400', async () => {
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
