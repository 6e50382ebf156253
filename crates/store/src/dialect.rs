//! Statements that are not common to SQLite, PostgreSQL and MariaDB.
