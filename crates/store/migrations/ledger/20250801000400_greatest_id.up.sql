CREATE TABLE greatest_id (
    partition BIGINT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL
);
