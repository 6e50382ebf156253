//! The one writing connection of a file, and the transaction on it.
//!
//! It lies in no pool: a pool looks at a connection each time it comes back, and whatever the thread of a connection is asked costs two
//! wake-ups, which is most of what a small commit costs.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

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
}

impl Writer {
    /// A writer that begins with `connection` and opens others like `options`.
    pub(crate) fn new(options: SqliteConnectOptions, connection: SqliteConnection) -> Writer {
        Writer { options, place: Arc::new(Mutex::new(Some(connection))) }
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
        let rows = statements.fetch_all(&mut *writing).await?;
        Ok((writing, rows))
    }

    /// Ends the connection, when its turn comes.
    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        match self.place.lock().await.take() {
            Some(connection) => Ok(connection.close().await?),
            None => Ok(()),
        }
    }

    async fn turn(&self) -> Result<Writing, StoreError> {
        let mut place = Arc::clone(&self.place).lock_owned().await;
        let connection = match place.take() {
            Some(connection) => connection,
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
