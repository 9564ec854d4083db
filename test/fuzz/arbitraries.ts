import fc from 'fast-check';
import type { ApiDocument, Operation, Parameter, Schema } from './document.ts';

/** A request as bytes would carry it. */
export type FuzzRequest = {
  operation: Operation;
  url: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
  /** For the provider's signature, which is made over the final bytes. */
  isSigned: boolean;
};

/** Ids and tokens that exist, so that requests get past the first checks. */
export type Pool = { ids: Record<string, string[]>; tokens: string[] };

/** Text that has broken servers before. */
const HOSTILE = [
  '\0',
  'a\0b',
  '\ud800',
  '\udc00x',
  '\uffff',
  '\u202e',
  '👩‍👩‍👧‍👦',
  'İ',
  'ß',
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  '$1',
  '%',
  '_',
  '\\',
  '{{7*7}}',
  '$' + '{7*7}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '1e400',
  '-1',
  '0',
  '00',
  '+1',
  '0x10',
  '1e3',
  '1.0',
  '2147483648',
  '9007199254740993',
  '99999999999999999999',
  '999999999',
  '2026-02-30',
  '2026-02-29',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '10000-01-01',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59.9999-14:00',
  '2026-06-30T23:59:60Z',
  '2026-05-12T14:30:00',
  '2026-05-12t14:30:00z',
  'urn:uuid:0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21',
  '{0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21}',
  '00000000-0000-0000-0000-000000000000',
  ',',
  ',,,',
  ' ',
  '\t',
  '\r\nX-Injected: 1',
  'a & b | !c <-> d:*',
  ':*',
  "'",
  '🙂'.repeat(300),
  'a'.repeat(5_000),
  Array.from({ length: 40 }, (_, nth) => `w${nth}`).join(' '),
];

const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
);

const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, [], {}, [null], [[[]]], ''),
  fc.jsonValue({ maxDepth: 3 }),
);

const keyText = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'a.b', 'a[0]', '', '\0', '\ud800'),
  fc.string(),
);

/** Requests to an operation: mostly nearly right, so that they get deep; some of them hostile throughout. */
export function requestTo(document: ApiDocument, operation: Operation, pool: Pool): fc.Arbitrary<FuzzRequest> {
  const parameters = (place: string) => operation.parameters.filter((parameter) => parameter.in === place);
  return fc
    .record({
      path: pathOf(operation, parameters('path'), pool),
      query: queryOf(document, parameters('query'), pool),
      headers: headersOf(operation, pool),
      body: bodyOf(document, operation, pool),
      isSigned: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0),
    })
    .map(({ path, query, headers, body, isSigned }) => ({
      operation,
      url: query === '' ? path : `${path}?${query}`,
      headers,
      body,
      isSigned,
    }));
}

function pathOf(operation: Operation, parameters: Parameter[], pool: Pool): fc.Arbitrary<string> {
  const values = parameters.map(({ name }) =>
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...(pool.ids[name] ?? [''])) },
      { weight: 1, arbitrary: fc.uuid() },
      // A step of `.` or `..` is taken by whoever resolves the address, and leads to another operation.
      { weight: 1, arbitrary: hostileText.map((text) => (isStep(text) ? '%20' : encode(text) || '%20')) },
    ),
  );
  const prefix = fc.constantFrom('/api', '/api', '/api/v1');
  const slash = fc.constantFrom('', '', '/');
  return fc.tuple(prefix, slash, ...values).map(([begin, end, ...given]) => {
    const filled = parameters.reduce(
      (path, { name }, nth) => path.replace(`{${name}}`, () => given[nth] ?? ''),
      operation.path,
    );
    return filled.startsWith('/api') ? `${filled.replace(/^\/api/, begin).replace(/\/$/, '')}${end}` : filled;
  });
}

function isStep(text: string): boolean {
  return text === '.' || text === '..';
}

