ALTER TABLE phone_number ADD COLUMN calendar_id BIGINT;
