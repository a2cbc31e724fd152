-- What was looked for by reading a whole table: what an import brought, by its id, and all deals of a stage, also those in the trash.
CREATE INDEX imported_id ON imported (id);
CREATE INDEX deals_of_stage ON deals (stage_id);
