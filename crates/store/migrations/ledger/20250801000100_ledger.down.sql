DROP INDEX ledger_conversation;
DROP TABLE ledger;
