-- Settings: where a session is, one-time links (to join, or to set a new password), a counter that moves whenever somebody's rights
-- are taken away or given, and versions of what is edited there. A stage or a pipeline that is gone keeps its row: history names it.

ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';

CREATE TABLE links (
    token_hash BYTEA PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id),
    made_by UUID NOT NULL REFERENCES people (id),
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX links_person ON links (person_id);

CREATE TABLE rights (changes BIGINT NOT NULL);
INSERT INTO rights (changes) VALUES (0);

ALTER TABLE firm ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE units ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE pipelines ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE pipelines ADD COLUMN deleted_at TIMESTAMPTZ;
ALTER TABLE stages ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE stages ADD COLUMN deleted_at TIMESTAMPTZ;
