ALTER TABLE not_ready_reason DROP COLUMN active;
ALTER TABLE not_ready_reason DROP COLUMN place;
ALTER TABLE disposition DROP COLUMN active;
ALTER TABLE disposition DROP COLUMN place;
