//! `cargo xtask generate`: the files that are made from the code and committed, and the check that they are fresh.
//!
//! `docs/generated/events.md` comes from `domain`, the index of the decisions from their titles, the OpenAPI document and the configuration schema from the
//! `callisto` program itself, the web client's types from the OpenAPI document.

mod decisions;
pub mod events;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::program;
use crate::say;
use crate::stop::Stop;
use crate::tools;
use crate::workspace::Workspace;

/// What the `callisto` program prints about itself, and the file it goes to.
const PRINTED: [(&[&str], &str); 2] =
    [(&["openapi"], "docs/generated/openapi.json"), (&["config", "schema"], "docs/generated/config.schema.json")];
/// The web client's generated files.
const WEB_GENERATED: &str = "web/src/api/generated";
/// The script that makes them.
const WEB_SCRIPT: &str = "generate";

/// Writes every generated file, or with `check` tells which are not fresh.
pub fn run(workspace: &Workspace, stop: &Stop, check: bool) -> anyhow::Result<bool> {
    let stale = make(workspace, stop, check)?;
    for path in &stale {
        say::line(format_args!("  {} {path}", if check { "not fresh:" } else { "written:" }));
    }
    if stale.is_empty() {
        say::line("  ok   every generated file is fresh");
    } else if check {
        say::line("  type `cargo xtask generate` and commit the result");
    }
    Ok(!check || stale.is_empty())
}

/// Brings the files up to date (or only compares); returns those that were not.
pub fn make(workspace: &Workspace, stop: &Stop, check: bool) -> anyhow::Result<Vec<String>> {
    let mut stale = Vec::new();
    let events_path = workspace.root.join(events::PATH);
    let committed = std::fs::read_to_string(&events_path).unwrap_or_default();
    settle(workspace, events::PATH, &events::document(&committed)?, check, &mut stale)?;
    settle(workspace, decisions::PATH, &decisions::index(&workspace.root)?, check, &mut stale)?;
    let program = built_program(workspace, stop)?;
    for (args, path) in PRINTED {
        if !offers(&program, args) {
            say::line(format_args!("  note {path}: callisto has no command `{}`; left as it is", args.join(" ")));
            continue;
        }
        let text = program::output_of(Command::new(&program).args(args).current_dir(&workspace.root))
            .with_context(|| format!("`callisto {}` failed", args.join(" ")))?;
        settle(workspace, path, &text, check, &mut stale)?;
    }
    if workspace.has_npm_script(WEB_SCRIPT) {
        stale.extend(web_types(workspace, stop, check)?);
    }
    Ok(stale)
}

/// Whether the program knows the command.
fn offers(program: &Path, args: &[&str]) -> bool {
    program::output_of(Command::new(program).args(args).arg("--help")).is_some()
}

fn settle(workspace: &Workspace, path: &str, text: &str, check: bool, stale: &mut Vec<String>) -> anyhow::Result<()> {
    let file = workspace.root.join(path);
    if std::fs::read_to_string(&file).is_ok_and(|old| old == text) {
        return Ok(());
    }
    stale.push(path.to_owned());
    if check {
        return Ok(());
    }
    if let Some(parent) = file.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(&file, text).with_context(|| format!("cannot write {path}"))
}

fn built_program(workspace: &Workspace, stop: &Stop) -> anyhow::Result<PathBuf> {
    program::must_run(
        "building callisto",
        &mut workspace.build_programs(),
        &workspace.fresh_log("generate-build"),
        stop,
    )?;
    Ok(workspace.target.join("debug").join("callisto"))
}

/// Runs the web client's generator; in a check the old files are put back.
fn web_types(workspace: &Workspace, stop: &Stop, check: bool) -> anyhow::Result<Vec<String>> {
    tools::install_web_packages(workspace, stop)?;
    let folder = workspace.root.join(WEB_GENERATED);
    let before = snapshot(&folder)?;
    let mut npm = workspace.npm(&["run", WEB_SCRIPT]);
    program::must_run("generating the web client's types", &mut npm, &workspace.fresh_log("web-generate"), stop)?;
    let after = snapshot(&folder)?;
    let names: std::collections::BTreeSet<&PathBuf> = before.keys().chain(after.keys()).collect();
    let stale: Vec<&PathBuf> = names.into_iter().filter(|name| before.get(*name) != after.get(*name)).collect();
    if check {
        for name in &stale {
            match before.get(*name) {
                Some(bytes) => std::fs::write(folder.join(name), bytes)?,
                None => std::fs::remove_file(folder.join(name))?,
            }
        }
    }
    Ok(stale.iter().map(|name| format!("{WEB_GENERATED}/{}", name.display())).collect())
}

fn snapshot(folder: &Path) -> anyhow::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            bail!("{} holds a directory; the generator writes plain files", folder.display());
        }
        files.insert(PathBuf::from(entry.file_name()), std::fs::read(entry.path())?);
    }
    Ok(files)
}
