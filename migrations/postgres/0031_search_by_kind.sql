-- The kind stands in the index of words, too: a word that a hundred thousand records of another kind have costs a search
-- of customers nothing.
DROP INDEX records_search_trgm;
CREATE INDEX records_search_trgm ON records USING gin (kind, owner_id, search_key gin_trgm_ops) WHERE search_key <> '';
