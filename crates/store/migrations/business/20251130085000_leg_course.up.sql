CREATE TABLE leg_course (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    conversation_id BIGINT NOT NULL,
    leg_id BIGINT NOT NULL,
    began_us BIGINT NOT NULL,
    interval_ms BIGINT NOT NULL,
    mean_hundredths BIGINT,
    least_hundredths BIGINT,
    samples BLOB NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id, leg_id, began_us)
);
