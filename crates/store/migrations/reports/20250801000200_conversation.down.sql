DROP INDEX conversation_agent_agent;
DROP TABLE conversation_agent;
DROP INDEX conversation_site;
DROP INDEX conversation_customer;
DROP INDEX conversation_queue;
DROP INDEX conversation_state;
DROP INDEX conversation_started;
DROP TABLE conversation;
