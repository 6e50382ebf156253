//! One encrypted file: a single writer, a few readers, a checkpointer.

use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::query::Query;
use sqlx::sqlite::{
    Sqlite, SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Row, SqlitePool};

use crate::exit::end_without_handlers;
use crate::writer::{Writer, Writing};
use crate::{DatabaseKey, StoreError};

/// Readers of one file. SQLite readers do not block the writer; four keep one slow list from stopping the others.
const READERS_MAX: u32 = 4;

/// A second process (a command-line tool) may hold the write lock for a moment.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The four files of a data directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    Ledger,
    Business,
    Reports,
    Keys,
}

impl File {
    pub(crate) const ALL: [File; 4] = [File::Ledger, File::Business, File::Reports, File::Keys];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            File::Ledger => "ledger.db",
            File::Business => "business.db",
            File::Reports => "reports.db",
            File::Keys => "keys.db",
        }
    }

    /// `reports.db` can be rebuilt from the ledger, so it alone may lose its tail with the power.
    const fn synchronous(self) -> SqliteSynchronous {
        match self {
            File::Reports => SqliteSynchronous::Normal,
            File::Ledger | File::Business | File::Keys => SqliteSynchronous::Full,
        }
    }
}

/// One open file.
#[derive(Debug)]
pub(crate) struct Database {
    file: File,
    writer: Writer,
    readers: SqlitePool,
    /// Holds one connection of its own, so that folding the log never waits for a writer or a reader.
    checkpointer: SqlitePool,
}

fn options(dir: &Path, file: File, key: &DatabaseKey) -> Result<SqliteConnectOptions, StoreError> {
    let pragma = key.pragma_for(file.name())?;
    let options = SqliteConnectOptions::new();
    #[cfg(test)]
    let options = crate::tests::power_loss::watched(options, dir);
    let options = options
        .filename(dir.join(file.name()))
        .pragma("key", pragma.to_string())
        .synchronous(file.synchronous())
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("temp_store", "MEMORY")
        .pragma("wal_autocheckpoint", "0")
        // The first statement carries the key.
        .disable_statement_logging();
    // What is deleted or overwritten is zeroes afterwards and not only forgotten: a destroyed key must be nowhere.
    Ok(if file == File::Keys { options.pragma("secure_delete", "ON") } else { options })
}

/// Opens the single writing connection. The file is made, empty and private, if it is missing; the key is tried by a query,
/// because SQLCipher accepts any key until it has to read a page.
pub(crate) async fn open_writer(dir: &Path, file: File, key: &DatabaseKey) -> Result<SqliteConnection, StoreError> {
    make_private(&dir.join(file.name()))?;
    let bad_key = |source| StoreError::BadKey { file: file.name().to_owned(), source };
    let options = options(dir, file, key)?.journal_mode(SqliteJournalMode::Wal);
    let connected = SqliteConnection::connect_with(&options).await;
    end_without_handlers();
    let mut connection = connected.map_err(bad_key)?;
    sqlx::query("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut connection).await.map_err(bad_key)?;
    Ok(connection)
}

/// Opens an existing file without bringing it into the mode it is used in, and without waiting long for others.
pub(crate) async fn open_as_is(path: &Path, file: File, key: &DatabaseKey) -> Result<SqliteConnection, StoreError> {
    let pragma = key.pragma_for(file.name())?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", pragma.to_string())
        .busy_timeout(Duration::from_secs(1))
        // The statements carry keys.
        .disable_statement_logging();
    let connected = SqliteConnection::connect_with(&options).await;
    end_without_handlers();
    connected.map_err(|source| StoreError::BadKey { file: file.name().to_owned(), source })
}

/// What does not open of a file's pages, in the database's words; empty when every page is as it was written.
pub(crate) async fn damaged_pages(dir: &Path, file: File, key: &DatabaseKey) -> Result<Vec<String>, StoreError> {
    let mut connection = open_as_is(&dir.join(file.name()), file, key).await?;
    // With a wrong key every page looks altered.
    let bad_key = |source| StoreError::BadKey { file: file.name().to_owned(), source };
    sqlx::query("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut connection).await.map_err(bad_key)?;
    let rows = sqlx::query("PRAGMA cipher_integrity_check").fetch_all(&mut connection).await?;
    connection.close().await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// A pool whose connections stay open, because opening one costs a key check.
fn pool(size: u32, options: SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(size)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(options)
}

impl Database {
    pub(crate) async fn open(dir: &Path, file: File, key: &DatabaseKey) -> Result<Database, StoreError> {
        let connection = open_writer(dir, file, key).await?;
        let options = options(dir, file, key)?;
        Ok(Database {
            file,
            writer: Writer::new(options.clone(), connection),
            readers: pool(READERS_MAX, options.clone().read_only(true)),
            checkpointer: pool(1, options),
        })
    }

    /// A writing transaction, when its turn comes. Dropped without a commit it leaves nothing behind.
    pub(crate) async fn begin(&self) -> Result<Writing, StoreError> {
        self.writer.begin().await
    }

    /// See [`Writer::begin_with`].
    pub(crate) async fn begin_with(
        &self,
        statements: Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<(Writing, Vec<SqliteRow>), StoreError> {
        self.writer.begin_with(statements).await
    }

    /// Read-only connections.
    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Moves what it can from the log to the file without making anybody wait.
    pub(crate) async fn checkpoint(&self) -> Result<(), StoreError> {
        sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").fetch_all(&self.checkpointer).await?;
        Ok(())
    }

    /// Moves all of the log to the file and empties it. Waits for readers and the writer, but no longer than anybody waits for them.
    ///
    /// # Errors
    /// `Unavailable` when somebody reads for so long.
    pub(crate) async fn fold_log(&self) -> Result<(), StoreError> {
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.checkpointer).await?;
        match row.try_get::<i64, _>(0)? {
            0 => Ok(()),
            _ => Err(StoreError::Unavailable(sqlx::Error::PoolTimedOut)),
        }
    }

    /// Closes the readers and folds the log into the file. The file may not be used afterwards.
    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        self.readers.close().await;
        self.writer.close().await?;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(&self.checkpointer).await?;
        self.checkpointer.close().await;
        tracing::debug!(file = self.file.name(), "database closed");
        Ok(())
    }
}

/// Makes the data directory. A new one is 0700; one that already holds our files is made 0700 again; one with only foreign
/// files keeps its mode, because it is not ours to close.
pub(crate) fn prepare_directory(dir: &Path) -> Result<(), StoreError> {
    let io = |e| StoreError::io(dir, e);
    let ours = dir.join(File::Ledger.name()).exists();
    let existed = dir.is_dir();
    std::fs::create_dir_all(dir).map_err(io)?;
    if ours || !existed {
        std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700)).map_err(io)?;
    }
    Ok(())
}

/// SQLite gives the log and the shared-memory file the mode of the database, so one call covers all three.
fn make_private(path: &PathBuf) -> Result<(), StoreError> {
    let io = |e| StoreError::io(path, e);
    // Truncating is left out on purpose: the file may hold data.
    let file = std::fs::OpenOptions::new().append(true).create(true).mode(0o600).open(path).map_err(io)?;
    file.set_permissions(std::fs::Permissions::from_mode(0o600)).map_err(io)
}
