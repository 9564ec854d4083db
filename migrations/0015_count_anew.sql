-- Two things that a change of a conversation could leave behind: a log made by hand that asks for a response, and counts
-- that had drifted while a provider's event came at the same moment. Nobody writes until it is done.
LOCK TABLE "communication_threads", "thread_count_deltas" IN SHARE ROW EXCLUSIVE MODE;--> statement-breakpoint
UPDATE "communication_threads" t
SET "requires_response" = false
FROM "companies" c
WHERE t."company_id" = c."id"
  -- The cells of what was logged by hand and asks for a response.
  AND t."cell" = ANY (ARRAY(SELECT n::smallint FROM generate_series(0, 4095) n WHERE n & 8 = 8 AND (n >> 5) & 7 = 2));--> statement-breakpoint
WITH deltas AS (
  DELETE FROM "thread_count_deltas" RETURNING "company_id", "thread_notes"
), changes AS (
  SELECT "company_id", count(*) AS changes, sum("thread_notes") AS thread_notes
  FROM (SELECT "company_id", "thread_notes" FROM deltas UNION ALL SELECT "id", 0 FROM "companies") c
  GROUP BY "company_id"
)
INSERT INTO "company_totals" AS t ("company_id", "changes", "thread_notes")
SELECT "company_id", changes, thread_notes FROM changes
ON CONFLICT ("company_id") DO UPDATE
SET "changes" = t."changes" + excluded."changes", "thread_notes" = t."thread_notes" + excluded."thread_notes";--> statement-breakpoint
TRUNCATE "thread_counts", "thread_day_counts";--> statement-breakpoint
WITH counted AS MATERIALIZED (
  SELECT "company_id", "cell", ("timestamp" AT TIME ZONE 'UTC')::date AS "day", count(*) AS "messages"
  FROM "communication_threads"
  GROUP BY 1, 2, 3
), cells AS (
  INSERT INTO "thread_counts" ("company_id", "cell", "messages")
  SELECT "company_id", "cell", sum("messages") FROM counted GROUP BY 1, 2 ORDER BY 1, 2
)
INSERT INTO "thread_day_counts" ("company_id", "day", "cell", "messages")
SELECT "company_id", "day", ("cell" & -31)::smallint, sum("messages") FROM counted GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
