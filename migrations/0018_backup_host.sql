-- On which machine a backup lies, where several servers work with one database: only there can be seen whether the file is still there.

ALTER TABLE backups ADD COLUMN host TEXT NOT NULL DEFAULT '';
