CREATE TABLE supervision_policy (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    show_listen INTEGER NOT NULL,
    show_whisper INTEGER NOT NULL,
    show_barge INTEGER NOT NULL,
    version BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);
