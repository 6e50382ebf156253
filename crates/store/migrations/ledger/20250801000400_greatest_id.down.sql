DROP TABLE greatest_id;
