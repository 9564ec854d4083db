CREATE TABLE "contact_list_words" (
	"company_id" uuid NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"sort_key" text COLLATE "C" NOT NULL,
	"id" uuid NOT NULL,
	"shared" smallint NOT NULL,
	CONSTRAINT "contact_list_words_pk" PRIMARY KEY("company_id","word","sort_key","id","shared")
);
--> statement-breakpoint
CREATE TABLE "customer_list_words" (
	"company_id" uuid NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"sort_key" text COLLATE "C" NOT NULL,
	"id" uuid NOT NULL,
	"shared" smallint NOT NULL,
	CONSTRAINT "customer_list_words_pk" PRIMARY KEY("company_id","word","sort_key","id","shared")
);
--> statement-breakpoint
CREATE TABLE "invoice_list_words" (
	"company_id" uuid NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"sort_key" text COLLATE "C" NOT NULL,
	"id" uuid NOT NULL,
	"shared" smallint NOT NULL,
	"due_date" date NOT NULL,
	CONSTRAINT "invoice_list_words_pk" PRIMARY KEY("company_id","word","sort_key","id","shared","due_date")
);
--> statement-breakpoint
-- Starting a parallel worker takes longer than a search.
ALTER TABLE customer_list_words SET (parallel_workers = 0);
--> statement-breakpoint
ALTER TABLE contact_list_words SET (parallel_workers = 0);
--> statement-breakpoint
ALTER TABLE invoice_list_words SET (parallel_workers = 0);
--> statement-breakpoint
-- The words of a row in the columns of these tables. Words are sorted, so a word shares most characters with the one before.
CREATE FUNCTION list_word_entries(words tsvector, OUT word text, OUT shared smallint) RETURNS SETOF record
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE ROWS 5 AS $$
DECLARE
  previous text := '';
BEGIN
  FOREACH word IN ARRAY tsvector_to_array(words) LOOP
    shared := 0;
    WHILE shared < length(previous) AND left(word, shared + 1) = left(previous, shared + 1) LOOP
      shared := shared + 1;
    END LOOP;
    previous := word;
    RETURN NEXT;
  END LOOP;
END
$$;
--> statement-breakpoint
-- A trigger, as generated columns are: however a row is written, a search finds it. EXECUTE plans for the number of rows
-- that the statement wrote. A word is deleted by its key, one by one, because PostgreSQL would read the whole table for many.
CREATE FUNCTION write_list_words() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  words_table text := TG_ARGV[0];
  key_column text := TG_ARGV[1];
  further_column text := CASE WHEN key_column IS NULL THEN '' ELSE format(', %I', key_column) END;
  further_value text := CASE WHEN key_column IS NULL THEN '' ELSE format($q$, COALESCE(r.%I, 'infinity')$q$, key_column) END;
  is_same text := 'o.company_id = r.company_id AND o.id = r.id AND o.sort_key = r.sort_key AND o.list_words = r.list_words'
    || CASE WHEN key_column IS NULL THEN '' ELSE format(' AND o.%1$I IS NOT DISTINCT FROM r.%1$I', key_column) END;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format(
      'DELETE FROM %1$I d
       WHERE d.ctid = ANY (ARRAY(
         SELECT f.ctid
         FROM old_rows r
         CROSS JOIN LATERAL list_word_entries(r.list_words) e
         CROSS JOIN LATERAL (
           SELECT w.ctid
           FROM %1$I w
           WHERE w.company_id = r.company_id AND w.word = e.word AND w.sort_key = r.sort_key AND w.id = r.id
           LIMIT 1
         ) f
         WHERE %2$s))',
      words_table,
      CASE TG_OP WHEN 'UPDATE' THEN format('NOT EXISTS (SELECT FROM new_rows o WHERE %s)', is_same) ELSE 'true' END);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    EXECUTE format(
      'INSERT INTO %1$I (company_id, word, sort_key, id, shared%2$s)
       SELECT r.company_id, e.word, r.sort_key, r.id, e.shared%3$s
       FROM new_rows r
       CROSS JOIN LATERAL list_word_entries(r.list_words) e
       WHERE %4$s',
      words_table,
      further_column,
      further_value,
      CASE TG_OP WHEN 'UPDATE' THEN format('NOT EXISTS (SELECT FROM old_rows o WHERE %s)', is_same) ELSE 'true' END);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER customers_inserted AFTER INSERT ON customers REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION write_list_words('customer_list_words');
--> statement-breakpoint
CREATE TRIGGER customers_updated AFTER UPDATE ON customers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION write_list_words('customer_list_words');
--> statement-breakpoint
CREATE TRIGGER customers_deleted AFTER DELETE ON customers REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION write_list_words('customer_list_words');
--> statement-breakpoint
CREATE TRIGGER contacts_inserted AFTER INSERT ON contacts REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION write_list_words('contact_list_words');
--> statement-breakpoint
CREATE TRIGGER contacts_updated AFTER UPDATE ON contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION write_list_words('contact_list_words');
--> statement-breakpoint
CREATE TRIGGER contacts_deleted AFTER DELETE ON contacts REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION write_list_words('contact_list_words');
--> statement-breakpoint
CREATE TRIGGER invoices_inserted AFTER INSERT ON invoices REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION write_list_words('invoice_list_words', 'due_date');
--> statement-breakpoint
CREATE TRIGGER invoices_updated AFTER UPDATE ON invoices REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION write_list_words('invoice_list_words', 'due_date');
--> statement-breakpoint
CREATE TRIGGER invoices_deleted AFTER DELETE ON invoices REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION write_list_words('invoice_list_words', 'due_date');
--> statement-breakpoint
INSERT INTO customer_list_words (company_id, word, sort_key, id, shared)
SELECT t.company_id, e.word, t.sort_key, t.id, e.shared
FROM customers t
CROSS JOIN LATERAL list_word_entries(t.list_words) e
ORDER BY t.company_id, e.word, t.sort_key, t.id;
--> statement-breakpoint
INSERT INTO contact_list_words (company_id, word, sort_key, id, shared)
SELECT t.company_id, e.word, t.sort_key, t.id, e.shared
FROM contacts t
CROSS JOIN LATERAL list_word_entries(t.list_words) e
ORDER BY t.company_id, e.word, t.sort_key, t.id;
--> statement-breakpoint
INSERT INTO invoice_list_words (company_id, word, sort_key, id, shared, due_date)
SELECT t.company_id, e.word, t.sort_key, t.id, e.shared, COALESCE(t.due_date, 'infinity')
FROM invoices t
CROSS JOIN LATERAL list_word_entries(t.list_words) e
ORDER BY t.company_id, e.word, t.sort_key, t.id;
