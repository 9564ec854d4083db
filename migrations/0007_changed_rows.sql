-- Whoever changes what a list shows of a row, in whatever statement: `updated_after` must find it. A trigger and not a
-- rule for authors, because a forgotten one would be a change that nobody ever hears of. Columns that no answer shows,
-- and texts that only change their encryption key, are not listed.
CREATE FUNCTION note_changing_transaction() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_in := pg_current_xact_id();
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER communication_threads_changed
BEFORE UPDATE OF
  thread_group_id, "timestamp", communication_type, source, direction, requires_response, is_resolved, is_ar_related,
  is_latest, message_count, has_attachments, customer_id, contact_id, logged_by_id, scheduled_action_id,
  scheduled_touchpoint_id, subject, preview, body, body_type, from_address, to_addresses, cc_addresses, call,
  strategy_tags, created_at, updated_at
ON communication_threads
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
--> statement-breakpoint
CREATE TRIGGER thread_notes_changed
BEFORE UPDATE OF thread_id, author_id, created_at, updated_at ON thread_notes
FOR EACH ROW EXECUTE FUNCTION note_changing_transaction();
