CREATE TABLE "draft_mails" (
	"company_id" uuid NOT NULL,
	"grant_id" text NOT NULL,
	"provider_message_id" text NOT NULL,
	"seen_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "draft_mails_pk" PRIMARY KEY("company_id","grant_id","provider_message_id")
);
--> statement-breakpoint
CREATE TABLE "mailbox_folders" (
	"company_id" uuid NOT NULL,
	"grant_id" text NOT NULL,
	"folder_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "mailbox_folders_pk" PRIMARY KEY("company_id","grant_id","folder_id"),
	CONSTRAINT "mailbox_folders_role" CHECK ("mailbox_folders"."role" IN ('sent', 'drafts', 'outbox', 'scheduled', 'junk', 'trash', 'inbox'))
);
--> statement-breakpoint
CREATE TABLE "unplaced_mails" (
	"company_id" uuid NOT NULL,
	"grant_id" text NOT NULL,
	"folder_id" text NOT NULL,
	"thread_id" uuid NOT NULL,
	CONSTRAINT "unplaced_mails_pk" PRIMARY KEY("company_id","grant_id","folder_id","thread_id")
);
--> statement-breakpoint
ALTER TABLE "draft_mails" ADD CONSTRAINT "draft_mails_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_folders" ADD CONSTRAINT "mailbox_folders_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unplaced_mails" ADD CONSTRAINT "unplaced_mails_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_mails_by_time" ON "draft_mails" USING btree ("company_id","seen_at");--> statement-breakpoint
CREATE INDEX "unplaced_mails_of_thread" ON "unplaced_mails" USING btree ("company_id","thread_id");