//! Large immutable values by key: prompts, music and sealed recordings.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;

use crate::StoreError;
use crate::kill::{KillPoint, reach};
use crate::recordings::{Disk, FsDisk, blocking};

/// Longest name of an object.
const KEY_LENGTH_MAX: usize = 512;

/// Ending of files that are being written; no key may end so.
const UNFINISHED: &str = ".part";

/// What an upload collects before it goes to the disk.
const UPLOAD_PIECE: usize = 256 * 1024;

/// The name of an object: parts of letters, digits, `-`, `_` and `.` joined by `/`. A part never begins with a dot, so a
/// name cannot leave the store's directory.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey(String);

impl ObjectKey {
    /// Checks and takes a name.
    pub fn new(name: &str) -> Result<ObjectKey, StoreError> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(is_plain);
        if name.len() > KEY_LENGTH_MAX || name.ends_with(UNFINISHED) || !name.split('/').all(is_part) {
            return Err(StoreError::Invalid("the name of an object"));
        }
        Ok(ObjectKey(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where objects are kept.
#[async_trait]
pub trait ObjectStore: Send + Sync + fmt::Debug {
    /// The object, if it exists.
    async fn get(&self, key: &ObjectKey) -> Result<Option<Vec<u8>>, StoreError>;
    /// How long the object is, if it exists.
    async fn size(&self, key: &ObjectKey) -> Result<Option<u64>, StoreError>;
    /// Up to `length` bytes of the object from `offset`, fewer only at its end; `None` when it does not exist.
    async fn read(&self, key: &ObjectKey, offset: u64, length: usize) -> Result<Option<Vec<u8>>, StoreError>;
    /// Stores an object whole and durably, in place of one of the same name.
    async fn put(&self, key: &ObjectKey, value: &[u8]) -> Result<(), StoreError>;
    /// Begins to store an object too large to be held in memory; nothing is to be seen of it before it is finished.
    async fn begin(&self, key: &ObjectKey) -> Result<Box<dyn ObjectUpload>, StoreError>;
    /// Removes an object; one that does not exist is as good as removed.
    async fn delete(&self, key: &ObjectKey) -> Result<(), StoreError>;
    /// Names that begin with `prefix`, in order.
    async fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, StoreError>;
}

/// An object that is being stored piece by piece. Dropped unfinished it is no object.
#[async_trait]
pub trait ObjectUpload: Send {
    /// Adds to its end.
    async fn write(&mut self, piece: &[u8]) -> Result<(), StoreError>;
    /// Makes it whole and durable, in place of one of the same name.
    async fn finish(self: Box<Self>) -> Result<(), StoreError>;
}

/// Objects as files of a disk.
#[derive(Clone, Debug)]
pub struct FsObjectStore {
    disk: Arc<dyn Disk>,
}

impl FsObjectStore {
    /// Objects below the directory `root`, which is made if missing.
    pub fn open(root: impl Into<PathBuf>) -> Result<FsObjectStore, StoreError> {
        Ok(FsObjectStore::on(Arc::new(FsDisk::open(root)?)))
    }

    /// Objects on a disk.
    pub fn on(disk: Arc<dyn Disk>) -> FsObjectStore {
        FsObjectStore { disk }
    }

    async fn on_disk<T: Send + 'static>(
        &self,
        key: &ObjectKey,
        work: impl FnOnce(&dyn Disk, &str) -> io::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (disk, name) = (Arc::clone(&self.disk), key.0.clone());
        let failed = |e| StoreError::io(Path::new(&key.0), e);
        blocking(move || work(&*disk, &name)).await.map_err(failed)
    }
}

struct FsUpload {
    store: FsObjectStore,
    key: ObjectKey,
    unwritten: Vec<u8>,
}

impl FsUpload {
    async fn flush(&mut self) -> Result<(), StoreError> {
        let piece = std::mem::take(&mut self.unwritten);
        self.store.on_disk(&self.key, move |disk, name| disk.append(&unfinished(name), &piece)).await
    }
}

fn unfinished(name: &str) -> String {
    format!("{name}{UNFINISHED}")
}

#[async_trait]
impl ObjectUpload for FsUpload {
    async fn write(&mut self, piece: &[u8]) -> Result<(), StoreError> {
        self.unwritten.extend_from_slice(piece);
        if self.unwritten.len() >= UPLOAD_PIECE { self.flush().await } else { Ok(()) }
    }

    async fn finish(mut self: Box<Self>) -> Result<(), StoreError> {
        self.flush().await?;
        let finish = |disk: &dyn Disk, name: &str| {
            reach(KillPoint::ObjectWritten);
            disk.sync(&unfinished(name))?;
            reach(KillPoint::ObjectSynced);
            disk.rename(&unfinished(name), name)?;
            reach(KillPoint::ObjectRenamed);
            disk.sync_names(name)
        };
        self.store.on_disk(&self.key, finish).await
    }
}

fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

#[async_trait]
impl ObjectStore for FsObjectStore {
    async fn get(&self, key: &ObjectKey) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(key, 0, usize::MAX).await
    }

    async fn size(&self, key: &ObjectKey) -> Result<Option<u64>, StoreError> {
        self.on_disk(key, |disk, name| disk.size(name)).await
    }

    async fn read(&self, key: &ObjectKey, offset: u64, length: usize) -> Result<Option<Vec<u8>>, StoreError> {
        self.on_disk(key, move |disk, name| found(disk.read(name, offset, length))).await
    }

    async fn put(&self, key: &ObjectKey, value: &[u8]) -> Result<(), StoreError> {
        let mut upload = self.begin(key).await?;
        upload.write(value).await?;
        upload.finish().await
    }

    async fn begin(&self, key: &ObjectKey) -> Result<Box<dyn ObjectUpload>, StoreError> {
        // What an attempt before may have left.
        self.on_disk(key, |disk, name| disk.unlink(&unfinished(name))).await?;
        Ok(Box::new(FsUpload { store: self.clone(), key: key.clone(), unwritten: Vec::new() }))
    }

    async fn delete(&self, key: &ObjectKey) -> Result<(), StoreError> {
        let remove = |disk: &dyn Disk, name: &str| {
            if disk.size(name)?.is_none() {
                return Ok(());
            }
            disk.unlink(name)?;
            disk.sync_names(name)
        };
        self.on_disk(key, remove).await
    }

    async fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, StoreError> {
        let (disk, prefix) = (Arc::clone(&self.disk), prefix.to_owned());
        let listed = blocking(move || disk.list(&prefix)).await.map_err(StoreError::disk)?;
        // Foreign files have no key and are not shown.
        Ok(listed.iter().filter_map(|(name, _)| ObjectKey::new(name).ok()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_leave_the_directory_are_refused() {
        for name in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a/./b",
            ".hidden",
            "a/.hidden",
            "a\\b",
            "a\0b",
            "a b",
            "a.part",
            "ä",
            "~",
            "a:b",
        ] {
            assert!(ObjectKey::new(name).is_err(), "{name:?}");
        }
        assert!(ObjectKey::new(&"a".repeat(KEY_LENGTH_MAX + 1)).is_err());
        assert!(ObjectKey::new("prompts/zh/welcome.alaw").is_ok());
    }

    #[tokio::test]
    async fn objects_come_back_and_go() {
        let dir = tempfile::tempdir().unwrap();
        let store = FsObjectStore::open(dir.path().join("objects")).unwrap();
        let key = ObjectKey::new("prompts/zh/welcome.alaw").unwrap();
        assert_eq!(store.get(&key).await.unwrap(), None);
        store.put(&key, b"one").await.unwrap();
        store.put(&key, b"two").await.unwrap();
        store.put(&ObjectKey::new("music/calm.alaw").unwrap(), b"").await.unwrap();
        assert_eq!(store.get(&key).await.unwrap().as_deref(), Some(b"two".as_slice()));
        assert_eq!(store.list("prompts/").await.unwrap(), vec![key.clone()]);
        assert_eq!(store.list("").await.unwrap().len(), 2);
        store.delete(&key).await.unwrap();
        store.delete(&key).await.unwrap();
        assert_eq!(store.get(&key).await.unwrap(), None);
    }

    #[tokio::test]
    async fn an_unfinished_write_is_no_object() {
        let dir = tempfile::tempdir().unwrap();
        let store = FsObjectStore::open(dir.path()).unwrap();
        std::fs::write(dir.path().join("half.alaw.part"), b"ha").unwrap();
        assert_eq!(store.list("").await.unwrap(), vec![]);
        assert_eq!(store.get(&ObjectKey::new("half.alaw").unwrap()).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_large_object_is_stored_in_pieces_and_read_in_pieces() {
        let dir = tempfile::tempdir().unwrap();
        let store = FsObjectStore::open(dir.path()).unwrap();
        let key = ObjectKey::new("ten/2026/01/02/large").unwrap();
        let mut given_up = store.begin(&key).await.unwrap();
        given_up.write(&vec![9; UPLOAD_PIECE + 1]).await.unwrap();
        drop(given_up);
        assert_eq!(store.size(&key).await.unwrap(), None);
        let mut upload = store.begin(&key).await.unwrap();
        for piece in 0..5u8 {
            upload.write(&vec![piece; UPLOAD_PIECE / 2]).await.unwrap();
        }
        upload.finish().await.unwrap();
        assert_eq!(store.size(&key).await.unwrap(), Some(UPLOAD_PIECE as u64 / 2 * 5));
        assert_eq!(store.read(&key, UPLOAD_PIECE as u64 / 2 - 1, 2).await.unwrap(), Some(vec![0, 1]));
        assert_eq!(store.read(&key, UPLOAD_PIECE as u64 / 2 * 5 - 1, 9).await.unwrap(), Some(vec![4]));
        assert_eq!(store.read(&key, u64::MAX / 2, 9).await.unwrap(), Some(vec![]));
    }
}
