ALTER TABLE phone_number DROP COLUMN calendar_id;
