import type { Connection } from '../../db/client.ts';
import type { Collection, Row } from './collection.ts';

/** Adds the field `communications` to rows of customers and invoices, with one statement for the whole page. */
export async function withCommunications(
  { name }: Collection,
  connection: Connection,
  companyId: string,
  rows: Row[],
): Promise<Row[]> {
  const text = name === 'customers' ? OF_CUSTOMERS : name === 'invoices' ? OF_INVOICES : undefined;
  if (text === undefined || rows.length === 0) return rows;
  const found = await connection.query<{ id: string; communications: Record<string, unknown> }>({
    name: `communications_of_${name}`,
    text,
    values: [companyId, rows.map((row) => row.id)],
  });
  const byId = new Map(found.map(({ id, communications }) => [id, { communications: inMilliseconds(communications) }]));
  return rows.map((row) => ({ ...row, ...byId.get(row.id) }) as unknown as Row);
}

const last = (alias: string) => `
  CASE WHEN ${alias}.id IS NOT NULL THEN json_build_object(
    'thread_id', ${alias}.id, 'communication_type', ${alias}.communication_type, 'direction', ${alias}.direction,
    'timestamp', ${alias}."timestamp") END`;

const newest = (columns: string, condition = '') => `
  LEFT JOIN LATERAL (
    SELECT ${columns}
    FROM communication_threads t
    WHERE t.company_id = $1 AND t.customer_id = c.id ${condition}
    ORDER BY t."timestamp" DESC, t.id DESC
    LIMIT 1)`;

/** Includes conversations whose older messages only are the customer's (`former_customers`). */
const OF_CUSTOMERS = `
  SELECT c.id, json_build_object(
           'last_contact', ${last('l')}, 'last_inbound_at', i."timestamp", 'last_outbound_at', o."timestamp",
           'open_count', w.open_count, 'waiting_count', w.waiting_count, 'waiting_since', w.waiting_since) AS communications
  FROM unnest($2::uuid[]) AS c(id)
  ${newest('t.id, t.communication_type, t.direction, t."timestamp"')} l ON true
  ${newest('t."timestamp"', "AND t.direction = 'inbound'")} i ON true
  ${newest('t."timestamp"', "AND t.direction = 'outbound'")} o ON true
  CROSS JOIN LATERAL (
    SELECT count(*) AS open_count, count(*) FILTER (WHERE requires_response) AS waiting_count,
           min("timestamp") FILTER (WHERE requires_response) AS waiting_since
    FROM (
      SELECT t.requires_response, t."timestamp"
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.customer_id = c.id AND t.customer_id IS NOT NULL AND t.is_latest AND NOT t.is_resolved
      UNION ALL
      SELECT t.requires_response, t."timestamp"
      FROM former_customers f
      JOIN communication_threads t
        ON t.company_id = $1 AND t.thread_group_id = f.thread_group_id AND t.is_latest AND NOT t.is_resolved
      WHERE f.company_id = $1 AND f.customer_id = c.id
    ) open) w`;

const OF_INVOICES = `
  SELECT i.id, json_build_object('last_contact', ${last('l')}) AS communications
  FROM unnest($2::uuid[]) AS i(id)
  LEFT JOIN LATERAL (
    SELECT t.id, t.communication_type, t.direction, t."timestamp"
    FROM communication_thread_invoices k
    JOIN communication_threads t ON t.company_id = $1 AND t.id = k.thread_id
    WHERE k.company_id = $1 AND k.invoice_id = i.id
    ORDER BY t."timestamp" DESC, t.id DESC
    LIMIT 1) l ON true`;

/** Converts times to RFC 3339 with milliseconds: PostgreSQL writes times into JSON without trailing zeros. */
function inMilliseconds(communications: Record<string, unknown>): Record<string, unknown> {
  const timed = (value: unknown) => (typeof value === 'string' ? new Date(value).toISOString() : value);
  const contact = communications.last_contact as { timestamp: string } | null;
  return {
    ...communications,
    last_contact: contact && { ...contact, timestamp: timed(contact.timestamp) },
    ...('open_count' in communications
      ? {
          last_inbound_at: timed(communications.last_inbound_at),
          last_outbound_at: timed(communications.last_outbound_at),
          waiting_since: timed(communications.waiting_since),
        }
      : {}),
  };
}
