//! Documents that speak about the tree must agree with it.

use std::collections::BTreeSet;

use super::super::{Finding, Rule, Tree};

/// The map shows what is there.
pub const MAP: Rule = Rule {
    name: "map",
    holds: "ARCHITECTURE.md lists exactly the crates on disk, names only paths that exist, and has at most 300 lines",
    check: map,
};

/// Every crate says what it is.
pub const DOORS: Rule =
    Rule { name: "doors", holds: "every crate opens with what it does and what it refuses to know", check: doors };

/// What is claimed is tested.
pub const VERIFICATION: Rule =
    Rule { name: "verification", holds: "every test named in docs/verification.md exists", check: verification };

const MAP_FILE: &str = "ARCHITECTURE.md";
const MAP_LINES_MAX: usize = 300;
const VERIFICATION_FILE: &str = "docs/verification.md";
/// Between a test's file and its name.
const IN_FILE: &str = " › ";

fn map(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(MAP_FILE) else { return vec![Finding::of(MAP_FILE, "is missing")] };
    let mut findings = Vec::new();
    let lines = text.lines().count();
    if lines > MAP_LINES_MAX {
        findings.push(Finding::of(MAP_FILE, format!("{lines} lines; a map has at most {MAP_LINES_MAX}")));
    }
    let listed: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `crates/")?.split('`').next())
        .map(|name| name.trim_end_matches('/'))
        .collect();
    let on_disk = tree.crates_on_disk();
    for name in on_disk.difference(&listed) {
        findings.push(Finding::of(MAP_FILE, format!("crates/{name} is on disk and not in the table")));
    }
    for name in listed.difference(&on_disk) {
        findings.push(Finding::of(MAP_FILE, format!("crates/{name} is in the table and not on disk")));
    }
    for (index, line) in text.lines().enumerate() {
        for path in named_paths(line).filter(|path| !tree.has(path)) {
            findings.push(Finding::at(MAP_FILE, index + 1, format!("{path} does not exist")));
        }
    }
    findings
}

/// Things in backticks that look like paths of this repository.
fn named_paths(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    let tops = ["crates/", "web/", "docs/", "xtask/", "assets/", ".ci/", "engine/", "runtime/", "store/"];
    let plain = |path: &&str| path.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    quoted.filter(move |path| tops.iter().any(|top| path.starts_with(top))).filter(plain)
}

fn doors(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in tree.crates_on_disk() {
        let doors = ["lib.rs", "main.rs"].map(|file| format!("crates/{name}/src/{file}"));
        let opened = doors.iter().filter_map(|door| Some((door, tree.text(door)?))).collect::<Vec<_>>();
        if opened.is_empty() {
            findings.push(Finding::of(&format!("crates/{name}/Cargo.toml"), "has neither lib.rs nor main.rs"));
        }
        for (door, text) in opened {
            if !text.starts_with("//! ") {
                findings.push(Finding::of(door, "must open with what this crate does and refuses to know"));
            }
        }
    }
    findings
}

fn verification(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(VERIFICATION_FILE) else { return vec![Finding::of(VERIFICATION_FILE, "is missing")] };
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for quoted in line.split('`').skip(1).step_by(2) {
            let Some((path, name)) = quoted.split_once(IN_FILE) else { continue };
            match tree.text(path) {
                None => findings.push(Finding::at(VERIFICATION_FILE, index + 1, format!("{path} does not exist"))),
                Some(file) if !file.contains(name) => {
                    findings.push(Finding::at(VERIFICATION_FILE, index + 1, format!("{path} holds no test {name}")));
                }
                Some(_) => {}
            }
        }
    }
    findings
}
