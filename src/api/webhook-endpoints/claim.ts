import type { Connection, Db } from '../../db/client.ts';
import type { webhookEndpoints } from '../../db/schema.ts';
import type { Statement } from '../../db/statement.ts';
import type { StoredRow } from '../../db/table-columns.ts';
import type { Tx } from '../../db/transaction.ts';
import { NIL_ID, newId } from '../../domain/ids.ts';
import { OPERATOR, recordAudit } from '../../journal/audit.ts';
import type { FeedPosition } from '../events/position.ts';
import type { SendResult } from './send.ts';

/**
 * The statements of webhook delivery. A process claims an endpoint by a lease in its row, so that several servers can use
 * one database; the lease expires when the process is killed. Every write of the process applies only while it has the
 * lease and no user has changed the endpoint meanwhile (`revision`).
 */

/** The row of an endpoint when it was claimed. */
export type ClaimedEndpoint = StoredRow<
  typeof webhookEndpoints,
  | ('companyId' | 'id' | 'url' | 'eventTypes' | 'isEnabled' | 'secrets' | 'failures' | 'failingSince' | 'testEventId')
  | ('positionTransaction' | 'positionEvent' | 'startsAfter' | 'replayUntil' | 'revision')
> & { has_former_secret: boolean; is_due: boolean; lease_id: string };

/**
 * Claims endpoints that have a test to send, or new events in their company's feed and a due attempt.
 * @param limit the maximum number of endpoints, in the order of their next attempt
 */
export async function claimEndpoints(db: Connection, limit: number, leaseMs: number): Promise<ClaimedEndpoint[]> {
  return db.query<ClaimedEndpoint>({
    name: 'claim_webhook_endpoints',
    text: `
      WITH snapshot AS MATERIALIZED (
        SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon
      ), due AS (
        SELECT e.company_id, e.id
        FROM webhook_endpoints e, snapshot s
        WHERE (e.leased_until IS NULL OR e.leased_until < now())
          AND (e.test_event_id IS NOT NULL
            OR (e.next_attempt_at <= now()
              AND (e.is_enabled OR e.replay_until IS NOT NULL)
              AND EXISTS (SELECT
                          FROM audit_events a
                          WHERE a.company_id = e.company_id
                            AND (a.transaction_id, a.id) > (e.position_transaction, e.position_event)
                            AND a.transaction_id < s.horizon)))
        ORDER BY e.next_attempt_at
        LIMIT $2
        FOR UPDATE OF e SKIP LOCKED
      )
      UPDATE webhook_endpoints AS e
      SET lease_id = $1, leased_until = now() + $3 * interval '1 millisecond'
      FROM due
      WHERE e.company_id = due.company_id AND e.id = due.id
      RETURNING e.company_id, e.id, e.url, e.event_types, e.is_enabled, e.secrets,
                COALESCE(e.former_secret_until > now(), false) AS has_former_secret,
                e.position_transaction::text, e.position_event, e.starts_after::text, e.replay_until::text,
                e.failures, e.failing_since, e.next_attempt_at <= now() AS is_due, e.test_event_id, e.revision, e.lease_id`,
    values: [newId(), limit, leaseMs],
  });
}

/** The transactions that had ended when the endpoint was created or enabled; their events aren't sent to it. */
export async function transactionsBeforeStart(
  db: Connection,
  { starts_after: snapshot }: ClaimedEndpoint,
  transactionIds: string[],
): Promise<Set<string>> {
  if (snapshot === null || transactionIds.length === 0) return new Set();
  const rows = await db.query<{ id: string }>({
    name: 'ended_before_snapshot',
    text: 'SELECT t.id::text AS id FROM unnest($1::xid8[]) AS t(id) WHERE pg_visible_in_snapshot(t.id, $2::pg_snapshot)',
    values: [[...new Set(transactionIds)], snapshot],
  });
  return new Set(rows.map(({ id }) => id));
}

export type Attempt = { eventId: string; type: string; attempt: number; attemptedAt: Date; result: SendResult };

/** The effect of an attempt on its endpoint. */
export type AttemptEffect =
  | { kind: 'delivered'; position: FeedPosition }
  | { kind: 'retry'; pauseMs: number }
  | { kind: 'disable'; reason: string }
  /**
   * An attempt to send a test event; a test that was requested meanwhile stays pending. A success makes the next attempt of
   * a pausing endpoint due at once.
   */
  | { kind: 'tested'; isDelivered: boolean };

/**
 * Records an attempt, applies its effect and renews the lease, in one statement.
 * @returns whether this process may continue with the endpoint
 */
export async function recordAttempt(
  db: Db,
  endpoint: ClaimedEndpoint,
  attempt: Attempt,
  effect: AttemptEffect,
  leaseMs: number,
): Promise<boolean> {
  const statement = recordingOf(endpoint, attempt, effect, leaseMs);
  const rows =
    effect.kind === 'disable'
      ? await db.transaction(async (tx) => {
          const changed = await tx.query<Recorded>(statement);
          if (changed.length > 0) recordDisabled(tx, endpoint, attempt);
          return changed;
        })
      : await db.query<Recorded>(statement);
  return rows.length > 0 && rows[0]?.test_event_id === endpoint.test_event_id;
}

