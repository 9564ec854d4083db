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
  for (const [table, column] of NUMBERED)
    await owner.query(
      `UPDATE ${table} SET ${column} = pg_current_xact_id() WHERE ${column} >= pg_snapshot_xmax(pg_current_snapshot())`,
    );
  return true;
}

const NUMBERED = [
  ['audit_events', 'transaction_id'],
  ['communication_threads', 'changed_in'],
  ['thread_notes', 'changed_in'],
] as const;

/** Every change leaves an event, so the last one of each company says it; an index has it at hand. */
const IS_AHEAD = `
  SELECT bool_or(latest.transaction_id >= pg_snapshot_xmax(pg_current_snapshot())) AS is_ahead
  FROM companies c
  CROSS JOIN LATERAL (SELECT a.transaction_id
                      FROM audit_events a
                      WHERE a.company_id = c.id
                      ORDER BY a.transaction_id DESC, a.id DESC
                      LIMIT 1) latest`;
