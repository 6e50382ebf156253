//! Where things lie: the root of the repository, the target directory, the logs.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use crate::program;

/// The repository this workshop belongs to.
pub struct Workspace {
    /// The root of the working copy.
    pub root: PathBuf,
    /// Cargo's target directory.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo.
    pub fn find() -> anyhow::Result<Workspace> {
        let mut command = cargo();
        // The manifest this program was built from, so that it works from any directory.
        command.args(["metadata", "--format-version", "1", "--no-deps", "--offline"]);
        // `cargo run` says which copy of the repository it runs from; a path kept from the build could name another.
        if let Some(folder) = environment("CARGO_MANIFEST_DIR") {
            command.arg("--manifest-path").arg(PathBuf::from(folder).join("Cargo.toml"));
        }
        let text = program::output_of(&mut command).context("`cargo metadata` failed; is this the repository?")?;
        let metadata: Value = serde_json::from_str(&text)?;
        let path = |key: &str| metadata[key].as_str().map(PathBuf::from).with_context(|| format!("no {key}"));
        Ok(Workspace { root: path("workspace_root")?, target: path("target_directory")? })
    }

    /// A repository that holds nothing but one prompt.
    #[cfg(test)]
    pub fn with_prompts(root: &std::path::Path) -> Workspace {
        for folder in ["zh", "en", "common"] {
            let folder = root.join("assets/prompts").join(folder);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("welcome.wav"), "").unwrap();
        }
        Workspace { root: root.to_owned(), target: root.join("target") }
    }

    /// The log of one step.
    pub fn log(&self, step: &str) -> PathBuf {
        self.target.join("xtask-logs").join(format!("{step}.log"))
    }

    /// Starts a step's log afresh and returns where it is.
    pub fn fresh_log(&self, step: &str) -> PathBuf {
        let log = self.log(step);
        let _ = std::fs::remove_file(&log);
        log
    }

    /// The web client's directory.
    pub fn web(&self) -> PathBuf {
        self.root.join("web")
    }

    /// Builds the programs that tests and generators start. One choice of packages for all of them: another would have cargo build what they
    /// share with other features once more.
    pub fn build_programs(&self) -> Command {
        self.cargo(&["build", "--locked", "--package", "server", "--package", "testphone", "--bins"])
    }

    /// A cargo command at the root.
    pub fn cargo(&self, args: &[&str]) -> Command {
        let mut command = cargo();
        command.args(args).current_dir(&self.root);
        command
    }

    /// An npm command in `web/`.
    pub fn npm(&self, args: &[&str]) -> Command {
        let mut command = Command::new("npm");
        command.args(args).current_dir(self.web()).env("NO_COLOR", "1");
        command
    }

    /// Whether `web/package.json` names the script.
    pub fn has_npm_script(&self, name: &str) -> bool {
        let text = std::fs::read_to_string(self.web().join("package.json")).unwrap_or_default();
        let package: Value = serde_json::from_str(&text).unwrap_or_default();
        package["scripts"][name].is_string()
    }
}

/// A variable of the environment; the workshop has no configuration file.
#[allow(clippy::disallowed_methods, reason = "the workshop is a developer's tool, not a part of the product")]
pub fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn cargo() -> Command {
    Command::new(environment("CARGO").unwrap_or_else(|| "cargo".into()))
}
