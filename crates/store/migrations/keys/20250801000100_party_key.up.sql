CREATE TABLE party_key (
    id BIGINT NOT NULL PRIMARY KEY,
    tenant_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    secret BLOB NOT NULL,
    created_us BIGINT NOT NULL,
    UNIQUE (tenant_id, version)
);
