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
import { lockEndpoint, TRY_AT_ONCE } from './service.ts';

/** What may be asked of an endpoint beyond changing it: another secret, a test, a replay. */

const FORMER_SECRET_SIGNS = "interval '24 hours'";

/** The former secret signs beside the new one for a day; one that still did from an earlier rotation ends now. @throws notFound */
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
      SET secrets = $3, former_secret_until = now() + ${FORMER_SECRET_SIGNS}, ${TRY_AT_ONCE}, updated_at = now()
      WHERE e.company_id = $1 AND e.id = $2
      RETURNING e.updated_at`,
    values: [companyId, endpointId, encryptSecrets(ring, companyId, endpointId, [secret, former])],
  });
  recordAudit(tx, companyId, actor, { action: 'webhook_endpoint.secret_rotated', subjectId: endpointId });
  return { ...endpoint, updated_at: row?.updated_at ?? endpoint.updated_at, secret };
}

/** Has one `endpoint.test` sent soon, also to a disabled endpoint; it is attempted once. @throws notFound */
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
 * Sends the events behind a place again, in order. To a disabled endpoint it sends those that there are by now and no
 * later ones.
 * @throws notFound, invalid
 */
export async function replayWebhookEvents(
  tx: Tx,
  companyId: string,
  endpointId: string,
  actor: Actor,
  { after }: WebhookReplay,
): Promise<void> {
  const place = await placeOf(tx, companyId, after);
  await lockEndpoint(tx, companyId, endpointId);
  tx.send({
    name: 'replay_webhook_events',
    text: `
      UPDATE webhook_endpoints AS e
      SET position_transaction = $3, position_event = $4, starts_after = NULL, resume_from = NULL,
          replay_until = CASE WHEN NOT e.is_enabled THEN pg_snapshot_xmin(pg_current_snapshot()) END,
          ${TRY_AT_ONCE}
      WHERE e.company_id = $1 AND e.id = $2`,
    values: [companyId, endpointId, place.transactionId.toString(), place.eventId],
  });
  recordAudit(tx, companyId, actor, { action: 'webhook_endpoint.replayed', subjectId: endpointId });
}

/** @throws invalid for what is neither a time nor the id of an event */
async function placeOf(connection: Connection, companyId: string, after: string): Promise<FeedPosition> {
  const time = parseTimestamp(after);
  if (time !== undefined) return placeAt(connection, companyId, time);
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

/** Ids of events begin with the milliseconds of their making (UUID version 7), which lets the primary key find them. */
async function placeAt(connection: Connection, companyId: string, time: string): Promise<FeedPosition> {
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

/** Clocks of several servers differ, and `occurred_at` is when its transaction began. */
const LEEWAY_MS = 60_000;

export function smallestIdAt(time: string): string {
  const milliseconds = Math.min(Math.max(0, Date.parse(time) - LEEWAY_MS), 2 ** 48 - 1);
  const hex = milliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
