ALTER TABLE queue ADD COLUMN recording_mode VARCHAR(10) NOT NULL DEFAULT 'all';
ALTER TABLE queue ADD COLUMN recording_share INTEGER;
UPDATE queue SET recording_mode = 'none' WHERE recorded = 0;
ALTER TABLE queue DROP COLUMN recorded;
