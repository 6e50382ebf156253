//! What stands at the edge of the process: public JSON and configuration, each known to one crate.

use super::super::{Finding, Rule, Tree, tree::crate_of};
use super::layers::manifest_of;

/// One crate has a public face.
pub const PUBLIC_JSON_IN_API: Rule = Rule {
    name: "public-json-in-api",
    holds: "only api knows public JSON and HTTP; JSON elsewhere is store's codec, server's files and the test drivers",
    check: public_json_in_api,
};

/// One crate reads settings of the deployment.
pub const ENVIRONMENT_IN_SERVER: Rule = Rule {
    name: "environment-in-server",
    holds: "only server reads configuration, arguments and the environment",
    check: environment_in_server,
};

/// The public face.
const WEB_CRATES: [&str; 8] =
    ["axum", "axum-server", "utoipa", "utoipa-axum", "tower-http", "hyper", "warp", "actix-web"];
/// Crates that may handle JSON.
const JSON_ROOMS: [&str; 6] = ["api", "store", "server", "testphone", "sim", "xtask"];
/// Readers of configuration and command lines.
const CONFIGURATION_CRATES: [&str; 6] = ["figment", "toml", "config", "clap", "dotenvy", "envy"];
/// Programs, which have command lines.
const PROGRAMS: [&str; 5] = ["server", "testphone", "sim", "fuzzing", "xtask"];

fn public_json_in_api(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in tree.members() {
        let may_json = JSON_ROOMS.contains(&package.name.as_str());
        for dep in package.deps.iter().filter(|dep| !dep.is_dev) {
            let is_web = WEB_CRATES.contains(&dep.name.as_str()) && package.name != "api";
            if is_web || (dep.name == "serde_json" && !may_json) {
                findings.push(Finding::of(
                    &manifest_of(package),
                    format!("{} must not depend on {}", package.name, dep.name),
                ));
            }
        }
    }
    findings
}

fn environment_in_server(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in tree.members().filter(|package| !PROGRAMS.contains(&package.name.as_str())) {
        for dep in package.deps.iter().filter(|dep| !dep.is_dev && CONFIGURATION_CRATES.contains(&dep.name.as_str())) {
            findings
                .push(Finding::of(&manifest_of(package), format!("{} must not depend on {}", package.name, dep.name)));
        }
    }
    let reads = ["env::var", "env::vars", "env::var_os", "env::args", "env::args_os", "env::current_dir"];
    for (path, source) in tree.sources() {
        // A build script runs where the product is made, not where it runs.
        let is_build_script = path.ends_with("/build.rs") && !path.contains("/src/");
        if is_build_script || crate_of(path).is_none_or(|name| PROGRAMS.contains(&name)) {
            continue;
        }
        for (line, used) in source.product_paths() {
            if used == "std::env" || reads.iter().any(|read| used.ends_with(read)) {
                findings.push(Finding::at(path, line, format!("{used}: let server read it and hand it over")));
            }
        }
    }
    findings
}
