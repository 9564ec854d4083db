ALTER TABLE "users" ADD COLUMN "renamed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "renamed_in" "xid8";--> statement-breakpoint
CREATE INDEX "users_renamed" ON "users" USING btree ("renamed_in") WHERE "users"."renamed_in" IS NOT NULL;