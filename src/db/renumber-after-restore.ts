import type pg from 'pg';

/**
 * Rows and the audit trail are ordered by the transactions that wrote them. Restored by `pg_restore` into a new server
 * they hold numbers that this server hasn't reached: until it has, the event feed would stand still and
 * `updated_after` would show them again and again. They are given the number of this transaction then; the trail's
 * events of one transaction go by their ids, which are in the order of time.
 * @param owner may change the audit trail, which the server's own role may not
 * @returns whether there was anything to do
 */
export async function settleAfterRestore(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ is_ahead: boolean | null }>(IS_AHEAD);
  if (!rows[0]?.is_ahead) return false;
  const renumberings = NUMBERED.map(
    ([table, column]) =>
      `UPDATE ${table} SET ${column} = pg_current_xact_id() WHERE ${column} >= pg_snapshot_xmax(pg_current_snapshot())`,
  );
  // One transaction: places of webhook endpoints must get the number that the events get.
  await owner.query(['BEGIN', RENUMBER_ENDPOINTS, ...renumberings, 'COMMIT'].join(';\n'));
  return true;
}

const NUMBERED = [
  ['audit_events', 'transaction_id'],
  ['communication_threads', 'changed_in'],
  ['thread_notes', 'changed_in'],
] as const;

/**
 * Webhook endpoints keep a place in the trail. The events that they have been sent keep their ids, so the last of them
 * says where to go on among events that are all given one number; what was cut short by the dump may be sent again.
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

/** Every change leaves an event, so the last one of each company says it; an index has it at hand. */
const IS_AHEAD = `
  SELECT bool_or(latest.transaction_id >= pg_snapshot_xmax(pg_current_snapshot())) AS is_ahead
  FROM companies c
  CROSS JOIN LATERAL (SELECT a.transaction_id
                      FROM audit_events a
                      WHERE a.company_id = c.id
                      ORDER BY a.transaction_id DESC, a.id DESC
                      LIMIT 1) latest`;
