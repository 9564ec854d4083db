import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import type { Tx } from '../../db/transaction.ts';
import { invalid, notFound } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';
import { type Actor, recordAudit } from '../../journal/audit.ts';
import { beforeTransaction, type FeedPosition } from '../events/position.ts';
import { readPosition } from '../events/service.ts';
import type { WebhookEndpointWithSecret, WebhookReplay } from './schema.ts';
import { decryptSecrets, encryptSecrets, generateSecret } from './secrets.ts';
import { lockEndpoint, RETRY_NOW } from './service.ts';

/** The operations on an endpoint other than reading and changing it: rotating its secret, a test and a replay. */

const FORMER_SECRET_LIFETIME = "interval '24 hours'";

/**
 * Replaces the secret. For a day deliveries are signed with both the new and the replaced secret; an even older secret is
 * no longer used.
 * @throws notFound
 */
export async function rotateWebhookSecret(
  tx: Tx,
  ring: KeyRing,
  companyId: string,
  endpointId: string,
  actor: Actor,
): Promise<WebhookEndpointWithSecret> {
  const endpoint = await lockEndpoint(tx, companyId, endpointId);
  const [stored] = await tx.query<{ secrets: Buffer }>({
    name: 'webhook_secrets',
    text: 'SELECT secrets FROM webhook_endpoints WHERE company_id = $1 AND id = $2',
    values: [companyId, endpointId],
  });
  if (!stored) throw notFound();
  const [former = ''] = decryptSecrets(ring, companyId, endpointId, stored.secrets);
  const secret = generateSecret();
  const [row] = await tx.query<{ updated_at: string }>({
    name: 'rotate_webhook_secret',
    text: `
      UPDATE webhook_endpoints AS e
      SET secrets = $3, former_secret_until = now() + ${FORMER_SECRET_LIFETIME}, ${RETRY_NOW}, updated_at = now()
      WHERE e.company_id = $1 AND e.id = $2
      RETURNING e.updated_at`,
    values: [companyId, endpointId, encryptSecrets(ring, companyId, endpointId, [secret, former])],
  });
  recordAudit(tx, companyId, actor, { action: 'webhook_endpoint.secret_rotated', subjectId: endpointId });
  return { ...endpoint, updated_at: row?.updated_at ?? endpoint.updated_at, secret };
}

/** Schedules one attempt to send an `endpoint.test` event, to a disabled endpoint too. @throws notFound */
export async function testWebhookEndpoint(tx: Tx, companyId: string, endpointId: string, actor: Actor): Promise<void> {
  await lockEndpoint(tx, companyId, endpointId);
  tx.send({
    name: 'test_webhook_endpoint',
    text: 'UPDATE webhook_endpoints SET test_event_id = $3 WHERE company_id = $1 AND id = $2',
    values: [companyId, endpointId, newId()],
  });
  recordAudit(tx, companyId, actor, { action: 'webhook_endpoint.tested', subjectId: endpointId });
}

/**
 * Moves the endpoint's position back, so that all later events are sent again, in order. A disabled endpoint gets the
 * events that exist now and no later ones.
 * @throws notFound, invalid when `after` isn't a time or the id of an event of the company
 */
export async function replayWebhookEvents(
  tx: Tx,
  companyId: string,
  endpointId: string,
  actor: Actor,
  { after }: WebhookReplay,
): Promise<void> {
  const position = await resolvePosition(tx, companyId, after);
  await lockEndpoint(tx, companyId, endpointId);
  tx.send({
    name: 'replay_webhook_events',
    text: `
      UPDATE webhook_endpoints AS e
      SET position_transaction = $3, position_event = $4, starts_after = NULL, resume_from = NULL,
          replay_until = CASE WHEN NOT e.is_enabled THEN pg_snapshot_xmin(pg_current_snapshot()) END,
          ${RETRY_NOW}
      WHERE e.company_id = $1 AND e.id = $2`,
    values: [companyId, endpointId, position.transactionId.toString(), position.eventId],
  });
  recordAudit(tx, companyId, actor, { action: 'webhook_endpoint.replayed', subjectId: endpointId });
}

/** @throws invalid for a text that is neither a time nor the id of an event of the company */
async function resolvePosition(connection: Connection, companyId: string, after: string): Promise<FeedPosition> {
  const time = parseTimestamp(after);
  if (time !== undefined) return positionAt(connection, companyId, time);
  const position = readPosition(after);
  if (!position) throw invalid({ after: ['Must be the id of an event or an RFC 3339 date-time.'] });
  if (position.transactionId !== undefined) return position;
  const [event] = await connection.query<{ transaction_id: string }>({
    name: 'transaction_of_event',
    text: 'SELECT transaction_id::text FROM audit_events WHERE company_id = $1 AND id = $2',
    values: [companyId, position.eventId],
  });
  if (!event) throw invalid({ after: ['Not the id of an event of this company.'] });
  return { transactionId: BigInt(event.transaction_id), eventId: position.eventId };
}

/**
 * The position before the first event since a time. Event ids begin with Unix time (UUID version 7), so the primary key
 * serves.
 */
async function positionAt(connection: Connection, companyId: string, time: string): Promise<FeedPosition> {
  const [row] = await connection.query<{ first: string }>({
    name: 'first_transaction_since',
    text: `
      SELECT COALESCE(min(a.transaction_id), pg_snapshot_xmin(pg_current_snapshot()))::text AS first
      FROM audit_events a
      WHERE a.company_id = $1 AND a.id >= $2 AND a.occurred_at >= $3`,
    values: [companyId, smallestIdAt(time), time],
  });
  return beforeTransaction(BigInt(row?.first ?? 0));
}

/**
 * The id and `occurred_at` of an event may differ: clocks of servers differ, and `occurred_at` is when the transaction
 * began.
 */
const LEEWAY_MS = 60_000;

/** The smallest UUID version 7 of a row created at this time, less the leeway. */
export function smallestIdAt(time: string): string {
  const milliseconds = Math.min(Math.max(0, Date.parse(time) - LEEWAY_MS), 2 ** 48 - 1);
  const hex = milliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
