//! The statements of one commit, in one text: whatever goes to the thread of a connection by itself costs two wake-ups.
//!
//! Of how many rows a statement is, is rounded up, so that a few texts serve every commit and stay prepared; what is too many are rows of
//! nulls, which are left out. Several statements in one text is what SQLite's driver takes and others do not: see decision 0120.

use std::sync::LazyLock;

use sqlx::error::BoxDynError;
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{Arguments, AssertSqlSafe, Encode, Type};

use super::chain::{COLUMNS, LedgerRow, signed};
use super::party::{self, SealedParty};
use super::{AppendBatch, Head};
use crate::writer::BEGIN;
use crate::{StoreError, dialect};

/// How many rows a statement may be of.
const ROWS: [usize; 6] = [1, 2, 4, 8, 16, 32];
/// The most.
const ROWS_MAX: usize = ROWS[ROWS.len() - 1];
/// A text of more rows than that is that of a backlog, comes once and is not kept prepared.
const KEPT_ROWS_MAX: usize = 2 * ROWS_MAX;

/// One INSERT in every size.
struct Insert {
    columns: usize,
    texts: [String; ROWS.len()],
}

impl Insert {
    fn new(table: &str, names: &str) -> Insert {
        let columns = names.split(',').count();
        let tuple = format!("({})", vec!["?"; columns].join(", "));
        let text = |rows| {
            let tuples = vec![tuple.as_str(); rows].join(", ");
            format!("INSERT INTO {table} ({names}) SELECT * FROM (VALUES {tuples}) WHERE column1 IS NOT NULL")
        };
        Insert { columns, texts: ROWS.map(text) }
    }

    /// The smallest that takes `rows`, and how many it is of.
    fn of(&self, rows: usize) -> (&str, usize) {
        let place = ROWS.iter().position(|size| *size >= rows).unwrap_or(ROWS.len() - 1);
        (&self.texts[place], ROWS[place])
    }
}

static LEDGER: LazyLock<Insert> = LazyLock::new(|| Insert::new("ledger", COLUMNS));
static PARTY: LazyLock<Insert> = LazyLock::new(|| Insert::new("party", party::COLUMNS));

/// A transaction being written down.
pub(super) struct Statements {
    node: u16,
    rows: usize,
    text: String,
    arguments: Result<SqliteArguments, BoxDynError>,
}

impl Statements {
    /// None yet but the beginning.
    pub(super) fn new(node: u16) -> Statements {
        Statements { node, rows: 0, text: BEGIN.to_owned(), arguments: Ok(SqliteArguments::default()) }
    }

    /// The batch counts only under its lease, which learns where the chain ends.
    pub(super) fn fence(&mut self, batch: &AppendBatch, head: Head) -> Result<(), StoreError> {
        let (seq, epoch) = (signed(head.seq)?, signed(batch.epoch)?);
        self.add(dialect::FENCE_BY_LEASE);
        self.bind(seq);
        self.bind(batch.partition.0);
        self.bind(i64::from(self.node));
        self.bind(epoch);
        Ok(())
    }

    /// What the batch is of, and the greatest id in it.
    pub(super) fn append(&mut self, batch: &AppendBatch, rows: &[LedgerRow], parties: &[SealedParty], greatest: i64) {
        self.insert(&LEDGER, rows, |row, statements| {
            statements.bind(row.partition);
            statements.bind(row.seq);
            statements.bind(row.epoch);
            statements.bind(row.tenant);
            statements.bind(row.at_us);
            statements.bind(row.mono_us);
            statements.bind(row.kind);
            statements.bind(row.version);
            statements.bind(row.conversation);
            statements.bind(row.body.as_slice());
            statements.bind(row.hash.as_slice());
        });
        self.insert(&PARTY, parties, SealedParty::bind);
        self.add(dialect::RAISE_GREATEST_ID);
        self.bind(batch.partition.0);
        self.bind(greatest);
    }

    /// One argument of the statement that was added last.
    pub(super) fn bind<'v>(&mut self, value: impl Encode<'v, Sqlite> + Type<Sqlite>) {
        let Ok(arguments) = &mut self.arguments else { return };
        if let Err(error) = arguments.add(value) {
            self.arguments = Err(error);
        }
    }

    /// All of it, to be run at once.
    pub(super) fn query(self) -> Result<Query<'static, Sqlite, SqliteArguments>, StoreError> {
        let arguments = self.arguments.map_err(sqlx::Error::Encode)?;
        Ok(sqlx::query_with(AssertSqlSafe(self.text), arguments).persistent(self.rows <= KEPT_ROWS_MAX))
    }

    fn insert<T>(&mut self, insert: &Insert, all: &[T], bind: impl Fn(&T, &mut Statements)) {
        for these in all.chunks(ROWS_MAX) {
            let (text, size) = insert.of(these.len());
            self.rows += size;
            self.add(text);
            these.iter().for_each(|one| bind(one, self));
            (0..(size - these.len()) * insert.columns).for_each(|_| self.bind(None::<i64>));
        }
    }

    fn add(&mut self, statement: &str) {
        self.text.push_str("; ");
        self.text.push_str(statement);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_of_as_few_rows_as_will_do() {
        for (rows, size) in [(1, 1), (2, 2), (3, 4), (9, 16), (16, 16), (17, 32), (32, 32)] {
            assert_eq!(LEDGER.of(rows).1, size, "{rows}");
        }
        assert_eq!(PARTY.of(3).0.matches("(?, ?, ?, ?, ?)").count(), 4);
    }
}
