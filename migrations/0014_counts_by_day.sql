CREATE TABLE "thread_day_counts" (
	"company_id" uuid NOT NULL,
	"day" date NOT NULL,
	"cell" smallint NOT NULL,
	"messages" bigint NOT NULL,
	CONSTRAINT "thread_day_counts_pk" PRIMARY KEY("company_id","day","cell")
);
--> statement-breakpoint
ALTER TABLE "thread_count_deltas" ADD COLUMN "day" date;--> statement-breakpoint
WITH folded AS (
  DELETE FROM "thread_count_deltas" RETURNING "company_id", "cell", "messages", "thread_notes"
), cells AS (
  INSERT INTO "thread_counts" AS c ("company_id", "cell", "messages")
  SELECT "company_id", "cell", sum("messages")
  FROM folded
  WHERE "cell" IS NOT NULL
  GROUP BY "company_id", "cell"
  HAVING sum("messages") <> 0
  ON CONFLICT ("company_id", "cell") DO UPDATE SET "messages" = c."messages" + excluded."messages"
)
INSERT INTO "company_totals" AS t ("company_id", "changes", "thread_notes")
SELECT "company_id", count(*), sum("thread_notes") FROM folded GROUP BY "company_id"
ON CONFLICT ("company_id") DO UPDATE
SET "changes" = t."changes" + excluded."changes", "thread_notes" = t."thread_notes" + excluded."thread_notes";--> statement-breakpoint
INSERT INTO "thread_day_counts" ("company_id", "day", "cell", "messages")
SELECT "company_id", ("timestamp" AT TIME ZONE 'UTC')::date, ("cell" & -31)::smallint, count(*)
FROM "communication_threads"
GROUP BY 1, 2, 3;--> statement-breakpoint
ALTER TABLE "thread_day_counts" ADD CONSTRAINT "thread_day_counts_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_count_deltas" ADD CONSTRAINT "thread_count_deltas_day" CHECK (("thread_count_deltas"."cell" IS NULL) = ("thread_count_deltas"."day" IS NULL));
