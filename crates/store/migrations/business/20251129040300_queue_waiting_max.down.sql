ALTER TABLE queue DROP COLUMN waiting_max;
