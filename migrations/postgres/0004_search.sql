-- The search index of PostgreSQL: pg_trgm. The statements read customers_search and deals_search (id, search_key) with LIKE on
-- both engines.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX customers_search_trgm ON customers USING gin (search_key gin_trgm_ops);
CREATE INDEX deals_search_trgm ON deals USING gin (search_key gin_trgm_ops);
CREATE VIEW customers_search AS SELECT id, search_key FROM customers;
CREATE VIEW deals_search AS SELECT id, search_key FROM deals;
