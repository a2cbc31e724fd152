-- The counts and sums of the board are read from an index alone, however many deals a stage has.
CREATE INDEX deals_sums ON deals (stage_id, owner_id, currency, amount) WHERE deleted_at IS NULL;
