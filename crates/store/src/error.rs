//! What can go wrong in this room. The API maps each variant to one problem code; the runtime reacts to `Fenced` and
//! `Unavailable`.

use domain::PartitionId;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No such record within the caller's reach.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The record was changed by somebody else, or a value that must be unique is taken; the text names the subject.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// The record cannot go while others refer to it; the text says which.
    #[error("still used: {0}")]
    StillUsed(&'static str),
    /// A value the schema refuses; the text names the field.
    #[error("not acceptable: {0}")]
    Invalid(&'static str),
    /// The database cannot be read or written at this moment (disk full, I/O error, injected fault).
    #[error("the database is unavailable")]
    Unavailable(#[source] sqlx::Error),
    /// A commit was refused by the fault switches of the test hook.
    #[error("the commit was refused by an injected fault")]
    Injected,
    /// The lists have not come to the end of the ledger yet.
    #[error("the lists are behind the ledger")]
    Behind,
    /// Another owner holds the partition's lease: stop deciding for it at once.
    #[error("the lease of partition {0} belongs to another owner or epoch")]
    Fenced(PartitionId),
    /// Entries do not follow the last one of the chain.
    #[error("entry {given} does not follow {head} in partition {partition}")]
    OutOfOrder {
        /// Which chain.
        partition: PartitionId,
        /// Its last position.
        head: u64,
        /// The position that was given.
        given: u64,
    },
    /// The file is encrypted with another key, or is no database.
    #[error("{file} cannot be opened with this key (or is not a database)")]
    BadKey {
        /// Name of the file.
        file: String,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// The key file does not hold a key.
    #[error("the key file must hold 32 bytes, or 64 hexadecimal digits")]
    BadKeyFile,
    /// What is stored cannot be understood; the text names it.
    #[error("stored data is damaged: {0}")]
    Corrupt(String),
    /// The file was written by a newer version of the program.
    #[error("{file} was written by a newer version (migration {version})")]
    NewerSchema {
        /// Name of the file.
        file: String,
        /// The migration this program does not know.
        version: i64,
    },
    /// Another program has the file open.
    #[error("{file} is in use; stop Callisto first")]
    InUse {
        /// Name of the file.
        file: String,
    },
    /// A change of the database key is under way or was interrupted.
    #[error(
        "the database key is being changed, or that was interrupted; run `callisto rekey` again with the same two keys"
    )]
    RekeyInterrupted,
    /// A file or directory cannot be used.
    #[error("{path} cannot be used")]
    Io {
        /// Which.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

impl StoreError {
    pub(crate) fn io(path: &std::path::Path, source: std::io::Error) -> StoreError {
        StoreError::Io { path: path.display().to_string(), source }
    }

    pub(crate) fn disk(source: std::io::Error) -> StoreError {
        StoreError::Io { path: "the disk of recordings and objects".to_owned(), source }
    }

    pub(crate) fn corrupt(what: impl Into<String>) -> StoreError {
        StoreError::Corrupt(what.into())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        if matches!(error, sqlx::Error::RowNotFound) {
            return StoreError::NotFound("record");
        }
        let kind = error.as_database_error().map(sqlx::error::DatabaseError::kind);
        match kind {
            Some(sqlx::error::ErrorKind::UniqueViolation) => {
                StoreError::Conflict("a value that must be unique is taken")
            }
            Some(sqlx::error::ErrorKind::ForeignKeyViolation) => StoreError::Invalid("a reference to a missing record"),
            Some(sqlx::error::ErrorKind::NotNullViolation | sqlx::error::ErrorKind::CheckViolation) => {
                StoreError::Invalid("a value outside its range")
            }
            Some(_) | None => StoreError::Unavailable(error),
        }
    }
}
