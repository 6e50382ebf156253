CREATE TABLE conversation (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    partition BIGINT NOT NULL,
    site_id BIGINT,
    queue_id BIGINT,
    agent_id BIGINT,
    customer_id BIGINT,
    number_id BIGINT,
    thread_id BIGINT NOT NULL,
    parent_id BIGINT,
    from_party BIGINT NOT NULL,
    to_party BIGINT NOT NULL,
    channel VARCHAR(20) NOT NULL,
    direction VARCHAR(20) NOT NULL,
    language VARCHAR(10) NOT NULL,
    state VARCHAR(10) NOT NULL,
    started_us BIGINT NOT NULL,
    answered_us BIGINT,
    ended_us BIGINT,
    wait_ms BIGINT,
    talk_ms BIGINT,
    hold_ms BIGINT,
    wrap_up_ms BIGINT,
    ended_by VARCHAR(20),
    end_reason VARCHAR(40),
    disposition_id BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX conversation_started ON conversation (tenant_id, started_us, id);
CREATE INDEX conversation_state ON conversation (tenant_id, state, started_us, id);
CREATE INDEX conversation_queue ON conversation (tenant_id, queue_id, started_us, id);
CREATE INDEX conversation_customer ON conversation (tenant_id, customer_id, started_us, id);
CREATE INDEX conversation_site ON conversation (tenant_id, site_id, started_us, id);
CREATE TABLE conversation_agent (
    tenant_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id, agent_id)
);
CREATE INDEX conversation_agent_agent ON conversation_agent (tenant_id, agent_id, conversation_id);
