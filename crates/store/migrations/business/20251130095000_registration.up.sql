CREATE TABLE registration (
    tenant_id BIGINT NOT NULL,
    device_id BIGINT NOT NULL,
    contact VARCHAR(512) NOT NULL,
    instance VARCHAR(512),
    address VARCHAR(60) NOT NULL,
    call_id VARCHAR(512) NOT NULL,
    cseq BIGINT NOT NULL,
    user_agent VARCHAR(64) NOT NULL,
    expires_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, device_id, contact),
    FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id) ON DELETE CASCADE
);
