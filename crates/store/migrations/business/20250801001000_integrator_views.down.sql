DROP VIEW v_queues;
DROP VIEW v_agents;
