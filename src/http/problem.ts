import { type Static, Type } from '@sinclair/typebox';
import { type ApiError, type FieldErrors, PROBLEMS, type ProblemCode } from '../domain/errors.ts';
import { EXAMPLE_IDS } from './openapi/examples.ts';
import { doc } from './schema.ts';

/** The problem document of RFC 9457, with the `detail` of the original API (contract §1, Errors). */
export const Problem = Type.Object(
  {
    type: Type.String(doc('Names the kind of problem.', 'about:blank')),
    title: Type.String(doc('The kind of problem in words.', 'Invalid request')),
    status: Type.Integer(doc('The HTTP status.', 400)),
    detail: Type.String(doc('What is wrong with this request.', 'direction: Must be one of inbound, outbound.')),
    code: Type.Unsafe<ProblemCode>({
      type: 'string',
      enum: Object.keys(PROBLEMS),
      ...doc('Stable; for programs.', 'validation_error'),
    }),
    request_id: Type.String(doc('The `X-Request-Id` of this request.', EXAMPLE_IDS.request)),
    errors: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Array(Type.String()),
        doc('Every offending field with its messages.', { 'invoice_ids[1]': ['No such invoice for this customer.'] }),
      ),
    ),
  },
  { $id: 'Problem', description: 'An error, as application/problem+json (RFC 9457).' },
);
export type Problem = Static<typeof Problem>;

/** Bounds of an error response, so that a client can't make it large (contract §1, Errors). */
const MAX_FIELDS = 20;
const MAX_PATH_CHARACTERS = 200;
const MAX_MESSAGES_PER_FIELD = 3;
const MAX_MESSAGE_CHARACTERS = 800;
const MAX_ERRORS_BYTES = 60 * 1024;

/** Builds every error response of the server and bounds its size. */
export function toProblem(error: ApiError, requestId: string): Problem {
  const [status, title] = PROBLEMS[error.code];
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    detail: cut(error.message, MAX_PATH_CHARACTERS + MAX_MESSAGE_CHARACTERS),
    code: error.code,
    request_id: requestId,
  };
  if (error.errors) problem.errors = boundedErrors(error.errors);
  return problem;
}

function boundedErrors(errors: FieldErrors): FieldErrors {
  const bounded = new Map<string, string[]>();
  let bytes = 0;
  for (const [field, given] of Object.entries(errors).slice(0, MAX_FIELDS)) {
    const messages = given.slice(0, MAX_MESSAGES_PER_FIELD).map((message) => cut(message, MAX_MESSAGE_CHARACTERS));
    const path = cut(field, MAX_PATH_CHARACTERS);
    bytes += Buffer.byteLength(JSON.stringify([path, messages]));
    if (bytes > MAX_ERRORS_BYTES) break;
    bounded.set(path, messages);
  }
  return Object.fromEntries(bounded);
}

/** Cuts to at most `length` code points, the last an ellipsis, without splitting the whole of a long text. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const points = [...text.slice(0, 2 * length)];
  if (points.length <= length && text.length <= 2 * length) return text;
  return `${points.slice(0, length - 1).join('')}…`;
}
