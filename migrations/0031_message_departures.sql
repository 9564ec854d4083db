CREATE TABLE "message_departures" (
	"company_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "message_departures_pk" PRIMARY KEY("company_id","subject_id")
);
--> statement-breakpoint
ALTER TABLE "message_departures" ADD CONSTRAINT "message_departures_company" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_departures_changed" ON "message_departures" USING btree ("company_id","changed_in");--> statement-breakpoint
-- A message that is deleted or given to another customer, and one that is about an invoice no more, leave no row that says
-- whose summary changed. A trigger, as for `changed_in`: a statement that forgot it would be a change that `updated_after`
-- never finds. Messages that come or change are found by their own `changed_in`.
CREATE FUNCTION note_departure_from_customer() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_departures AS d (company_id, subject_id) VALUES (OLD.company_id, OLD.customer_id)
  ON CONFLICT (company_id, subject_id) DO UPDATE SET changed_in = excluded.changed_in
  WHERE d.changed_in <> excluded.changed_in;
  RETURN OLD;
END
$$;
--> statement-breakpoint
CREATE TRIGGER communication_threads_moved AFTER UPDATE OF customer_id ON communication_threads
FOR EACH ROW WHEN (OLD.customer_id IS NOT NULL AND OLD.customer_id IS DISTINCT FROM NEW.customer_id)
EXECUTE FUNCTION note_departure_from_customer();
--> statement-breakpoint
-- Before the row goes, so that the customer is locked before the invoices that its links are about, as where it moves.
CREATE TRIGGER communication_threads_deleted BEFORE DELETE ON communication_threads
FOR EACH ROW WHEN (OLD.customer_id IS NOT NULL)
EXECUTE FUNCTION note_departure_from_customer();
--> statement-breakpoint
CREATE FUNCTION note_departure_from_invoices() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_departures AS d (company_id, subject_id)
  SELECT DISTINCT g.company_id, g.invoice_id FROM gone g ORDER BY g.company_id, g.invoice_id
  ON CONFLICT (company_id, subject_id) DO UPDATE SET changed_in = excluded.changed_in
  WHERE d.changed_in <> excluded.changed_in;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER communication_thread_invoices_deleted AFTER DELETE ON communication_thread_invoices
REFERENCING OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION note_departure_from_invoices();
