import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type {
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
  RouteGenericInterface,
  RouteShorthandOptionsWithHandler,
} from 'fastify';
import { type FieldErrors, PROBLEMS, Problem } from './errors.ts';
import type { Access } from './guard.ts';

/** One operation of the API: its schemas, who may call it and its handler. `routes.ts` gives it its URL. */

export type OperationSchema = {
  /** Also the name of the service function. */
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  params?: TSchema;
  querystring?: TSchema;
  body?: TSchema;
  headers?: TSchema;
  /** Successful answers by status; the problems are added from `access` and from what the route takes. */
  response: Record<number, TSchema>;
};

type OperationRequest<Schema> = FastifyRequest<
  RouteGenericInterface,
  RawServerDefault,
  IncomingMessage,
  Schema extends OperationSchema ? Schema : never,
  TypeBoxTypeProvider
>;
type OperationReply = FastifyReply<RouteGenericInterface, RawServerDefault, IncomingMessage, ServerResponse>;
type AnswerOf<Schema extends OperationSchema> = Static<Schema['response'][keyof Schema['response'] & number]>;

export type OperationOptions = {
  access: Access;
  /** A list or a detail: carries an ETag, and a private cache may keep it for revalidation. */
  hasETag?: boolean;
  /** The handler authorises in the same round trip as its rows, through `authorizedRead`. */
  authorizesItself?: boolean;
  /** What is wrong with the query beyond each parameter's own form; looks at the sound parameters only. */
  queryErrors?: QueryErrors;
  /** Further statuses that it answers with. */
  problems?: number[];
};

/** `never`: each list checks its own query, and what calls it doesn't know which that is. */
type QueryErrors = (query: never) => FieldErrors;

declare module 'fastify' {
  interface FastifyContextConfig {
    hasETag?: boolean;
    input?: { querystring?: TSchema; queryErrors?: QueryErrors; body?: TSchema; headers?: TSchema };
  }
}

export function operation<const Schema extends OperationSchema>(
  schema: Schema,
  options: OperationOptions,
  handler: (request: OperationRequest<Schema>, reply: OperationReply) => Promise<AnswerOf<Schema> | OperationReply>,
): RouteShorthandOptionsWithHandler {
  const { access, hasETag = false, authorizesItself = false } = options;
  return {
    schema: {
      ...schema,
      security: access === 'public' ? [] : [{ token: [] }],
      response: { ...(hasETag ? { 304: NotModified } : {}), ...schema.response, ...problemResponses(schema, options) },
    },
    config: {
      access,
      hasETag,
      authorizesItself,
      input: {
        ...(schema.querystring ? { querystring: schema.querystring } : {}),
        ...(options.queryErrors ? { queryErrors: options.queryErrors } : {}),
        ...(schema.body ? { body: schema.body } : {}),
        ...(schema.headers ? { headers: schema.headers } : {}),
      },
    },
    handler: handler as unknown as RouteShorthandOptionsWithHandler['handler'],
  } as RouteShorthandOptionsWithHandler;
}

const NotModified = Type.Null({ description: 'Unchanged since the ETag in If-None-Match.' });

function problemResponses(
  schema: OperationSchema,
  { access, hasETag = false, problems = [] }: OperationOptions,
): Record<number, unknown> {
  const statuses = new Set([...problems, 408, 414, 429, 431, 500, 503]);
  statuses.add(400);
  if (access !== 'public') statuses.add(401);
  if (access === 'read' || access === 'write') statuses.add(403);
  if (schema.params) statuses.add(404);
  if (hasETag) statuses.add(412);
  if (schema.body) for (const status of [413, 415]) statuses.add(status);
  return Object.fromEntries(
    [...statuses].sort((one, other) => one - other).map((status) => [status, problemResponse(status)]),
  );
}

function problemResponse(status: number): unknown {
  const codes = Object.entries(PROBLEMS).filter(([, [known]]) => known === status);
  return {
    description: codes.map(([code, [, title]]) => `${title} (\`${code}\`).`).join(' '),
    content: { 'application/problem+json': { schema: Type.Ref(Problem) } },
  };
}
