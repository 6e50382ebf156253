ALTER TABLE recording ADD COLUMN missing_us BIGINT;
CREATE INDEX recording_started ON recording (tenant_id, started_us, id);
