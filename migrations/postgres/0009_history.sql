-- Everything one did, and everything that happened, by time; what was taken back; what is a part of something that is taken back as a
-- whole; what is deleted, for the trash and its end.
ALTER TABLE events ADD COLUMN part_of UUID;
CREATE INDEX events_actor ON events (actor_id, at, id);
CREATE INDEX events_at ON events (at, id);
CREATE INDEX events_kind ON events (kind, at, id);
CREATE INDEX events_undoes ON events (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX events_part_of ON events (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX customers_deleted ON customers (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX deals_deleted ON deals (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX activities_deleted ON activities (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX tasks_deleted ON tasks (deleted_at) WHERE deleted_at IS NOT NULL;
