-- The ledger of daily backups: one row a day, taken by the process that makes it. It tells of this machine and is in no backup.

CREATE TABLE backups (
    day DATE PRIMARY KEY,
    begun_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    file TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    held BIGINT NOT NULL,
    problem TEXT NOT NULL
);
