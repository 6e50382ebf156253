CREATE TABLE device (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    id BIGINT NOT NULL,
    site_id BIGINT NOT NULL,
    agent_id BIGINT,
    name VARCHAR(200) NOT NULL,
    username VARCHAR(60) NOT NULL,
    realm VARCHAR(100) NOT NULL,
    ha1_md5 CHAR(32) NOT NULL,
    ha1_sha256 CHAR(64) NOT NULL,
    auto_answer INTEGER NOT NULL,
    version BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (username),
    FOREIGN KEY (tenant_id, site_id) REFERENCES site (tenant_id, id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES user_account (tenant_id, id)
);
CREATE TABLE outbound_rule (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    prefixes TEXT NOT NULL,
    trunk_id BIGINT,
    number_id BIGINT,
    version BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id),
    FOREIGN KEY (tenant_id, trunk_id) REFERENCES trunk (tenant_id, id),
    FOREIGN KEY (tenant_id, number_id) REFERENCES phone_number (tenant_id, id)
);
