ALTER TABLE site DROP COLUMN codecs;
ALTER TABLE site DROP COLUMN calls_max;
ALTER TABLE site DROP COLUMN address_ranges;
