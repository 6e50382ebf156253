DROP INDEX customer_name;
DROP INDEX customer_number_e164;
DROP TABLE customer_number;
DROP TABLE customer;
