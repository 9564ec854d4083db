-- Two roles and a database, once, as an administrator of the PostgreSQL server (on a managed one too). Then two long
-- passwords: \password communications_owner, \password communications_server.
-- The owner is for `comms migrate` alone; the server's own role reads and writes rows and can't change a table.
CREATE ROLE communications_owner LOGIN;
CREATE ROLE communications_server LOGIN;
GRANT communications_owner TO CURRENT_USER;
CREATE DATABASE communications OWNER communications_owner ENCODING 'UTF8' TEMPLATE template0;
