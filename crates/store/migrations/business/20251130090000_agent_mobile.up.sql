CREATE TABLE agent_mobile (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    number VARCHAR(40) NOT NULL,
    created_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, agent_id, number),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES user_account (tenant_id, id)
);
