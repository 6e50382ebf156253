ALTER TABLE api_token ADD COLUMN permissions TEXT;
