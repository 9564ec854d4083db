import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import type { Tx } from '../../db/transaction.ts';
import { invalid, notFound } from '../../domain/errors.ts';
import { NIL_ID, newId } from '../../domain/ids.ts';
import { encodeCursor, type List, type ListIdentity, listOf, readPaging } from '../../http/lists/pagination.ts';
import { type Actor, recordAudit } from '../../journal/audit.ts';
import { type AddressRules, urlErrors } from './address.ts';
import type {
  NewWebhookEndpoint,
  WebhookEndpoint,
  WebhookEndpointChange,
  WebhookEndpointWithSecret,
  WebhookListQuery,
} from './schema.ts';
import { encryptSecrets, generateSecret } from './secrets.ts';

/** Creates, reads, changes and deletes the webhook endpoints of a company. */

/** The limit for a company, because every event is processed for each endpoint. */
const MAX_ENDPOINTS = 20;

const COLUMNS =
  'e.id, e.url, e.event_types, e.description, e.is_enabled, e.disabled_reason, e.created_at, e.updated_at';

export async function listWebhookEndpoints(
  connection: Connection,
  ring: KeyRing,
  companyId: string,
  query: WebhookListQuery,
): Promise<List<WebhookEndpoint>> {
  const identity: ListIdentity = ['webhook-endpoints', companyId];
  const paging = readPaging(query, identity, ring);
  const values: unknown[] = [companyId];
  const after = paging.after
    ? `AND (e.created_at, e.id) < ($${values.push(paging.after.time)}::timestamptz, $${values.push(paging.after.id)}::uuid)`
    : '';
  const rows = await connection.query<WebhookEndpoint>({
    text: `
      SELECT ${COLUMNS}
      FROM webhook_endpoints e
      WHERE e.company_id = $1 ${after}
      ORDER BY e.created_at DESC, e.id DESC
      LIMIT ${paging.fetchLimit} OFFSET ${paging.offset}`,
    values,
  });
  const [counted] = await connection.query<{ count: number }>({
    name: 'count_webhook_endpoints',
    text: 'SELECT count(*) AS count FROM webhook_endpoints e WHERE e.company_id = $1',
    values: [companyId],
  });
  return listOf(rows, paging.after ? undefined : (counted?.count ?? 0), paging, (last) =>
    encodeCursor(ring, identity, { time: last.created_at, id: last.id }),
  );
}

/** @throws notFound */
export async function getWebhookEndpoint(
  connection: Connection,
  companyId: string,
  endpointId: string,
): Promise<WebhookEndpoint> {
  const [row] = await connection.query<WebhookEndpoint>({
    name: 'get_webhook_endpoint',
    text: `SELECT ${COLUMNS} FROM webhook_endpoints e WHERE e.company_id = $1 AND e.id = $2`,
    values: [companyId, endpointId],
  });
  if (!row) throw notFound();
  return row;
}

/**
 * Creates an endpoint. It gets the events that are committed from now on, including those of transactions already open.
 * @throws invalid for a URL that isn't allowed and above `MAX_ENDPOINTS`
 */
export async function createWebhookEndpoint(
  tx: Tx,
  ring: KeyRing,
  rules: AddressRules,
  companyId: string,
  actor: Actor,
  { url, event_types: eventTypes, description = '' }: NewWebhookEndpoint,
): Promise<WebhookEndpointWithSecret> {
  requireAllowedUrl(url, rules);
  const id = newId();
  const secret = generateSecret();
  const [row] = await tx.query<WebhookEndpoint>({
    name: 'create_webhook_endpoint',
    text: `
      INSERT INTO webhook_endpoints AS e (company_id, id, url, event_types, description, secrets,
                                          position_transaction, position_event, starts_after)
      SELECT $1, $2, $3, $4, $5, $6, pg_snapshot_xmin(pg_current_snapshot()), '${NIL_ID}', pg_current_snapshot()
      WHERE (SELECT count(*) FROM webhook_endpoints o WHERE o.company_id = $1) < ${MAX_ENDPOINTS}
      RETURNING ${COLUMNS}`,
    values: [
      companyId,
      id,
      url,
      distinct(eventTypes ?? null),
      description,
      encryptSecrets(ring, companyId, id, [secret]),
    ],
  });
  if (!row) throw invalid({ url: [`A company has at most ${MAX_ENDPOINTS} webhook endpoints: delete one first.`] });
  recordAudit(tx, companyId, actor, { action: 'webhook_endpoint.created', subjectId: id });
  return { ...row, secret };
}

/**
 * Changes the given fields. Without an effective change nothing is written.
 * @param checkPrecondition called with the locked endpoint; throws to refuse the change
 * @throws notFound, invalid, and what `checkPrecondition` throws
 */
