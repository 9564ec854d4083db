import { recountFormerSql } from '../../conversations/former-customers.ts';
import { ATTACHMENT_COLUMNS, ATTACHMENTS_STAGING } from './attachments.ts';
import { startCounting } from './counters.ts';
import { findChangedTraces } from './provider-traces.ts';
import type { ImportSession } from './session.ts';

/**
 * Chooses the latest message of each conversation that the file changes, from the staged keys, before anything is
 * written. So each new message is inserted with its final values, and none is written twice.
 */
export async function chooseLatestMessages(session: ImportSession): Promise<void> {
  await findExisting(session);
  await findTouchedGroups(session);
  await chooseOfTouchedGroups(session);
  await findShared(session);
  await startCounting(session);
  await session.execute('ANALYZE import_existing, import_latest, import_cells');
}

/** Finds stored messages, and whether the file changes their links, attachments or traces. */
async function findExisting(session: ImportSession): Promise<void> {
  await session.execute(`
    CREATE TEMP TABLE import_existing ON COMMIT DROP AS
    SELECT s.line, s.company_id, s.id, d.thread_group_id AS old_group_id,
           d.thread_group_id <> s.thread_group_id OR d."timestamp" <> s."timestamp" AS is_moved,
           false AS links_changed, false AS attachments_changed, false AS traces_changed
    FROM import_communication_threads s
    JOIN communication_threads d ON d.company_id = s.company_id AND d.id = s.id`);
  await session.execute('ANALYZE import_existing');
  await session.execute(`
    UPDATE import_existing e
    SET links_changed = true
    FROM import_communication_threads s
    WHERE s.line = e.line
      AND s.invoice_ids IS DISTINCT FROM ARRAY(
        SELECT i.invoice_id
        FROM communication_thread_invoices i
        WHERE i.company_id = e.company_id AND i.thread_id = e.id
        ORDER BY i.position)`);
  const list = (alias: string) => ATTACHMENT_COLUMNS.map((name) => `${alias}.${name}`);
  await session.execute(`
    UPDATE import_existing e
    SET attachments_changed = true
    FROM (
      SELECT COALESCE(s.line, d.line) AS line
      FROM ${ATTACHMENTS_STAGING} s
      JOIN import_existing USING (line)
      FULL JOIN (
        SELECT x.line, ${list('a').join(', ')}
        FROM import_existing x
        JOIN attachments a ON a.company_id = x.company_id AND a.thread_id = x.id
      ) d ON d.line = s.line AND d.position = s.position
      WHERE (${list('s').join(', ')}) IS DISTINCT FROM (${list('d').join(', ')})
    ) changed
    WHERE changed.line = e.line`);
  await findChangedTraces(session);
}

async function findTouchedGroups(session: ImportSession): Promise<void> {
  await session.execute(`
    CREATE TEMP TABLE import_groups ON COMMIT DROP AS
    SELECT DISTINCT company_id, thread_group_id
    FROM (
      SELECT s.company_id, s.thread_group_id
      FROM import_communication_threads s
      LEFT JOIN import_existing e ON e.line = s.line
      WHERE e.line IS NULL OR e.is_moved
      UNION ALL
      SELECT e.company_id, e.old_group_id
      FROM import_existing e
      WHERE e.is_moved
    ) touched`);
  await session.execute('ANALYZE import_groups');
}

async function chooseOfTouchedGroups(session: ImportSession): Promise<void> {
  await session.execute(`
    CREATE TEMP TABLE import_latest ON COMMIT DROP AS
    SELECT DISTINCT ON (company_id, thread_group_id)
           company_id, thread_group_id, id, line,
           count(*) OVER (PARTITION BY company_id, thread_group_id)::int AS message_count
    FROM (
      SELECT s.company_id, s.thread_group_id, s."timestamp", s.id, s.line
      FROM import_communication_threads s
      JOIN import_groups g ON g.company_id = s.company_id AND g.thread_group_id = s.thread_group_id
      UNION ALL
      SELECT d.company_id, d.thread_group_id, d."timestamp", d.id, NULL
      FROM communication_threads d
      JOIN import_groups g ON g.company_id = d.company_id AND g.thread_group_id = d.thread_group_id
      WHERE NOT EXISTS (SELECT FROM import_existing e WHERE e.company_id = d.company_id AND e.id = d.id)
    ) message
    ORDER BY company_id, thread_group_id, "timestamp" DESC, id DESC`);
}

