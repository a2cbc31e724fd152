-- A search shows first whose names begin with what was typed: they are read in the order of the folded names. Who sees few customers looks
-- for a common word among theirs, in an index that holds what is searched.

DROP INDEX customers_name;
CREATE INDEX customers_name ON customers (name_key, id, owner_id) WHERE deleted_at IS NULL;
-- Beside customers_owner, which is thin enough to count by.
CREATE INDEX customers_owner_search ON customers (owner_id, sort_key, id, name_key, search_key) WHERE deleted_at IS NULL;

DROP VIEW customers_search;
DROP TRIGGER customers_search_insert;
DROP TRIGGER customers_search_order;
ALTER TABLE customers_search_rows ADD COLUMN name_key BLOB NOT NULL DEFAULT x'';
UPDATE customers_search_rows SET name_key = (SELECT c.name_key FROM customers c WHERE c.id = customers_search_rows.id);
CREATE VIEW customers_search AS
    SELECT r.id AS id, t.search_key AS search_key, r.name_key AS name_key, r.sort_key AS sort_key, r.owner_id AS owner_id,
           r.deleted_at AS deleted_at, t.customers_search_text AS found
    FROM customers_search_text t JOIN customers_search_rows r ON r.nr = t.rowid;
CREATE TRIGGER customers_search_insert AFTER INSERT ON customers BEGIN
    INSERT INTO customers_search_rows (id, name_key, sort_key, owner_id, deleted_at)
        VALUES (new.id, new.name_key, new.sort_key, new.owner_id, new.deleted_at);
    INSERT INTO customers_search_text (rowid, search_key)
        SELECT nr, new.search_key FROM customers_search_rows WHERE id = new.id;
END;
CREATE TRIGGER customers_search_order AFTER UPDATE OF name_key, sort_key, owner_id, deleted_at ON customers BEGIN
    UPDATE customers_search_rows
        SET name_key = new.name_key, sort_key = new.sort_key, owner_id = new.owner_id, deleted_at = new.deleted_at WHERE id = new.id;
END;
