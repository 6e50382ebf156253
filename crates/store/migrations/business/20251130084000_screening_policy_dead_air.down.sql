ALTER TABLE screening_policy DROP COLUMN dead_air_flow_id;
ALTER TABLE screening_policy DROP COLUMN dead_air_after_s;
ALTER TABLE screening_policy DROP COLUMN dead_air_on;
