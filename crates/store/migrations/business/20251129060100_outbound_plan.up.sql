CREATE TABLE outbound_plan (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);
INSERT INTO outbound_plan (tenant_id, body, version, updated_us)
SELECT
    tenant_id,
    '{"codes":false,"number":' || COALESCE(CAST(number_id AS VARCHAR(20)), 'null')
    || ',"agent_caps":{"per_minute":30,"per_day":2000},"agent_alarm":null,"trunks":['
    || COALESCE('{"trunk":' || CAST(trunk_id AS VARCHAR(20)) || '}', '')
    || '],"rules":['
    || CASE
        WHEN prefixes = '[]' THEN ''
        ELSE '{"id":1,"name":"外呼 Outbound","prefixes":' || prefixes || ',"allow":{"trunks":['
            || COALESCE(CAST(trunk_id AS VARCHAR(20)), '') || '],"talk_s":null,"alarm":null}}'
    END
    || ']}',
    version,
    updated_us
FROM outbound_rule;
DROP TABLE outbound_rule;