/** Percent-encoding that doesn't mind half a surrogate pair, which becomes bytes that are no UTF-8. */
function encode(text: string): string {
  return text.isWellFormed()
    ? encodeURIComponent(text)
    : `%ED%A0%80${encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ''))}`;
}

function queryOf(document: ApiDocument, parameters: Parameter[], pool: Pool): fc.Arbitrary<string> {
  const known = parameters
    .filter(({ name }) => name !== 'ticket')
    .map((parameter) =>
      fc
        .oneof({ weight: 6, arbitrary: validText(document, parameter, pool) }, { weight: 2, arbitrary: hostileText })
        .map((value) => `${encode(parameter.name)}=${encode(value)}`),
    );
  const strange = fc.oneof(
    fc.tuple(hostileText, hostileText).map(([name, value]) => `${encode(name)}=${encode(value)}`),
    fc.constantFrom(
      '%zz=1',
      'a=%',
      'search=%ff%fe',
      '&&',
      '=',
      'page',
      'page=1&page=2',
      '__proto__[x]=1',
      'search[]=a',
      '%00=%00',
    ),
  );
  return fc
    .tuple(fc.subarray(known, { maxLength: Math.min(known.length, 4) }), fc.option(strange, { freq: 6 }))
    .chain(([chosen, extra]) =>
      fc.tuple(...chosen).map((pairs) => [...pairs, ...(extra === null ? [] : [extra])].join('&')),
    );
}

function validText(document: ApiDocument, { name, schema }: Parameter, pool: Pool): fc.Arbitrary<string> {
  return validValue(document, schema, pool, name).map((value) =>
    Array.isArray(value) ? value.join(',') : String(value),
  );
}

const STRANGE_TYPES = [
  'application/json; charset=utf-8',
  'application/json;\tcharset=utf-8',
  'application/json\t',
  'APPLICATION/JSON',
  'application/json;charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  '',
  'nonsense',
  'application/jsonx',
  'application/json, text/html',
];

const CONTENT_TYPE = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  { weight: 1, arbitrary: fc.constantFrom(...STRANGE_TYPES) },
);

function headersOf(operation: Operation, pool: Pool): fc.Arbitrary<Record<string, string>> {
  const asciiText = hostileText.map((text) => text.replace(/[^\x20-\x7e]/g, ''));
  const authorization = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...pool.tokens).map((token) => `Token ${token}`) },
    { weight: 1, arbitrary: asciiText },
    { weight: 1, arbitrary: asciiText.map((text) => `Token ${text}`) },
    { weight: 1, arbitrary: fc.constantFrom(...pool.tokens).map((token) => `Bearer ${token}`) },
  );
  const some = (text: fc.Arbitrary<string>) => fc.option(text, { freq: 8, nil: undefined });
  return fc
    .record({
      authorization: fc.option(authorization, { freq: 30, nil: undefined }),
      'content-type': operation.method === 'GET' ? fc.constant(undefined) : CONTENT_TYPE,
      'idempotency-key': some(fc.oneof(fc.constantFrom('a', 'b', 'c'), asciiText)),
      'if-none-match': some(fc.oneof(fc.constantFrom('*', 'W/"x"', '"', ',,,'), asciiText)),
      'if-match': some(fc.oneof(fc.constantFrom('*', 'W/"x"', '"', ',,,'), asciiText)),
      prefer: some(fc.oneof(fc.constantFrom('handling=strict', 'respond-async, handling="strict"'), asciiText)),
      'x-request-id': some(asciiText),
      origin: some(fc.constantFrom('https://evil.example', 'null')),
      'x-forwarded-for': some(asciiText),
      accept: some(fc.constantFrom('*/*', 'application/json', 'text/html', 'nonsense')),
    })
    .map((headers) => {
      const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
      return Object.fromEntries(given.filter(([name, value]) => name !== 'content-type' || value !== ''));
    });
}

