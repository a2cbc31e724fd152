-- Customers (a person or an organisation) and an organisation's contacts.
-- search_key: what is searched; name_key: the start of the name; sort_key: Turkish order (see i18n and server/text.rs).

CREATE TABLE customers (
    id UUID PRIMARY KEY,
    owner_id UUID NOT NULL REFERENCES units (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    phones JSONB NOT NULL,
    emails JSONB NOT NULL,
    city TEXT NOT NULL,
    address TEXT NOT NULL,
    tax_number TEXT NOT NULL,
    tax_office TEXT NOT NULL,
    sector TEXT NOT NULL,
    source TEXT NOT NULL,
    interest TEXT NOT NULL,
    note TEXT NOT NULL,
    search_key TEXT NOT NULL,
    name_key BYTEA NOT NULL,
    sort_key BYTEA NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES people (id),
    updated_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ
);
CREATE INDEX customers_sort ON customers (sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_owner ON customers (owner_id, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_name ON customers (name_key) WHERE deleted_at IS NULL;

CREATE TABLE contacts (
    id UUID PRIMARY KEY,
    customer_id UUID NOT NULL REFERENCES customers (id),
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    job TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL
);
CREATE INDEX contacts_customer ON contacts (customer_id, place);
