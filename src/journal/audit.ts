import type { Statement } from '../db/statement.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../domain/ids.ts';
import type { ActorKind } from '../domain/vocabulary.ts';

/** The actor of an audited action: a user with a token and an address, the operator, a provider or the server. */
export type Actor = {
  kind: ActorKind;
  userId: string | null;
  tokenId: string | null;
  address: string | null;
  /**
   * The `X-Request-Id` of the request, as in its response and in the log. For a provider, the request that delivered the
   * event.
   */
  requestId: string | null;
};

export const OPERATOR: Actor = { kind: 'operator', userId: null, tokenId: null, address: null, requestId: null };
/** The actor for mails that the server fetches itself, which no request delivered. */
export const PROVIDER: Actor = { kind: 'provider', userId: null, tokenId: null, address: null, requestId: null };

/** @param requestId of the request that delivered the event */
export function providerOf(requestId: string | undefined): Actor {
  return { ...PROVIDER, requestId: requestId ?? null };
}

/** An audited action and the row it was done to. `details` holds ids and field names only, never a text. */
export type AuditedAct = { action: string; subjectId: string | null; details?: Record<string, unknown> };

/**
 * Records an action that belongs to no single company: logins, users, tokens, encryption keys. `tx` is the transaction
 * of the action itself. For a failed login, the actor's `userId` is the account that was tried.
 */
export function recordSecurityEvent(tx: Tx, actor: Actor, act: AuditedAct): void {
  tx.send({
    name: 'record_security_event',
    text: `
      INSERT INTO security_events (id, actor_kind, user_id, token_id, address, request_id, action, subject_id, details)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [newId(), ...valuesOf(actor, act)],
  });
}

/** Records an action in a company's audit trail. `tx` is the transaction of the action itself. */
export function recordAudit(tx: Tx, companyId: string, actor: Actor, act: AuditedAct): void {
  tx.send(auditOf(companyId, actor, act));
}

/** The statement of `recordAudit`, to be combined with others. */
export function auditOf(companyId: string, actor: Actor, act: AuditedAct): Statement {
  return {
    name: 'audit',
    text: `
      INSERT INTO audit_events
        (company_id, id, actor_kind, user_id, token_id, address, request_id, action, subject_id, details)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [companyId, newId(), ...valuesOf(actor, act)],
  };
}

function valuesOf(actor: Actor, act: AuditedAct): unknown[] {
  const { kind, userId, tokenId, address, requestId } = actor;
  return [
    kind,
    userId,
    tokenId,
    address,
    requestId,
    act.action,
    act.subjectId,
    act.details ? JSON.stringify(act.details) : null,
  ];
}
