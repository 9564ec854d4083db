import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Tx } from '../db/transaction.ts';
import type { Actor } from '../journal/audit.ts';
import { authorize } from './auth/guard.ts';
import { clientAddress } from './client-address.ts';
import { claimIdempotencyKey, type IdempotentRequest, storeResponse } from './idempotency.ts';
import { relativeReference } from './relative-reference.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of the body as received. */
    rawBody: Buffer;
  }
}

/** The user who makes a change: the actor of the audit trail, with the names that responses show. */
export type Writer = Actor & { userId: string; tokenId: string; name: string; email: string };

/** The authenticated caller as the actor of the audit trail. */
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
 * Runs `create` in one transaction, once for each `Idempotency-Key`: the response is stored in the same transaction, and
 * a repeated request gets the stored response. Sends 201 with `Location`, or the status that `create` returns.
 * @param create its writer is authorised in the round trip that reads the first rows; a refusal skips that read and takes
 *   precedence over the errors of `create`
 * @throws notAuthenticated, permissionDenied, and what `create` throws
 */
export async function createOnce<Created extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  ring: KeyRing,
  create: (tx: Tx, writer: Promise<Writer>) => Promise<{ created: Created; location?: string; status?: number }>,
): Promise<FastifyReply> {
  const { 'idempotency-key': key } = request.headers;
  const result = await request.db.transaction(async (tx) => {
    const writer = findWriter(request, tx);
    tx.waitForPermission(writer);
    const idempotent = typeof key === 'string' ? idempotentRequest(request, await writer, key) : undefined;
    const stored = idempotent && (await claimIdempotencyKey(tx, ring, idempotent));
    if (stored) return { ...stored, isReplayed: true };
    const { created, location = null, status = 201 } = await create(tx, writer);
    reply.code(status);
    const response = { status, location, body: reply.serialize(created as Record<string, unknown>) as string };
    if (idempotent) storeResponse(tx, ring, idempotent, response);
    return { ...response, isReplayed: false };
  });
  if (result.isReplayed) reply.header('idempotency-replayed', 'true');
  if (result.location) reply.header('location', relativeReference(request.url, result.location));
  return reply.code(result.status).type('application/json; charset=utf-8').send(result.body);
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
