//! The one writing connection of a file, and the transaction on it.
//!
//! It lies in no pool: a pool looks at a connection each time it comes back, and whatever the thread of a connection is asked costs two
//! wake-ups, which is most of what a small commit costs.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::StoreError;

/// Takes the write lock at once, so that a transaction cannot fail for want of it later.
pub(crate) const BEGIN: &str = "BEGIN IMMEDIATE";

/// The place of the connection; empty while it is in use, and after a transaction that was not committed.
type Place = Option<SqliteConnection>;

/// SQLite has one writer at a time, so waiting is done here, in order of arrival.
#[derive(Debug)]
pub(crate) struct Writer {
    options: SqliteConnectOptions,
    place: Arc<Mutex<Place>>,
    closed: AtomicBool,
}

impl Writer {
    /// A writer that begins with `connection` and opens others like `options`.
    pub(crate) fn new(options: SqliteConnectOptions, connection: SqliteConnection) -> Writer {
        Writer { options, place: Arc::new(Mutex::new(Some(connection))), closed: AtomicBool::new(false) }
    }

    /// A transaction, when its turn comes. Dropped without a commit it leaves nothing behind.
    pub(crate) async fn begin(&self) -> Result<Writing, StoreError> {
        let mut writing = self.turn().await?;
        sqlx::query(BEGIN).execute(&mut *writing).await?;
        Ok(writing)
    }

    /// A transaction whose statements go to the connection's thread in one turn, and the rows they gave. The text begins with [`BEGIN`]
    /// and does not commit.
    pub(crate) async fn begin_with(
        &self,
        statements: Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<(Writing, Vec<SqliteRow>), StoreError> {
        let mut writing = self.turn().await?;
        match statements.fetch_all(&mut *writing).await {
            Ok(rows) => Ok((writing, rows)),
            Err(error) => {
                // Refused by a rule of the schema: the connection is as good as before.
                if matches!(error, sqlx::Error::Database(_)) {
                    writing.rollback().await;
                }
                Err(error.into())
            }
        }
    }

    /// Ends the connection, when its turn comes. Whoever wants to begin afterwards is refused.
    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        self.closed.store(true, Ordering::SeqCst);
        match self.place.lock().await.take() {
            Some(connection) => Ok(connection.close().await?),
            None => Ok(()),
        }
    }

    async fn turn(&self) -> Result<Writing, StoreError> {
        let mut place = Arc::clone(&self.place).lock_owned().await;
        let connection = match place.take() {
            Some(connection) => connection,
            None if self.closed.load(Ordering::SeqCst) => return Err(sqlx::Error::PoolClosed.into()),
            None => self.options.connect().await?,
        };
        Ok(Writing { connection, place })
    }
}

/// A transaction under way. It has the connection: what is dropped with it is closed by its own thread, which rolls back whatever was
/// begun, also when the end of a statement was not waited for.
#[derive(Debug)]
pub(crate) struct Writing {
    connection: SqliteConnection,
    place: OwnedMutexGuard<Place>,
}

impl Writing {
    /// Makes it durable. After an error nobody knows whether it is.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let Writing { mut connection, mut place } = self;
        sqlx::query("COMMIT").execute(&mut connection).await?;
        *place = Some(connection);
        Ok(())
    }

    /// Takes everything back and keeps the connection, which costs far less than another one. One that cannot is closed, and so takes it
    /// back too.
    pub(crate) async fn rollback(self) {
        let Writing { mut connection, mut place } = self;
        if sqlx::query("ROLLBACK").execute(&mut connection).await.is_ok() {
            *place = Some(connection);
        }
    }
}

impl Deref for Writing {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Row;

    use super::*;

    async fn writer() -> (Writer, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let options = SqliteConnectOptions::new().filename(dir.path().join("file.db")).create_if_missing(true);
        let writer = Writer::new(options.clone(), options.connect().await.unwrap());
        let mut writing = writer.begin().await.unwrap();
        sqlx::query("CREATE TABLE word (word TEXT NOT NULL)").execute(&mut *writing).await.unwrap();
        writing.commit().await.unwrap();
        (writer, dir)
    }

    /// How many words there are.
    async fn count(writer: &Writer) -> i64 {
        let mut writing = writer.begin().await.unwrap();
        sqlx::query("SELECT COUNT(*) FROM word").fetch_one(&mut *writing).await.unwrap().get(0)
    }

    /// Whether it is still the connection that was marked, and marks it.
    async fn is_the_same(writer: &Writer) -> bool {
        let mut writing = writer.begin().await.unwrap();
        let marks = "SELECT COUNT(*) FROM sqlite_temp_master WHERE name = 'mark'";
        let is_marked = sqlx::query(marks).fetch_one(&mut *writing).await.unwrap().get::<i64, _>(0) == 1;
        sqlx::query("CREATE TEMP TABLE IF NOT EXISTS mark (mark)").execute(&mut *writing).await.unwrap();
        writing.commit().await.unwrap();
        is_marked
    }

    #[tokio::test]
    async fn what_is_refused_or_taken_back_leaves_nothing_and_costs_no_connection() {
        let (writer, _dir) = writer().await;
        let text = "BEGIN IMMEDIATE; INSERT INTO word VALUES (?); INSERT INTO word VALUES (?) RETURNING word";
        assert!(!is_the_same(&writer).await);
        assert!(writer.begin_with(sqlx::query(text).bind("one").bind(None::<String>)).await.is_err());
        assert!(is_the_same(&writer).await, "refused");
        let (taken_back, _) = writer.begin_with(sqlx::query(text).bind("one").bind("two")).await.unwrap();
        taken_back.rollback().await;
        assert!(is_the_same(&writer).await, "taken back");
        assert_eq!(count(&writer).await, 0);
        // One that was given up in the middle is not trusted.
        assert!(!is_the_same(&writer).await, "dropped");
        let mut ended = writer.begin().await.unwrap();
        sqlx::query("ROLLBACK").execute(&mut *ended).await.unwrap();
        ended.rollback().await;
        assert!(!is_the_same(&writer).await, "there was nothing to take back");
    }

    #[tokio::test]
    async fn what_is_dropped_or_fails_leaves_nothing_and_the_next_one_gets_its_turn() {
        let (writer, _dir) = writer().await;
        let text = "BEGIN IMMEDIATE; INSERT INTO word VALUES (?); INSERT INTO word VALUES (?) RETURNING word";
        let (dropped, rows) = writer.begin_with(sqlx::query(text).bind("one").bind("two")).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>(), ["two"]);
        drop(dropped);
        assert_eq!(count(&writer).await, 0);
        assert!(writer.begin_with(sqlx::query(text).bind("one").bind(None::<String>)).await.is_err());
        assert_eq!(count(&writer).await, 0);
        let (kept, _) = writer.begin_with(sqlx::query(text).bind("one").bind("two")).await.unwrap();
        kept.commit().await.unwrap();
        assert_eq!(count(&writer).await, 2);
        writer.close().await.unwrap();
        assert!(writer.begin().await.is_err(), "closed");
    }
}
