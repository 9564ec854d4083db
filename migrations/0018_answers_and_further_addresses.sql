ALTER TABLE "communication_threads" ADD COLUMN "is_answer" boolean;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD COLUMN "further_addresses" text[] DEFAULT '{}' NOT NULL;