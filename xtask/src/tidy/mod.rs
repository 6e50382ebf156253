//! `cargo xtask tidy`: the rules of the house that can be read from the tree and from `cargo metadata`.
//!
//! `tree` is what the rules see, `source` reads Rust well enough to tell code from comments, strings and tests,
//! `rules` holds one subject a file. Every rule has trees under `fixtures/` that make it fail and one that does not.

mod rules;
mod source;
mod tree;

use std::collections::BTreeMap;

use crate::say;
use crate::workspace::Workspace;

pub use tree::Tree;

/// One rule.
pub struct Rule {
    /// Short name, also of its fixtures.
    pub name: &'static str,
    /// What it holds, in one sentence.
    pub holds: &'static str,
    /// What breaks it in a tree.
    pub check: fn(&Tree) -> Vec<Finding>,
}

/// One breach of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the root.
    pub path: String,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Finding {
    /// At a line of a file.
    pub fn at(path: &str, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, message: message.into() }
    }

    /// About a whole file.
    pub fn of(path: &str, message: impl Into<String>) -> Finding {
        Finding::at(path, 0, message)
    }
}

/// Checks every rule and says what it found; `true` when nothing.
pub fn run(workspace: &Workspace) -> anyhow::Result<bool> {
    let tree = Tree::load(workspace)?;
    let mut rooms: BTreeMap<String, Vec<(&str, Finding)>> = BTreeMap::new();
    let mut broken = Vec::new();
    for rule in rules::ALL {
        let findings = (rule.check)(&tree);
        if !findings.is_empty() {
            broken.push(rule);
        }
        for finding in findings {
            rooms.entry(room_of(&finding.path)).or_default().push((rule.name, finding));
        }
    }
    if broken.is_empty() {
        say::line(format_args!("tidy: {} rules hold on {} files", rules::ALL.len(), tree.paths().count()));
        return Ok(true);
    }
    let count: usize = rooms.values().map(Vec::len).sum();
    for (room, mut findings) in rooms {
        findings.sort();
        say::line(format_args!("\n{room}"));
        for (rule, Finding { path, line, message }) in findings {
            let place = if line == 0 { path } else { format!("{path}:{line}") };
            say::line(format_args!("  {rule}: {place}: {message}"));
        }
    }
    say::line(format_args!("\ntidy: {count} findings. The rules they break:"));
    for rule in broken {
        say::line(format_args!("  {:<26} {}", rule.name, rule.holds));
    }
    Ok(false)
}

/// The part of the tree people think in: a crate, the web client, the documents.
fn room_of(path: &str) -> String {
    let mut parts = path.split('/');
    match (parts.next(), parts.next()) {
        (Some("crates"), Some(name)) => format!("crates/{name}"),
        (Some(first), Some(_)) => first.to_owned(),
        (Some(_), None) | (None, _) => "the root".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;

    fn fixtures() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(tree::FIXTURES)
    }

    fn names_in(dir: &Path) -> BTreeSet<String> {
        let entries = std::fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn every_rule_has_fixtures_and_every_fixture_a_rule() {
        let rules: BTreeSet<String> = rules::ALL.iter().map(|rule| rule.name.to_owned()).collect();
        assert_eq!(rules.len(), rules::ALL.len(), "two rules share a name");
        assert_eq!(names_in(&fixtures()), rules);
    }

    #[test]
    fn every_rule_fails_on_each_bad_fixture_and_on_no_good_one() {
        for rule in rules::ALL {
            let cases = names_in(&fixtures().join(rule.name));
            assert!(cases.iter().any(|case| case.starts_with("bad")), "{} has nothing that makes it fail", rule.name);
            assert!(cases.contains("good"), "{} has nothing that passes", rule.name);
            for case in cases {
                let tree = Tree::fixture(&fixtures().join(rule.name).join(&case)).unwrap();
                let findings = (rule.check)(&tree);
                assert_eq!(!findings.is_empty(), case.starts_with("bad"), "{}/{case}: {findings:#?}", rule.name);
            }
        }
    }

    #[test]
    fn findings_are_told_by_room() {
        assert_eq!(room_of("crates/sip/src/lib.rs"), "crates/sip");
        assert_eq!(room_of("web/src/main.tsx"), "web");
        assert_eq!(room_of("README.md"), "the root");
    }
}
