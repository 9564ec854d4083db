CREATE TABLE "former_customers" (
	"company_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"thread_group_id" uuid NOT NULL,
	CONSTRAINT "former_customers_pk" PRIMARY KEY("company_id","customer_id","thread_group_id")
);
--> statement-breakpoint
ALTER TABLE "former_customers" ADD CONSTRAINT "former_customers_customer" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_customers_of_group" ON "former_customers" USING btree ("company_id","thread_group_id");--> statement-breakpoint
INSERT INTO "former_customers" ("company_id", "customer_id", "thread_group_id")
SELECT DISTINCT m."company_id", m."customer_id", m."thread_group_id"
FROM "communication_threads" m
JOIN "communication_threads" l
  ON l."company_id" = m."company_id" AND l."thread_group_id" = m."thread_group_id" AND l."is_latest"
     AND l."customer_id" IS DISTINCT FROM m."customer_id"
WHERE m."customer_id" IS NOT NULL;
