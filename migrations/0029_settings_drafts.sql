-- What an owner prepares in the settings and publishes at once (src/settings_draft/): one draft a person. A change is written as the event
-- that it will be; `given` is the number that a new kind of record will have, `parent_id` the pipeline of a new stage.

CREATE TABLE settings_drafts (
    person_id UUID PRIMARY KEY REFERENCES people (id),
    id UUID NOT NULL,
    begun_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE draft_changes (
    person_id UUID NOT NULL REFERENCES settings_drafts (person_id),
    number BIGINT NOT NULL,
    part_of BIGINT,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    what TEXT NOT NULL,
    before JSONB NOT NULL,
    after JSONB NOT NULL,
    given BIGINT,
    parent_id UUID,
    PRIMARY KEY (person_id, number)
);
