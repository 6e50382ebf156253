ALTER TABLE api_token DROP COLUMN permissions;
