DROP INDEX queue_agent_agent;
DROP TABLE queue_agent;
DROP TABLE queue_skill;
DROP TABLE queue;
