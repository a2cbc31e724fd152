-- A search shows first whose names begin with what was typed: they are read in the order of the folded names.

DROP INDEX customers_name;
CREATE INDEX customers_name ON customers (name_key, id, owner_id) WHERE deleted_at IS NULL;
CREATE OR REPLACE VIEW customers_search AS SELECT id, search_key, sort_key, owner_id, deleted_at, name_key FROM customers;
