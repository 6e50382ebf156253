CREATE TABLE customer (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    id BIGINT NOT NULL,
    site_id BIGINT,
    team_id BIGINT,
    name VARCHAR(200) NOT NULL,
    level VARCHAR(20) NOT NULL,
    company VARCHAR(200),
    note TEXT,
    custom TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, site_id) REFERENCES site (tenant_id, id),
    FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id)
);
CREATE TABLE customer_number (
    tenant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    number VARCHAR(100) NOT NULL,
    e164 VARCHAR(100) NOT NULL,
    label VARCHAR(60),
    PRIMARY KEY (tenant_id, customer_id, position),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customer (tenant_id, id)
);
CREATE INDEX customer_number_e164 ON customer_number (tenant_id, e164);
CREATE INDEX customer_name ON customer (tenant_id, name);
