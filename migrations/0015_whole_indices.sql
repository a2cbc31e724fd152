-- What hangs on a customer or a deal is found by an index even where it is deleted: when a deal goes to another customer, when what was
-- deleted goes for good, and when the engine asks whether anything still refers to it. Before, each of these read the whole table.

DROP INDEX activities_customer;
CREATE INDEX activities_customer ON activities (customer_id, at, id, deleted_at);
DROP INDEX activities_deal;
CREATE INDEX activities_deal ON activities (deal_id, at, id, deleted_at);
DROP INDEX deals_customer;
CREATE INDEX deals_customer ON deals (customer_id, deleted_at);
CREATE INDEX tasks_of_customer ON tasks (customer_id) WHERE customer_id IS NOT NULL;
