-- The search index knows the order of what it finds and whose it is: a word that thousands of customers have in common is put in order
-- without reading them. `found` is what FTS5 is asked by: a phrase of trigrams is exactly a part of the text, and unlike LIKE it is not
-- compared once more with the text itself.

DROP VIEW customers_search;
DROP TRIGGER customers_search_insert;
ALTER TABLE customers_search_rows ADD COLUMN sort_key BLOB NOT NULL DEFAULT x'';
ALTER TABLE customers_search_rows ADD COLUMN owner_id UUID;
ALTER TABLE customers_search_rows ADD COLUMN deleted_at TIMESTAMPTZ;
UPDATE customers_search_rows SET (sort_key, owner_id, deleted_at) =
    (SELECT c.sort_key, c.owner_id, c.deleted_at FROM customers c WHERE c.id = customers_search_rows.id);
CREATE VIEW customers_search AS
    SELECT r.id AS id, t.search_key AS search_key, r.sort_key AS sort_key, r.owner_id AS owner_id, r.deleted_at AS deleted_at,
           t.customers_search_text AS found
    FROM customers_search_text t JOIN customers_search_rows r ON r.nr = t.rowid;
CREATE TRIGGER customers_search_insert AFTER INSERT ON customers BEGIN
    INSERT INTO customers_search_rows (id, sort_key, owner_id, deleted_at) VALUES (new.id, new.sort_key, new.owner_id, new.deleted_at);
    INSERT INTO customers_search_text (rowid, search_key)
        SELECT nr, new.search_key FROM customers_search_rows WHERE id = new.id;
END;
CREATE TRIGGER customers_search_order AFTER UPDATE OF sort_key, owner_id, deleted_at ON customers BEGIN
    UPDATE customers_search_rows SET sort_key = new.sort_key, owner_id = new.owner_id, deleted_at = new.deleted_at WHERE id = new.id;
END;
