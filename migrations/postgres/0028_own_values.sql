-- What stands in the firm's own fields, a row a value, so that lists are narrowed by it from an index (src/records/store/own_values.rs): a
-- text folded, anything that is counted as a number (a day as its number, a moment in minutes, a choice as its own), of a link what it
-- leads to. The values themselves stand in `records.own`; fields that are older than this table are read into it when the program starts.

CREATE TABLE own_values (
    record_id UUID NOT NULL REFERENCES records (id),
    field_number BIGINT NOT NULL REFERENCES own_fields (number),
    item BIGINT NOT NULL,
    text_key TEXT,
    number BIGINT,
    target_id UUID,
    PRIMARY KEY (record_id, field_number, item)
);
INSERT INTO own_values (record_id, field_number, item, target_id) SELECT record_id, field_number, 0, target_id FROM record_links;
DROP TABLE record_links;
CREATE INDEX own_values_number ON own_values (field_number, number, record_id) WHERE number IS NOT NULL;
CREATE INDEX own_values_text ON own_values (field_number, text_key, record_id) WHERE text_key IS NOT NULL;
CREATE INDEX own_values_target ON own_values (target_id, field_number, record_id) WHERE target_id IS NOT NULL;

ALTER TABLE own_fields ADD COLUMN indexed BOOLEAN NOT NULL DEFAULT FALSE;

-- A field of the firm's own can stand in the list of its records.
ALTER TABLE own_fields ADD COLUMN listed BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE own_fields SET listed = TRUE WHERE kind LIKE 'kind_%' AND shape <> 'text';

-- Of what type a field was before: values that are older than its type are read by it until they are written anew.
ALTER TABLE own_fields ADD COLUMN formers JSONB NOT NULL DEFAULT '[]';
