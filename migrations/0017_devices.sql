-- Browsers in which a person has signed in before: each has its own limit of tries, so that nobody else can keep the person out.

CREATE TABLE devices (
    token_hash BYTEA NOT NULL,
    person_id UUID NOT NULL REFERENCES people (id),
    seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (token_hash, person_id)
);
CREATE INDEX devices_person ON devices (person_id, seen_at);
