ALTER TABLE user_account DROP COLUMN reach;
