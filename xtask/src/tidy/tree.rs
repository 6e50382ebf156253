//! What the rules see: the files that belong to the repository, and the packages cargo knows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::source::Source;
use crate::program;
use crate::workspace::Workspace;

/// Trees made to break rules; they are not a part of the tree.
#[cfg(test)]
pub const FIXTURES: &str = "src/tidy/fixtures";
/// The same, from the root.
const FIXTURES_FROM_ROOT: &str = "xtask/src/tidy/fixtures/";
/// A fixture's stand-in for `cargo metadata`.
#[cfg(test)]
const FIXTURE_PACKAGES: &str = "packages.json";

/// A repository.
pub struct Tree {
    texts: BTreeMap<String, String>,
    binaries: BTreeSet<String>,
    untracked: BTreeSet<String>,
    sources: BTreeMap<String, Source>,
    /// Every package cargo resolved for this machine.
    pub packages: Vec<Package>,
}

/// One package.
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version, for messages.
    pub version: String,
    /// Its licence expression.
    pub license: Option<String>,
    /// Where it lies in the tree, when it is ours.
    pub folder: Option<String>,
    /// What its manifest names.
    pub deps: Vec<Dep>,
}

/// One line of a manifest.
pub struct Dep {
    /// The package.
    pub name: String,
    /// Only for tests.
    pub is_dev: bool,
}

impl Tree {
    /// The working copy.
    pub fn load(workspace: &Workspace) -> anyhow::Result<Tree> {
        let list = |args: &[&str]| -> Option<BTreeSet<String>> {
            let mut git = Command::new("git");
            let text = program::output_of(git.args(["ls-files", "-z"]).args(args).current_dir(&workspace.root))?;
            Some(text.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
        };
        let tracked = list(&["--cached"]).context("`git ls-files` failed: tidy needs git and a working copy")?;
        let untracked = list(&["--others", "--exclude-standard"]).unwrap_or_default();
        let belongs = |path: &&String| !path.starts_with(FIXTURES_FROM_ROOT) && workspace.root.join(path).is_file();
        let paths: Vec<String> = tracked.union(&untracked).filter(belongs).cloned().collect();
        let mut tree = Tree::read(&workspace.root, &paths)?;
        tree.untracked = untracked;
        tree.packages = packages_of(&workspace.root, &metadata(workspace)?);
        Ok(tree)
    }

    /// A directory made to break, or to keep, a rule.
    #[cfg(test)]
    pub fn fixture(dir: &Path) -> anyhow::Result<Tree> {
        let mut paths = Vec::new();
        walk(dir, "", &mut paths)?;
        let mut tree = Tree::read(dir, &paths)?;
        if let Some(text) = tree.texts.remove(FIXTURE_PACKAGES) {
            tree.packages = packages_of(Path::new(""), &serde_json::from_str(&text)?);
        }
        tree.untracked = tree.texts.keys().filter(|path| path.ends_with(".untracked")).cloned().collect();
        Ok(tree)
    }

    fn read(root: &Path, paths: &[String]) -> anyhow::Result<Tree> {
        let (mut texts, mut binaries) = (BTreeMap::new(), BTreeSet::new());
        for path in paths {
            let bytes = std::fs::read(root.join(path)).with_context(|| format!("cannot read {path}"))?;
            match String::from_utf8(bytes) {
                Ok(text) if !text.contains('\0') => {
                    texts.insert(path.clone(), text);
                }
                Ok(_) | Err(_) => {
                    binaries.insert(path.clone());
                }
            }
        }
        let sources = sources_of(&texts);
        Ok(Tree { texts, binaries, untracked: BTreeSet::new(), sources, packages: Vec::new() })
    }

    /// Every file.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().chain(&self.binaries).map(String::as_str)
    }

