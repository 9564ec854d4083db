import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUnchanged, objectETag } from './conditional-requests.ts';

/**
 * Sends one object with the ETag of what is sent, or 304 when the client has it already.
 * @throws preconditionFailed
 */
export function sendDetail(request: FastifyRequest, reply: FastifyReply, detail: object): FastifyReply {
  const body = reply.serialize(detail as Record<string, unknown>) as string;
  const etag = objectETag(body);
  reply.header('etag', etag);
  if (isUnchanged(request.headers, etag)) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(body);
}
