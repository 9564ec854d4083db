import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { DecryptionError } from '../crypto/field-encryption.ts';
import { isDatabaseUnavailable, sqlStateOf } from '../db/errors.ts';
import { ApiError, invalid, notFound, unavailable } from '../domain/errors.ts';
import { newId } from '../domain/ids.ts';
import { toProblem } from './problem.ts';

/** Sends every error as a problem document. Errors are logged here and nowhere else. */
export const errorHandler = fastifyPlugin(setErrorHandlers, { name: 'error-handler', dependencies: ['request-log'] });

async function setErrorHandlers(app: FastifyInstance): Promise<void> {
  app.setErrorHandler<FastifyError>((error, request, reply) => sendProblem(asApiError(error), error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(notFound(), undefined, request, reply));
}

/**
 * Answers 404 for a URL that the router can't decode or with a parameter longer than any id. The router rejects such a
 * URL before any hook runs, so the headers that hooks add are set here.
 */
export function sendUnroutable(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id).header('cache-control', 'no-store');
  sendProblem(notFound(), undefined, request, reply);
}

function sendProblem(problem: ApiError, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem.status >= 500) logFailure(request, problem, error);
  else request.refusal = problem.code;
  for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
  return reply
    .code(problem.status)
    .removeHeader('etag')
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(toProblem(problem, request.id));
}

/** Logs names and codes only, because a database error's message may contain text of a row. */
function logFailure(request: FastifyRequest, problem: ApiError, error: unknown): void {
  const cause = error instanceof ApiError ? error.cause : error;
  const facts = {
    code: problem.code,
    route: request.routeOptions.url,
    error: cause instanceof Error ? cause.name : undefined,
    sqlState: sqlStateOf(cause),
    ciphertext: cause instanceof DecryptionError ? locationOf(cause) : undefined,
    stack: cause instanceof Error && problem.code === 'internal_error' ? framesOf(cause) : undefined,
  };
  if (problem.code === 'internal_error') request.log.error(facts, 'request failed');
  else request.log.warn(facts, 'request refused for now');
}

/** Where the ciphertext that doesn't decrypt is stored, for the operator. */
function locationOf({ reason, keyId, table, column, rowId }: DecryptionError) {
  return { reason, keyId, table, column, rowId };
}

/** The stack without its first lines, which repeat the message. */
function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 10);
}

function asApiError(error: FastifyError): ApiError {
  if (error instanceof ApiError) return error;
  if (isDatabaseUnavailable(error)) return unavailable(error);
  // Temporary: another process already has the new key, and this one reads it within seconds.
  if (error instanceof DecryptionError && error.reason === 'unknown_key') return unavailable(error);
  const status = error.statusCode ?? 500;
  if (status === 413) return new ApiError('payload_too_large', 'The body is larger than this address takes.');
  if (status === 414) return new ApiError('uri_too_long', 'The address is too long.');
  if (status === 415) return new ApiError('unsupported_media_type', 'Send the body as application/json.');
  if (status === 404) return notFound();
  if (status >= 400 && status < 500) return invalid({ request: ['The request is malformed.'] });
  return new ApiError('internal_error', 'Something went wrong on our side.', { cause: error });
}

/**
 * Sends problem documents where Node itself would send a bare status: for HTTP/1.1 without `Host`, and for an `Expect`
 * other than `100-continue`.
 */
export const protocolChecks = fastifyPlugin(refuseInNodesPlace, {
  name: 'protocol-checks',
  // A refusal is logged and has the security headers, so those plugins must be registered before.
  dependencies: ['request-log', 'error-handler', 'security-headers'],
});

async function refuseInNodesPlace(app: FastifyInstance): Promise<void> {
  const unexpected = new WeakSet<IncomingMessage>();
  app.server.on('checkExpectation', (request, response) => {
    unexpected.add(request);
    app.server.emit('request', request, response);
  });
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    if (raw.httpVersion === '1.1' && raw.headers.host === undefined)
      return done(invalid({ Host: ['This header is required.'] }));
    if (unexpected.has(raw))
      return done(new ApiError('expectation_failed', 'Nothing but 100-continue can be expected.'));
    done();
  });
}

/** The limit on the request line and the headers together. */
export const MAX_HEADER_BYTES = 16_384;

type ClientError = Error & { code?: string; rawPacket?: unknown };

function asClientError({ code, rawPacket }: ClientError): ApiError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new ApiError('request_timeout', 'The request took too long to arrive.');
  if (code !== 'HPE_HEADER_OVERFLOW') return invalid({ request: ['The request is malformed.'] });
  if (Buffer.isBuffer(rawPacket) && firstLineBytes(rawPacket) > MAX_HEADER_BYTES)
    return new ApiError('uri_too_long', 'The address is too long.');
  return new ApiError('headers_too_large', 'The request header is too large.');
}

/**
 * Node reports a too long URL and too large headers with one error; the length of the first line distinguishes them.
 */
function firstLineBytes(packet: Buffer): number {
  const end = packet.indexOf('\n');
  return end < 0 ? Number.POSITIVE_INFINITY : end;
}

/**
 * Sends the problem document for a request that Node's HTTP parser rejects, for which Fastify has no request object.
 */
export function sendClientError(error: ClientError, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy(error);
    return;
  }
  const problem = asClientError(error);
  const id = newId();
  const body = JSON.stringify(toProblem(problem, id));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      `x-request-id: ${id}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
