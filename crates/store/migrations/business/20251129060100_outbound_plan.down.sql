CREATE TABLE outbound_rule (
    tenant_id BIGINT NOT NULL REFERENCES tenant (id),
    prefixes TEXT NOT NULL,
    trunk_id BIGINT,
    number_id BIGINT,
    version BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id),
    FOREIGN KEY (tenant_id, trunk_id) REFERENCES trunk (tenant_id, id),
    FOREIGN KEY (tenant_id, number_id) REFERENCES phone_number (tenant_id, id)
);
INSERT INTO outbound_rule (tenant_id, prefixes, trunk_id, number_id, version, updated_us)
SELECT
    plan.tenant_id,
    COALESCE(json_extract(plan.body, '$.rules[0].prefixes'), '[]'),
    trunk.id,
    phone_number.id,
    plan.version,
    plan.updated_us
FROM outbound_plan AS plan
LEFT JOIN trunk ON trunk.tenant_id = plan.tenant_id AND trunk.id = json_extract(plan.body, '$.rules[0].allow.trunks[0]')
LEFT JOIN phone_number
    ON phone_number.tenant_id = plan.tenant_id AND phone_number.id = json_extract(plan.body, '$.number')
WHERE
    json_extract(plan.body, '$.rules[1]') IS NULL
    AND json_extract(plan.body, '$.rules[0].roles[0]') IS NULL
    AND json_extract(plan.body, '$.rules[0].teams[0]') IS NULL
    AND json_extract(plan.body, '$.rules[0].agents[0]') IS NULL;
DROP TABLE outbound_plan;
