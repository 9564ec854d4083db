import { type Static, Type } from '@sinclair/typebox';
import { type ApiError, type FieldErrors, PROBLEMS, type ProblemCode } from '../domain/errors.ts';
import { EXAMPLE_IDS } from './openapi/examples.ts';

/** RFC 9457 problem document, which holds the original API's `detail`. Contract §1, Errors. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Names the kind of problem.', examples: ['about:blank'] }),
    title: Type.String({ description: 'The kind of problem in words.', examples: ['Invalid request'] }),
    status: Type.Integer({ description: 'The HTTP status.', examples: [400] }),
    detail: Type.String({
      description: 'What is wrong with this request.',
      examples: ['direction: Must be one of inbound, outbound.'],
    }),
    code: Type.Unsafe<ProblemCode>({
      type: 'string',
      enum: Object.keys(PROBLEMS),
      description: 'Stable; for programs.',
      examples: ['validation_error'],
    }),
    request_id: Type.String({
      description: 'The `X-Request-Id` of this request.',
      examples: [EXAMPLE_IDS.request],
    }),
    errors: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.String()), {
        description: 'Every offending field with its messages.',
        examples: [{ 'invoice_ids[1]': ['No such invoice for this customer.'] }],
      }),
    ),
  },
  { $id: 'Problem', description: 'An error, as application/problem+json (RFC 9457).' },
);
export type Problem = Static<typeof Problem>;

/** Bounds of an error response (contract §1, Errors): what a client sent doesn't decide how large it becomes. */
const NAMED_FIELDS = 20;
const PATH_LENGTH = 200;
const MESSAGES_OF_FIELD = 3;
const MESSAGE_LENGTH = 800;
const ERRORS_BYTES = 60 * 1024;

/** Every error response is made here, so its size is bounded here alone. */
export function problemOf(error: ApiError, requestId: string): Problem {
  const [status, title] = PROBLEMS[error.code];
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    detail: cut(error.message, PATH_LENGTH + MESSAGE_LENGTH),
    code: error.code,
    request_id: requestId,
  };
  if (error.errors) problem.errors = boundedErrors(error.errors);
  return problem;
}

function boundedErrors(errors: FieldErrors): FieldErrors {
  const bounded = new Map<string, string[]>();
  let bytes = 0;
  for (const [field, given] of Object.entries(errors).slice(0, NAMED_FIELDS)) {
    const messages = given.slice(0, MESSAGES_OF_FIELD).map((message) => cut(message, MESSAGE_LENGTH));
    const path = cut(field, PATH_LENGTH);
    bytes += Buffer.byteLength(JSON.stringify([path, messages]));
    if (bytes > ERRORS_BYTES) break;
    bounded.set(path, messages);
  }
  return Object.fromEntries(bounded);
}

/** At most so many code points, the last an ellipsis when there were more. No more of the text is read than that. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const points = [...text.slice(0, 2 * length)];
  if (points.length <= length && text.length <= 2 * length) return text;
  return `${points.slice(0, length - 1).join('')}…`;
}
