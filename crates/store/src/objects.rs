//! Large immutable values by key: prompts and music now, recordings later.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use tokio::io::AsyncWriteExt;

use crate::StoreError;
use crate::kill::{KillPoint, reach};

/// Longest name of an object.
const KEY_LENGTH_MAX: usize = 512;

/// Ending of files that are being written; no key may end so.
const UNFINISHED: &str = ".part";

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
pub trait ObjectStore: Send + Sync {
    /// The object, if it exists.
    async fn get(&self, key: &ObjectKey) -> Result<Option<Vec<u8>>, StoreError>;
    /// Stores an object whole and durably, in place of one of the same name.
    async fn put(&self, key: &ObjectKey, value: &[u8]) -> Result<(), StoreError>;
    /// Removes an object; one that does not exist is as good as removed.
    async fn delete(&self, key: &ObjectKey) -> Result<(), StoreError>;
    /// Names that begin with `prefix`, in order.
    async fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, StoreError>;
}

/// Objects as files below a directory.
#[derive(Clone, Debug)]
pub struct FsObjectStore {
    root: PathBuf,
}

impl FsObjectStore {
    /// Objects below `root`, which is made if missing.
    pub fn open(root: impl Into<PathBuf>) -> Result<FsObjectStore, StoreError> {
        let root = root.into();
        std::fs::create_dir_all(&root).map_err(|e| StoreError::io(&root, e))?;
        Ok(FsObjectStore { root })
    }

    fn path(&self, key: &ObjectKey) -> PathBuf {
        self.root.join(&key.0)
    }
}

/// Makes a rename or removal in a directory durable.
async fn sync_directory(path: &Path) -> std::io::Result<()> {
    tokio::fs::File::open(path).await?.sync_all().await
}

async fn write_and_rename(path: &Path, value: &[u8]) -> std::io::Result<()> {
    let parent = path.parent().unwrap_or(path);
    tokio::fs::create_dir_all(parent).await?;
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(UNFINISHED);
    let mut file =
        tokio::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished).await?;
    file.write_all(value).await?;
    reach(KillPoint::ObjectWritten);
    file.sync_all().await?;
    reach(KillPoint::ObjectSynced);
    tokio::fs::rename(&unfinished, path).await?;
    reach(KillPoint::ObjectRenamed);
    sync_directory(parent).await
}

#[async_trait]
impl ObjectStore for FsObjectStore {
    async fn get(&self, key: &ObjectKey) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.path(key);
        match tokio::fs::read(&path).await {
            Ok(value) => Ok(Some(value)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(StoreError::io(&path, e)),
        }
    }

    async fn put(&self, key: &ObjectKey, value: &[u8]) -> Result<(), StoreError> {
        let path = self.path(key);
        write_and_rename(&path, value).await.map_err(|e| StoreError::io(&path, e))
    }

    async fn delete(&self, key: &ObjectKey) -> Result<(), StoreError> {
        let path = self.path(key);
        match tokio::fs::remove_file(&path).await {
            Ok(()) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(StoreError::io(&path, e)),
        }
        sync_directory(path.parent().unwrap_or(&self.root)).await.map_err(|e| StoreError::io(&path, e))
    }

    async fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, StoreError> {
        let mut keys = Vec::new();
        let mut folders = vec![(self.root.clone(), String::new())];
        while let Some((folder, name)) = folders.pop() {
            let io = |e| StoreError::io(&folder, e);
            let mut entries = tokio::fs::read_dir(&folder).await.map_err(io)?;
            while let Some(entry) = entries.next_entry().await.map_err(io)? {
                let child = format!("{name}{}", entry.file_name().to_string_lossy());
                if entry.file_type().await.map_err(io)?.is_dir() {
                    folders.push((entry.path(), format!("{child}/")));
                } else if child.starts_with(prefix) {
                    // Foreign files have no key and are not shown.
                    keys.extend(ObjectKey::new(&child).ok());
                }
            }
        }
        keys.sort();
        Ok(keys)
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
}
