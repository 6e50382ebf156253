//! Another key for the database files, while nothing runs.
//!
//! Every file is copied, the copies get the new key, and only when all of them are whole on disk they take the places of the
//! originals. A marker in the data directory says how far it came: killed before the change of places, the old key is still the key;
//! killed within it, the next call finishes it. While the marker is there the data cannot be opened for anything else.

use std::fs::{File as Handle, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, Row};

use crate::database::{File, open_as_is};
use crate::{DatabaseKey, StoreError};

/// Name of the marker.
const MARKER: &str = "rekey.state";
/// The originals are still the files.
const COPYING: &str = "copying";
/// All copies are whole; originals and copies may change places.
const RENAMING: &str = "renaming";

/// What [`rekey`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rekeyed {
    /// All files have the new key.
    Done,
    /// A re-key that was interrupted while files changed places was finished.
    Finished,
    /// They had it already.
    Already,
}

/// Gives every database file of `dir` the key `new` instead of `old`. Call it again, with the same keys, when it was interrupted.
///
/// # Errors
/// `InUse` when a program has a file open, `BadKey` when a file has neither key, `Io` (a full disk: the copies need as much
/// space as the files). After an error the files have the old key, unless a call before was killed while they changed places.
pub async fn rekey(dir: &Path, old: &DatabaseKey, new: &DatabaseKey) -> Result<Rekeyed, StoreError> {
    Work { dir, old, new, steps: Steps(u32::MAX) }.run().await
}

/// Refuses to touch files that are about to change places.
pub(crate) fn refuse_interrupted(dir: &Path) -> Result<(), StoreError> {
    if dir.join(MARKER).exists() { Err(StoreError::RekeyInterrupted) } else { Ok(()) }
}

/// How many durable steps may still be made; the tests stop after each of them.
struct Steps(u32);

impl Steps {
    fn made(&mut self) -> Result<(), StoreError> {
        self.0 = self.0.checked_sub(1).ok_or(StoreError::Injected)?;
        Ok(())
    }
}

struct Work<'a> {
    dir: &'a Path,
    old: &'a DatabaseKey,
    new: &'a DatabaseKey,
    steps: Steps,
}

impl Work<'_> {
    async fn run(&mut self) -> Result<Rekeyed, StoreError> {
        let marker = self.dir.join(MARKER);
        let found = std::fs::read_to_string(&marker).unwrap_or_default();
        if found.trim() == RENAMING {
            self.change_places().await?;
            return Ok(Rekeyed::Finished);
        }
        if !marker.exists() && self.all_have_the_new_key().await {
            return Ok(Rekeyed::Already);
        }
        self.mark(COPYING)?;
        if let Err(error) = self.copy_all().await {
            // The originals were not touched. A kill leaves what this removes to the next call.
            if !matches!(error, StoreError::Injected) {
                self.give_up();
            }
            return Err(error);
        }
        self.mark(RENAMING)?;
        self.change_places().await?;
        Ok(Rekeyed::Done)
    }

    async fn all_have_the_new_key(&self) -> bool {
        for file in File::ALL {
            let path = self.dir.join(file.name());
            if !path.exists() || !opens(&path, file, self.new).await {
                return false;
            }
        }
        true
    }

    async fn copy_all(&mut self) -> Result<(), StoreError> {
        for file in File::ALL {
            let path = self.dir.join(file.name());
            if !path.exists() {
                return Err(StoreError::io(&path, std::io::ErrorKind::NotFound.into()));
            }
            fold_and_free(&path, file, self.old).await?;
        }
        for file in File::ALL {
            let (path, copy) = (self.dir.join(file.name()), self.copy_of(file));
            remove(&copy)?;
            let io = |e| StoreError::io(&copy, e);
            // The mode of the original comes along.
            std::fs::copy(&path, &copy).map_err(io)?;
            self.steps.made()?;
            change_key(&copy, file, self.old, self.new).await?;
            Handle::open(&copy).and_then(|copy| copy.sync_all()).map_err(io)?;
            self.steps.made()?;
        }
        self.sync_names()
    }

    async fn change_places(&mut self) -> Result<(), StoreError> {
        for file in File::ALL {
            let (path, copy) = (self.dir.join(file.name()), self.copy_of(file));
            // One that is not there has taken its place before the interruption.
            let current = if copy.exists() { &copy } else { &path };
            if !opens(current, file, self.new).await {
                let source = sqlx::Error::Protocol("not the key the interrupted re-key was begun with".to_owned());
                return Err(StoreError::BadKey { file: file.name().to_owned(), source });
            }
        }
        for file in File::ALL {
            let (path, copy) = (self.dir.join(file.name()), self.copy_of(file));
            if copy.exists() {
                for log in ["-wal", "-shm", "-journal"] {
                    remove(&self.dir.join(format!("{}{log}", file.name())))?;
                }
                std::fs::rename(&copy, &path).map_err(|e| StoreError::io(&path, e))?;
            }
            self.steps.made()?;
        }
        self.sync_names()?;
        remove(&self.dir.join(MARKER))?;
        self.sync_names()
    }

    fn copy_of(&self, file: File) -> PathBuf {
        self.dir.join(format!("{}.rekey", file.name()))
    }

    /// Writes the marker beside and renames it, so that it is never half written.
    fn mark(&mut self, state: &str) -> Result<(), StoreError> {
        let (path, unfinished) = (self.dir.join(MARKER), self.dir.join(format!("{MARKER}.part")));
        let io = |e| StoreError::io(&path, e);
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished).map_err(io)?;
        file.write_all(state.as_bytes()).map_err(io)?;
        file.sync_all().map_err(io)?;
        std::fs::rename(&unfinished, &path).map_err(io)?;
        self.sync_names()?;
        self.steps.made()
    }

    fn give_up(&self) {
        let copies = File::ALL.iter().map(|file| self.copy_of(*file));
        for path in copies.chain([self.dir.join(MARKER)]) {
            if let Err(error) = remove(&path) {
                tracing::warn!(error = &error as &dyn std::error::Error, "the remains of a re-key cannot be removed");
            }
        }
    }

    fn sync_names(&self) -> Result<(), StoreError> {
        Handle::open(self.dir).and_then(|dir| dir.sync_all()).map_err(|e| StoreError::io(self.dir, e))
    }
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(path, e)),
        Ok(()) | Err(_) => Ok(()),
    }
}

