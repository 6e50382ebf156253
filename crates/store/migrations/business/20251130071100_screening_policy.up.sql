CREATE TABLE screening_policy (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    block_flow_id BIGINT,
    anonymous_action VARCHAR(10) NOT NULL,
    anonymous_flow_id BIGINT,
    nuisance_on INTEGER NOT NULL,
    nuisance_calls INTEGER NOT NULL,
    nuisance_within_s INTEGER NOT NULL,
    nuisance_shorter_than_s INTEGER NOT NULL,
    nuisance_lasts_s INTEGER NOT NULL,
    nuisance_flow_id BIGINT,
    version BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);
