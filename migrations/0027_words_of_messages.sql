CREATE TABLE "communication_thread_words" (
	"company_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "communication_thread_words_pk" PRIMARY KEY("company_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "search_words_progress" (
	"company_id" uuid PRIMARY KEY NOT NULL,
	"before_timestamp" timestamp(3) with time zone NOT NULL,
	"before_id" uuid NOT NULL
);
--> statement-breakpoint
DROP INDEX "ct_search";--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "renamed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "name_words" "tsvector";--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "renamed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "number_words" "tsvector";--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "renamed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "communication_thread_words" ADD CONSTRAINT "communication_thread_words_thread" FOREIGN KEY ("company_id","thread_id") REFERENCES "public"."communication_threads"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ctw_words" ON "communication_thread_words" USING gin ("words");--> statement-breakpoint
CREATE INDEX "customers_name_words" ON "customers" USING gin ("name_words");--> statement-breakpoint
CREATE INDEX "customers_without_words" ON "customers" USING btree ("company_id","id") WHERE "customers"."name_words" IS NULL;--> statement-breakpoint
CREATE INDEX "invoices_number_words" ON "invoices" USING gin ("number_words");--> statement-breakpoint
CREATE INDEX "invoices_without_words" ON "invoices" USING btree ("company_id","id") WHERE "invoices"."number_words" IS NULL;--> statement-breakpoint
ALTER TABLE "communication_threads" DROP COLUMN "search_words";--> statement-breakpoint
-- A search that walks through a list reads the words of row after row: they lie in the row, as they are, while they fit on a
-- page.
ALTER TABLE "communication_thread_words" ALTER COLUMN "words" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "communication_thread_words" SET (toast_tuple_target = 8160);--> statement-breakpoint
-- The words of what is there are made by the running server, from the newest message on (`ingest/make-search-words.ts`).
INSERT INTO "search_words_progress" ("company_id", "before_timestamp", "before_id")
SELECT c.id, '9999-12-31T23:59:59.999Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff'
FROM "companies" c
WHERE EXISTS (SELECT FROM "communication_threads" t WHERE t."company_id" = c.id);
--> statement-breakpoint
-- Words follow from a name: making them changes nothing that a list shows.
DROP TRIGGER customers_changed ON customers;--> statement-breakpoint
CREATE TRIGGER customers_changed BEFORE UPDATE OF company_id, id, external_id, name, renamed_at, created_at, updated_at ON customers
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
--> statement-breakpoint
DROP TRIGGER invoices_changed ON invoices;--> statement-breakpoint
CREATE TRIGGER invoices_changed
BEFORE UPDATE OF
  company_id, id, external_id, customer_id, number, amount, currency, due_date, status, renamed_at, created_at, updated_at
ON invoices
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
