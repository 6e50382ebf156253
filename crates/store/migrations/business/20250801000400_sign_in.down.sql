DROP INDEX idempotency_expires;
DROP TABLE idempotency;
DROP INDEX api_token_user;
DROP TABLE api_token;
DROP INDEX user_session_user;
DROP TABLE user_session;
