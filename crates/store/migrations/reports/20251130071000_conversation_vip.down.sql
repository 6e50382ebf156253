ALTER TABLE conversation DROP COLUMN vip;
