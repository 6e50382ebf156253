ALTER TABLE conversation ADD COLUMN outbound_result VARCHAR(24);
ALTER TABLE conversation ADD COLUMN outbound_known_by VARCHAR(12);
ALTER TABLE conversation ADD COLUMN post_dial_delay_ms BIGINT;
