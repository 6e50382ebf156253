CREATE TABLE audit (
    tenant_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    id BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    actor_id BIGINT,
    action VARCHAR(60) NOT NULL,
    object_id VARCHAR(60) NOT NULL,
    payload_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (tenant_id, seq)
);
CREATE TABLE audit_payload (
    tenant_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    salt BLOB NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (tenant_id, seq),
    FOREIGN KEY (tenant_id, seq) REFERENCES audit (tenant_id, seq)
);
CREATE INDEX audit_object ON audit (tenant_id, object_id, seq);
