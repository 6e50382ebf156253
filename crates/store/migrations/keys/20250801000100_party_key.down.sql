DROP TABLE party_key;
