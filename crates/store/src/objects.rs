//! Large immutable values by key: prompts and music now, recordings later.

use std::path::PathBuf;

use async_trait::async_trait;

use crate::StoreError;

/// The name of an object: parts of letters, digits, `-`, `_` and `.` joined by `/`. Cannot leave the store's directory.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey(String);

impl ObjectKey {
    /// Checks and takes a name.
    pub fn new(name: &str) -> Result<ObjectKey, StoreError> {
        let _ = name;
        todo!()
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
}
