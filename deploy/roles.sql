-- Creates two roles and a database. Run it once as an administrator of the PostgreSQL server, also of a managed one. Then set
-- two long passwords: \password communications_owner, \password communications_server.
-- The owner runs `comms migrate` and the other commands; the server's role reads and writes rows and can't change tables.
CREATE ROLE communications_owner LOGIN;
CREATE ROLE communications_server LOGIN;
GRANT communications_owner TO CURRENT_USER;
CREATE DATABASE communications OWNER communications_owner ENCODING 'UTF8' TEMPLATE template0;
