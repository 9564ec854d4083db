import type { Connection } from '../db/client.ts';
import type { securityEvents } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';

/** One entry of the audit trail: which actor did what to which row, when and from where. Times are RFC 3339. */
export type AuditEntry = StoredRow<typeof securityEvents> & { username: string | null };

export type AuditFilter = {
  /**
   * The company's entries, with the logins and tokens of its members; undefined: the entries that belong to no company.
   */
  companyId?: string;
  /** RFC 3339. */
  since?: string;
  /** An action such as `note.created`, or its first part, `note`, for all actions that begin with it. */
  action?: string;
  userId?: string;
};

const BATCH_SIZE = 1_000;

/** Reads the audit trail in batches, oldest first. */
export async function* readAuditTrail(database: Connection, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  let last: AuditEntry | undefined;
  do {
    const batch: AuditEntry[] = await nextBatch(database, filter, last);
    if (batch.length > 0) yield batch;
    last = batch.length === BATCH_SIZE ? batch.at(-1) : undefined;
  } while (last);
}

const COLUMNS =
  'e.id, e.occurred_at, e.actor_kind, e.user_id, e.token_id, e.address, e.request_id, e.action, e.subject_id, e.details';

function nextBatch(database: Connection, filter: AuditFilter, after: AuditEntry | undefined): Promise<AuditEntry[]> {
  const values: unknown[] = [];
  const { since, action, userId } = filter;
  const clauses = ['true'];
  if (since) clauses.push(`e.occurred_at >= $${values.push(since)}`);
  if (action) clauses.push(`(e.action = $${values.push(action)} OR starts_with(e.action, $${values.length} || '.'))`);
  if (userId) clauses.push(`e.user_id = $${values.push(userId)}`);
  if (after)
    clauses.push(`(e.occurred_at, e.id) > ($${values.push(after.occurred_at)}, $${values.push(after.id)}::uuid)`);
  return database.query<AuditEntry>({
    text: `
      SELECT e.id, e.occurred_at, e.actor_kind, e.user_id, u.username, e.token_id, e.address, e.request_id, e.action,
             e.subject_id, e.details
      FROM (${eventsOf(filter.companyId, values)}) e
      LEFT JOIN users u ON u.id = e.user_id
      WHERE ${clauses.join(' AND ')}
      ORDER BY e.occurred_at, e.id
      LIMIT ${BATCH_SIZE}`,
    values,
  });
}

function eventsOf(companyId: string | undefined, values: unknown[]): string {
  if (companyId === undefined) return `SELECT ${COLUMNS} FROM security_events e`;
  const company = `$${values.push(companyId)}`;
  return `
      SELECT ${COLUMNS} FROM audit_events e WHERE e.company_id = ${company}
      UNION ALL
      SELECT ${COLUMNS}
      FROM security_events e
      WHERE EXISTS (SELECT FROM memberships m
                    WHERE m.company_id = ${company}
                      AND (m.user_id = e.user_id OR m.user_id = (e.details ->> 'user_id')::uuid))`;
}
