CREATE TABLE "waiting_deliveries" (
	"company_id" uuid NOT NULL,
	"rfc_message_id" text NOT NULL,
	"event_row_id" uuid NOT NULL,
	"skipped_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waiting_deliveries_pk" PRIMARY KEY("company_id","rfc_message_id","event_row_id")
);
--> statement-breakpoint
ALTER TABLE "waiting_deliveries" ADD CONSTRAINT "waiting_deliveries_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "waiting_deliveries_by_event" ON "waiting_deliveries" USING btree ("company_id","event_row_id");--> statement-breakpoint
CREATE INDEX "waiting_deliveries_by_time" ON "waiting_deliveries" USING btree ("company_id","skipped_at");