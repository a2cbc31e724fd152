-- The kinds of record that a firm makes itself (src/own_kinds/), and their records (src/own_records/). A kind that is not used any more keeps
-- its row, since records and history name it; its stages are a list with a number each, which is never given again. The records stand in
-- the table of all records like any other; here is what their lists and boards are read from.

CREATE TABLE own_kinds (
    id UUID PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    one_tr TEXT NOT NULL,
    many_tr TEXT NOT NULL,
    one_en TEXT NOT NULL,
    many_en TEXT NOT NULL,
    icon TEXT NOT NULL,
    on_customer BOOLEAN NOT NULL,
    stages JSONB NOT NULL,
    position TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE own_records (
    id UUID PRIMARY KEY,
    kind_number BIGINT NOT NULL REFERENCES own_kinds (number),
    version BIGINT NOT NULL,
    owner_id UUID NOT NULL REFERENCES units (id),
    customer_id UUID REFERENCES customers (id),
    name TEXT NOT NULL,
    sort_key BYTEA NOT NULL,
    stage BIGINT,
    position TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ
);
CREATE INDEX own_records_name ON own_records (kind_number, sort_key, id, owner_id) WHERE deleted_at IS NULL;
CREATE INDEX own_records_owner ON own_records (owner_id, kind_number, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX own_records_stage ON own_records (kind_number, stage, position, id, owner_id) WHERE deleted_at IS NULL;
CREATE INDEX own_records_customer ON own_records (customer_id, kind_number, sort_key, id) WHERE customer_id IS NOT NULL;

-- What passed about such a record, and what somebody promised to do about it, hangs on it as on a deal.
ALTER TABLE activities ADD COLUMN record_id UUID REFERENCES own_records (id);
ALTER TABLE tasks ADD COLUMN record_id UUID REFERENCES own_records (id);
CREATE INDEX activities_record ON activities (record_id, at, id, deleted_at) WHERE record_id IS NOT NULL;
CREATE INDEX tasks_record ON tasks (record_id, due_on, id) WHERE record_id IS NOT NULL;

-- A field of the firm's own can hold another record or a person: what it may hold, and, for the way back from the other one, which it holds.
ALTER TABLE own_fields ADD COLUMN target TEXT NOT NULL DEFAULT '';
CREATE TABLE record_links (
    record_id UUID NOT NULL REFERENCES records (id),
    field_number BIGINT NOT NULL REFERENCES own_fields (number),
    target_id UUID NOT NULL,
    PRIMARY KEY (record_id, field_number)
);
CREATE INDEX record_links_target ON record_links (target_id, field_number, record_id);
