-- Products are added and changed by people now: a version says who would save over whom.

ALTER TABLE products ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
