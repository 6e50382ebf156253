CREATE TABLE cursor (
    consumer VARCHAR(60) NOT NULL,
    partition BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (consumer, partition)
);
