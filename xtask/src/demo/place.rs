//! Where a demo keeps its data and its key.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::claims::{CONFIG, Claims, DATABASES, LOG, MANIFEST, remove};
use crate::say;
use crate::workspace::Workspace;

/// Held while a demo runs on the directory.
const LOCK: &str = ".demo-lock";
/// Length of a database key in bytes.
const KEY_BYTES: usize = 32;

/// The files of one demo.
pub struct Place {
    data_dir: PathBuf,
    key_file: PathBuf,
    key_is_ours: bool,
    claims: Claims,
}

impl Place {
    /// From the flags; makes the data directory.
    pub fn choose(workspace: &Workspace, data_dir: Option<&Path>, key_file: Option<&Path>) -> anyhow::Result<Place> {
        let data_dir = match data_dir {
            Some(dir) => std::path::absolute(dir)?,
            None => workspace.root.join(".demo").join("data"),
        };
        let mut maker = DirBuilder::new();
        maker.recursive(true).mode(0o700).create(&data_dir).with_context(|| {
            format!("cannot use {} as the data directory; choose another with --data-dir DIR", data_dir.display())
        })?;
        let data_dir = data_dir.canonicalize()?;
        let key_file_path = match key_file {
            Some(file) => std::path::absolute(file)?,
            None => key_beside(&data_dir)?,
        };
        let claims = Claims::of(workspace, &data_dir)?;
        let place = Place { data_dir, key_file: key_file_path, key_is_ours: key_file.is_none(), claims };
        if place.resolved_key_file()?.starts_with(&place.data_dir) {
            bail!("the key must not lie inside the data directory; choose another place with --key-file F");
        }
        Ok(place)
    }

    /// The data directory.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// What the running server says about itself.
    pub fn manifest(&self) -> PathBuf {
        self.data_dir.join(MANIFEST)
    }

    /// What the server reads.
    pub fn config(&self) -> PathBuf {
        self.data_dir.join(CONFIG)
    }

    /// What the server prints.
    pub fn log(&self) -> PathBuf {
        self.data_dir.join(LOG)
    }

    /// Keeps a second demo off the directory while the result lives.
    pub fn lock(&self) -> anyhow::Result<File> {
        let path = self.data_dir.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => {
                bail!("another demo runs on {}; stop it or choose another with --data-dir DIR", self.data_dir.display())
            }
            Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
        }
    }

    /// Removes the files of earlier runs, and the key that was made for them.
    pub fn reset(&self) -> anyhow::Result<()> {
        if self.claims.remove_files()? && self.key_is_ours {
            remove(&self.key_file)?;
        }
        say::line(format_args!("  ok   {} is empty of demo files", self.data_dir.display()));
        Ok(())
    }

    /// Claims the names, removes what an earlier run said about itself, and makes sure there is a key. Returns its file.
    pub fn prepare(&self) -> anyhow::Result<PathBuf> {
        self.claims.take()?;
        remove(&self.manifest())?;
        self.ensure_key()?;
        Ok(self.key_file.clone())
    }

    /// Writes what the server reads.
    pub fn write_config(&self, text: &str) -> anyhow::Result<()> {
        let path = self.config();
        remove(&path)?;
        create_private(&path, text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
    }

    fn ensure_key(&self) -> anyhow::Result<()> {
        if self.key_file.exists() {
            return Ok(());
        }
        if DATABASES.iter().any(|name| self.data_dir.join(name).exists()) {
            bail!(
                "the databases in {} were made with a key that is not at {}; name it with --key-file F or start over with --reset",
                self.data_dir.display(),
                self.key_file.display()
            );
        }
        if let Some(parent) = self.key_file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let mut key = [0; KEY_BYTES];
        File::open("/dev/urandom")
            .and_then(|mut source| source.read_exact(&mut key))
            .context("no source of randomness")?;
        let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        create_private(&self.key_file, format!("{hex}\n").as_bytes()).with_context(|| {
            format!("cannot write the key {}; choose another place with --key-file F", self.key_file.display())
        })
    }

    /// The key file with links in its directory followed, whether or not it exists yet.
    fn resolved_key_file(&self) -> anyhow::Result<PathBuf> {
        for ancestor in self.key_file.ancestors() {
            if let Ok(real) = ancestor.canonicalize() {
                return Ok(real.join(self.key_file.strip_prefix(ancestor)?));
            }
        }
        Ok(self.key_file.clone())
    }
}

