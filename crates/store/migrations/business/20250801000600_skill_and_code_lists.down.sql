DROP TABLE disposition;
DROP TABLE not_ready_reason;
DROP TABLE agent_skill;
DROP TABLE skill;
