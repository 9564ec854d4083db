CREATE TABLE "stream_tickets" (
	"company_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"token_id" uuid NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "stream_tickets_pk" PRIMARY KEY("company_id","hash")
);
--> statement-breakpoint
ALTER TABLE "communication_threads" ADD COLUMN "changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "thread_notes" ADD COLUMN "changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "stream_tickets" ADD CONSTRAINT "stream_tickets_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stream_tickets" ADD CONSTRAINT "stream_tickets_token" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ct_changed" ON "communication_threads" USING btree ("company_id","changed_in","is_latest");--> statement-breakpoint
CREATE INDEX "tn_changed" ON "thread_notes" USING btree ("company_id","changed_in");