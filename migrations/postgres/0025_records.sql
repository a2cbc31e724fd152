-- One row for each record, whatever its kind: on which unit it hangs, on which card it stands, how it is called and found, whether it lies
-- in the trash. What a kind alone knows stays in its own table, and so does what its lists read from their own indices (src/records/).
-- One search index serves all kinds.

CREATE TABLE records (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    owner_id UUID REFERENCES units (id),
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES people (id),
    deleted_at TIMESTAMPTZ,
    customer_id UUID REFERENCES customers (id),
    parent_id UUID,
    sort_key BYTEA NOT NULL,
    name_key BYTEA NOT NULL,
    name TEXT NOT NULL,
    search_key TEXT NOT NULL
);
INSERT INTO records (id, kind, owner_id, created_at, created_by, deleted_at, customer_id, parent_id, sort_key, name_key, name,
                     search_key)
    SELECT id, 'customer', owner_id, created_at, created_by, deleted_at, NULL, NULL, sort_key, name_key, name, search_key FROM customers;
INSERT INTO records (id, kind, owner_id, created_at, created_by, deleted_at, customer_id, parent_id, sort_key, name_key, name,
                     search_key)
    SELECT id, 'deal', owner_id, created_at, created_by, deleted_at, customer_id, customer_id, '', name_key, title, search_key FROM deals;
INSERT INTO records (id, kind, owner_id, created_at, created_by, deleted_at, customer_id, parent_id, sort_key, name_key, name,
                     search_key)
    SELECT id, 'task', owner_id, created_at, created_by, deleted_at, customer_id, COALESCE(deal_id, customer_id),
           '', CONVERT_TO(search_key, 'UTF8'), title,
           search_key
    FROM tasks;
-- What passed between us and a customer has no owner: it hangs where its card hangs. Nor is it looked for.
INSERT INTO records (id, kind, owner_id, created_at, created_by, deleted_at, customer_id, parent_id, sort_key, name_key, name,
                     search_key)
    SELECT a.id, 'activity', NULL, a.created_at, a.created_by, a.deleted_at, a.customer_id,
           COALESCE(a.deal_id, a.customer_id), '', '', SUBSTR(a.content, 1, 200), ''
    FROM activities a WHERE a.deal_id IS NOT NULL OR a.customer_id IS NOT NULL;

CREATE INDEX records_owner ON records (owner_id, kind, deleted_at, id) WHERE owner_id IS NOT NULL;
CREATE INDEX records_parent ON records (parent_id, kind, id) WHERE parent_id IS NOT NULL;
CREATE INDEX records_customer ON records (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX records_deleted ON records (deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX records_name ON records (kind, name_key, id, owner_id, deleted_at) WHERE search_key <> '';

DROP VIEW customers_search;
DROP VIEW deals_search;
DROP VIEW tasks_search;
DROP INDEX customers_search_trgm;
DROP INDEX deals_search_trgm;
DROP INDEX tasks_search_trgm;
-- The owner stands in it, too: what somebody's own have in common with what was typed is found without reading either.
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX records_search_trgm ON records USING gin (owner_id, search_key gin_trgm_ops) WHERE search_key <> '';
CREATE VIEW records_search AS
    SELECT id, kind, search_key, name_key, sort_key, owner_id, deleted_at FROM records WHERE search_key <> '';

-- What only search and the trash asked for.
DROP INDEX deals_name;
DROP INDEX customers_deleted;
DROP INDEX deals_deleted;
DROP INDEX activities_deleted;
DROP INDEX tasks_deleted;
ALTER TABLE deals DROP COLUMN search_key;
ALTER TABLE deals DROP COLUMN name_key;
ALTER TABLE tasks DROP COLUMN search_key;
ALTER TABLE customers DROP COLUMN created_at;
ALTER TABLE customers DROP COLUMN created_by;
ALTER TABLE deals DROP COLUMN created_at;
ALTER TABLE deals DROP COLUMN created_by;
ALTER TABLE activities DROP COLUMN created_at;
ALTER TABLE activities DROP COLUMN created_by;
ALTER TABLE tasks DROP COLUMN created_at;
ALTER TABLE tasks DROP COLUMN created_by;
