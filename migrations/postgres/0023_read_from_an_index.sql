-- What the deals of some owners are worth is added up from an index alone.
CREATE INDEX deals_worth ON deals (owner_id, stage_id, currency, amount) WHERE deleted_at IS NULL;
