DROP INDEX "invoices_by_due_date";--> statement-breakpoint
CREATE INDEX "invoices_by_due_date" ON "invoices" USING btree ("company_id",COALESCE("due_date", 'infinity'::date),"id","due_date");