DROP TABLE trunk;
DROP TABLE phone_number;
DROP TABLE flow_version;
DROP TABLE flow;
DROP TABLE calendar;
