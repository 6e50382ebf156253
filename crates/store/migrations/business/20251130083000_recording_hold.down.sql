DROP TABLE recording_hold;
