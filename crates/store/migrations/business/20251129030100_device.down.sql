DROP TABLE outbound_rule;
DROP TABLE device;
