DROP TABLE recording_erasure;
