ALTER TABLE conversation DROP COLUMN post_dial_delay_ms;
ALTER TABLE conversation DROP COLUMN outbound_known_by;
ALTER TABLE conversation DROP COLUMN outbound_result;
