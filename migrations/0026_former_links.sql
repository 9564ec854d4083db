CREATE TABLE "former_links" (
	"company_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"contact_id" uuid,
	"invoice_ids" uuid[] NOT NULL,
	CONSTRAINT "former_links_pk" PRIMARY KEY("company_id","thread_id","customer_id")
);
--> statement-breakpoint
ALTER TABLE "former_links" ADD CONSTRAINT "former_links_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE cascade ON UPDATE no action;