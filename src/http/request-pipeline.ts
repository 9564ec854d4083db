import type { IncomingMessage } from 'node:http';
import { Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { Db } from '../db/client.ts';
import { ApiError, type FieldErrors, invalid, notFound } from '../domain/errors.ts';
import { Callers } from './auth/callers.ts';
import { authorize, checkPathIds } from './auth/guard.ts';
import { createFairConcurrencyLimit } from './concurrency-limit.ts';
import { parseJson } from './input/parse-json.ts';
import { readBody } from './input/read-body.ts';
import { ignoredParameters, type UnknownName, unknownNameErrors } from './input/unknown-names.ts';
import { type CheckedInput, checkBody, checkHeaders, checkQuery } from './input/validation.ts';
import { markApplied, prefers } from './preferences.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The database with the query deadline and the query scope of this request. */
    db: Db;
    /** Milliseconds left for the response. Receiving the body doesn't count, because it depends on the client. */
    timeLeftMs: number;
  }
}

/**
 * The checks of a request before its handler, in the contract's order of refusals: path ids (404), caller (401, 403),
 * then the input (400).
 */
export const requestPipeline = fastifyPlugin<{ db: Db }>(checkRequests, {
  name: 'request-pipeline',
  // The rate limit counts a request before its token is looked up, and a body counts against the budget of all bodies.
  dependencies: ['error-handler', 'protocol-checks', 'rate-limit', 'body-budget'],
});

async function checkRequests(app: FastifyInstance, { db }: { db: Db }): Promise<void> {
  app.decorateRequest('rawBody');
  app.decorateRequest('caller');
  app.decorateRequest('db');
  app.decorateRequest('timeLeftMs', 0);
  app.decorate('callers', new Callers(db));
  const { max: connections } = db.pool.options;
  const half = Math.max(1, Math.floor(connections / 2));
  app.decorate('readLimits', {
    longLists: createFairConcurrencyLimit(connections, half),
    largePages: createFairConcurrencyLimit(half, 1, restAfterLargePage),
  });
  // `validate` checks the input. A scope that adds schemas of its own would fall back to Fastify's own compiler.
  app.setValidatorCompiler(acceptAnything);
  app.addHook('onRegister', (scope) => void scope.setValidatorCompiler(acceptAnything));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', readJson);
  // The hooks run for every request and usually need no promise, so they take callbacks.
  app.addHook('onRequest', (request, _reply, done) => admit(request, db, done));
  app.addHook('preValidation', validate);
}

/** The milliseconds that a page of 500 rows of ordinary length takes at most. */
const ORDINARY_PAGE_MS = 20;

/**
 * A large page of long rows takes longer in PostgreSQL and afterwards, when it is serialised. So the company's next one
 * starts after a pause as long as the page took, which leaves the processors to other requests half of the time.
 */
function restAfterLargePage(pageMs: number): number {
  return pageMs > ORDINARY_PAGE_MS ? pageMs : 0;
}

const acceptAnything = () => () => true;

/** Reads and parses the body. A refusal of the caller takes precedence over errors in the body. */
async function readJson(request: FastifyRequest, payload: IncomingMessage): Promise<unknown> {
  try {
    request.rawBody = await readBody(request, payload, request.routeOptions.bodyLimit);
    checkEncoding(request);
    return parseJson(request.rawBody);
  } catch (error) {
    await new Promise<void>((resolve, reject) => afterCaller(request, resolve, reject));
    throw error;
  }
}

/** Checks the URL, the ids in the path and, unless the handler does so itself, the caller. */
function admit(request: FastifyRequest, db: Db, done: (error?: Error) => void): void {
  const endsAt = performance.now() + db.answerWithinMs;
  // Before the body is read, which can't matter without a route. With CORS every URL has the OPTIONS route `*`.
  if (request.is404 || request.routeOptions.url === '*') throw notFound();
  // Before the query scope is set, so that the company id is a UUID and not one of the scope's keywords.
  checkPathIds(request);
  const { company_id: tenant = 'none' } = request.params as { company_id?: string };
  request.db = db.for({ endsAt, tenant });
  const proceed = () => {
    request.timeLeftMs = endsAt - performance.now();
    done();
  };
  const { access, authorizesItself } = request.routeOptions.config;
  if (access === undefined || access === 'public' || (authorizesItself && mayAuthorizeLater(request))) proceed();
  else authorize(request).then(proceed, done);
}

