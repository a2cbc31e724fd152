-- The firm, its tree of units, its people, what each may see, and their sessions.
-- One text for both engines; every value (ids, times, keys) is made by the program.

CREATE TABLE firm (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    currency TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- The organisation is a tree. A person is a leaf of it: their unit has their own id.
CREATE TABLE units (
    id UUID PRIMARY KEY,
    parent_id UUID REFERENCES units (id),
    name TEXT NOT NULL,
    sort_key BYTEA NOT NULL
);
CREATE INDEX units_parent ON units (parent_id);

CREATE TABLE people (
    id UUID PRIMARY KEY REFERENCES units (id),
    email TEXT UNIQUE,
    role TEXT NOT NULL,
    sees TEXT NOT NULL,
    password_hash TEXT,
    language TEXT,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- Which units' records a person may see; rebuilt whenever the tree or a person's reach changes.
CREATE TABLE reach (
    viewer_id UUID NOT NULL REFERENCES people (id),
    unit_id UUID NOT NULL REFERENCES units (id),
    PRIMARY KEY (viewer_id, unit_id)
);

CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id),
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);

-- What happened: one row per change, written in the transaction of the change.
CREATE TABLE events (
    id UUID PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    actor_id UUID NOT NULL REFERENCES people (id),
    unit_id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    customer_id UUID,
    what TEXT NOT NULL,
    before JSONB NOT NULL,
    after JSONB NOT NULL,
    cmd_id UUID UNIQUE,
    undoes UUID
);
CREATE INDEX events_subject ON events (subject_id, id);
CREATE INDEX events_customer ON events (customer_id, id);

-- Where a record came from, so that bringing the same file in twice changes nothing.
CREATE TABLE imported (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    external_id TEXT NOT NULL,
    id UUID NOT NULL,
    PRIMARY KEY (source, kind, external_id)
);
