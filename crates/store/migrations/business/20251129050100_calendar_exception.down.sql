DROP TABLE calendar_exception;
