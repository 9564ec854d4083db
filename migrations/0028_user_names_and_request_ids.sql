DROP INDEX "users_username";--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "request_id" text;--> statement-breakpoint
ALTER TABLE "security_events" ADD COLUMN "request_id" text;--> statement-breakpoint
CREATE INDEX "security_events_failed" ON "security_events" USING btree ("occurred_at") WHERE "security_events"."action" = 'login.failed';--> statement-breakpoint
-- User names that are the same in NFC, without blanks around and without case are one. The oldest account keeps the name;
-- the others get their id behind it, which the security trail says (`comms audit --action user.renamed`).
UPDATE users
SET username = regexp_replace(normalize(username, NFC), '^\s+|\s+$', '', 'g')
WHERE username IS DISTINCT FROM regexp_replace(normalize(username, NFC), '^\s+|\s+$', '', 'g');--> statement-breakpoint
WITH ordered AS (
  SELECT id, row_number() OVER (PARTITION BY lower(username) ORDER BY created_at, id) AS nth FROM users
), renamed AS (
  UPDATE users u
  SET username = left(u.username, 100) || '~' || u.id
  FROM ordered o
  WHERE o.id = u.id AND (o.nth > 1 OR u.username = '')
  RETURNING u.id
)
INSERT INTO security_events (id, actor_kind, action, subject_id, details)
SELECT gen_random_uuid(), 'operator', 'user.renamed', id, jsonb_build_object('user_id', id)
FROM renamed;--> statement-breakpoint
-- The server's role may only add to the trail. Failed logins, which anybody can make, are kept for ninety days.
CREATE FUNCTION purge_failed_logins() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM public.security_events WHERE action = 'login.failed' AND occurred_at < now() - interval '90 days'
$$;--> statement-breakpoint
CREATE UNIQUE INDEX "users_username" ON "users" USING btree (lower(normalize("username", NFC)));