CREATE TABLE recording_policy (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    before_queue INTEGER NOT NULL,
    outbound_mode VARCHAR(10) NOT NULL,
    outbound_share INTEGER,
    pause_max_s INTEGER NOT NULL,
    consent_required INTEGER NOT NULL,
    version BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);
