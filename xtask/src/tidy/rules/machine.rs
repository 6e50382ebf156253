//! The door of the machine, and limits on what waits.

use super::super::{Finding, Rule, Tree};

/// In by `Input`, out by `Command` and `Event`.
pub const FLOOR_DOOR: Rule =
    Rule { name: "floor-door", holds: "Floor has the agreed public functions and no others", check: floor_door };

/// Nothing waits without a limit.
pub const BOUNDED_CHANNELS: Rule =
    Rule { name: "bounded-channels", holds: "every channel of the product has a limit", check: bounded_channels };

/// What others may call.
const DOOR: [&str; 6] = ["new", "restore", "handle", "poll_output", "poll_timeout", "inspect"];
/// Channels that grow for ever.
const UNBOUNDED: [&str; 4] = ["unbounded_channel", "UnboundedSender", "UnboundedReceiver", "channel::unbounded"];
/// The standard library's, which shares its short name with a bounded one.
const STD_UNBOUNDED: &str = "std::sync::mpsc::channel";

fn floor_door(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.crate_sources("engine") {
        let mut inside = false;
        for (number, line) in source.lines().filter(|(number, _)| !source.is_test(*number)) {
            // rustfmt puts the ends of an item at the left edge.
            if !line.starts_with([' ', '}']) {
                inside = line.starts_with("impl Floor {");
            }
            let Some(name) = line.trim_start().strip_prefix("pub fn ").filter(|_| inside) else { continue };
            let name = name.split(['(', '<']).next().unwrap_or_default();
            if !DOOR.contains(&name) {
                findings.push(Finding::at(path, number, format!("Floor::{name} is a second way in or out")));
            }
        }
    }
    findings
}

fn bounded_channels(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in
        tree.sources().filter(|(path, _)| path.starts_with("crates/") && !path.contains("/testphone/"))
    {
        let paths = source.product_paths();
        let has_std = paths.iter().any(|(_, used)| used == "std::sync::mpsc");
        for (line, used) in paths {
            let is_std = used == STD_UNBOUNDED || (has_std && used == "mpsc::channel");
            if is_std || UNBOUNDED.iter().any(|name| used == *name || used.ends_with(&format!("::{name}"))) {
                findings.push(Finding::at(path, line, format!("{used} has no limit")));
            }
        }
    }
    findings
}
