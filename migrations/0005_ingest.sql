CREATE TABLE "awaited_mails" (
	"company_id" uuid NOT NULL,
	"rfc_message_id" text NOT NULL,
	"thread_id" uuid NOT NULL,
	CONSTRAINT "awaited_mails_pk" PRIMARY KEY("company_id","rfc_message_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "call_keys" (
	"company_id" uuid NOT NULL,
	"key" text NOT NULL,
	"thread_id" uuid NOT NULL,
	CONSTRAINT "call_keys_pk" PRIMARY KEY("company_id","key")
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"company_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"state" jsonb NOT NULL,
	CONSTRAINT "calls_pk" PRIMARY KEY("company_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "mail_copies" (
	"company_id" uuid NOT NULL,
	"grant_id" text NOT NULL,
	"provider_message_id" text NOT NULL,
	"provider_thread_id" text,
	"thread_id" uuid NOT NULL,
	CONSTRAINT "mail_copies_pk" PRIMARY KEY("company_id","grant_id","provider_message_id")
);
--> statement-breakpoint
CREATE TABLE "mailbox_backfills" (
	"company_id" uuid NOT NULL,
	"grant_id" text NOT NULL,
	"received_after" timestamp(3) with time zone NOT NULL,
	"page_token" text,
	"messages" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp(3) with time zone,
	CONSTRAINT "mailbox_backfills_pk" PRIMARY KEY("company_id","grant_id")
);
--> statement-breakpoint
CREATE TABLE "used_jwt_ids" (
	"jti" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"event_id" text NOT NULL,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"company_id" uuid,
	"call_uuid" text,
	"thread_id" uuid,
	"deliveries" integer DEFAULT 1 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"payload" "bytea",
	"content_encoding" text,
	"received_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_events_provider" CHECK ("webhook_events"."provider" IN ('nylas', 'vonage')),
	CONSTRAINT "webhook_events_state" CHECK ("webhook_events"."state" IN ('received', 'applied', 'duplicate', 'skipped', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "awaited_mails" ADD CONSTRAINT "awaited_mails_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_keys" ADD CONSTRAINT "call_keys_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_copies" ADD CONSTRAINT "mail_copies_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_backfills" ADD CONSTRAINT "mailbox_backfills_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "awaited_mails_of_thread" ON "awaited_mails" USING btree ("company_id","thread_id");--> statement-breakpoint
CREATE INDEX "call_keys_of_thread" ON "call_keys" USING btree ("company_id","thread_id");--> statement-breakpoint
CREATE INDEX "mail_copies_conversation" ON "mail_copies" USING btree ("company_id","grant_id","provider_thread_id");--> statement-breakpoint
CREATE INDEX "mail_copies_of_thread" ON "mail_copies" USING btree ("company_id","thread_id");--> statement-breakpoint
CREATE INDEX "used_jwt_ids_expiry" ON "used_jwt_ids" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_events_event" ON "webhook_events" USING btree ("provider","event_id");--> statement-breakpoint
CREATE INDEX "webhook_events_open" ON "webhook_events" USING btree ("state","id") WHERE "webhook_events"."state" IN ('received', 'failed');--> statement-breakpoint
CREATE INDEX "webhook_events_of_call" ON "webhook_events" USING btree ("call_uuid") WHERE "webhook_events"."payload" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "ct_provider_message" ON "communication_threads" USING btree ("company_id","grant_id","provider_message_id") WHERE "communication_threads"."provider_message_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "ct_provider_thread" ON "communication_threads" USING btree ("company_id","grant_id","provider_thread_id") WHERE "communication_threads"."provider_thread_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "ct_rfc_message" ON "communication_threads" USING btree ("company_id","rfc_message_id") WHERE "communication_threads"."rfc_message_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "ct_call" ON "communication_threads" USING btree ("company_id","call_uuid") WHERE "communication_threads"."call_uuid" IS NOT NULL;