import { type Static, Type } from '@sinclair/typebox';
import { type ApiError, PROBLEMS, type ProblemCode } from '../domain/errors.ts';
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

export function problemOf(error: ApiError, requestId: string): Problem {
  const [status, title] = PROBLEMS[error.code];
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
  };
  if (error.errors) problem.errors = error.errors;
  return problem;
}
