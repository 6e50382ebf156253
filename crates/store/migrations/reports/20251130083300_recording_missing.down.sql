DROP INDEX recording_started;
ALTER TABLE recording DROP COLUMN missing_us;
