DROP INDEX user_account_username;
DROP TABLE user_account;
