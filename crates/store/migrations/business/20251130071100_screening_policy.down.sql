DROP TABLE screening_policy;
