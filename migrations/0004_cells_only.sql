ALTER TABLE "thread_counts" DROP CONSTRAINT "thread_counts_pk";--> statement-breakpoint
ALTER TABLE "thread_counts" ALTER COLUMN "cell" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "thread_count_deltas" DROP COLUMN "is_latest";--> statement-breakpoint
ALTER TABLE "thread_count_deltas" DROP COLUMN "communication_type";--> statement-breakpoint
ALTER TABLE "thread_count_deltas" DROP COLUMN "source";--> statement-breakpoint
ALTER TABLE "thread_count_deltas" DROP COLUMN "direction";--> statement-breakpoint
ALTER TABLE "thread_count_deltas" DROP COLUMN "requires_response";--> statement-breakpoint
ALTER TABLE "thread_count_deltas" DROP COLUMN "is_resolved";--> statement-breakpoint
ALTER TABLE "thread_count_deltas" DROP COLUMN "is_ar_related";--> statement-breakpoint
ALTER TABLE "thread_counts" DROP COLUMN "is_latest";--> statement-breakpoint
ALTER TABLE "thread_counts" DROP COLUMN "communication_type";--> statement-breakpoint
ALTER TABLE "thread_counts" DROP COLUMN "source";--> statement-breakpoint
ALTER TABLE "thread_counts" DROP COLUMN "direction";--> statement-breakpoint
ALTER TABLE "thread_counts" DROP COLUMN "requires_response";--> statement-breakpoint
ALTER TABLE "thread_counts" DROP COLUMN "is_resolved";--> statement-breakpoint
ALTER TABLE "thread_counts" DROP COLUMN "is_ar_related";--> statement-breakpoint
ALTER TABLE "thread_counts" ADD CONSTRAINT "thread_counts_pk" PRIMARY KEY("company_id","cell");