CREATE VIEW v_agents AS
SELECT u.tenant_id, u.id AS agent_id, u.site_id, u.team_id, u.name, u.extension, u.role, u.enabled
FROM user_account u
WHERE u.extension IS NOT NULL;
CREATE VIEW v_queues AS
SELECT q.tenant_id, q.id AS queue_id, q.site_id, q.team_id, q.name, q.ring_timeout_ms, q.wrap_up_ms, q.wait_max_ms,
    q.service_level_target_ms,
    (SELECT COUNT(*) FROM queue_agent a WHERE a.tenant_id = q.tenant_id AND a.queue_id = q.id) AS agents
FROM queue q;
