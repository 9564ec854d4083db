import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from './crypto/ids.ts';
import {
  ApiError,
  invalid,
  isDatabaseUnavailable,
  notFound,
  problemOf,
  sqlStateOf,
  throttled,
  unavailable,
} from './errors.ts';

/** Every error leaves as a problem document; the one place where errors are logged. */
export function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => sendProblem(asApiError(error), error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(notFound(), undefined, request, reply));
}

function sendProblem(problem: ApiError, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem.status >= 500) logFailure(request, problem, error);
  for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
  return reply
    .code(problem.status)
    .removeHeader('etag')
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problemOf(problem, request.id));
}

/** Names and codes only: a database error's message may carry a row's text. */
function logFailure(request: FastifyRequest, problem: ApiError, error: unknown): void {
  const cause = error instanceof ApiError ? error.cause : error;
  const facts = {
    code: problem.code,
    route: request.routeOptions.url,
    error: cause instanceof Error ? cause.name : undefined,
    sqlState: sqlStateOf(cause),
    stack: cause instanceof Error && problem.code === 'internal_error' ? framesOf(cause) : undefined,
  };
  if (problem.code === 'internal_error') request.log.error(facts, 'request failed');
  else request.log.warn(facts, 'request refused for now');
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
  const status = error.statusCode ?? 500;
  if (status === 413) return new ApiError('payload_too_large', 'The body is larger than this address takes.');
  if (status === 414) return new ApiError('uri_too_long', 'The address is too long.');
  if (status === 415) return new ApiError('unsupported_media_type', 'Send the body as application/json.');
  if (status === 429) return throttled(1);
  if (status === 404) return notFound();
  if (status >= 400 && status < 500) return invalid({ request: ['The request is malformed.'] });
  return new ApiError('internal_error', 'Something went wrong on our side.', { cause: error });
}

const CLIENT_ERRORS: Record<string, () => ApiError> = {
  HPE_HEADER_OVERFLOW: () => new ApiError('headers_too_large', 'The request header is too large.'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new ApiError('request_timeout', 'The request took too long to arrive.'),
};

/** What Node itself refuses before there is a request. */
export function sendClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy(error);
    return;
  }
  const problem = CLIENT_ERRORS[error.code ?? '']?.() ?? invalid({ request: ['The request is malformed.'] });
  const id = newId();
  const body = JSON.stringify(problemOf(problem, id));
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
