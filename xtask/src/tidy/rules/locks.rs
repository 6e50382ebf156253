//! Builds are repeatable.

use super::super::{Finding, Rule, Tree};

/// What was built is what is built.
pub const LOCKS: Rule =
    Rule { name: "locks", holds: "lock files are committed and name only the public registries", check: locks };

const CARGO_LOCK: &str = "Cargo.lock";
const NPM_LOCK: &str = "web/package-lock.json";
const CARGO_SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";
const NPM_SOURCE: (&str, &str) = ("https://registry.npm", "js.org/");

fn locks(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for lock in [CARGO_LOCK, NPM_LOCK] {
        if !tree.is_tracked(lock) {
            findings.push(Finding::of(lock, "is not committed"));
        }
    }
    for (number, line) in numbered(tree, CARGO_LOCK) {
        if let Some(source) = line.strip_prefix("source = \"").map(|rest| rest.trim_end_matches('"'))
            && source != CARGO_SOURCE
        {
            findings.push(Finding::at(CARGO_LOCK, number, format!("{source} is not the public registry")));
        }
    }
    let public = format!("{}{}", NPM_SOURCE.0, NPM_SOURCE.1);
    for (number, line) in numbered(tree, NPM_LOCK) {
        if let Some(source) = line.trim().strip_prefix("\"resolved\": \"")
            && !source.starts_with(&public)
        {
            findings.push(Finding::at(NPM_LOCK, number, format!("{source} is not the public registry")));
        }
    }
    findings
}

fn numbered<'a>(tree: &'a Tree, path: &str) -> impl Iterator<Item = (usize, &'a str)> {
    tree.text(path).unwrap_or_default().lines().enumerate().map(|(index, line)| (index + 1, line))
}
