-- Tasks: what somebody promised to do, on a day or at a time of it (minute of the day, in the firm's zone). A task hangs on its assignee's
-- unit (owner_id). The task of a deal carries the deal's customer, which follows the deal.

CREATE TABLE tasks (
    id UUID PRIMARY KEY,
    owner_id UUID NOT NULL REFERENCES units (id),
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_on DATE NOT NULL,
    due_at BIGINT,
    customer_id UUID REFERENCES customers (id),
    deal_id UUID REFERENCES deals (id),
    note TEXT NOT NULL,
    done_at TIMESTAMPTZ,
    done_by UUID REFERENCES people (id),
    search_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES people (id),
    updated_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ
);
CREATE INDEX tasks_owner ON tasks (owner_id, due_on, id) WHERE done_at IS NULL AND deleted_at IS NULL;
CREATE INDEX tasks_deal ON tasks (deal_id, due_on, id) WHERE done_at IS NULL AND deleted_at IS NULL;
CREATE INDEX tasks_customer ON tasks (customer_id, due_on, id) WHERE done_at IS NULL AND deleted_at IS NULL;
CREATE INDEX tasks_done ON tasks (owner_id, done_at) WHERE done_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX tasks_of_deal ON tasks (deal_id) WHERE deal_id IS NOT NULL;
