DROP INDEX recording_key_version;
DROP TABLE recording_key;
DROP TABLE recording_tenant_key;
