-- One transaction writes at a time on both engines: the order of a stage needs no lock of its own.

ALTER TABLE stages DROP COLUMN moves;
