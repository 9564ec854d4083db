-- TRUNCATE fires no trigger for DELETE, and these tables have no foreign key that it would follow: the words of truncated rows
-- stayed, and a row with the same id couldn't be written again.
CREATE FUNCTION truncate_list_words() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('TRUNCATE %I', TG_ARGV[0]);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER customers_truncated AFTER TRUNCATE ON customers
FOR EACH STATEMENT EXECUTE FUNCTION truncate_list_words('customer_list_words');
--> statement-breakpoint
CREATE TRIGGER contacts_truncated AFTER TRUNCATE ON contacts
FOR EACH STATEMENT EXECUTE FUNCTION truncate_list_words('contact_list_words');
--> statement-breakpoint
CREATE TRIGGER invoices_truncated AFTER TRUNCATE ON invoices
FOR EACH STATEMENT EXECUTE FUNCTION truncate_list_words('invoice_list_words');
--> statement-breakpoint
DELETE FROM customer_list_words w
WHERE NOT EXISTS (SELECT FROM customers t WHERE t.company_id = w.company_id AND t.id = w.id);
--> statement-breakpoint
DELETE FROM contact_list_words w
WHERE NOT EXISTS (SELECT FROM contacts t WHERE t.company_id = w.company_id AND t.id = w.id);
--> statement-breakpoint
DELETE FROM invoice_list_words w
WHERE NOT EXISTS (SELECT FROM invoices t WHERE t.company_id = w.company_id AND t.id = w.id);