export async function updateWebhookEndpoint(
  tx: Tx,
  rules: AddressRules,
  companyId: string,
  endpointId: string,
  actor: Actor,
  change: WebhookEndpointChange,
  checkPrecondition?: (current: WebhookEndpoint) => void,
): Promise<WebhookEndpoint> {
  const current = await lockEndpoint(tx, companyId, endpointId);
  checkPrecondition?.(current);
  if (change.url !== undefined) requireAllowedUrl(change.url, rules);
  const wanted = {
    url: change.url ?? current.url,
    event_types: change.event_types === undefined ? current.event_types : distinct(change.event_types),
    description: change.description ?? current.description,
    is_enabled: change.is_enabled ?? current.is_enabled,
  };
  const fields = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
    (field) => JSON.stringify(wanted[field]) !== JSON.stringify(current[field]),
  );
  if (fields.length === 0) return current;
  const isSwitched = wanted.is_enabled !== current.is_enabled;
  const switching = !isSwitched ? '' : wanted.is_enabled ? START_FROM_NOW : END_REPLAY;
  const [row] = await tx.query<WebhookEndpoint>({
    name: `update_webhook_endpoint${!isSwitched ? '' : wanted.is_enabled ? '_on' : '_off'}`,
    text: `
      UPDATE webhook_endpoints AS e
      SET url = $3, event_types = $4, description = $5, is_enabled = $6,
          disabled_reason = CASE WHEN $6 THEN NULL ELSE COALESCE(e.disabled_reason, '${DISABLED_BY_USER}') END,
          ${switching}
          ${RETRY_NOW}, updated_at = now()
      WHERE e.company_id = $1 AND e.id = $2
      RETURNING ${COLUMNS}`,
    values: [companyId, endpointId, wanted.url, wanted.event_types, wanted.description, wanted.is_enabled],
  });
  if (!row) throw notFound();
  recordAudit(tx, companyId, actor, { action: 'webhook_endpoint.updated', subjectId: endpointId, details: { fields } });
  return row;
}

const DISABLED_BY_USER = 'A user disabled it.';

/** Skips the events since the endpoint was disabled. A running replay ends first. */
const START_FROM_NOW = `
          starts_after = pg_current_snapshot(),
          resume_from = CASE WHEN e.replay_until IS NOT NULL THEN pg_snapshot_xmin(pg_current_snapshot()) END,
          position_transaction = CASE WHEN e.replay_until IS NULL THEN pg_snapshot_xmin(pg_current_snapshot()) ELSE e.position_transaction END,
          position_event = CASE WHEN e.replay_until IS NULL THEN '${NIL_ID}' ELSE e.position_event END,`;

const END_REPLAY = 'replay_until = NULL, resume_from = NULL,';

/**
 * A change may have fixed the endpoint, so the next attempt is due at once and the result of a running attempt is
 * ignored.
 */
export const RETRY_NOW = 'failures = 0, failing_since = NULL, next_attempt_at = now(), revision = e.revision + 1';

/**
 * Deletes an endpoint. Its deliveries are deleted later by the purge.
 * @throws notFound, and what `checkPrecondition` throws
 */
export async function deleteWebhookEndpoint(
  tx: Tx,
  companyId: string,
  endpointId: string,
  actor: Actor,
  checkPrecondition?: (current: WebhookEndpoint) => void,
): Promise<void> {
  const current = await lockEndpoint(tx, companyId, endpointId);
  checkPrecondition?.(current);
  tx.send({
    name: 'delete_webhook_endpoint',
    text: 'DELETE FROM webhook_endpoints WHERE company_id = $1 AND id = $2',
    values: [companyId, endpointId],
  });
  recordAudit(tx, companyId, actor, { action: 'webhook_endpoint.deleted', subjectId: endpointId });
}

/** Locks and returns an endpoint. @throws notFound */
export async function lockEndpoint(tx: Tx, companyId: string, endpointId: string): Promise<WebhookEndpoint> {
  const [row] = await tx.query<WebhookEndpoint>({
    name: 'lock_webhook_endpoint',
    text: `SELECT ${COLUMNS} FROM webhook_endpoints e WHERE e.company_id = $1 AND e.id = $2 FOR UPDATE`,
    values: [companyId, endpointId],
  });
  if (!row) throw notFound();
  return row;
}

/** @throws invalid */
function requireAllowedUrl(url: string, rules: AddressRules): void {
  const errors = urlErrors(url, rules);
  if (Object.keys(errors).length > 0) throw invalid(errors);
}

function distinct<Entry>(list: Entry[] | null): Entry[] | null {
  return list && [...new Set(list)];
}
