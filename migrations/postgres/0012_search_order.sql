-- The search index shows the order of what it finds and whose it is, as that of SQLite does.

CREATE OR REPLACE VIEW customers_search AS SELECT id, search_key, sort_key, owner_id, deleted_at FROM customers;
