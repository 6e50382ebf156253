CREATE TABLE conversation_note (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    conversation_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id)
);
