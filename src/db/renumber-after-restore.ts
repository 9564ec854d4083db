import type pg from 'pg';

/**
 * Renumbers restored rows. Rows and the audit trail are ordered by the ids of the transactions that wrote them. After a
 * `pg_restore` into a new PostgreSQL they have ids that it hasn't reached yet. Until it has, the event feed would stand
 * still and `updated_after` would return the rows again and again. So they get the id of this transaction. Events of
 * one transaction are ordered by their own ids, which are in the order of time.
 * @param owner a connection of the owner's role: the server's role may not change the audit trail
 * @returns whether rows had to be renumbered
 */
export async function renumberAfterRestore(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ is_ahead: boolean | null }>(IS_AHEAD);
  if (!rows[0]?.is_ahead) return false;
  const renumberings = NUMBERED.map(
    ([table, column]) =>
      `UPDATE ${table} SET ${column} = pg_current_xact_id() WHERE ${column} >= pg_snapshot_xmax(pg_current_snapshot())`,
  );
  // One transaction, so that the positions of webhook endpoints get the same number as the events.
  await owner.query(['BEGIN', RENUMBER_ENDPOINTS, ...renumberings, 'COMMIT'].join(';\n'));
  return true;
}

const NUMBERED = [
  ['audit_events', 'transaction_id'],
  ['communication_threads', 'changed_in'],
  ['thread_notes', 'changed_in'],
  ['customers', 'changed_in'],
  ['contacts', 'changed_in'],
  ['invoices', 'changed_in'],
  ['scheduled_actions', 'changed_in'],
  ['scheduled_touchpoints', 'changed_in'],
  ['promises', 'changed_in'],
  ['message_departures', 'changed_in'],
  ['users', 'renamed_in'],
] as const;

/**
 * Webhook endpoints have a position in the audit trail. All events get one transaction number but keep their ids, so
 * the last event that was sent to the endpoint is its position. A delivery that the dump interrupted may be sent again.
 */
const RENUMBER_ENDPOINTS = `
  UPDATE webhook_endpoints e
  SET position_transaction = pg_current_xact_id(),
      position_event = COALESCE((SELECT a.id
                                 FROM audit_events a
                                 WHERE a.company_id = e.company_id
                                   AND (a.transaction_id, a.id) <= (e.position_transaction, e.position_event)
                                 ORDER BY a.transaction_id DESC, a.id DESC
                                 LIMIT 1), e.position_event),
      starts_after = NULL, replay_until = NULL, resume_from = NULL, revision = e.revision + 1
  WHERE e.position_transaction >= pg_snapshot_xmax(pg_current_snapshot())`;

/** Checks the last event of each company, which an index finds: every change records an event. */
const IS_AHEAD = `
  SELECT bool_or(latest.transaction_id >= pg_snapshot_xmax(pg_current_snapshot())) AS is_ahead
  FROM companies c
  CROSS JOIN LATERAL (SELECT a.transaction_id
                      FROM audit_events a
                      WHERE a.company_id = c.id
                      ORDER BY a.transaction_id DESC, a.id DESC
                      LIMIT 1) latest`;
