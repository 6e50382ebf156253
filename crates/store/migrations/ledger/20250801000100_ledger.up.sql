CREATE TABLE ledger (
    partition BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    mono_us BIGINT NOT NULL,
    kind INTEGER NOT NULL,
    version INTEGER NOT NULL,
    conversation_id BIGINT,
    body BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (partition, seq)
) WITHOUT ROWID;
CREATE INDEX ledger_conversation ON ledger (tenant_id, conversation_id, seq);