/** Finds conversations that may have, or may have had, several customers. */
async function findShared(session: ImportSession): Promise<void> {
  await session.execute(`
    CREATE TEMP TABLE import_shared ON COMMIT DROP AS
    SELECT s.company_id, s.thread_group_id
    FROM (SELECT DISTINCT company_id, thread_group_id, customer_id FROM import_communication_threads) s
    GROUP BY s.company_id, s.thread_group_id
    HAVING count(*) > 1
    UNION
    SELECT g.company_id, g.thread_group_id
    FROM import_groups g
    JOIN communication_threads d ON d.company_id = g.company_id AND d.thread_group_id = g.thread_group_id
    UNION
    SELECT e.company_id, unnest(ARRAY[e.old_group_id, s.thread_group_id])
    FROM import_existing e
    JOIN import_communication_threads s ON s.line = e.line
    JOIN communication_threads d ON d.company_id = e.company_id AND d.id = e.id
    WHERE e.is_moved OR d.customer_id IS DISTINCT FROM s.customer_id`);
}

/**
 * Stores the follow-up and the assignee of a conversation's former latest message, when the new latest message isn't in
 * the file. Otherwise the latest message's own line has them.
 */
async function keepFollowUpAndAssignee(session: ImportSession): Promise<void> {
  await session.execute(`
    CREATE TEMP TABLE import_held ON COMMIT DROP AS
    SELECT l.company_id, l.id, d.follow_up_at, d.assignee_id
    FROM import_latest l
    JOIN communication_threads d
      ON d.company_id = l.company_id AND d.thread_group_id = l.thread_group_id AND d.is_latest AND d.id <> l.id
    WHERE l.line IS NULL AND (d.follow_up_at IS NOT NULL OR d.assignee_id IS NOT NULL)`);
}

/** Call it before the messages are written: the unique index allows one latest message per conversation. */
export async function demoteFormerLatest(session: ImportSession): Promise<void> {
  await keepFollowUpAndAssignee(session);
  await session.execute(`
    UPDATE communication_threads d
    SET is_latest = false, message_count = NULL, follow_up_at = NULL, assignee_id = NULL
    FROM import_groups g
    LEFT JOIN import_latest l ON l.company_id = g.company_id AND l.thread_group_id = g.thread_group_id
    WHERE d.company_id = g.company_id AND d.thread_group_id = g.thread_group_id AND d.is_latest
      AND d.id IS DISTINCT FROM l.id`);
}

/**
 * Call it after the messages are written. Marks the chosen messages that were stored before, and moves the `updated_at` of
 * those that aren't in the file.
 */
export async function promoteLatest(session: ImportSession): Promise<void> {
  await session.execute(`
    UPDATE communication_threads d
    SET is_latest = true, message_count = l.message_count,
        updated_at = CASE WHEN l.line IS NULL THEN now() ELSE d.updated_at END
    FROM (
      SELECT * FROM import_latest WHERE line IS NULL
      UNION ALL
      SELECT l.* FROM import_latest l JOIN import_existing e ON e.line = l.line
    ) l
    WHERE d.company_id = l.company_id AND d.id = l.id
      AND (NOT d.is_latest OR d.message_count <> l.message_count)`);
  // An inbound message that becomes the latest ends the snooze, as when it arrives (`conversations/merge.ts`).
  await session.execute(`
    UPDATE communication_threads d
    SET follow_up_at = CASE WHEN d.direction = 'outbound' THEN h.follow_up_at END, assignee_id = h.assignee_id
    FROM import_held h
    WHERE d.company_id = h.company_id AND d.id = h.id`);
}

/** Updates `former_customers`, after every message is written and every latest one is marked. */
export async function findFormerCustomers(session: ImportSession): Promise<void> {
  await session.execute('ANALYZE import_shared');
  await session.execute(recountFormerSql('import_shared g', 'g.company_id'));
}
