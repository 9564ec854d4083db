CREATE TABLE "key_holders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key_ids" bigint[] NOT NULL,
	"primary_id" bigint NOT NULL,
	"started_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "security_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"occurred_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"user_id" uuid,
	"token_id" uuid,
	"address" text,
	"action" text NOT NULL,
	"subject_id" uuid,
	"details" jsonb,
	CONSTRAINT "security_events_actor" CHECK ("security_events"."actor_kind" IN ('user', 'operator', 'provider'))
);
--> statement-breakpoint
ALTER TABLE "encryption_keys" ADD COLUMN "promoted_at" timestamp(3) with time zone;--> statement-breakpoint
UPDATE "encryption_keys" SET "promoted_at" = "created_at" WHERE "is_primary";--> statement-breakpoint
CREATE INDEX "security_events_by_time" ON "security_events" USING btree ("occurred_at","id");--> statement-breakpoint
CREATE INDEX "security_events_of_user" ON "security_events" USING btree ("user_id","occurred_at");