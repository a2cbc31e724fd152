-- Pipelines, their stages, products, and deals. A deal's status is its stage's status.

CREATE TABLE pipelines (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    place BIGINT NOT NULL
);

CREATE TABLE stages (
    id UUID PRIMARY KEY,
    pipeline_id UUID NOT NULL REFERENCES pipelines (id),
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    place BIGINT NOT NULL,
    color BIGINT NOT NULL,
    probability BIGINT NOT NULL,
    moves BIGINT NOT NULL
);
CREATE INDEX stages_pipeline ON stages (pipeline_id, place);

CREATE TABLE products (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    series TEXT NOT NULL,
    price BIGINT,
    currency TEXT NOT NULL,
    sort_key BYTEA NOT NULL,
    active BOOLEAN NOT NULL
);

CREATE TABLE deals (
    id UUID PRIMARY KEY,
    owner_id UUID NOT NULL REFERENCES units (id),
    customer_id UUID REFERENCES customers (id),
    stage_id UUID NOT NULL REFERENCES stages (id),
    position BYTEA NOT NULL,
    title TEXT NOT NULL,
    amount BIGINT,
    currency TEXT NOT NULL,
    product_id UUID REFERENCES products (id),
    source TEXT NOT NULL,
    contract BOOLEAN NOT NULL,
    opened_on DATE NOT NULL,
    expected_on DATE,
    closed_on DATE,
    lost_reason TEXT NOT NULL,
    note TEXT NOT NULL,
    stage_since TIMESTAMPTZ NOT NULL,
    search_key TEXT NOT NULL,
    name_key BYTEA NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES people (id),
    updated_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ
);
CREATE INDEX deals_stage ON deals (stage_id, position, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_customer ON deals (customer_id) WHERE deleted_at IS NULL;
CREATE INDEX deals_owner ON deals (owner_id, stage_id, position, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_name ON deals (name_key) WHERE deleted_at IS NULL;
