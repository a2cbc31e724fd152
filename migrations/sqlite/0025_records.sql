-- One row for each record, whatever its kind: on which unit it hangs, on which card it stands, how it is called and found, whether it lies
-- in the trash. What a kind alone knows stays in its own table, and so does what its lists read from their own indices (src/records/).
-- One search index serves all kinds; `nr` ties it to the rows and is no fact of the firm.

CREATE TABLE records (
    nr INTEGER PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
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
    SELECT id, 'deal', owner_id, created_at, created_by, deleted_at, customer_id, customer_id, x'', name_key, title, search_key FROM deals;
INSERT INTO records (id, kind, owner_id, created_at, created_by, deleted_at, customer_id, parent_id, sort_key, name_key, name,
                     search_key)
    SELECT id, 'task', owner_id, created_at, created_by, deleted_at, customer_id, COALESCE(deal_id, customer_id),
           x'', CAST(search_key AS BLOB), title, search_key
    FROM tasks;
-- What passed between us and a customer has no owner: it hangs where its card hangs. Nor is it looked for.
INSERT INTO records (id, kind, owner_id, created_at, created_by, deleted_at, customer_id, parent_id, sort_key, name_key, name,
                     search_key)
    SELECT a.id, 'activity', NULL, a.created_at, a.created_by, a.deleted_at, a.customer_id,
           COALESCE(a.deal_id, a.customer_id), x'', x'', SUBSTR(a.content, 1, 200), ''
    FROM activities a WHERE a.deal_id IS NOT NULL OR a.customer_id IS NOT NULL;

CREATE INDEX records_owner ON records (owner_id, kind, deleted_at, id) WHERE owner_id IS NOT NULL;
CREATE INDEX records_parent ON records (parent_id, kind, id) WHERE parent_id IS NOT NULL;
CREATE INDEX records_customer ON records (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX records_deleted ON records (deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX records_name ON records (kind, name_key, id, owner_id, deleted_at) WHERE search_key <> '';

DROP VIEW customers_search;
DROP VIEW deals_search;
DROP VIEW tasks_search;
DROP TRIGGER customers_search_insert;
DROP TRIGGER customers_search_update;
DROP TRIGGER customers_search_order;
DROP TRIGGER customers_search_delete;
DROP TRIGGER deals_search_insert;
DROP TRIGGER deals_search_update;
DROP TRIGGER deals_search_delete;
DROP TRIGGER tasks_search_insert;
DROP TRIGGER tasks_search_update;
DROP TABLE customers_search_text;
DROP TABLE customers_search_rows;
DROP TABLE deals_search_text;
DROP TABLE deals_search_rows;
DROP TABLE tasks_search_text;
DROP TABLE tasks_search_rows;

-- FTS5 trigrams, with a copy of the text: so `kartotek check` can tell whether the index knows every record.
CREATE VIRTUAL TABLE records_search_text USING fts5 (search_key, columnsize = 0, tokenize = 'trigram');
INSERT INTO records_search_text (rowid, search_key) SELECT nr, search_key FROM records WHERE search_key <> '';
CREATE TRIGGER records_search_insert AFTER INSERT ON records WHEN new.search_key <> '' BEGIN
    INSERT INTO records_search_text (rowid, search_key) VALUES (new.nr, new.search_key);
END;
CREATE TRIGGER records_search_update AFTER UPDATE OF search_key ON records WHEN old.search_key <> new.search_key BEGIN
    DELETE FROM records_search_text WHERE rowid = old.nr;
    INSERT INTO records_search_text (rowid, search_key) SELECT new.nr, new.search_key WHERE new.search_key <> '';
END;
CREATE TRIGGER records_search_delete AFTER DELETE ON records WHEN old.search_key <> '' BEGIN
    DELETE FROM records_search_text WHERE rowid = old.nr;
END;
-- Joined crosswise: what the index finds is read first. `found` is what FTS5 is asked by.
CREATE VIEW records_search AS
    SELECT r.id AS id, r.kind AS kind, t.search_key AS search_key, r.name_key AS name_key, r.sort_key AS sort_key, r.owner_id AS owner_id,
           r.deleted_at AS deleted_at, t.records_search_text AS found
    FROM records_search_text t CROSS JOIN records r WHERE r.nr = t.rowid;

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
