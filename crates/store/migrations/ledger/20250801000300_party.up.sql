CREATE TABLE party (
    id BIGINT NOT NULL PRIMARY KEY,
    tenant_id BIGINT NOT NULL,
    raw BLOB NOT NULL,
    e164 BLOB,
    key_id BIGINT NOT NULL
);
CREATE INDEX party_tenant ON party (tenant_id, id);
