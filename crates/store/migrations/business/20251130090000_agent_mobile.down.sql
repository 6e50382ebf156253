DROP TABLE agent_mobile;
