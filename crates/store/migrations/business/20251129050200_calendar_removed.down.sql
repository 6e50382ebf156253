ALTER TABLE calendar DROP COLUMN removed_us;
