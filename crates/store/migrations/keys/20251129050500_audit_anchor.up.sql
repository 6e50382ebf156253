CREATE TABLE audit_anchor (
    tenant_id BIGINT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash BLOB NOT NULL,
    anchored_us BIGINT NOT NULL
);
