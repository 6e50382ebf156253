CREATE TABLE lease (
    partition BIGINT NOT NULL PRIMARY KEY,
    node INTEGER NOT NULL,
    epoch BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    last_seq BIGINT NOT NULL
);
