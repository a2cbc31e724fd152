-- The search index of tasks, as 0004 has it for customers and deals; and open tasks in the order in which they are due, whoever's.

CREATE INDEX tasks_due ON tasks (due_on, id) WHERE done_at IS NULL AND deleted_at IS NULL;
CREATE TABLE tasks_search_rows (nr INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
CREATE VIRTUAL TABLE tasks_search_text USING fts5 (search_key, tokenize = 'trigram');
CREATE VIEW tasks_search AS
    SELECT r.id AS id, t.search_key AS search_key
    FROM tasks_search_text t JOIN tasks_search_rows r ON r.nr = t.rowid;
CREATE TRIGGER tasks_search_insert AFTER INSERT ON tasks BEGIN
    INSERT INTO tasks_search_rows (id) VALUES (new.id);
    INSERT INTO tasks_search_text (rowid, search_key)
        SELECT nr, new.search_key FROM tasks_search_rows WHERE id = new.id;
END;
CREATE TRIGGER tasks_search_update AFTER UPDATE OF search_key ON tasks WHEN old.search_key <> new.search_key BEGIN
    UPDATE tasks_search_text SET search_key = new.search_key
        WHERE rowid = (SELECT nr FROM tasks_search_rows WHERE id = new.id);
END;
INSERT INTO tasks_search_rows (id) SELECT id FROM tasks;
INSERT INTO tasks_search_text (rowid, search_key)
    SELECT r.nr, t.search_key FROM tasks_search_rows r JOIN tasks t ON t.id = r.id;
