//! Which crate may know which.

use super::super::{Finding, Rule, Tree};

/// Arrows only go down.
pub const DIRECTION: Rule = Rule {
    name: "layer-direction",
    holds: "a crate depends only on crates below it, and nothing depends on a development crate",
    check: direction,
};

/// Media stands on `domain` alone.
pub const MEDIA_ALONE: Rule =
    Rule { name: "media-alone", holds: "media knows no crate of ours but domain", check: media_alone };

/// The two wide rooms meet only in `server`.
pub const API_RUNTIME_APART: Rule =
    Rule { name: "api-runtime-apart", holds: "api and runtime do not see each other", check: api_runtime_apart };

/// Crates from the ground up; a crate may name those of lower levels.
const LEVELS: [&[&str]; 6] = [
    &["domain"],
    &["media", "routing", "reporting", "planning", "numbering"],
    &["engine"],
    &["sip", "store"],
    &["api", "runtime"],
    &["server"],
];
/// Tools and test drivers: they may see anything, nothing of the product sees them.
const DEVELOPMENT: [&str; 4] = ["fuzzing", "sim", "testphone", "xtask"];

fn level_of(name: &str) -> Option<usize> {
    LEVELS.iter().position(|level| level.contains(&name))
}

fn direction(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in tree.members() {
        let manifest = manifest_of(package);
        let is_development = DEVELOPMENT.contains(&package.name.as_str());
        let Some(level) = level_of(&package.name) else {
            if !is_development {
                findings
                    .push(Finding::of(&manifest, format!("{} has no level in the plan of the house", package.name)));
            }
            continue;
        };
        for dep in package.deps.iter().filter(|dep| !dep.is_dev) {
            if DEVELOPMENT.contains(&dep.name.as_str()) {
                findings.push(Finding::of(
                    &manifest,
                    format!("{} depends on the development crate {}", package.name, dep.name),
                ));
            } else if level_of(&dep.name).is_some_and(|below| below >= level) {
                findings.push(Finding::of(&manifest, format!("{} must not depend on {}", package.name, dep.name)));
            }
        }
    }
    findings
}

fn media_alone(tree: &Tree) -> Vec<Finding> {
    let media = tree.members().filter(|package| package.name == "media");
    let ours = |name: &str| level_of(name).is_some() && name != "domain";
    media
        .flat_map(|package| {
            let wrong = package.deps.iter().filter(|dep| !dep.is_dev && ours(&dep.name));
            wrong.map(|dep| Finding::of(&manifest_of(package), format!("media must not know {}", dep.name)))
        })
        .collect()
}

fn api_runtime_apart(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (one, other) in [("api", "runtime"), ("runtime", "api")] {
        for package in tree.members().filter(|package| package.name == one) {
            if package.deps.iter().any(|dep| dep.name == other) {
                findings.push(Finding::of(&manifest_of(package), format!("{one} must not name {other}")));
            }
        }
        let start = format!("{other}::");
        for (path, source) in tree.crate_sources(one) {
            let uses = source.paths().into_iter().filter(|(_, used)| used.starts_with(&start));
            findings.extend(uses.map(|(line, used)| Finding::at(path, line, format!("{one} names {used}"))));
        }
    }
    findings
}

pub(super) fn manifest_of(package: &super::super::tree::Package) -> String {
    format!("{}/Cargo.toml", package.folder.as_deref().unwrap_or_default())
}
