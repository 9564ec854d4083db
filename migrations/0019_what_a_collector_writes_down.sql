CREATE TABLE "promise_invoices" (
	"company_id" uuid NOT NULL,
	"promise_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "promise_invoices_pk" PRIMARY KEY("company_id","promise_id","invoice_id")
);
--> statement-breakpoint
CREATE TABLE "promises" (
	"company_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"due_on" date NOT NULL,
	"amount" numeric,
	"currency" text,
	"created_by_id" uuid,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "promises_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "promises_status" CHECK ("promises"."status" IN ('open', 'kept', 'cancelled')),
	CONSTRAINT "promises_amount" CHECK ("promises"."amount" > 0)
);
--> statement-breakpoint
ALTER TABLE "communication_threads" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD COLUMN "dispute" jsonb;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD COLUMN "follow_up_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD COLUMN "assignee_id" uuid;--> statement-breakpoint
ALTER TABLE "promise_invoices" ADD CONSTRAINT "promise_invoices_promise" FOREIGN KEY ("company_id","promise_id") REFERENCES "public"."promises"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promise_invoices" ADD CONSTRAINT "promise_invoices_invoice" FOREIGN KEY ("company_id","invoice_id") REFERENCES "public"."invoices"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_customer" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_created_by" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "promise_invoices_by_invoice" ON "promise_invoices" USING btree ("company_id","invoice_id","promise_id");--> statement-breakpoint
CREATE UNIQUE INDEX "promises_of_thread" ON "promises" USING btree ("company_id","thread_id");--> statement-breakpoint
CREATE INDEX "promises_by_day" ON "promises" USING btree ("company_id","due_on","id");--> statement-breakpoint
CREATE INDEX "promises_of_customer" ON "promises" USING btree ("company_id","customer_id","due_on","id");--> statement-breakpoint
CREATE INDEX "promises_changed" ON "promises" USING btree ("company_id","changed_in");--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_assignee" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ct_outcome" ON "communication_threads" USING btree ("company_id","outcome","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"cell") WHERE "communication_threads"."outcome" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "ct_assignee" ON "communication_threads" USING btree ("company_id","assignee_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"cell") WHERE "communication_threads"."assignee_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "ct_follow_up" ON "communication_threads" USING btree ("company_id","follow_up_at","cell") WHERE "communication_threads"."follow_up_at" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_outcome" CHECK ("communication_threads"."outcome" IN ('spoke', 'left_message', 'no_answer', 'wrong_number', 'promise_to_pay', 'dispute', 'paid', 'refused', 'other'));--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_dispute" CHECK ("communication_threads"."dispute" ->> 'reason' IN ('price', 'quantity', 'quality', 'not_received', 'duplicate', 'terms', 'other'));--> statement-breakpoint
-- As `communication_threads_changed`: `updated_after` finds every row that shows something else now.
CREATE TRIGGER communication_threads_written_down
BEFORE UPDATE OF outcome, dispute, follow_up_at, assignee_id ON communication_threads
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
--> statement-breakpoint
CREATE TRIGGER promises_changed
BEFORE UPDATE OF customer_id, thread_id, status, due_on, amount, currency, created_by_id, created_at, updated_at ON promises
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
