CREATE TABLE "attachments" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"filename" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"is_inline" boolean DEFAULT false NOT NULL,
	"provider_id" text,
	CONSTRAINT "attachments_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "attachments_size" CHECK ("attachments"."size_bytes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "communication_thread_invoices" (
	"company_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "communication_thread_invoices_pk" PRIMARY KEY("company_id","thread_id","invoice_id")
);
--> statement-breakpoint
CREATE TABLE "communication_threads" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"thread_group_id" uuid NOT NULL,
	"timestamp" timestamp(3) with time zone NOT NULL,
	"communication_type" text NOT NULL,
	"source" text NOT NULL,
	"direction" text NOT NULL,
	"requires_response" boolean DEFAULT false NOT NULL,
	"is_resolved" boolean DEFAULT false NOT NULL,
	"is_ar_related" boolean,
	"is_latest" boolean NOT NULL,
	"message_count" integer,
	"has_attachments" boolean DEFAULT false NOT NULL,
	"customer_id" uuid,
	"contact_id" uuid,
	"logged_by_id" uuid,
	"scheduled_action_id" uuid,
	"scheduled_touchpoint_id" uuid,
	"subject" text DEFAULT '' NOT NULL,
	"preview" text,
	"body" text,
	"body_type" text,
	"notes" "bytea",
	"from_address" jsonb,
	"to_addresses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"cc_addresses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"call" jsonb,
	"strategy_tags" text[] DEFAULT '{}' NOT NULL,
	"search_words" "tsvector" NOT NULL,
	"grant_id" text,
	"provider_message_id" text,
	"provider_thread_id" text,
	"rfc_message_id" text,
	"call_uuid" text,
	"recordings" jsonb,
	"is_truncated" boolean DEFAULT false NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "communication_threads_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "communication_threads_type" CHECK ("communication_threads"."communication_type" IN ('email', 'call', 'meeting', 'note', 'sms', 'letter', 'manual', 'other')),
	CONSTRAINT "communication_threads_source" CHECK ("communication_threads"."source" IN ('nylas', 'vonage', 'manual', 'import')),
	CONSTRAINT "communication_threads_direction" CHECK ("communication_threads"."direction" IN ('inbound', 'outbound')),
	CONSTRAINT "communication_threads_body_type" CHECK ("communication_threads"."body_type" IN ('text/html', 'text/plain')),
	CONSTRAINT "communication_threads_text" CHECK (CASE WHEN "communication_threads"."source" = 'manual' THEN "communication_threads"."body" IS NULL ELSE "communication_threads"."notes" IS NULL END),
	CONSTRAINT "communication_threads_message_count" CHECK (("communication_threads"."message_count" IS NOT NULL) = "communication_threads"."is_latest"),
	CONSTRAINT "communication_threads_year" CHECK ("communication_threads"."timestamp" >= '0001-01-01T00:00:00Z' AND "communication_threads"."timestamp" < '10000-01-01T00:00:00Z')
);
--> statement-breakpoint
CREATE TABLE "thread_notes" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "thread_notes_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "company_totals" (
	"company_id" uuid PRIMARY KEY NOT NULL,
	"changes" bigint DEFAULT 0 NOT NULL,
	"thread_notes" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thread_count_deltas" (
	"company_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "thread_count_deltas_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"is_latest" boolean,
	"communication_type" text,
	"source" text,
	"direction" text,
	"requires_response" boolean,
	"is_resolved" boolean,
	"is_ar_related" boolean,
	"messages" integer DEFAULT 0 NOT NULL,
	"thread_notes" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "thread_count_deltas_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "thread_counts" (
	"company_id" uuid NOT NULL,
	"is_latest" boolean NOT NULL,
	"communication_type" text NOT NULL,
	"source" text NOT NULL,
	"direction" text NOT NULL,
	"requires_response" boolean NOT NULL,
	"is_resolved" boolean NOT NULL,
	"is_ar_related" boolean NOT NULL,
	"messages" bigint NOT NULL,
	CONSTRAINT "thread_counts_pk" PRIMARY KEY("company_id","is_latest","communication_type","source","direction","requires_response","is_resolved","is_ar_related")
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"transaction_id" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"occurred_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"user_id" uuid,
	"token_id" uuid,
	"address" text,
	"action" text NOT NULL,
	"subject_id" uuid,
	"details" jsonb,
	CONSTRAINT "audit_events_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "audit_events_actor" CHECK ("audit_events"."actor_kind" IN ('user', 'operator', 'provider'))
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"company_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"encryption_key_id" bigint NOT NULL,
	"status" integer NOT NULL,
	"location" text,
	"response" "bytea" NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pk" PRIMARY KEY("company_id","user_id","key")
);
--> statement-breakpoint
CREATE TABLE "mailboxes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"company_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"grant_id" text NOT NULL,
	"email" text NOT NULL,
	"sync" text DEFAULT 'known_contacts' NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mailboxes_sync" CHECK ("mailboxes"."sync" IN ('known_contacts', 'all'))
);
--> statement-breakpoint
CREATE TABLE "phones" (
	"id" uuid PRIMARY KEY NOT NULL,
	"company_id" uuid NOT NULL,
	"number" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"email_key" text,
	"phone" text,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contacts_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customers_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"number" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoices_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "scheduled_actions" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"invoice_id" uuid,
	"action_type" text NOT NULL,
	"status" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"due_at" timestamp(3) with time zone,
	"executed_at" timestamp(3) with time zone,
	"completed_by_thread_id" uuid,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scheduled_actions_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "scheduled_actions_type" CHECK ("scheduled_actions"."action_type" IN ('email', 'call', 'task')),
	CONSTRAINT "scheduled_actions_status" CHECK ("scheduled_actions"."status" IN ('proposed', 'scheduled', 'processing', 'completed', 'cancelled')),
	CONSTRAINT "scheduled_actions_completion" CHECK ("scheduled_actions"."status" = 'completed' OR ("scheduled_actions"."executed_at" IS NULL AND "scheduled_actions"."completed_by_thread_id" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "scheduled_touchpoints" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"step_type" text NOT NULL,
	"status" text NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"scheduled_for" timestamp(3) with time zone,
	"completed_at" timestamp(3) with time zone,
	"completed_by_thread_id" uuid,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scheduled_touchpoints_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "scheduled_touchpoints_type" CHECK ("scheduled_touchpoints"."step_type" IN ('reminder', 'call', 'task')),
	CONSTRAINT "scheduled_touchpoints_status" CHECK ("scheduled_touchpoints"."status" IN ('pending', 'ready', 'processing', 'completed', 'cancelled')),
	CONSTRAINT "scheduled_touchpoints_completion" CHECK ("scheduled_touchpoints"."status" = 'completed' OR ("scheduled_touchpoints"."completed_at" IS NULL AND "scheduled_touchpoints"."completed_by_thread_id" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"timezone" text DEFAULT 'UTC' NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "encryption_keys" (
	"id" bigint PRIMARY KEY NOT NULL,
	"canary" "bytea" NOT NULL,
	"is_primary" boolean DEFAULT false NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp(3) with time zone,
	CONSTRAINT "encryption_keys_primary" CHECK (NOT ("encryption_keys"."is_primary" AND "encryption_keys"."retired_at" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "login_failures" (
	"account_hash" "bytea" NOT NULL,
	"address" text NOT NULL,
	"failures" integer NOT NULL,
	"first_failed_at" timestamp(3) with time zone NOT NULL,
	"last_failed_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "login_failures_pk" PRIMARY KEY("account_hash","address")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"company_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_pk" PRIMARY KEY("company_id","user_id"),
	CONSTRAINT "memberships_role" CHECK ("memberships"."role" IN ('admin', 'member', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"prefix" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp(3) with time zone,
	"expires_at" timestamp(3) with time zone,
	"revoked_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"email" text DEFAULT '' NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"password_hash" text,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_thread_invoices" ADD CONSTRAINT "communication_thread_invoices_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_thread_invoices" ADD CONSTRAINT "communication_thread_invoices_invoice" FOREIGN KEY ("company_id","invoice_id") REFERENCES "public"."invoices"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_customer" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_contact" FOREIGN KEY ("company_id","contact_id") REFERENCES "public"."contacts"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_logged_by" FOREIGN KEY ("logged_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_action" FOREIGN KEY ("company_id","scheduled_action_id") REFERENCES "public"."scheduled_actions"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_touchpoint" FOREIGN KEY ("company_id","scheduled_touchpoint_id") REFERENCES "public"."scheduled_touchpoints"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_notes" ADD CONSTRAINT "thread_notes_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_notes" ADD CONSTRAINT "thread_notes_author" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_totals" ADD CONSTRAINT "company_totals_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_counts" ADD CONSTRAINT "thread_counts_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_user" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD CONSTRAINT "mailboxes_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD CONSTRAINT "mailboxes_user" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phones" ADD CONSTRAINT "phones_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_customer" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_customer" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_actions" ADD CONSTRAINT "scheduled_actions_customer" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_actions" ADD CONSTRAINT "scheduled_actions_invoice" FOREIGN KEY ("company_id","invoice_id") REFERENCES "public"."invoices"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_actions" ADD CONSTRAINT "scheduled_actions_completed_by" FOREIGN KEY ("company_id","completed_by_thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_touchpoints" ADD CONSTRAINT "scheduled_touchpoints_customer" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_touchpoints" ADD CONSTRAINT "scheduled_touchpoints_completed_by" FOREIGN KEY ("company_id","completed_by_thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_user" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attachments_of_thread" ON "attachments" USING btree ("company_id","thread_id","position");--> statement-breakpoint
CREATE INDEX "cti_invoice" ON "communication_thread_invoices" USING btree ("company_id","invoice_id","thread_id");--> statement-breakpoint
CREATE INDEX "ct_list_latest" ON "communication_threads" USING btree ("company_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"communication_type","source","direction","requires_response","is_resolved","is_ar_related") WHERE "communication_threads"."is_latest";--> statement-breakpoint
CREATE INDEX "ct_list_message" ON "communication_threads" USING btree ("company_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"communication_type","source","direction","requires_response","is_resolved","is_ar_related");--> statement-breakpoint
CREATE UNIQUE INDEX "ct_one_latest" ON "communication_threads" USING btree ("company_id","thread_group_id") WHERE "communication_threads"."is_latest";--> statement-breakpoint
CREATE INDEX "ct_group" ON "communication_threads" USING btree ("company_id","thread_group_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "ct_customer" ON "communication_threads" USING btree ("company_id","customer_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "ct_contact" ON "communication_threads" USING btree ("company_id","contact_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "ct_search" ON "communication_threads" USING gin ("company_id","search_words");--> statement-breakpoint
CREATE INDEX "tn_list" ON "thread_notes" USING btree ("company_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "tn_thread" ON "thread_notes" USING btree ("company_id","thread_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "tn_author" ON "thread_notes" USING btree ("company_id","author_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_events_feed" ON "audit_events" USING btree ("company_id","transaction_id","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_expiry" ON "idempotency_keys" USING btree ("company_id","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mailboxes_grant" ON "mailboxes" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "mailboxes_of_company" ON "mailboxes" USING btree ("company_id");--> statement-breakpoint
CREATE UNIQUE INDEX "phones_number" ON "phones" USING btree ("number");--> statement-breakpoint
CREATE INDEX "phones_of_company" ON "phones" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "contacts_by_email" ON "contacts" USING btree ("company_id","email_key") WHERE "contacts"."email_key" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "contacts_by_phone" ON "contacts" USING btree ("company_id","phone") WHERE "contacts"."phone" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "invoices_of_customer" ON "invoices" USING btree ("company_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "encryption_keys_one_primary" ON "encryption_keys" USING btree ("is_primary") WHERE "encryption_keys"."is_primary";--> statement-breakpoint
CREATE INDEX "memberships_of_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_hash" ON "tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "tokens_of_user" ON "tokens" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username" ON "users" USING btree ("username");