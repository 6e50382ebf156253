ALTER TABLE phone_number ADD COLUMN answer TEXT NOT NULL DEFAULT 'at_once';
