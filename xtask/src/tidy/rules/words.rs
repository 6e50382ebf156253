//! What no text of the project holds.

use super::super::{Finding, Rule, Tree};

/// What is not done is an issue, not a remark.
pub const NO_OPEN_ENDS: Rule =
    Rule { name: "no-open-ends", holds: "no remark promises work for later", check: no_open_ends };

/// The project stands on its own.
pub const NO_FOREIGN_PLACES: Rule = Rule {
    name: "no-foreign-places",
    holds: "no text names a place of one machine or the host of a package registry",
    check: no_foreign_places,
};

/// Halves of the words, so that this file does not break its own rule.
const OPEN_ENDS: [(&str, &str); 5] = [("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("todo", "!"), ("unimplemented", "!")];
/// Directories that exist on one person's machine.
const PLACES: [(&str, &str); 4] = [("/ho", "me/"), ("/ro", "ot/"), ("/Us", "ers/"), ("/wo", "rk/")];
/// Hosts that a lock file knows and nothing else needs to.
const HOSTS: [(&str, &str); 5] = [
    ("registry.npm", "js.org"),
    ("static.crates", ".io"),
    ("index.crates", ".io"),
    ("files.python", "hosted.org"),
    ("pypi", ".org"),
];

fn texts(tree: &Tree) -> impl Iterator<Item = (&str, usize, &str)> {
    let written = tree.texts().filter(|(path, _)| !path.ends_with(".lock") && !path.ends_with("package-lock.json"));
    written.flat_map(|(path, text)| text.lines().enumerate().map(move |(index, line)| (path, index + 1, line)))
}

fn no_open_ends(tree: &Tree) -> Vec<Finding> {
    let marks = OPEN_ENDS.map(|(a, b)| format!("{a}{b}"));
    let mut findings = Vec::new();
    for (path, number, line) in texts(tree) {
        if let Some(mark) = marks.iter().find(|mark| stands_alone(line, mark)) {
            findings.push(Finding::at(path, number, format!("{mark}: do it or open an issue")));
        }
    }
    findings
}

fn stands_alone(line: &str, mark: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(mark).any(|(at, _)| {
        let after = &line[at + mark.len()..];
        !line[..at].ends_with(is_word) && (mark.ends_with('!') || !after.starts_with(is_word))
    })
}

fn no_foreign_places(tree: &Tree) -> Vec<Finding> {
    let places = PLACES.map(|(a, b)| format!("{a}{b}"));
    let hosts = HOSTS.map(|(a, b)| format!("{a}{b}"));
    let mut findings = Vec::new();
    for (path, number, line) in texts(tree) {
        let begins = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "_-.}/*~".contains(c));
        let place = places.iter().find(|place| line.match_indices(place.as_str()).any(|(at, _)| begins(at)));
        if let Some(word) = place.or_else(|| hosts.iter().find(|host| line.contains(host.as_str()))) {
            findings.push(Finding::at(path, number, format!("{word} means nothing elsewhere")));
        }
    }
    findings
}
