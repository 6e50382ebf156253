ALTER TABLE queue DROP COLUMN retention_days;
DROP TABLE retention_policy;
