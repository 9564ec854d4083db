import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Static, TSchema } from '@sinclair/typebox';
import type {
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
  RouteGenericInterface,
  RouteShorthandOptionsWithHandler,
} from 'fastify';
import type { Connection } from '../db/client.ts';
import type { FieldErrors, ProblemCode } from '../domain/errors.ts';
import type { Access } from './auth/guard.ts';

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
  /** Successful answers by status. What else it answers, `describe-operation.ts` knows from the options and the input. */
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
  /** The handler authorises in the same round trip as its rows, through `authorizedRead` or `createOnce`. */
  authorizesItself?: boolean;
  /** What is wrong with the query beyond each parameter's own form; looks at the sound parameters only. */
  queryErrors?: QueryErrors;
  /** What the body refers to that isn't there; asked when its form is refused, so that all that is wrong is named at once. */
  referenceErrors?: ReferenceErrors;
  /** Problems that it answers with beyond those that its access and its input bring. */
  problems?: ProblemCode[];
  /** Bytes that its body may have at most; without, 1 MiB. */
  bodyLimit?: number;
  /** Refuses a sender by the headers alone, before the body is read. */
  checkSender?: (request: FastifyRequest) => Promise<void>;
  /** A delivery of a provider: its bytes are signed, and no schema of ours judges them. */
  delivery?: Delivery;
};

/** For the OpenAPI document: what is in a delivery and under which of its security schemes it is signed. */
export type Delivery = { security: 'nylasSignature' | 'vonageToken'; description: string; example: object };

/** `never`: each list checks its own query, and what calls it doesn't know which that is. */
type QueryErrors = (query: never) => FieldErrors;

type ReferenceErrors = (
  connection: Connection,
  companyId: string,
  body: Record<string, unknown>,
) => Promise<FieldErrors>;

declare module 'fastify' {
  interface FastifyContextConfig {
    hasETag?: boolean;
    problems?: ProblemCode[];
    delivery?: Delivery;
    input?: {
      querystring?: TSchema;
      queryErrors?: QueryErrors;
      body?: TSchema;
      referenceErrors?: ReferenceErrors;
      headers?: TSchema;
    };
  }
}

export function operation<const Schema extends OperationSchema>(
  schema: Schema,
  options: OperationOptions,
  handler: (request: OperationRequest<Schema>, reply: OperationReply) => Promise<AnswerOf<Schema> | OperationReply>,
): RouteShorthandOptionsWithHandler {
  const {
    access,
    hasETag = false,
    authorizesItself = false,
    problems = [],
    delivery,
    bodyLimit,
    checkSender,
  } = options;
  return {
    schema: {
      ...schema,
      security: delivery ? [{ [delivery.security]: [] }] : access === 'public' ? [] : [{ token: [] }],
    },
    config: {
      access,
      hasETag,
      authorizesItself,
      problems,
      ...(delivery ? { delivery } : {}),
      input: {
        ...(schema.querystring ? { querystring: schema.querystring } : {}),
        ...(options.queryErrors ? { queryErrors: options.queryErrors } : {}),
        ...(schema.body ? { body: schema.body } : {}),
        ...(options.referenceErrors ? { referenceErrors: options.referenceErrors } : {}),
        ...(schema.headers ? { headers: schema.headers } : {}),
      },
    },
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    ...(checkSender ? { onRequest: checkSender } : {}),
    handler: handler as unknown as RouteShorthandOptionsWithHandler['handler'],
  } as RouteShorthandOptionsWithHandler;
}
