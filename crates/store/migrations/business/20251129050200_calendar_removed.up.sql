ALTER TABLE calendar ADD COLUMN removed_us BIGINT;
