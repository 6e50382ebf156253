DROP TABLE recording_policy;
