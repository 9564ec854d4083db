import type { TSchema } from '@sinclair/typebox';
import type { FastifyContextConfig, FastifySchema } from 'fastify';
import {
  ApiError,
  inUse,
  invalid,
  invalidCredentials,
  invalidCursor,
  invalidSignature,
  notAuthenticated,
  notFound,
  PROBLEMS,
  type ProblemCode,
  permissionDenied,
  preconditionFailed,
  throttled,
  unavailable,
} from '../../domain/errors.ts';
import { problemOf } from '../problem.ts';
import { EXAMPLE_CURSOR, EXAMPLE_IDS } from './examples.ts';

/**
 * What the OpenAPI document says beyond the schemas that validate: which problems an operation answers with, and which
 * headers it takes and gives. All of it follows from the operation's own options and input; nothing is said twice.
 */
export type OperationFacts = Pick<FastifyContextConfig, 'access' | 'hasETag' | 'problems' | 'delivery'> & {
  schema: FastifySchema;
};

type Named<Value> = Record<string, Value>;
type Reference = { $ref: string };
type Schema = Named<unknown>;
type Header = { description: string; schema: Schema };
type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
  example?: unknown;
};
type Example = { summary: string; value: unknown };
type Response = { description: string; headers?: Named<Reference>; content?: Named<unknown> };

/** As much of OpenAPI 3.1 as is written here. */
export type Operation = {
  operationId?: string;
  parameters?: (Parameter | Reference)[];
  requestBody?: object;
  responses?: Named<Response | Reference>;
};
export type Document = {
  paths: Named<Named<Operation>>;
  components: {
    responses: Named<Response>;
    examples: Named<Example>;
    schemas?: Named<{ required?: string[]; 'x-required'?: string[] }>;
  };
};

export function describeOperation(operation: Operation, facts: OperationFacts): Operation {
  const responses: Named<Response | Reference> = {};
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    if (Number(status) < 400)
      responses[status] = { ...response, headers: answerHeaders(Number(status), facts) } as Response;
  }
  if (facts.hasETag) {
    const headers = references('headers', ['ETag', ...EVERYWHERE]);
    responses[304] = { description: 'Unchanged since the ETag in `If-None-Match`.', headers };
  }
  return {
    ...operation,
    ...(facts.delivery ? { requestBody: deliveryBody(facts.delivery) } : {}),
    parameters: [...(operation.parameters ?? []).map(describeParameter), ...requestHeaders(facts)].sort(byPlace),
    responses: { ...responses, ...problemResponses(facts) },
  };
}

/** A request that this server sends, for the `webhooks` of the document. `body` has a name. */
export type OutgoingWebhook = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: (Parameter & { in: 'header' })[];
  body: TSchema;
  responses: Named<{ description: string }>;
};

