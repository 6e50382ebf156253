//! Sizes, and exceptions from rules.

use super::super::{Finding, Rule, Tree};

/// Files stay readable.
pub const FILE_BUDGET: Rule = Rule {
    name: "file-budget",
    holds: "a Rust file has at most 500 lines, the list of events 700, a file of the web client 300, generated ones aside",
    check: file_budget,
};

/// Functions stay readable; the compiler's lints count.
pub const FUNCTION_BUDGET: Rule = Rule {
    name: "function-budget",
    holds: "clippy fails a function over 70 lines and nothing switches that off",
    check: function_budget,
};

/// An exception says why.
pub const REASONED_EXCEPTIONS: Rule = Rule {
    name: "reasoned-exceptions",
    holds: "every allow or expect of a lint states its reason",
    check: reasoned_exceptions,
};

/// There are no exceptions from tidy.
pub const EMPTY_ALLOW_LIST: Rule =
    Rule { name: "empty-allow-list", holds: "xtask/tidy-allow.txt exists and is empty", check: empty_allow_list };

const RUST_LINES_MAX: usize = 500;
/// The list of events is one enum: no room can take a part of it. What an event holds beyond ids stands in files beside it.
const EVENTS: &str = "crates/domain/src/event/fact.rs";
const EVENTS_LINES_MAX: usize = 700;
const WEB_LINES_MAX: usize = 300;
const WEB_ENDINGS: [&str; 7] = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".css"];
const FUNCTION_LINES: &str = "too-many-lines-threshold = 70";
const ALLOW_LIST: &str = "xtask/tidy-allow.txt";

fn file_budget(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| !path.contains("/generated/")) {
        let budget = if path == EVENTS {
            EVENTS_LINES_MAX
        } else if path.ends_with(".rs") {
            RUST_LINES_MAX
        } else if path.starts_with("web/") && WEB_ENDINGS.iter().any(|ending| path.ends_with(ending)) {
            WEB_LINES_MAX
        } else {
            continue;
        };
        let lines = text.lines().count();
        if lines > budget {
            findings.push(Finding::of(
                path,
                format!("{lines} lines, the budget is {budget}: split it by state or subject"),
            ));
        }
    }
    findings
}

fn function_budget(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !tree.text("clippy.toml").is_some_and(|text| text.lines().any(|line| line.trim() == FUNCTION_LINES)) {
        findings.push(Finding::of("clippy.toml", format!("must say {FUNCTION_LINES}")));
    }
    if !tree.text("Cargo.toml").is_some_and(|text| text.contains("too_many_lines = \"warn\"")) {
        findings.push(Finding::of("Cargo.toml", "must switch the lint too_many_lines on"));
    }
    for (path, text) in tree.texts().filter(|(path, _)| path.starts_with("crates/") && path.ends_with("/Cargo.toml")) {
        if !text.contains("[lints]\nworkspace = true") {
            findings.push(Finding::of(path, "must take the lints of the workspace"));
        }
    }
    for (path, source) in tree.sources() {
        for (line, _) in source.identifiers().filter(|(_, word)| *word == "too_many_lines") {
            findings.push(Finding::at(path, line, "too_many_lines may not be switched off"));
        }
    }
    findings
}

fn reasoned_exceptions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.sources() {
        for mark in ["#[allow(", "#![allow(", "#[expect(", "#![expect("] {
            for (at, _) in source.code.match_indices(mark) {
                let attribute = source.code[at..].split(']').next().unwrap_or_default();
                if !attribute.contains("reason") {
                    let line = source.code[..at].matches('\n').count() + 1;
                    findings.push(Finding::at(path, line, "give the exception a reason"));
                }
            }
        }
    }
    findings
}

fn empty_allow_list(tree: &Tree) -> Vec<Finding> {
    match tree.text(ALLOW_LIST) {
        Some("") => Vec::new(),
        Some(_) => vec![Finding::of(ALLOW_LIST, "may only be empty: mend the finding instead")],
        None => vec![Finding::of(ALLOW_LIST, "is missing")],
    }
}
