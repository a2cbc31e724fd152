-- What decides which customers stand on a page, and in which order, is read from the index alone: whose they are, their order, and what
-- their name begins with. The rows themselves are read only for the page.

DROP INDEX customers_sort;
DROP INDEX customers_owner;
DROP INDEX customers_name;
CREATE INDEX customers_sort ON customers (sort_key, id, owner_id) WHERE deleted_at IS NULL;
CREATE INDEX customers_owner ON customers (owner_id, sort_key, id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX customers_name ON customers (name_key, sort_key, id, owner_id) WHERE deleted_at IS NULL;
