DROP TABLE supervision_policy;
