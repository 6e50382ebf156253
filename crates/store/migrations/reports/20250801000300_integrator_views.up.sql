CREATE VIEW v_calls AS
SELECT tenant_id, id AS conversation_id, site_id, queue_id, agent_id, customer_id, number_id, direction, language, state,
    started_us, answered_us, ended_us, wait_ms, talk_ms, hold_ms, wrap_up_ms, ended_by, end_reason, disposition_id
FROM conversation
WHERE channel = 'voice';
