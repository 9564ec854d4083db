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

/** An operation of the API: its schemas, its access rule and its handler. `routes.ts` assigns the URL. */

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
  /**
   * Successful responses by status. `openapi/describe-operation.ts` derives the problems from the options and the
   * input.
   */
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
  /** The response has an ETag, and a private cache may store it and revalidate it. */
  hasETag?: boolean;
  /** The handler authorises in the round trip that reads its rows, through `authorizedRead` or `createOnce`. */
  authorizesItself?: boolean;
  /** Errors between query parameters that are valid one by one; it gets only those. */
  queryErrors?: QueryErrors;
  /** Finds ids in an invalid body that refer to missing rows, so that the response names all errors at once. */
  referenceErrors?: ReferenceErrors;
  /** Problems beyond those that follow from the access rule and the input. */
  problems?: ProblemCode[];
  /** Maximum size of the body in bytes; default 1 MiB. */
  bodyLimit?: number;
  /** Rejects an unauthenticated sender by the headers alone, before the body is read. */
  checkSender?: (request: FastifyRequest) => Promise<void>;
  /** The body is a provider's signed delivery, which isn't validated against a schema. */
  delivery?: Delivery;
};

/** The description of a delivery in the OpenAPI document. `security` names one of its security schemes. */
export type Delivery = { security: 'nylasSignature' | 'vonageToken'; description: string; example: object };

/** The parameter is `never`, because the caller doesn't know the query type of the operation. */
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
