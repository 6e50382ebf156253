CREATE TABLE recording_hold (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    conversation_id BIGINT NOT NULL,
    recording_id BIGINT NOT NULL,
    reason VARCHAR(500) NOT NULL,
    user_id BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id, recording_id)
);
CREATE INDEX recording_hold_at ON recording_hold (tenant_id, at_us);
