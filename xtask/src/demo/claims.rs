//! Which files of a data directory are the demo's own.
//!
//! A data directory may hold foreign files. Before the first start every name the demo will use is claimed in a list
//! inside the directory; a name that is already taken by a file not on the list stops the demo. A reset removes what
//! the list names and nothing else.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::workspace::Workspace;

/// What `callisto serve` reads.
pub const CONFIG: &str = "callisto.toml";
/// What the running server says about itself.
pub const MANIFEST: &str = "demo.json";
/// What the server prints.
pub const LOG: &str = "callisto.log";
/// The encrypted databases.
pub const DATABASES: [&str; 4] = ["ledger.db", "business.db", "reports.db", "keys.db"];
/// The list of claimed names.
const LIST: &str = ".demo-files";
/// The manifest, half written.
const MANIFEST_PART: &str = "demo.json.part";
/// What SQLite puts beside a database.
const COMPANIONS: [&str; 4] = ["", "-wal", "-shm", "-journal"];
/// Where the server's object store keeps the prompts.
const PROMPTS: &str = "objects/prompts";
/// Where they come from, in the repository.
const PROMPT_SOURCE: &str = "assets/prompts";
/// Directories the object store makes, the innermost first.
const PROMPT_FOLDERS: [&str; 5] =
    ["objects/prompts/zh", "objects/prompts/en", "objects/prompts/common", "objects/prompts", "objects"];
/// The certificate the server makes when others can reach the demo, and its folder.
const CERTIFICATE: [&str; 4] = ["tls/certificate.pem", "tls/certificate.part", "tls/key.pem", "tls/key.part"];
/// See [`CERTIFICATE`].
const CERTIFICATE_FOLDER: &str = "tls";
/// What an object is called while it is written.
const UNFINISHED: &str = ".part";

/// The demo's own files in one directory.
pub struct Claims {
    dir: PathBuf,
    names: BTreeSet<String>,
}

impl Claims {
    /// What the demo of this repository will use in `dir`.
    pub fn of(workspace: &Workspace, dir: &Path) -> anyhow::Result<Claims> {
        Ok(Claims { dir: dir.to_owned(), names: names(workspace)? })
    }

    /// Puts every name on the list, or fails with the one that somebody else has taken.
    pub fn take(&self) -> anyhow::Result<()> {
        let mut listed = self.listed()?;
        for name in &self.names {
            if !listed.contains(name) && self.dir.join(name).exists() {
                bail!(
                    "{} was not made by the demo and is in its way; move it or choose another directory with --data-dir DIR",
                    self.dir.join(name).display()
                );
            }
            listed.insert(name.clone());
        }
        let text: String = listed.iter().map(|name| format!("{name}\n")).collect();
        std::fs::write(self.dir.join(LIST), text)
            .with_context(|| format!("cannot write in {}; choose another with --data-dir DIR", self.dir.display()))
    }

    /// Removes the listed files and the list; `false` when there was none.
    pub fn remove_files(&self) -> anyhow::Result<bool> {
        let was_used = self.dir.join(LIST).exists();
        for name in self.listed()? {
            remove(&self.dir.join(&name))?;
        }
        for folder in PROMPT_FOLDERS.into_iter().chain([CERTIFICATE_FOLDER]) {
            // Only an empty one goes.
            let _ = std::fs::remove_dir(self.dir.join(folder));
        }
        remove(&self.dir.join(LIST))?;
        Ok(was_used)
    }

    /// Names on the list; only names a demo can use count, so that a list made by somebody else reaches nothing outside.
    fn listed(&self) -> anyhow::Result<BTreeSet<String>> {
        let text = match std::fs::read_to_string(self.dir.join(LIST)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).context("cannot read the list of demo files"),
        };
        Ok(text.lines().filter(|name| self.names.contains(*name) || is_prompt(name)).map(str::to_owned).collect())
    }
}

/// Removes a file; one that does not exist is as good as removed.
pub fn remove(path: &Path) -> anyhow::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Every name the demo will ever use in its directory.
fn names(workspace: &Workspace) -> anyhow::Result<BTreeSet<String>> {
    let databases = DATABASES.iter().flat_map(|name| COMPANIONS.iter().map(move |end| format!("{name}{end}")));
    let mut names: BTreeSet<String> = databases
        .chain([CONFIG, MANIFEST, MANIFEST_PART, LOG].into_iter().chain(CERTIFICATE).map(str::to_owned))
        .collect();
    for folder in
        PROMPT_FOLDERS.iter().filter_map(|folder| folder.strip_prefix(PROMPTS)).filter(|rest| !rest.is_empty())
    {
        let source = workspace.root.join(format!("{PROMPT_SOURCE}{folder}"));
        for entry in std::fs::read_dir(&source).with_context(|| format!("cannot read {}", source.display()))? {
            let name = format!("{PROMPTS}{folder}/{}", entry?.file_name().to_string_lossy());
            names.extend([format!("{name}{UNFINISHED}"), name]);
        }
    }
    Ok(names)
}

/// Whether a name is one the object store could have given a prompt, also of an earlier version.
fn is_prompt(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let file = PROMPT_FOLDERS.iter().take(3).find_map(|folder| name.strip_prefix(folder)?.strip_prefix('/'));
    file.is_some_and(|file| !file.starts_with('.') && file.chars().all(plain))
}
