-- Lets one GIN index lead with company_id (`ct_search`). A trusted extension: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS btree_gin;
