CREATE TABLE recording_erasure (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    recording_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    cause VARCHAR(20) NOT NULL,
    user_id BIGINT,
    reason VARCHAR(500),
    told INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, recording_id)
);
CREATE INDEX recording_erasure_conversation ON recording_erasure (tenant_id, conversation_id);
CREATE INDEX recording_erasure_told ON recording_erasure (tenant_id, told, recording_id);