fn key_beside(data_dir: &Path) -> anyhow::Result<PathBuf> {
    match (data_dir.parent(), data_dir.file_name()) {
        (Some(parent), Some(name)) => Ok(parent.join(format!("{}-keys", name.to_string_lossy())).join("demo.key")),
        _ => bail!("there is no place for a key beside {}; name one with --key-file F", data_dir.display()),
    }
}

fn create_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn workspace(root: &Path) -> Workspace {
        Workspace::with_prompts(root)
    }

    fn place(root: &Path) -> Place {
        Place::choose(&workspace(root), None, None).unwrap()
    }

    #[test]
    fn the_key_lies_beside_the_data_and_is_private() {
        let root = tempfile::tempdir().unwrap();
        let key = place(root.path()).prepare().unwrap();
        assert_eq!(key, root.path().canonicalize().unwrap().join(".demo/data-keys/demo.key"));
        assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_to_string(&key).unwrap().trim().len(), 2 * KEY_BYTES);
    }

    #[test]
    fn a_key_inside_the_data_directory_is_refused_also_through_a_link() {
        let root = tempfile::tempdir().unwrap();
        let data = root.path().join("data");
        std::fs::create_dir(&data).unwrap();
        std::os::unix::fs::symlink(&data, root.path().join("link")).unwrap();
        let choose = |key: PathBuf| Place::choose(&workspace(root.path()), Some(&data), Some(&key));
        assert!(choose(data.join("demo.key")).is_err());
        assert!(choose(root.path().join("link/demo.key")).is_err());
        assert!(choose(root.path().join("demo.key")).is_ok());
    }

    #[test]
    fn a_reset_leaves_foreign_files_alone() {
        let root = tempfile::tempdir().unwrap();
        let place = place(root.path());
        let foreign = place.data_dir().join("holiday.jpg");
        std::fs::write(&foreign, "sun").unwrap();
        let key = place.prepare().unwrap();
        let prompt = "objects/prompts/zh/welcome.wav";
        std::fs::create_dir_all(place.data_dir().join(prompt).parent().unwrap()).unwrap();
        let ours = ["ledger.db", "ledger.db-wal", "demo.json", prompt];
        for name in ours {
            std::fs::write(place.data_dir().join(name), "ours").unwrap();
        }
        place.reset().unwrap();
        assert_eq!(std::fs::read_to_string(&foreign).unwrap(), "sun");
        assert!(ours.iter().all(|name| !place.data_dir().join(name).exists()));
        assert!(!key.exists() && !place.data_dir().join("objects").exists());
    }

    #[test]
    fn a_foreign_file_under_one_of_our_names_stops_the_demo_and_survives_a_reset() {
        let root = tempfile::tempdir().unwrap();
        let place = place(root.path());
        let foreign = place.data_dir().join("ledger.db");
        std::fs::write(&foreign, "household accounts").unwrap();
        place.reset().unwrap();
        assert!(place.prepare().unwrap_err().to_string().contains("--data-dir"));
        assert_eq!(std::fs::read_to_string(&foreign).unwrap(), "household accounts");
    }

    #[test]
    fn a_lost_key_is_said_and_not_replaced() {
        let root = tempfile::tempdir().unwrap();
        let place = place(root.path());
        let key = place.prepare().unwrap();
        std::fs::write(place.data_dir().join("ledger.db"), "ours").unwrap();
        std::fs::remove_file(&key).unwrap();
        let text = place.prepare().unwrap_err().to_string();
        assert!(text.contains("--key-file") && text.contains("--reset"), "{text}");
    }

    #[test]
    fn two_demos_do_not_share_a_directory() {
        let root = tempfile::tempdir().unwrap();
        let place = place(root.path());
        let held = place.lock().unwrap();
        assert!(place.lock().unwrap_err().to_string().contains("--data-dir"));
        drop(held);
        place.lock().unwrap();
    }

    #[test]
    fn a_forged_list_reaches_nothing_outside() {
        let root = tempfile::tempdir().unwrap();
        let place = place(root.path());
        let outside = root.path().join("outside");
        std::fs::write(&outside, "safe").unwrap();
        std::fs::write(
            place.data_dir().join(".demo-files"),
            "../../outside\nobjects/prompts/zh/../../../../../outside\nholiday.jpg\n",
        )
        .unwrap();
        std::fs::write(place.data_dir().join("holiday.jpg"), "sun").unwrap();
        place.reset().unwrap();
        assert!(outside.exists() && place.data_dir().join("holiday.jpg").exists());
    }
}
