ALTER TABLE queue DROP COLUMN recorded;
