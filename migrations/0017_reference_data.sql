CREATE FUNCTION list_sort_key(source text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN left(lower(normalize(left(source, 400), NFKC)), 120);
--> statement-breakpoint
-- Words of a name, and of a search for it: in lower case, without accents, Han, kana and Thai letter by letter. What
-- separates words is listed, because what a letter is depends on the collation of the database.
CREATE FUNCTION list_words(source text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT COALESCE(array_agg(DISTINCT left(word, 64)), '{}')
  FROM regexp_split_to_table(
    regexp_replace(
      replace(replace(
        lower(regexp_replace(normalize(left(source, 2000), NFKD), '[\u0300-\u036f\u00ad\u200b-\u200d\ufeff]', '', 'g')),
        'ß', 'ss'), 'ς', 'σ'),
      '([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff])', ' \1 ', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f]+') AS word
  WHERE word <> ''
);
--> statement-breakpoint
DROP INDEX "invoices_of_customer";--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "sort_key" text COLLATE "C" GENERATED ALWAYS AS (list_sort_key(name)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "list_words" "tsvector" GENERATED ALWAYS AS (array_to_tsvector(list_words(name || ' ' || COALESCE(email, '') || ' ' || COALESCE(external_id, '')))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "sort_key" text COLLATE "C" GENERATED ALWAYS AS (list_sort_key(name)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "list_words" "tsvector" GENERATED ALWAYS AS (array_to_tsvector(list_words(name || ' ' || COALESCE(external_id, '')))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "amount" numeric;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "currency" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "due_date" date;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "status" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "sort_key" text COLLATE "C" GENERATED ALWAYS AS (list_sort_key(number)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "list_words" "tsvector" GENERATED ALWAYS AS (array_to_tsvector(list_words(number || ' ' || COALESCE(external_id, '')))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "scheduled_actions" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "scheduled_actions" ADD COLUMN "changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "scheduled_touchpoints" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "scheduled_touchpoints" ADD COLUMN "changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
CREATE INDEX "ct_open" ON "communication_threads" USING btree ("company_id","customer_id","requires_response","timestamp") WHERE "communication_threads"."is_latest" AND NOT "communication_threads"."is_resolved" AND "communication_threads"."customer_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "ct_waiting" ON "communication_threads" USING btree ("company_id","timestamp","customer_id") WHERE "communication_threads"."is_latest" AND NOT "communication_threads"."is_resolved" AND "communication_threads"."requires_response" AND "communication_threads"."customer_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_external_id" ON "contacts" USING btree ("company_id","external_id") WHERE "contacts"."external_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "contacts_changed" ON "contacts" USING btree ("company_id","changed_in");--> statement-breakpoint
CREATE INDEX "contacts_by_name" ON "contacts" USING btree ("company_id","sort_key","id");--> statement-breakpoint
CREATE INDEX "contacts_of_customer" ON "contacts" USING btree ("company_id","customer_id","sort_key","id");--> statement-breakpoint
CREATE INDEX "contacts_by_address" ON "contacts" USING btree ("company_id",lower("email")) WHERE "contacts"."email" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "contacts_by_words" ON "contacts" USING gin ("company_id","list_words");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_external_id" ON "customers" USING btree ("company_id","external_id") WHERE "customers"."external_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "customers_changed" ON "customers" USING btree ("company_id","changed_in");--> statement-breakpoint
CREATE INDEX "customers_by_name" ON "customers" USING btree ("company_id","sort_key","id");--> statement-breakpoint
CREATE INDEX "customers_by_words" ON "customers" USING gin ("company_id","list_words");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_external_id" ON "invoices" USING btree ("company_id","external_id") WHERE "invoices"."external_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "invoices_changed" ON "invoices" USING btree ("company_id","changed_in");--> statement-breakpoint
CREATE INDEX "invoices_by_number" ON "invoices" USING btree ("company_id","sort_key","id");--> statement-breakpoint
CREATE INDEX "invoices_by_due_date" ON "invoices" USING btree ("company_id",COALESCE("due_date", 'infinity'::date),"id");--> statement-breakpoint
CREATE INDEX "invoices_of_customer_by_due_date" ON "invoices" USING btree ("company_id","customer_id",COALESCE("due_date", 'infinity'::date),"id");--> statement-breakpoint
CREATE INDEX "invoices_of_status" ON "invoices" USING btree ("company_id","status","sort_key","id");--> statement-breakpoint
CREATE INDEX "invoices_of_status_by_due_date" ON "invoices" USING btree ("company_id","status",COALESCE("due_date", 'infinity'::date),"id");--> statement-breakpoint
CREATE INDEX "invoices_by_words" ON "invoices" USING gin ("company_id","list_words");--> statement-breakpoint
CREATE UNIQUE INDEX "scheduled_actions_external_id" ON "scheduled_actions" USING btree ("company_id","external_id") WHERE "scheduled_actions"."external_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "scheduled_actions_changed" ON "scheduled_actions" USING btree ("company_id","changed_in");--> statement-breakpoint
CREATE INDEX "scheduled_actions_by_due" ON "scheduled_actions" USING btree ("company_id",COALESCE("due_at", 'infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "scheduled_actions_of_status" ON "scheduled_actions" USING btree ("company_id","status",COALESCE("due_at", 'infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "scheduled_actions_of_customer" ON "scheduled_actions" USING btree ("company_id","customer_id",COALESCE("due_at", 'infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "scheduled_actions_of_invoice" ON "scheduled_actions" USING btree ("company_id","invoice_id",COALESCE("due_at", 'infinity'::timestamptz),"id") WHERE "scheduled_actions"."invoice_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "scheduled_touchpoints_external_id" ON "scheduled_touchpoints" USING btree ("company_id","external_id") WHERE "scheduled_touchpoints"."external_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "scheduled_touchpoints_changed" ON "scheduled_touchpoints" USING btree ("company_id","changed_in");--> statement-breakpoint
CREATE INDEX "scheduled_touchpoints_by_time" ON "scheduled_touchpoints" USING btree ("company_id",COALESCE("scheduled_for", 'infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "scheduled_touchpoints_of_status" ON "scheduled_touchpoints" USING btree ("company_id","status",COALESCE("scheduled_for", 'infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "scheduled_touchpoints_of_customer" ON "scheduled_touchpoints" USING btree ("company_id","customer_id",COALESCE("scheduled_for", 'infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "invoices_of_customer" ON "invoices" USING btree ("company_id","customer_id","sort_key","id");--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_status" CHECK ("invoices"."status" IN ('open', 'paid', 'void'));
--> statement-breakpoint
CREATE TRIGGER customers_changed BEFORE UPDATE ON customers
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
--> statement-breakpoint
CREATE TRIGGER contacts_changed BEFORE UPDATE ON contacts
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
--> statement-breakpoint
CREATE TRIGGER invoices_changed BEFORE UPDATE ON invoices
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
--> statement-breakpoint
CREATE TRIGGER scheduled_actions_changed BEFORE UPDATE ON scheduled_actions
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
--> statement-breakpoint
CREATE TRIGGER scheduled_touchpoints_changed BEFORE UPDATE ON scheduled_touchpoints
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
