CREATE TABLE user_account (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    id BIGINT NOT NULL,
    site_id BIGINT NOT NULL,
    team_id BIGINT,
    username VARCHAR(100) NOT NULL,
    name VARCHAR(200) NOT NULL,
    extension VARCHAR(20),
    role VARCHAR(20) NOT NULL,
    password_hash VARCHAR(300) NOT NULL,
    enabled INTEGER NOT NULL,
    custom TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, username),
    UNIQUE (tenant_id, extension),
    FOREIGN KEY (tenant_id, site_id) REFERENCES site (tenant_id, id),
    FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id)
);
CREATE INDEX user_account_username ON user_account (username);
