#!/bin/sh
# The postgres image runs this once, on an empty volume. It creates the owner, which runs migrations, and the server's role,
# to which migrations grant the privileges to read and write rows.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set owner_password="$OWNER_PASSWORD" --set server_password="$SERVER_PASSWORD" <<'SQL'
CREATE ROLE communications_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE communications_server LOGIN PASSWORD :'server_password';
ALTER DATABASE communications OWNER TO communications_owner;
ALTER SCHEMA public OWNER TO communications_owner;
SQL
