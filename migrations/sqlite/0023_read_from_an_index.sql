-- What was to be read from an index alone read the rows, too: SQLite takes a column that only the index's own condition names from the
-- table. So the column stands in the index. Counting 50,000 customers cost 16 ms, what 10,000 open deals are worth 140.

DROP INDEX customers_owner;
CREATE INDEX customers_owner ON customers (owner_id, sort_key, id, name_key, deleted_at) WHERE deleted_at IS NULL;
DROP INDEX customers_owner_search;
CREATE INDEX customers_owner_search ON customers (owner_id, sort_key, id, name_key, search_key, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX deals_worth ON deals (owner_id, stage_id, currency, amount, deleted_at) WHERE deleted_at IS NULL;
