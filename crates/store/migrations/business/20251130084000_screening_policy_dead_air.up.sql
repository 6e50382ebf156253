ALTER TABLE screening_policy ADD COLUMN dead_air_on INTEGER NOT NULL DEFAULT 0;
ALTER TABLE screening_policy ADD COLUMN dead_air_after_s INTEGER NOT NULL DEFAULT 30;
ALTER TABLE screening_policy ADD COLUMN dead_air_flow_id BIGINT;