    /// Every file that is text.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// One text.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Every Rust file, read.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.sources.iter().map(|(path, source)| (path.as_str(), source))
    }

    /// Rust files of one of our crates.
    pub fn crate_sources(&self, name: &str) -> impl Iterator<Item = (&str, &Source)> {
        let folder = format!("crates/{name}/");
        self.sources().filter(move |(path, _)| path.starts_with(&folder))
    }

    /// Whether a file or a directory of this name belongs to the tree.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let inside = format!("{path}/");
        self.paths().any(|each| each == path || each.starts_with(&inside))
    }

    /// Whether git keeps the file.
    pub fn is_tracked(&self, path: &str) -> bool {
        self.has(path) && !self.untracked.contains(path)
    }

    /// The packages that are ours.
    pub fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| package.folder.is_some())
    }

    /// Names of the directories in `crates/` that hold a manifest.
    pub fn crates_on_disk(&self) -> BTreeSet<&str> {
        self.paths().filter_map(|path| path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")).collect()
    }
}

/// The crate a path lies in, `xtask` included.
pub fn crate_of(path: &str) -> Option<&str> {
    match path.strip_prefix("crates/") {
        Some(rest) => rest.split('/').next(),
        None => path.starts_with("xtask/").then_some("xtask"),
    }
}

fn sources_of(texts: &BTreeMap<String, String>) -> BTreeMap<String, Source> {
    let rust = texts.iter().filter(|(path, _)| path.ends_with(".rs"));
    let mut sources: BTreeMap<String, Source> =
        rust.map(|(path, text)| (path.clone(), Source::read(path, text))).collect();
    // `#[cfg(test)] mod name;` makes a whole file, and what lies below it, a test.
    let test_modules: Vec<String> = sources
        .iter()
        .flat_map(|(path, source)| source.test_modules.iter().map(|name| module_path(path, name)).collect::<Vec<_>>())
        .collect();
    for (path, source) in &mut sources {
        let inside = |module: &String| {
            path.strip_prefix(module.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        if test_modules.iter().any(inside) {
            source.is_test_file = true;
        }
    }
    sources
}

/// `src/floor.rs` + `tests` → `src/floor/tests`; `src/lib.rs` + `tests` → `src/tests`.
fn module_path(parent: &str, name: &str) -> String {
    let stem = parent.strip_suffix(".rs").unwrap_or(parent);
    match stem.rsplit_once('/') {
        Some((dir, "lib" | "main" | "mod")) => format!("{dir}/{name}"),
        Some(_) | None => format!("{stem}/{name}"),
    }
}

fn metadata(workspace: &Workspace) -> anyhow::Result<Value> {
    let host = program::output_of(Command::new("rustc").arg("-vV")).unwrap_or_default();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("x86_64-unknown-linux-gnu");
    let mut cargo = workspace.cargo(&["metadata", "--format-version", "1", "--locked", "--filter-platform", host]);
    let text = program::output_of(&mut cargo).context("`cargo metadata --locked` failed: is Cargo.lock up to date?")?;
    Ok(serde_json::from_str(&text)?)
}

fn packages_of(root: &Path, metadata: &Value) -> Vec<Package> {
    let array = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let members = array(&metadata["workspace_members"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let package = |value: &Value| Package {
        name: text(&value["name"]),
        version: text(&value["version"]),
        license: value["license"].as_str().map(str::to_owned),
        folder: members.contains(&value["id"]).then(|| folder_of(root, &text(&value["manifest_path"]))),
        deps: array(&value["dependencies"])
            .iter()
            .map(|dep| Dep { name: text(&dep["name"]), is_dev: dep["kind"] == "dev" })
            .collect(),
    };
    array(&metadata["packages"]).iter().map(package).collect()
}

fn folder_of(root: &Path, manifest: &str) -> String {
    let folder = Path::new(manifest).parent().unwrap_or(Path::new(""));
    folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().into_owned()
}

#[cfg(test)]
fn walk(root: &Path, below: &str, paths: &mut Vec<String>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(root.join(below))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            walk(root, &path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}
