ALTER TABLE phone_number DROP COLUMN answer;
