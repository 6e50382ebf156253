CREATE TABLE calendar_exception (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    calendar_id BIGINT NOT NULL,
    rule VARCHAR(20) NOT NULL,
    name VARCHAR(200) NOT NULL,
    first_day VARCHAR(10) NOT NULL,
    last_day VARCHAR(10) NOT NULL,
    hours TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    removed_us BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, calendar_id) REFERENCES calendar (tenant_id, id)
);
CREATE INDEX calendar_exception_calendar ON calendar_exception (tenant_id, calendar_id, first_day);
