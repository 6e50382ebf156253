//! SQL lives in `store`, its dialects in one folder, its changes in pairs.

use super::super::{Finding, Rule, Tree, tree::crate_of};
use super::layers::manifest_of;

/// Nobody else asks the database.
pub const SQL_IN_STORE: Rule =
    Rule { name: "sql-in-store", holds: "only store writes SQL and depends on a database", check: sql_in_store };

/// What one database has and another lacks stays together.
pub const DIALECT: Rule =
    Rule { name: "sql-dialect", holds: "RETURNING and ON CONFLICT stand only in store/src/dialect", check: dialect };

/// Every step forward has a step back.
pub const MIGRATIONS: Rule =
    Rule { name: "migrations-in-pairs", holds: "every migration has a way down", check: migrations };

/// Crates that speak to databases.
const DATABASES: [&str; 7] = ["sqlx", "rusqlite", "libsqlite3-sys", "sea-query", "sea-orm", "diesel", "tokio-postgres"];
/// How a statement begins and what else it then holds; the second may be empty.
const STATEMENTS: [(&str, &str); 12] = [
    ("SELECT ", " FROM "),
    ("INSERT INTO ", ""),
    ("INSERT OR ", " INTO "),
    ("UPDATE ", " SET "),
    ("DELETE FROM ", ""),
    ("CREATE TABLE ", ""),
    ("CREATE INDEX ", ""),
    ("CREATE UNIQUE INDEX ", ""),
    ("ALTER TABLE ", ""),
    ("DROP TABLE ", ""),
    ("PRAGMA ", ""),
    ("BEGIN IMMEDIATE", ""),
];
/// What not every database understands.
const DIALECT_WORDS: [&str; 5] =
    ["RETURNING", "ON CONFLICT", "INSERT OR REPLACE", "INSERT OR IGNORE", "ON DUPLICATE KEY"];
/// Where it may stand.
const DIALECT_HOME: &str = "crates/store/src/dialect";

fn sql_in_store(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in tree.members().filter(|package| package.name != "store") {
        for dep in package.deps.iter().filter(|dep| !dep.is_dev && DATABASES.contains(&dep.name.as_str())) {
            findings
                .push(Finding::of(&manifest_of(package), format!("{} must not depend on {}", package.name, dep.name)));
        }
    }
    for (path, source) in tree.sources().filter(|(path, _)| !matches!(crate_of(path), Some("store" | "xtask"))) {
        for (line, text) in source.product_strings().filter(|(_, text)| is_statement(text)) {
            let start: String = text.trim().chars().take(40).collect();
            findings.push(Finding::at(path, line, format!("SQL outside store: {start}…")));
        }
    }
    findings
}

/// Whether a text is SQL: written in capitals, or all in small letters.
fn is_statement(text: &str) -> bool {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
    STATEMENTS.iter().any(|(start, then)| {
        let small = (start.to_lowercase(), then.to_lowercase());
        (flat.starts_with(start) && flat.contains(then)) || (flat.starts_with(&small.0) && flat.contains(&small.1))
    })
}

fn dialect(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.sources().filter(|(path, _)| crate_of(path) != Some("xtask")) {
        if path.starts_with(DIALECT_HOME) {
            continue;
        }
        for (line, text) in source.product_strings() {
            if let Some(word) = DIALECT_WORDS.iter().find(|word| text.contains(**word)) {
                findings.push(Finding::at(path, line, format!("{word} belongs into {DIALECT_HOME}")));
            }
        }
    }
    findings
}

fn migrations(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| path.contains("/migrations/") && path.ends_with(".sql")) {
        let partner = match (path.strip_suffix(".up.sql"), path.strip_suffix(".down.sql")) {
            (Some(stem), _) => format!("{stem}.down.sql"),
            (None, Some(stem)) => format!("{stem}.up.sql"),
            (None, None) => {
                findings.push(Finding::of(path, "a migration is a pair: name.up.sql and name.down.sql"));
                continue;
            }
        };
        if !tree.has(&partner) {
            findings.push(Finding::of(path, format!("{partner} is missing")));
        }
        let says_something = text.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--"));
        if !says_something {
            findings.push(Finding::of(path, "does nothing"));
        }
    }
    findings
}