/** Checks the query, the headers and the body. */
function validate(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
  request.db = request.db.for({ endsAt: performance.now() + request.timeLeftMs });
  const { input } = request.routeOptions.config;
  if (!input) {
    done();
    return;
  }
  const { errors, unknown } = checkInput(request);
  const isStrict = prefers(request, 'strict');
  const all = { ...(isStrict ? unknownNameErrors(unknown) : {}), ...errors };
  if (Object.keys(all).length > 0) {
    const refuse = () => void withReferenceErrors(request, all).then((every) => done(invalid(every)), done);
    afterCaller(request, refuse, done);
    return;
  }
  if (isStrict) markApplied(reply, 'strict');
  if (unknown.length > 0) reply.header('x-ignored-parameters', ignoredParameters(unknown));
  done();
}

const SMALL_BODY_BYTES = 16 << 10;
const PLAIN_JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i;

/**
 * Whether authorisation may be left to the handler, which combines it with its own statements: the route takes no body,
 * or the body is small JSON. The caller of a larger or unusual body is authorised before the body is read.
 */
function mayAuthorizeLater({ routeOptions, headers }: FastifyRequest): boolean {
  if (!routeOptions.config.input?.body) return true;
  const length = Number(headers['content-length']);
  return PLAIN_JSON_TYPE.test(headers['content-type'] ?? '') && length > 0 && length <= SMALL_BODY_BYTES;
}

/** Authorises the caller first, because a refusal of the caller takes precedence over errors in the input. */
function afterCaller(request: FastifyRequest, refuse: () => void, done: (error: Error) => void): void {
  const { authorizesItself } = request.routeOptions.config;
  if (authorizesItself && !request.caller) authorize(request).then(refuse, done);
  else refuse();
}

/** A shared constant, because validators are compiled once for each schema object. */
const NO_PARAMETERS = Type.Object({});

function checkInput(request: FastifyRequest): { errors: FieldErrors; unknown: UnknownName[] } {
  const { querystring = NO_PARAMETERS, queryErrors, body, headers } = request.routeOptions.config.input ?? {};
  const unknown: UnknownName[] = [];

  const query = checkQuery(querystring as never, request.query as Record<string, unknown>, request.url);
  request.query = query.value;
  const errors: FieldErrors = { ...query.errors, ...queryErrors?.(validParameters(query) as never) };
  for (const { path, name, known } of query.unknown) unknown.push({ shown: path, name, known });

  if (body) {
    const checked = checkBody(body, request.body);
    request.body = checked.value;
    addErrors(errors, checked.errors);
    for (const { path, name, known } of checked.unknown)
      unknown.push({ shown: `body.${path.toWellFormed()}`, name, known });
  }
  if (headers) addErrors(errors, checkHeaders(headers, request.headers));
  return { errors, unknown };
}

/** Adds errors for references in the body to missing rows. A malformed field keeps only its own error. */
async function withReferenceErrors(request: FastifyRequest, errors: FieldErrors): Promise<FieldErrors> {
  const { referenceErrors } = request.routeOptions.config.input ?? {};
  if (errors.body) return errors;
  const { company_id: companyId = '' } = request.params as { company_id?: string };
  const body = request.body as Record<string, unknown>;
  return { ...(await referenceErrors?.(request.db, companyId, body)), ...errors };
}

/** The parameters that are valid one by one. */
function validParameters({ value, errors }: CheckedInput): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !Object.hasOwn(errors, name)));
}

/** `Object.assign` would set the prototype for a field named `__proto__`. */
function addErrors(errors: FieldErrors, more: FieldErrors): void {
  for (const [field, messages] of Object.entries(more))
    Object.defineProperty(errors, field, { value: messages, enumerable: true });
}

/**
 * Rejects a body with a content encoding or with a character set other than UTF-8, because the server decodes neither.
 */
function checkEncoding({ headers }: FastifyRequest): void {
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? ''))
    throw new ApiError('unsupported_media_type', 'Send the body without Content-Encoding.', {
      headers: { 'accept-encoding': 'identity' },
    });
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '') ?? [];
  if (!/^utf-?8$/i.test(charset)) throw new ApiError('unsupported_media_type', 'Send the body as JSON in UTF-8.');
}
