import type { TSchema } from '@sinclair/typebox';
import type { FastifyContextConfig, FastifySchema } from 'fastify';
import { PROBLEMS, type ProblemCode } from '../../domain/errors.ts';
import {
  EVERYWHERE,
  type Example,
  type Named,
  type Parameter,
  problemResponse,
  type Reference,
  type Response,
  references,
} from './shared-components.ts';

/**
 * The parts of the OpenAPI document that aren't in the validating schemas: the problems of an operation and its request
 * and response headers. They are derived from the operation's options and input.
 */
export type OperationFacts = Pick<FastifyContextConfig, 'access' | 'hasETag' | 'problems' | 'delivery'> & {
  schema: FastifySchema;
};

/** The part of OpenAPI 3.1 that this file writes. */
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
      responses[status] = { ...response, headers: responseHeaders(Number(status), facts) } as Response;
  }
  if (facts.hasETag) {
    const headers = references('headers', ['ETag', ...EVERYWHERE]);
    responses[304] = { description: 'Unchanged since the ETag in `If-None-Match`.', headers };
  }
  return {
    ...operation,
    ...(facts.delivery ? { requestBody: deliveryBody(facts.delivery) } : {}),
    parameters: [...(operation.parameters ?? []).map(describeParameter), ...requestHeaders(facts)].sort(byLocation),
    responses: { ...responses, ...problemResponses(facts) },
  };
}

/** A request that this server sends, for the `webhooks` of the document. `body` is a named schema. */
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

function responseHeaders(status: number, facts: OperationFacts) {
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
 * Moves a parameter's example into its schema, because the reference page prefills optional fields with an example of
 * the parameter itself. Describes lists as comma-separated.
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

/** The order in which the reference page shows parameters; references to shared headers come last. */
const LOCATIONS = ['path', 'query', 'header'];

function byLocation(one: object, other: object): number {
  const rank = (parameter: object) => ('in' in parameter ? LOCATIONS.indexOf(String(parameter.in)) : LOCATIONS.length);
  return rank(one) - rank(other);
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

/** The problem codes of an operation, in the order of `PROBLEMS`. */
function problemsOf(facts: OperationFacts): ProblemCode[] {
  const { access = 'public', schema, problems = [] } = facts;
  const codes = new Set<ProblemCode>([...ANYWHERE, ...problems]);
  if (takes(facts, 'querystring', 'cursor')) codes.add('invalid_cursor');
  if (access !== 'public') codes.add('not_authenticated');
  if (access === 'read' || access === 'write' || access === 'admin') codes.add('permission_denied');
  if (schema.params) codes.add('not_found');
  if (facts.hasETag || takes(facts, 'headers', 'If-Match')) codes.add('precondition_failed');
  if (takes(facts, 'headers', 'Idempotency-Key')) codes.add('idempotency_key_in_use').add('idempotency_key_reused');
  if (schema.body) codes.add('payload_too_large').add('unsupported_media_type');
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