async fn open(path: &Path, file: File, key: &DatabaseKey) -> Result<SqliteConnection, StoreError> {
    let mut connection = open_as_is(path, file, key).await?;
    let bad_key = |source| StoreError::BadKey { file: file.name().to_owned(), source };
    sqlx::query("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut connection).await.map_err(bad_key)?;
    Ok(connection)
}

async fn opens(path: &Path, file: File, key: &DatabaseKey) -> bool {
    match open(path, file, key).await {
        Ok(connection) => connection.close().await.is_ok(),
        Err(_) => false,
    }
}

/// Folds the log into the file and ends the mode that has one, which SQLite does only when nobody else has the file open.
async fn fold_and_free(path: &Path, file: File, key: &DatabaseKey) -> Result<(), StoreError> {
    let in_use = |_| StoreError::InUse { file: file.name().to_owned() };
    let mut connection = open(path, file, key).await?;
    let mode = sqlx::query("PRAGMA journal_mode = DELETE").fetch_one(&mut connection).await.map_err(in_use)?;
    let mode: String = mode.try_get(0)?;
    connection.close().await?;
    if mode == "delete" { Ok(()) } else { Err(StoreError::InUse { file: file.name().to_owned() }) }
}

async fn change_key(path: &Path, file: File, old: &DatabaseKey, new: &DatabaseKey) -> Result<(), StoreError> {
    let mut connection = open(path, file, old).await?;
    let pragma = new.pragma_for(file.name())?;
    let statement = zeroize::Zeroizing::new(format!("PRAGMA rekey = {}", pragma.as_str()));
    sqlx::raw_sql(AssertSqlSafe(statement.as_str().to_owned())).execute(&mut connection).await?;
    connection.close().await?;
    // What the key pragma took in without a word would only show later.
    open(path, file, new).await?.close().await?;
    Ok(())
}

/// As [`rekey`], stopped after some durable steps as a kill would.
#[cfg(test)]
pub(crate) async fn rekey_steps(
    dir: &Path,
    old: &DatabaseKey,
    new: &DatabaseKey,
    steps: u32,
) -> Result<Rekeyed, StoreError> {
    Work { dir, old, new, steps: Steps(steps) }.run().await
}
