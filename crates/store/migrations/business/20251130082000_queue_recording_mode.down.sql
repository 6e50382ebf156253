ALTER TABLE queue ADD COLUMN recorded INTEGER NOT NULL DEFAULT 1;
UPDATE queue SET recorded = 0 WHERE recording_mode <> 'all';
ALTER TABLE queue DROP COLUMN recording_share;
ALTER TABLE queue DROP COLUMN recording_mode;
