-- Activities: one dated interaction each. One that hangs on a deal carries the deal's customer as well, so that a customer's card finds all.

CREATE TABLE activities (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    customer_id UUID REFERENCES customers (id),
    deal_id UUID REFERENCES deals (id),
    person_id UUID NOT NULL REFERENCES people (id),
    contact TEXT NOT NULL,
    direction TEXT,
    outcome TEXT,
    result TEXT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES people (id),
    updated_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ
);
CREATE INDEX activities_customer ON activities (customer_id, at, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_deal ON activities (deal_id, at, id) WHERE deleted_at IS NULL;

-- On which cards an event is told beside its subject's and its customer's: the deal of an activity, the customer a deal has left.
CREATE TABLE event_cards (
    card_id UUID NOT NULL,
    event_id UUID NOT NULL REFERENCES events (id),
    PRIMARY KEY (card_id, event_id)
);

-- A card reads its history by time, beside its activities.
CREATE INDEX events_subject_at ON events (subject_id, at, id);
CREATE INDEX events_customer_at ON events (customer_id, at, id);
DROP INDEX events_subject;
DROP INDEX events_customer;
