DROP VIEW v_calls;