export function describeOutgoingWebhook({ body, ...webhook }: OutgoingWebhook) {
  const schema = { $ref: `#/components/schemas/${body.$id}` };
  return { ...webhook, security: [], requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function deliveryBody({ description, example }: NonNullable<OperationFacts['delivery']>) {
  const schema = { type: 'object', description, examples: [example] };
  return { required: true, description, content: { 'application/json': { schema } } };
}

const EVERYWHERE = ['X-Request-Id', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];

function answerHeaders(status: number, facts: OperationFacts) {
  return references('headers', [
    ...(facts.hasETag && status === 200 ? ['ETag'] : []),
    ...(takes(facts, 'querystring', 'cursor') ? ['Link'] : []),
    ...(status === 201 && takes(facts, 'headers', 'Idempotency-Key') ? ['Location'] : []),
    ...(takes(facts, 'headers', 'Idempotency-Key') ? ['Idempotency-Replayed'] : []),
    ...(takesInput(facts) ? ['X-Ignored-Parameters'] : []),
    ...EVERYWHERE,
  ]);
}

function takes({ schema }: OperationFacts, part: 'querystring' | 'headers', name: string): boolean {
  const properties = (schema[part] as { properties?: object } | undefined)?.properties ?? {};
  return name in properties;
}

function takesInput({ schema }: OperationFacts): boolean {
  return schema.querystring !== undefined || schema.body !== undefined;
}

/**
 * An example of a parameter stands in its schema: as the parameter's own, the reference page would fill every optional
 * field with it. Lists are comma-separated.
 */
function describeParameter(given: Parameter | Reference): Parameter | Reference {
  if ('$ref' in given) return given;
  const { example, schema = {}, ...parameter } = given;
  const isList = schema.type === 'array' && parameter.in === 'query';
  return {
    ...parameter,
    ...(isList ? { style: 'form', explode: false } : {}),
    schema: { ...schema, ...(example === undefined ? {} : { examples: [example] }) },
  };
}

function requestHeaders(facts: OperationFacts): Reference[] {
  const names = [...(facts.hasETag ? ['If-None-Match'] : []), ...(takesInput(facts) ? ['Prefer'] : [])];
  return Object.values(references('parameters', names));
}

const PLACES = ['path', 'query', 'header'];

/** Path first, as a reader fills them in. */
function byPlace(one: object, other: object): number {
  const place = (parameter: object) => ('in' in parameter ? PLACES.indexOf(String(parameter.in)) : PLACES.length);
  return place(one) - place(other);
}

function problemResponses(facts: OperationFacts): Named<Response | Reference> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(facts)) {
    const [status] = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      codes.length === 1 ? { $ref: `#/components/responses/${codes[0]}` } : problemResponse(status, codes),
    ]),
  );
}

/** In the order of the catalogue. */
function problemsOf(facts: OperationFacts): ProblemCode[] {
  const { access = 'public', schema, problems = [] } = facts;
  const codes = new Set<ProblemCode>([...ANYWHERE, ...problems]);
  if (takes(facts, 'querystring', 'cursor')) codes.add('invalid_cursor');
  if (access !== 'public') codes.add('not_authenticated');
  if (access === 'read' || access === 'write' || access === 'admin') codes.add('permission_denied');
  if (schema.params) codes.add('not_found');
  if (facts.hasETag) codes.add('precondition_failed');
  if (schema.body) for (const code of ['payload_too_large', 'unsupported_media_type'] as const) codes.add(code);
  return (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => codes.has(code));
}

const ANYWHERE: ProblemCode[] = [
  'validation_error',
  'request_timeout',
  'uri_too_long',
  'expectation_failed',
  'throttled',
  'headers_too_large',
  'internal_error',
  'unavailable',
];

function problemResponse(status: number, codes: ProblemCode[]): Response {
  const headers = [
    ...(status === 401 ? ['WWW-Authenticate'] : []),
    ...(status === 429 || status === 503 ? ['Retry-After'] : []),
  ];
  return {
    description: codes.map((code) => `${PROBLEMS[code][1]} (\`${code}\`).`).join(' '),
    headers: references('headers', [...headers, ...EVERYWHERE]),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: references('examples', codes),
      },
    },
  };
}

