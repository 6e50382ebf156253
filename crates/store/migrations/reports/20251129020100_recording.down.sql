DROP TABLE recording;
