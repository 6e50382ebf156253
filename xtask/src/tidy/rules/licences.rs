//! What we ship may be shipped.

use serde_json::Value;

use super::super::{Finding, Rule, Tree};

/// Every dependency has a licence that goes with ours.
pub const LICENCES: Rule = Rule {
    name: "licences",
    holds: "every package, of cargo and of npm, has a licence from the list",
    check: licences,
};

/// Licences that go with Apache-2.0.
const ALLOWED: [&str; 19] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OpenSSL",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "WTFPL",
    "Zlib",
];
/// Files shipped with a page that are data, not code.
const ALLOWED_DATA: [&str; 2] = ["CC-BY-4.0", "Python-2.0"];
const NPM_LOCK: &str = "web/package-lock.json";

fn licences(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &tree.packages {
        let stated = package.license.as_deref();
        if !stated.is_some_and(|license| is_allowed(license, &ALLOWED)) {
            let name = format!("{} {}", package.name, package.version);
            findings.push(Finding::of("Cargo.lock", format!("{name}: {}", stated.unwrap_or("states no licence"))));
        }
    }
    let lock: Value = tree.text(NPM_LOCK).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let known: Vec<&str> = ALLOWED.iter().chain(&ALLOWED_DATA).copied().collect();
    for (path, package) in lock["packages"].as_object().into_iter().flatten().filter(|(path, _)| !path.is_empty()) {
        let stated = package["license"].as_str();
        if !stated.is_some_and(|license| is_allowed(license, &known)) {
            findings.push(Finding::of(NPM_LOCK, format!("{path}: {}", stated.unwrap_or("states no licence"))));
        }
    }
    findings
}

/// Reads an SPDX expression: every part of an AND, some part of an OR.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any_of(&tokens, &mut at, allowed) && at == tokens.len()
}

fn any_of(tokens: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut holds = all_of(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        holds |= all_of(tokens, at, allowed);
    }
    holds
}

fn all_of(tokens: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut holds = one(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        holds &= one(tokens, at, allowed);
    }
    holds
}

fn one(tokens: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let Some(token) = tokens.get(*at) else { return false };
    *at += 1;
    if *token == "(" {
        let holds = any_of(tokens, at, allowed);
        *at += 1;
        return holds;
    }
    let mut name = (*token).to_owned();
    if tokens.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", tokens.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    allowed.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_they_are_meant() {
        let holds = |text| is_allowed(text, &ALLOWED);
        assert!(holds("MIT") && holds("MIT OR GPL-3.0") && holds("GPL-2.0/MIT"));
        assert!(holds("(MIT OR Apache-2.0) AND Unicode-3.0") && holds("Apache-2.0 WITH LLVM-exception OR GPL-2.0"));
        assert!(holds("ISC AND (Apache-2.0 OR ISC) AND OpenSSL"));
        assert!(!holds("GPL-3.0") && !holds("MIT AND GPL-3.0") && !holds("") && !holds("(MIT"));
    }
}
