ALTER TABLE "communication_thread_words" ADD COLUMN "timestamp" timestamp(3) with time zone;--> statement-breakpoint
-- The running server copies the timestamps of what is there (`ingest/make-search-words.ts`). Until then a search reads
-- every message that its rarest word finds.
INSERT INTO "search_words_progress" ("company_id", "before_timestamp", "before_id")
SELECT c.id, '9999-12-31T23:59:59.999Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff'
FROM "companies" c
WHERE EXISTS (SELECT FROM "communication_threads" t WHERE t."company_id" = c.id)
ON CONFLICT ("company_id") DO UPDATE
SET "before_timestamp" = excluded."before_timestamp", "before_id" = excluded."before_id";