function bodyOf(document: ApiDocument, operation: Operation, pool: Pool): fc.Arbitrary<Buffer | undefined> {
  if (operation.method === 'GET') return fc.constant(undefined);
  const schema = operation.body && document.resolve(operation.body);
  const nearlyRight = schema ? nearlyValidObject(document, schema, pool) : hostileJson;
  return fc.oneof(
    { weight: 30, arbitrary: nearlyRight.map((value) => Buffer.from(JSON.stringify(value) ?? '')) },
    { weight: 3, arbitrary: hostileJson.map((value) => Buffer.from(JSON.stringify(value) ?? '')) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 2, arbitrary: fc.constantFrom(...RAW_BODIES) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const RAW_BODIES = [
  '{"__proto__":{"polluted":true},"communication_type":"call","notes":"x"}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"notes":1e400}',
  '{"notes":"a","notes":"b"}',
  '\ufeff{}',
  '{"a":\u00a01}',
  '{"notes":"\\u0000"}',
  '{"notes":"\\ud800"}',
  '{"\\ud800":1}',
  '[]',
  'null',
  '{',
  '{"a":}',
  'NaN',
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  JSON.stringify({ notes: 'x'.repeat(20_001) }),
  JSON.stringify({ strategy_tags: Array(1_000).fill('x') }),
  JSON.stringify(Object.fromEntries(Array.from({ length: 2_000 }, (_, nth) => [`field${nth}`, nth]))),
  'x'.repeat(1_048_577),
].map((text) => Buffer.from(text));
RAW_BODIES.push(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from([0xed, 0xa0, 0x80]));

/** An object of the schema, with none to two of its fields spoilt and sometimes one that it doesn't know. */
function nearlyValidObject(document: ApiDocument, schema: Schema, pool: Pool): fc.Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {});
  const fields = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, property]) => [
      name,
      validValue(document, property, pool, name),
    ]),
  );
  const optional = names.filter((name) => !schema.required?.includes(name));
  return fc
    .tuple(
      fc.record(fields),
      fc.subarray(optional, { maxLength: optional.length }),
      fc.subarray(names, { maxLength: Math.min(names.length, 2) }),
      fc.array(hostileJson, { minLength: 2, maxLength: 2 }),
      fc.integer({ min: 0, max: 9 }),
      fc.option(fc.tuple(keyText, hostileJson), { freq: 8 }),
    )
    .map(([valid, absent, spoilt, hostile, dice, extra]) => {
      const given: [string, unknown][] = Object.entries(valid).filter(([name]) => !absent.includes(name));
      const spoil = dice < 2 ? spoilt : [];
      const entries = given.map(([name, value]): [string, unknown] =>
        spoil.includes(name) ? [name, hostile[spoil.indexOf(name)]] : [name, value],
      );
      return Object.fromEntries(extra === null ? entries : [...entries, extra]);
    });
}

function validValue(document: ApiDocument, given: Schema, pool: Pool, name: string): fc.Arbitrary<unknown> {
  const schema = document.resolve(given);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const [type] = [schema.type].flat();
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 500 }));
    case 'array':
      return fc.array(validValue(document, schema.items ?? {}, pool, name), { maxLength: 4 });
    case 'object':
      return nearlyValidObject(document, schema, pool);
    default:
      return validString(schema, pool, name);
  }
}

function validString(schema: Schema, pool: Pool, name: string): fc.Arbitrary<string> {
  if (schema.format === 'uuid') {
    const known = pool.ids[name] ?? pool.ids[name.replace(/s$/, '')];
    return known
      ? fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.uuid() })
      : fc.uuid();
  }
  if (schema.format === 'assignee') return fc.constantFrom('me', 'none', ...(pool.ids[name] ?? []));
  const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  if (schema.format === 'date') return day.map((date) => date.toISOString().slice(0, 10));
  if (schema.format === 'date-time') return day.map((date) => date.toISOString());
  return fc.oneof(
    fc.constantFrom('friday', 'Invoice INV-1001', 'dana@acme.example', 'Straße ﬁ Ⅳ'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  );
}
