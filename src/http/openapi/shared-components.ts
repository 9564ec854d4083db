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
import { toProblem } from '../problem.ts';
import { EXAMPLE_CURSOR, EXAMPLE_IDS } from './examples.ts';

/**
 * The components of the OpenAPI document that operations share, other than schemas: headers, problems and their
 * examples.
 */

export type Named<Value> = Record<string, Value>;
export type Reference = { $ref: string };
export type Schema = Named<unknown>;
type Header = { description: string; schema: Schema };
export type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
  example?: unknown;
};
export type Example = { summary: string; value: unknown };
export type Response = { description: string; headers?: Named<Reference>; content?: Named<unknown> };

/** Headers of every response. */
export const EVERYWHERE = ['X-Request-Id', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];

/** The response of a status that has one or several problem codes. */
export function problemResponse(status: number, codes: ProblemCode[]): Response {
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

export function references(kind: 'headers' | 'parameters' | 'examples', names: readonly string[]): Named<Reference> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/${kind}/${name}` }]));
}

function header(description: string, example: string | number): Header {
  const type = typeof example === 'number' ? 'integer' : 'string';
  return { description, schema: { type, examples: [example] } };
}

export const HEADERS: Named<Header> = {
  'X-Request-Id': header(
    "Identifies this request in the server's log. The client's own value is used when it matches `[A-Za-z0-9._-]{1,64}`.",
    EXAMPLE_IDS.request,
  ),
  'RateLimit-Limit': header('Requests per minute that the user may make. Absent when the server has no limit.', 600),
  'RateLimit-Remaining': header('Requests left in this window.', 597),
  'RateLimit-Reset': header('Seconds until the next window begins.', 42),
  'Retry-After': header('Seconds to wait before the next attempt.', 42),
  ETag: header('Weak entity tag; send it back as `If-None-Match`.', 'W/"Yx0n4lqv0bPj1Cq0mX3m9A"'),
  Link: header(
    'The next page, `rel="next"`. Absent on the last.',
    `</api/companies/${EXAMPLE_IDS.company}/communications/threads?cursor=${EXAMPLE_CURSOR}>; rel="next"`,
  ),
  Location: header(
    'The URL of the created object.',
    `/api/companies/${EXAMPLE_IDS.company}/communications/threads/${EXAMPLE_IDS.manualLog}`,
  ),
  'Idempotency-Replayed': header(
    '`true` when this is the stored response of an earlier request with the same `Idempotency-Key`.',
    'true',
  ),
  'X-Ignored-Parameters': header(
    'Query parameters and body fields (`body.name`) that are unknown and were ignored: percent-encoded, comma-separated, ' +
      'at most 20 names and 2,000 characters. A name longer than 50 characters is cut and ends in `…`.',
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
    'The `ETag` of an earlier response: 304 when nothing has changed since.',
    'W/"Yx0n4lqv0bPj1Cq0mX3m9A"',
  ),
  Prefer: requestHeader(
    'Prefer',
    '`handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts ' +
      'all rows of a search, if that takes at most a second.',
    'handling=strict',
  ),
};

/** An example of each problem, built by the functions that build the real ones. */
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
    { summary: PROBLEMS[error.code][1], value: toProblem(error, EXAMPLE_IDS.request) },
  ]),
);

/** Shared by the operations that have one problem code for a status. */
export const RESPONSES: Named<Response> = Object.fromEntries(
  (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => [code, problemResponse(PROBLEMS[code][0], [code])]),
);
