-- The counts and sums of the board are read from an index alone, however many deals a stage has.
-- The owner stands last: nearer, SQLite would begin with it where the order of the cards is wanted, and sort.
CREATE INDEX deals_sums ON deals (stage_id, currency, amount, owner_id) WHERE deleted_at IS NULL;
