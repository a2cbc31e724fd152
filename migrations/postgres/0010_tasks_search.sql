-- The search index of tasks, as 0004 has it for customers and deals; and open tasks in the order in which they are due, whoever's.

CREATE INDEX tasks_due ON tasks (due_on, id) WHERE done_at IS NULL AND deleted_at IS NULL;
CREATE INDEX tasks_search_trgm ON tasks USING gin (search_key gin_trgm_ops);
CREATE VIEW tasks_search AS SELECT id, search_key FROM tasks;
