-- Who may see the records of one of the firm's own kinds, and who may change them: everyone, managers and the owner, or the owner alone
-- (src/own_kinds/model.rs says the same). What somebody may not see is asked of one view by every statement on such records: it has a row
-- for each person and kind that is hidden from them, so that a firm that hides nothing asks an empty one.

ALTER TABLE own_kinds ADD COLUMN seen_by TEXT NOT NULL DEFAULT 'everyone';
ALTER TABLE own_kinds ADD COLUMN changed_by TEXT NOT NULL DEFAULT 'everyone';

CREATE VIEW hidden_kinds AS
    SELECT viewer.id AS viewer_id, hidden.number AS number
    FROM people viewer CROSS JOIN own_kinds hidden
    WHERE NOT (hidden.seen_by = 'everyone' OR viewer.role = 'owner'
               OR (hidden.seen_by = 'managers' AND viewer.role = 'manager'));
