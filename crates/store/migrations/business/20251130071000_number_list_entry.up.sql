CREATE TABLE number_list_entry (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    id BIGINT NOT NULL,
    list VARCHAR(10) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    value VARCHAR(40) NOT NULL,
    normalised VARCHAR(200) NOT NULL,
    note VARCHAR(2000),
    expires_us BIGINT,
    created_by BIGINT,
    created_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, list, kind, normalised)
);
