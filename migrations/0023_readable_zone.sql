-- A company's time zone as AT TIME ZONE reads it. AT TIME ZONE asks the abbreviations before the zones, so a name that is
-- both would lose its summer time: such a name stands for the zone that the IANA database links it to. A name that this
-- PostgreSQL doesn't know, stored before zones were compared or by another version, reads as UTC rather than failing every
-- list; `comms doctor` names the company.
CREATE FUNCTION readable_zone(zone text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  readable text := CASE upper(zone)
                     WHEN 'CET' THEN 'Europe/Brussels'
                     WHEN 'MET' THEN 'Europe/Brussels'
                     WHEN 'EET' THEN 'Europe/Athens'
                     WHEN 'WET' THEN 'Europe/Lisbon'
                     ELSE zone
                   END;
BEGIN
  PERFORM now() AT TIME ZONE readable;
  RETURN readable;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN 'UTC';
END
$$;
