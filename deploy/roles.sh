#!/bin/sh
# Run once by the postgres image, on an empty volume: an owner for migrations, and the server's own role, which may read
# and write rows and nothing else. Migrations grant it what it needs.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set owner_password="$OWNER_PASSWORD" --set server_password="$SERVER_PASSWORD" <<'SQL'
CREATE ROLE communications_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE communications_server LOGIN PASSWORD :'server_password';
ALTER DATABASE communications OWNER TO communications_owner;
ALTER SCHEMA public OWNER TO communications_owner;
SQL
