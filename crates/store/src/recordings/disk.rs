//! What recordings and objects ask of a file system, and the real one.
//!
//! Nothing written is safe before [`Disk::sync`], no new, renamed or removed name before [`Disk::sync_names`]. The tests put a disk
//! below that takes this literally and loses power.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::StoreError;
use crate::store::lock;

/// Files by name below one root. Names are joined by `/`; folders come with the first file in them. Every function blocks.
pub trait Disk: Send + Sync + fmt::Debug {
    /// Names and sizes of all files whose name begins with `prefix`, in order.
    fn list(&self, prefix: &str) -> io::Result<Vec<(String, u64)>>;
    /// Adds to the end of a file, which is made if missing.
    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was written to a file durable.
    fn sync(&self, name: &str) -> io::Result<()>;
    /// Makes making, renaming and removing of names in the folder of `name` durable.
    fn sync_names(&self, name: &str) -> io::Result<()>;
    /// Up to `length` bytes from `offset`; fewer only at the end of the file.
    fn read(&self, name: &str, offset: u64, length: usize) -> io::Result<Vec<u8>>;
    /// How long a file is; `None` when there is none.
    fn size(&self, name: &str) -> io::Result<Option<u64>>;
    /// Cuts a file off.
    fn truncate(&self, name: &str, length: u64) -> io::Result<()>;
    /// Renames a file, in place of one that has the name.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file; one that does not exist is as good as removed.
    fn unlink(&self, name: &str) -> io::Result<()>;
    /// Bytes that can still be written.
    fn free_bytes(&self) -> io::Result<u64>;
}

/// The file system below a directory.
#[derive(Debug)]
pub struct FsDisk {
    root: PathBuf,
    /// Files being written.
    open: Mutex<HashMap<String, Arc<File>>>,
    /// Folders that have a new folder in them which is not durable yet.
    grown: Mutex<BTreeSet<PathBuf>>,
}

impl FsDisk {
    /// Files below `root`, which is made if missing.
    ///
    /// # Errors
    /// When the directory cannot be made.
    pub fn open(root: impl Into<PathBuf>) -> Result<FsDisk, StoreError> {
        let root = root.into();
        let disk = FsDisk { root, open: Mutex::default(), grown: Mutex::default() };
        disk.make_folder(&disk.root).map_err(|e| StoreError::io(&disk.root, e))?;
        Ok(disk)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        let mut grown = lock(&self.grown);
        let mut missing = folder;
        while let Some(parent) = missing.parent() {
            grown.insert(parent.to_owned());
            if parent.is_dir() {
                break;
            }
            missing = parent;
        }
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
    }

    fn writing(&self, name: &str) -> io::Result<Arc<File>> {
        if let Some(file) = lock(&self.open).get(name) {
            return Ok(Arc::clone(file));
        }
        let path = self.root.join(name);
        if let Some(folder) = path.parent() {
            self.make_folder(folder)?;
        }
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(&path)?;
        file.set_permissions(Permissions::from_mode(0o600))?;
        let file = Arc::new(file);
        lock(&self.open).insert(name.to_owned(), Arc::clone(&file));
        Ok(file)
    }

    fn walk(&self, folder: &Path, name: &str, found: &mut Vec<(String, u64)>) -> io::Result<()> {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(e),
        };
        for entry in entries {
            let entry = entry?;
            let child = format!("{name}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.walk(&entry.path(), &format!("{child}/"), found)?;
            } else if kind.is_file() {
                found.push((child, entry.metadata()?.len()));
            }
        }
        Ok(())
    }
}

fn is_missing<T>(result: &io::Result<T>) -> bool {
    result.as_ref().is_err_and(|e| e.kind() == io::ErrorKind::NotFound)
}

impl Disk for FsDisk {
    fn list(&self, prefix: &str) -> io::Result<Vec<(String, u64)>> {
        let folder = prefix.rfind('/').map_or("", |end| &prefix[..=end]);
        let mut found = Vec::new();
        self.walk(&self.root.join(folder), folder, &mut found)?;
        found.retain(|(name, _)| name.starts_with(prefix));
        found.sort();
        Ok(found)
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        (&*self.writing(name)?).write_all(bytes)
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        self.writing(name)?.sync_data()
    }

    fn sync_names(&self, name: &str) -> io::Result<()> {
        let path = self.root.join(name);
        let folder = path.parent().unwrap_or(&self.root);
        File::open(folder)?.sync_all()?;
        for above in folder.ancestors().skip(1) {
            let grown = lock(&self.grown).remove(above);
            if grown && let Err(e) = File::open(above).and_then(|folder| folder.sync_all()) {
                lock(&self.grown).insert(above.to_owned());
                return Err(e);
            }
        }
        Ok(())
    }

    fn read(&self, name: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let file = File::open(self.root.join(name))?;
        let left = file.metadata()?.len().saturating_sub(offset);
        let mut bytes = vec![0; length.min(usize::try_from(left).unwrap_or(usize::MAX))];
        let mut filled = 0;
        while filled < bytes.len() {
            match file.read_at(&mut bytes[filled..], offset + filled as u64) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }

    fn size(&self, name: &str) -> io::Result<Option<u64>> {
        match std::fs::metadata(self.root.join(name)) {
            Ok(found) => Ok(found.is_file().then_some(found.len())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn truncate(&self, name: &str, length: u64) -> io::Result<()> {
        OpenOptions::new().write(true).open(self.root.join(name))?.set_len(length)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        lock(&self.open).remove(from);
        lock(&self.open).remove(to);
        std::fs::rename(self.root.join(from), self.root.join(to))
    }

    fn unlink(&self, name: &str) -> io::Result<()> {
        lock(&self.open).remove(name);
        let removed = std::fs::remove_file(self.root.join(name));
        if is_missing(&removed) { Ok(()) } else { removed }
    }

    fn free_bytes(&self) -> io::Result<u64> {
        let space = rustix::fs::statvfs(&self.root)?;
        Ok(space.f_bavail.saturating_mul(space.f_frsize))
    }
}

/// Does blocking work on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}
