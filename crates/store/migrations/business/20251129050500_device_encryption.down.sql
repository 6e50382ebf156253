ALTER TABLE device DROP COLUMN encryption;
