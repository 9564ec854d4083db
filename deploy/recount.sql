-- Recomputes the counters of messages and notes from the rows; writers wait until it ends. Run it as the owner when
-- `comms doctor` reports that counters and rows differ: psql "$DATABASE_MIGRATION_URL" --file deploy/recount.sql
BEGIN;
LOCK TABLE communication_threads, thread_notes, thread_count_deltas IN SHARE ROW EXCLUSIVE MODE;
WITH deltas AS (
  DELETE FROM thread_count_deltas RETURNING company_id
), changes AS (
  SELECT company_id, count(*) AS changes
  FROM (SELECT company_id FROM deltas UNION ALL SELECT id FROM companies) c
  GROUP BY company_id
)
INSERT INTO company_totals AS t (company_id, changes, thread_notes)
SELECT c.company_id, c.changes, (SELECT count(*) FROM thread_notes n WHERE n.company_id = c.company_id)
FROM changes c
ON CONFLICT (company_id) DO UPDATE
SET changes = t.changes + excluded.changes, thread_notes = excluded.thread_notes;
DELETE FROM thread_counts;
DELETE FROM thread_day_counts;
WITH counted AS MATERIALIZED (
  SELECT company_id, cell, ("timestamp" AT TIME ZONE 'UTC')::date AS day, count(*) AS messages
  FROM communication_threads
  GROUP BY 1, 2, 3
), cells AS (
  INSERT INTO thread_counts (company_id, cell, messages)
  SELECT company_id, cell, sum(messages) FROM counted GROUP BY 1, 2 ORDER BY 1, 2
)
INSERT INTO thread_day_counts (company_id, day, cell, messages)
SELECT company_id, day, (cell & -31)::smallint, sum(messages) FROM counted GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
COMMIT;
