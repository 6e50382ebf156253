//! Crates that only think: no I/O, no clock, no chance, no environment, no serialization.

use super::super::{Finding, Rule, Tree, tree::crate_of};
use super::layers::manifest_of;

/// The lower levels never touch the world.
pub const PURE_CRATES: Rule = Rule {
    name: "pure-crates",
    holds: "domain, media, routing, reporting, numbering and engine never name an async runtime, a database, a web framework, a socket, a file, a clock, chance or the environment",
    check: pure_crates,
};

/// Core types have no wire form.
pub const CORE_DOES_NOT_SERIALIZE: Rule = Rule {
    name: "core-does-not-serialize",
    holds: "types of domain, routing, engine, media, reporting, numbering and sip do not serialize",
    check: core_does_not_serialize,
};

/// Time is read in one file.
pub const ONE_CLOCK: Rule = Rule {
    name: "one-clock",
    holds: "only runtime/src/clock.rs reads time; everything else is told",
    check: one_clock,
};

/// The levels that only think.
const PURE: [&str; 7] = ["domain", "media", "routing", "engine", "reporting", "planning", "numbering"];
/// Crates they do not depend on.
const BANNED_CRATES: [&str; 20] = [
    "tokio",
    "async-std",
    "smol",
    "mio",
    "socket2",
    "sqlx",
    "rusqlite",
    "libsqlite3-sys",
    "axum",
    "hyper",
    "reqwest",
    "libc",
    "rustix",
    "rand",
    "getrandom",
    "fastrand",
    "serde",
    "serde_json",
    "tracing",
    "figment",
];
/// Paths of the standard library they do not use.
const BANNED_PATHS: [&str; 14] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::thread",
    "std::os",
    "std::io::stdin",
    "std::io::stdout",
    "std::net::TcpStream",
    "std::net::TcpListener",
    "std::net::UdpSocket",
    "std::time::SystemTime",
    "std::collections::hash_map::RandomState",
    "std::hash::RandomState",
    "std::sync::mpsc",
];
/// Names that read a clock, a socket, a file or the environment whatever path they were imported by.
const BANNED_NAMES: [&str; 12] = [
    "UdpSocket",
    "TcpStream",
    "TcpListener",
    "UnixStream",
    "UnixDatagram",
    "SystemTime",
    "OpenOptions",
    "RandomState",
    "tokio",
    "sqlx",
    "axum",
    "getrandom",
];
/// Calls that read a clock.
const CLOCK_READS: [&str; 4] = ["Instant::now", "SystemTime::now", "Utc::now", "Local::now"];
/// Crates whose types have no wire form, beside the pure ones.
const SILENT: [&str; 8] = ["domain", "media", "routing", "engine", "reporting", "planning", "numbering", "sip"];

fn pure_crates(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in tree.members().filter(|package| PURE.contains(&package.name.as_str())) {
        for dep in package.deps.iter().filter(|dep| !dep.is_dev && BANNED_CRATES.contains(&dep.name.as_str())) {
            findings
                .push(Finding::of(&manifest_of(package), format!("{} must not depend on {}", package.name, dep.name)));
        }
    }
    for (path, source) in tree.sources().filter(|(path, _)| crate_of(path).is_some_and(|name| PURE.contains(&name))) {
        for (line, used) in source.product_paths() {
            let is_banned = |banned: &str| used == banned || used.starts_with(&format!("{banned}::"));
            let last = used.rsplit("::").next().unwrap_or_default();
            if BANNED_PATHS.iter().any(|banned| is_banned(banned))
                || BANNED_NAMES.contains(&last)
                || BANNED_NAMES.iter().any(|name| used.starts_with(&format!("{name}::")))
                || CLOCK_READS.iter().any(|read| used.ends_with(read))
            {
                findings.push(Finding::at(path, line, format!("{used} has no place in a crate that only thinks")));
            }
        }
    }
    findings
}

fn core_does_not_serialize(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in tree.members().filter(|package| SILENT.contains(&package.name.as_str())) {
        for dep in package.deps.iter().filter(|dep| !dep.is_dev && dep.name.starts_with("serde")) {
            findings
                .push(Finding::of(&manifest_of(package), format!("{} must not depend on {}", package.name, dep.name)));
        }
    }
    for (path, source) in tree.sources().filter(|(path, _)| crate_of(path).is_some_and(|name| SILENT.contains(&name))) {
        for (line, word) in source.identifiers() {
            if matches!(word, "Serialize" | "Deserialize" | "serde" | "serde_json") {
                findings.push(Finding::at(path, line, format!("{word}: give the type a form in api or store instead")));
            }
        }
    }
    findings
}

fn one_clock(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.sources() {
        let is_product = path.starts_with("crates/") && !matches!(crate_of(path), Some("testphone" | "sim"));
        if !is_product || path == "crates/runtime/src/clock.rs" {
            continue;
        }
        let paths = source.product_paths();
        // The timers of the async runtime have a clock of their own that tests move by hand.
        let has_timers = paths.iter().any(|(_, used)| used == "tokio::time::Instant");
        for (line, used) in paths {
            let is_timer = used.starts_with("tokio::") || (has_timers && used == "Instant::now");
            if !is_timer && CLOCK_READS.iter().any(|read| used.ends_with(read)) {
                findings.push(Finding::at(path, line, format!("{used}: take `now` from the caller")));
            }
        }
    }
    findings
}
