CREATE TABLE recording_tenant_key (
    tenant_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    secret BLOB NOT NULL,
    created_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, version)
);
CREATE TABLE recording_key (
    recording_id BIGINT NOT NULL PRIMARY KEY,
    tenant_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    wrapped BLOB,
    epoch BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    erased_us BIGINT
);
CREATE INDEX recording_key_version ON recording_key (tenant_id, version, recording_id);
