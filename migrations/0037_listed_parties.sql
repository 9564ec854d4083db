ALTER TABLE "communication_threads" ADD COLUMN "listed_parties" json;--> statement-breakpoint
-- What `conversations/listed-parties.ts` makes when a message is written, for the messages that are stored already.
CREATE FUNCTION cut_party(party jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT
RETURN CASE WHEN jsonb_typeof(party) = 'object'
            THEN jsonb_build_object('name', left(party ->> 'name', 200), 'email', left(party ->> 'email', 320))
            ELSE party
       END;
--> statement-breakpoint
CREATE FUNCTION first_recipients(recipients jsonb, used bigint, OUT shown jsonb, OUT bytes bigint)
LANGUAGE sql IMMUTABLE
RETURN (
  SELECT ROW(COALESCE(jsonb_agg(r.party ORDER BY r.nth) FILTER (WHERE r.nth = 1 OR r.total <= 6144), '[]'),
             COALESCE(max(r.total), used))
  FROM (SELECT e.party, e.nth, used + sum(octet_length(e.party::text) - 3) OVER (ORDER BY e.nth) AS total
        FROM (SELECT cut_party(value) AS party, nth
              FROM jsonb_array_elements(jsonb_path_query_array(recipients, '$[0 to 99]')) WITH ORDINALITY AS v(value, nth)) e) r
);
--> statement-breakpoint
UPDATE communication_threads t
SET listed_parties = jsonb_build_object('from', l."from", 'to', l."to", 'cc', l.cc)::json
FROM (SELECT m.company_id, m.id, cut_party(m.from_address) AS "from", o.shown AS "to", c.shown AS cc
      FROM communication_threads m
      CROSS JOIN LATERAL first_recipients(m.to_addresses, 0) o
      CROSS JOIN LATERAL first_recipients(m.cc_addresses, o.bytes) c
      WHERE octet_length(m.from_address::text) > 200
         OR octet_length(m.to_addresses::text) > 200
         OR octet_length(m.cc_addresses::text) > 200) l
WHERE t.company_id = l.company_id AND t.id = l.id
  AND (l."from", l."to", l.cc) IS DISTINCT FROM (t.from_address, t.to_addresses, t.cc_addresses);
--> statement-breakpoint
DROP FUNCTION first_recipients(jsonb, bigint);
--> statement-breakpoint
DROP FUNCTION cut_party(jsonb);
