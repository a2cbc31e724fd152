-- PostgreSQL's index of words gets the kind of record. SQLite's has no room for it.
SELECT 1;
