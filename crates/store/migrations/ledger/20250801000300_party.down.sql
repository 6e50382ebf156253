DROP INDEX party_tenant;
DROP TABLE party;
