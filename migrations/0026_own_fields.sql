-- The fields that a firm gives its records itself (src/fields/own/), and the values that records have in them: a JSON object by the keys of
-- the fields. A field that is not used any more keeps its row, since records and history name it.

CREATE TABLE own_fields (
    id UUID PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    part TEXT NOT NULL,
    shape TEXT NOT NULL,
    choices JSONB NOT NULL,
    required BOOLEAN NOT NULL,
    searched BOOLEAN NOT NULL,
    position TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX own_fields_kind ON own_fields (kind, position, id);

ALTER TABLE records ADD COLUMN own JSONB NOT NULL DEFAULT '{}';
