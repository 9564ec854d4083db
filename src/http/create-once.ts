import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Tx } from '../db/transaction.ts';
import type { Actor } from '../journal/audit.ts';
import { authorize } from './auth/guard.ts';
import { clientAddress } from './client-address.ts';
import { type IdempotentRequest, keepResponse, takeIdempotencyKey } from './idempotency.ts';
import { relativeReference } from './relative-reference.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body's bytes as they came. */
    rawBody: Buffer;
  }
}

/** Who writes. */
export type Writer = Actor & { userId: string; tokenId: string; name: string; email: string };

/** The caller as the audit trail names it. */
export function actorOf(request: FastifyRequest): Writer {
  const { userId, tokenId, name, username, email } = request.caller;
  return {
    kind: 'user',
    userId,
    tokenId,
    address: clientAddress(request),
    requestId: request.id,
    name: name || username,
    email,
  };
}

/**
 * Creates something in one transaction, once for an `Idempotency-Key`: the response is kept with the effect, and the
 * same request answers it again. 201 with `Location`, or the status that `create` gives.
 * @param create its writer is looked up in the same round trip as the first rows it reads; a refusal skips that reading
 *   and goes before anything that `create` finds wrong
 * @throws notAuthenticated, permissionDenied, whatever `create` throws
 */
export async function createOnce<Created extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  ring: KeyRing,
  create: (tx: Tx, writer: Promise<Writer>) => Promise<{ created: Created; location?: string; status?: number }>,
): Promise<FastifyReply> {
  const { 'idempotency-key': key } = request.headers;
  const answer = await request.db.transaction(async (tx) => {
    const writer = findWriter(request, tx);
    tx.waitForPermission(writer);
    const idempotent = typeof key === 'string' ? idempotentRequest(request, await writer, key) : undefined;
    const stored = idempotent && (await takeIdempotencyKey(tx, ring, idempotent));
    if (stored) return { ...stored, isReplayed: true };
    const { created, location = null, status = 201 } = await create(tx, writer);
    reply.code(status);
    const response = { status, location, body: reply.serialize(created as Record<string, unknown>) as string };
    if (idempotent) keepResponse(tx, ring, idempotent, response);
    return { ...response, isReplayed: false };
  });
  if (answer.isReplayed) reply.header('idempotency-replayed', 'true');
  if (answer.location) reply.header('location', relativeReference(request.url, answer.location));
  return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body);
}

async function findWriter(request: FastifyRequest, tx: Tx): Promise<Writer> {
  if (!request.caller) await authorize(request, tx);
  return actorOf(request);
}

function idempotentRequest(request: FastifyRequest, { userId }: Writer, key: string): IdempotentRequest {
  const { company_id: companyId = '' } = request.params as { company_id?: string };
  const [path = ''] = request.url.split('?');
  return {
    companyId,
    userId,
    key,
    method: request.method,
    path,
    body: request.rawBody,
  };
}