function references(kind: 'headers' | 'parameters' | 'examples', names: readonly string[]): Named<Reference> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/${kind}/${name}` }]));
}

function header(description: string, example: string | number): Header {
  const type = typeof example === 'number' ? 'integer' : 'string';
  return { description, schema: { type, examples: [example] } };
}

export const HEADERS: Named<Header> = {
  'X-Request-Id': header(
    "Names this request in the server's log. A client's own is kept when it matches `[A-Za-z0-9._-]{1,64}`.",
    EXAMPLE_IDS.request,
  ),
  'RateLimit-Limit': header('Requests a minute that the token may make. Absent when the server has no limit.', 600),
  'RateLimit-Remaining': header('Requests left in this window.', 597),
  'RateLimit-Reset': header('Seconds until the window begins anew.', 42),
  'Retry-After': header('Seconds to wait before the next try.', 42),
  ETag: header('Weak entity tag; send it back as `If-None-Match`.', 'W/"Yx0n4lqv0bPj1Cq0mX3m9A"'),
  Link: header(
    'The next page, `rel="next"`. Absent on the last.',
    `</api/companies/${EXAMPLE_IDS.company}/communications/threads?cursor=${EXAMPLE_CURSOR}>; rel="next"`,
  ),
  Location: header(
    'Where the created object can be read.',
    `/api/companies/${EXAMPLE_IDS.company}/communications/threads/${EXAMPLE_IDS.manualLog}`,
  ),
  'Idempotency-Replayed': header('`true` when the `Idempotency-Key` was known and nothing was done again.', 'true'),
  'X-Ignored-Parameters': header(
    'Query parameters and body fields (`body.name`) that are unknown and were ignored: percent-encoded, comma-separated, ' +
      'at most 20 names and 2,000 characters. Of a longer name the first 50 characters stand there, and `…`.',
    'direktion,body.note',
  ),
  'WWW-Authenticate': header('The scheme to authenticate with.', 'Token'),
};

function requestHeader(name: string, description: string, example: string): Parameter {
  return { name, in: 'header', required: false, description, schema: { type: 'string', examples: [example] } };
}

export const REQUEST_HEADERS: Named<Parameter> = {
  'If-None-Match': requestHeader(
    'If-None-Match',
    'The `ETag` of an earlier answer: 304 when nothing has changed since.',
    'W/"Yx0n4lqv0bPj1Cq0mX3m9A"',
  ),
  Prefer: requestHeader(
    'Prefer',
    '`handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts ' +
      'all rows of a search, where a second is enough.',
    'handling=strict',
  ),
};

/** One of each kind, made by the same hand as the real ones. */
const PROBLEM_EXAMPLES: Record<ProblemCode, ApiError> = {
  validation_error: invalid({
    direction: ['Must be one of inbound, outbound.'],
    'invoice_ids[1]': ['No such invoice for this customer.'],
  }),
  invalid_cursor: invalidCursor(),
  not_authenticated: notAuthenticated(),
  invalid_credentials: invalidCredentials(),
  invalid_signature: invalidSignature(),
  permission_denied: permissionDenied(),
  not_found: notFound(),
  method_not_allowed: new ApiError('method_not_allowed', 'Method "PUT" not allowed.'),
  request_timeout: new ApiError('request_timeout', 'The request took too long to arrive.'),
  in_use: inUse(['invoices']),
  idempotency_key_in_use: new ApiError(
    'idempotency_key_in_use',
    'A request with this Idempotency-Key is still running.',
  ),
  precondition_failed: preconditionFailed(),
  payload_too_large: new ApiError('payload_too_large', 'The body is larger than this address takes.'),
  uri_too_long: new ApiError('uri_too_long', 'The address is too long.'),
  unsupported_media_type: new ApiError('unsupported_media_type', 'Send the body as application/json.'),
  expectation_failed: new ApiError('expectation_failed', 'Nothing but 100-continue can be expected.'),
  idempotency_key_reused: new ApiError(
    'idempotency_key_reused',
    'This Idempotency-Key was used with another body or path.',
  ),
  throttled: throttled(42, 600),
  headers_too_large: new ApiError('headers_too_large', 'The request header is too large.'),
  internal_error: new ApiError('internal_error', 'Something went wrong on our side.'),
  unavailable: unavailable(),
};

export const EXAMPLES: Named<Example> = Object.fromEntries(
  Object.entries(PROBLEM_EXAMPLES).map(([code, error]) => [
    code,
    { summary: PROBLEMS[error.code][1], value: problemOf(error, EXAMPLE_IDS.request) },
  ]),
);

/** For the operations that answer a status with one code only, which is nearly all. */
export const RESPONSES: Named<Response> = Object.fromEntries(
  (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => [code, problemResponse(PROBLEMS[code][0], [code])]),
);
