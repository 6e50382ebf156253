CREATE TABLE queue (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    id BIGINT NOT NULL,
    site_id BIGINT NOT NULL,
    team_id BIGINT,
    name VARCHAR(200) NOT NULL,
    ring_timeout_ms BIGINT NOT NULL,
    wrap_up_ms BIGINT NOT NULL,
    wait_max_ms BIGINT,
    service_level_target_ms BIGINT NOT NULL,
    music VARCHAR(100) NOT NULL,
    entry_sounds TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name),
    FOREIGN KEY (tenant_id, site_id) REFERENCES site (tenant_id, id),
    FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id)
);
CREATE TABLE queue_skill (
    tenant_id BIGINT NOT NULL,
    queue_id BIGINT NOT NULL,
    skill_id BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, queue_id, skill_id),
    FOREIGN KEY (tenant_id, queue_id) REFERENCES queue (tenant_id, id),
    FOREIGN KEY (tenant_id, skill_id) REFERENCES skill (tenant_id, id)
);
CREATE TABLE queue_agent (
    tenant_id BIGINT NOT NULL,
    queue_id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, queue_id, agent_id),
    FOREIGN KEY (tenant_id, queue_id) REFERENCES queue (tenant_id, id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX queue_agent_agent ON queue_agent (tenant_id, agent_id);
