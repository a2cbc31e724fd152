-- The search index of SQLite: FTS5 trigrams. The statements read customers_search and deals_search (id, search_key) with LIKE on
-- both engines. Row numbers of their own keep the index right when VACUUM renumbers the tables.

CREATE TABLE customers_search_rows (nr INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
CREATE VIRTUAL TABLE customers_search_text USING fts5 (search_key, tokenize = 'trigram');
CREATE VIEW customers_search AS
    SELECT r.id AS id, t.search_key AS search_key
    FROM customers_search_text t JOIN customers_search_rows r ON r.nr = t.rowid;
CREATE TRIGGER customers_search_insert AFTER INSERT ON customers BEGIN
    INSERT INTO customers_search_rows (id) VALUES (new.id);
    INSERT INTO customers_search_text (rowid, search_key)
        SELECT nr, new.search_key FROM customers_search_rows WHERE id = new.id;
END;
CREATE TRIGGER customers_search_update AFTER UPDATE OF search_key ON customers WHEN old.search_key <> new.search_key BEGIN
    UPDATE customers_search_text SET search_key = new.search_key
        WHERE rowid = (SELECT nr FROM customers_search_rows WHERE id = new.id);
END;

CREATE TABLE deals_search_rows (nr INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
CREATE VIRTUAL TABLE deals_search_text USING fts5 (search_key, tokenize = 'trigram');
CREATE VIEW deals_search AS
    SELECT r.id AS id, t.search_key AS search_key
    FROM deals_search_text t JOIN deals_search_rows r ON r.nr = t.rowid;
CREATE TRIGGER deals_search_insert AFTER INSERT ON deals BEGIN
    INSERT INTO deals_search_rows (id) VALUES (new.id);
    INSERT INTO deals_search_text (rowid, search_key)
        SELECT nr, new.search_key FROM deals_search_rows WHERE id = new.id;
END;
CREATE TRIGGER deals_search_update AFTER UPDATE OF search_key ON deals WHEN old.search_key <> new.search_key BEGIN
    UPDATE deals_search_text SET search_key = new.search_key
        WHERE rowid = (SELECT nr FROM deals_search_rows WHERE id = new.id);
END;
