import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection, Db } from '../../db/client.ts';
import { encodeCursor, type List, type ListIdentity, listOf, readPaging } from '../../http/lists/pagination.ts';
import { smallestIdAt } from './requests.ts';
import type { WebhookDelivery, WebhookListQuery } from './schema.ts';
import { getWebhookEndpoint } from './service.ts';

/** A page of delivery attempts, newest first. @throws notFound when there is no such endpoint */
export async function listWebhookDeliveries(
  connection: Connection,
  ring: KeyRing,
  companyId: string,
  endpointId: string,
  query: WebhookListQuery,
): Promise<List<WebhookDelivery>> {
  await getWebhookEndpoint(connection, companyId, endpointId);
  const identity: ListIdentity = ['webhook-deliveries', companyId, endpointId];
  const paging = readPaging(query, identity, ring);
  const values: unknown[] = [companyId, endpointId];
  const after = paging.after
    ? `AND (d.attempted_at, d.id) < ($${values.push(paging.after.time)}::timestamptz, $${values.push(paging.after.id)}::uuid)`
    : '';
  const rows = await connection.query<WebhookDelivery>({
    text: `
      SELECT d.id, d.event_id, d.type, d.attempt, d.response_status, d.error, d.attempted_at, d.next_attempt_at
      FROM webhook_deliveries d
      WHERE d.company_id = $1 AND d.endpoint_id = $2 ${after}
      ORDER BY d.attempted_at DESC, d.id DESC
      LIMIT ${paging.fetchLimit} OFFSET ${paging.offset}`,
    values,
  });
  const count = paging.after ? undefined : await countDeliveries(connection, companyId, endpointId);
  return listOf(rows, count, paging, (last) => encodeCursor(ring, identity, { time: last.attempted_at, id: last.id }));
}

async function countDeliveries(connection: Connection, companyId: string, endpointId: string): Promise<number> {
  const [row] = await connection.query<{ count: number }>({
    name: 'count_webhook_deliveries',
    text: 'SELECT count(*) AS count FROM webhook_deliveries d WHERE d.company_id = $1 AND d.endpoint_id = $2',
    values: [companyId, endpointId],
  });
  return row?.count ?? 0;
}

const RETENTION_DAYS = 7;
const PURGE_BATCH_ROWS = 2_000;

/** Deletes a company's delivery attempts that are older than a week, in batches, so that each statement is short. */
export async function purgeDeliveries(db: Db, companyId: string): Promise<void> {
  const before = new Date(Date.now() - RETENTION_DAYS * 86_400_000).toISOString();
  for (let purged = PURGE_BATCH_ROWS; purged === PURGE_BATCH_ROWS; ) {
    const rows = await db.query({
      name: 'purge_webhook_deliveries',
      text: `
        DELETE FROM webhook_deliveries d
        WHERE d.company_id = $1
          AND d.id IN (SELECT o.id FROM webhook_deliveries o WHERE o.company_id = $1 AND o.id < $2 ORDER BY o.id LIMIT ${PURGE_BATCH_ROWS})
        RETURNING 1`,
      values: [companyId, smallestIdAt(before)],
    });
    purged = rows.length;
  }
}
