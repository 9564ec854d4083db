import { Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUnchanged, objectETag } from './conditional-requests.ts';

/** `If-Match` on what is changed, and the ETag of what came of it (contract §1, Caching). */

export const IfMatchHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      description: 'Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too.',
      examples: ['W/"Yx0n4lqv0bPj1Cq0mX3m9A"'],
    }),
  ),
});

/**
 * What `If-Match` asks of an object. Call the function inside the transaction, with the object read under its lock:
 * only then has nobody changed it in between. Undefined when the client asks nothing.
 * @throws (the function) preconditionFailed
 */
export function preconditionOf(request: FastifyRequest, reply: FastifyReply): ((current: object) => void) | undefined {
  const expected = request.headers['if-match'];
  if (expected === undefined) return undefined;
  return (current) => void isUnchanged({ 'if-match': expected }, objectETag(bodyOf(reply, current)));
}

/** Answers a changed object with the ETag that its own address would give. */
export function sendChanged(reply: FastifyReply, object: object): FastifyReply {
  const body = bodyOf(reply, object);
  return reply.header('etag', objectETag(body)).type('application/json; charset=utf-8').send(body);
}

function bodyOf(reply: FastifyReply, object: object): string {
  return reply.serialize(object as Record<string, unknown>) as string;
}
