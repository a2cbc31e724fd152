-- Who sees many walks a list in its order: the owner and the deletion stand in the index of the stage, so that the walk reads no rows; the
-- sums of the board are read from theirs alone on SQLite, too; and what is done, of everyone, has an order of its own.

DROP INDEX deals_stage;
CREATE INDEX deals_stage ON deals (stage_id, position, id, owner_id, deleted_at) WHERE deleted_at IS NULL;
DROP INDEX deals_sums;
CREATE INDEX deals_sums ON deals (stage_id, currency, amount, owner_id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX tasks_finished ON tasks (done_at, id) WHERE done_at IS NOT NULL AND deleted_at IS NULL;
-- Without a time a task stands at the end of its day: the order of the lists, as it stands in their statements.
DROP INDEX tasks_due;
CREATE INDEX tasks_due ON tasks (due_on, COALESCE(due_at, 1440), id) WHERE done_at IS NULL AND deleted_at IS NULL;
DROP INDEX tasks_owner;
CREATE INDEX tasks_owner ON tasks (owner_id, due_on, COALESCE(due_at, 1440), id) WHERE done_at IS NULL AND deleted_at IS NULL;