type Recorded = { test_event_id: string | null };

function recordingOf(endpoint: ClaimedEndpoint, attempt: Attempt, effect: AttemptEffect, leaseMs: number): Statement {
  const { eventId, type, attemptedAt, result } = attempt;
  const { set, values } = assignmentsOf(effect, attempt);
  const pauseMs = effect.kind === 'retry' ? effect.pauseMs : null;
  return {
    name: `record_webhook_${effect.kind}`,
    text: `
      WITH logged AS (
        INSERT INTO webhook_deliveries (company_id, id, endpoint_id, event_id, type, attempt, response_status, error,
                                        attempted_at, next_attempt_at)
        VALUES ($1, $5, $2, $6, $7, $8, $9, $10, $11, now() + $12::float8 * interval '1 millisecond')
      )
      UPDATE webhook_endpoints AS e
      SET leased_until = now() + $13 * interval '1 millisecond', ${set}
      WHERE e.company_id = $1 AND e.id = $2 AND e.lease_id = $3 AND e.revision = $4
      RETURNING e.test_event_id`,
    values: [
      endpoint.company_id,
      endpoint.id,
      endpoint.lease_id,
      endpoint.revision,
      newId(),
      eventId,
      type,
      attempt.attempt,
      result.status,
      result.error,
      attemptedAt.toISOString(),
      pauseMs,
      leaseMs,
      ...values,
    ],
  };
}

function recordDisabled(tx: Tx, endpoint: ClaimedEndpoint, { result }: Attempt): void {
  recordAudit(tx, endpoint.company_id, SERVER, {
    action: 'webhook_endpoint.disabled',
    subjectId: endpoint.id,
    details: { reason: result.status === 410 ? 'gone' : 'only_failures' },
  });
}

const SERVER = { ...OPERATOR, kind: 'server' } as const;

function assignmentsOf(effect: AttemptEffect, { eventId }: Attempt): { set: string; values: unknown[] } {
  switch (effect.kind) {
    case 'delivered': {
      const { transactionId, eventId: position } = effect.position;
      return {
        set: 'position_transaction = $14, position_event = $15, failures = 0, failing_since = NULL, next_attempt_at = now()',
        values: [transactionId.toString(), position],
      };
    }
    case 'retry':
      return {
        set: `failures = e.failures + 1, failing_since = COALESCE(e.failing_since, now()),
              next_attempt_at = now() + $12::float8 * interval '1 millisecond'`,
        values: [],
      };
    case 'disable':
      return {
        set: `is_enabled = false, disabled_reason = $14, replay_until = NULL, resume_from = NULL, failures = 0,
              failing_since = NULL, revision = e.revision + 1, updated_at = now()`,
        values: [effect.reason],
      };
    case 'tested':
      return {
        set: `test_event_id = NULLIF(e.test_event_id, $14),
              next_attempt_at = CASE WHEN $15 THEN now() ELSE e.next_attempt_at END`,
        values: [eventId, effect.isDelivered],
      };
  }
}

/**
 * Sets the position up to which all events were sent or aren't subscribed to.
 * @returns whether this process may continue with the endpoint
 */
export async function advancePosition(
  db: Connection,
  endpoint: ClaimedEndpoint,
  position: FeedPosition,
): Promise<boolean> {
  const rows = await db.query({
    name: 'advance_webhook_endpoint',
    text: `
      UPDATE webhook_endpoints
      SET position_transaction = $5, position_event = $6
      WHERE company_id = $1 AND id = $2 AND lease_id = $3 AND revision = $4
      RETURNING 1`,
    values: [...keyOf(endpoint), position.transactionId.toString(), position.eventId],
  });
  return rows.length > 0;
}

/**
 * Ends the replay to an endpoint that was disabled when the replay began. An endpoint that was enabled meanwhile continues
 * with the events since it was enabled (`resume_from`).
 */
export async function endReplay(db: Connection, endpoint: ClaimedEndpoint): Promise<void> {
  await db.query({
    name: 'end_webhook_replay',
    text: `
      UPDATE webhook_endpoints
      SET position_transaction = COALESCE(resume_from, replay_until), position_event = '${NIL_ID}',
          replay_until = NULL, resume_from = NULL
      WHERE company_id = $1 AND id = $2 AND lease_id = $3 AND revision = $4`,
    values: keyOf(endpoint),
  });
}

export async function releaseEndpoint(db: Connection, { company_id, id, lease_id }: ClaimedEndpoint): Promise<void> {
  await db.query({
    name: 'release_webhook_endpoint',
    text: `
      UPDATE webhook_endpoints
      SET lease_id = NULL, leased_until = NULL
      WHERE company_id = $1 AND id = $2 AND lease_id = $3`,
    values: [company_id, id, lease_id],
  });
}

function keyOf({ company_id, id, lease_id, revision }: ClaimedEndpoint): unknown[] {
  return [company_id, id, lease_id, revision];
}
