ALTER TABLE device ADD COLUMN encryption VARCHAR(20) NOT NULL DEFAULT 'when_offered';
