DROP TABLE conversation_note;
