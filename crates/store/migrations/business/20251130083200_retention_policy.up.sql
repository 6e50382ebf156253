CREATE TABLE retention_policy (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    recordings_days INTEGER,
    messages_days INTEGER,
    version BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);
ALTER TABLE queue ADD COLUMN retention_days INTEGER;
