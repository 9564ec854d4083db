-- The statement that authorises a caller travels in one batch with the statements that read the rows. PostgreSQL skips
-- the rest of a batch after an error, so a refusal raised here reads no row of a company, whatever was asked for.
-- VOLATILE (the default), so that the planner never runs it. The server maps the SQLSTATE to 401 or 403.
CREATE FUNCTION refuse_caller(reason text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = reason, MESSAGE = 'caller refused';
END
$$;
