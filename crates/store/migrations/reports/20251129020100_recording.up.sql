CREATE TABLE recording (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    partition BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    tracks VARCHAR(20) NOT NULL,
    state VARCHAR(20) NOT NULL,
    started_us BIGINT NOT NULL,
    over_us BIGINT,
    duration_ms BIGINT,
    bytes BIGINT,
    chunks BIGINT,
    gaps BIGINT NOT NULL,
    gap_ms BIGINT NOT NULL,
    digest VARCHAR(64),
    recovered INTEGER NOT NULL,
    fault VARCHAR(40),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX recording_conversation ON recording (tenant_id, conversation_id, id);
CREATE INDEX recording_state ON recording (tenant_id, state, id);
