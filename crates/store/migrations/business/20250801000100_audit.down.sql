DROP INDEX audit_object;
DROP TABLE audit_payload;
DROP TABLE audit;
