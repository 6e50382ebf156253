//! `cargo xtask sim SEED`: one simulated day of a whole centre, again and exactly the same.

use std::process::{Command, Stdio};

use anyhow::Context;

use crate::stop::Stop;
use crate::workspace::Workspace;

/// Runs the simulator on one seed; what it says goes straight to the terminal.
pub fn replay(workspace: &Workspace, stop: &Stop, seed: u64) -> anyhow::Result<bool> {
    let status =
        command(workspace, &[&seed.to_string()]).stdin(Stdio::null()).status().context("cannot start cargo")?;
    Ok(status.success() && !stop.is_asked())
}

/// The simulator with its arguments, built with optimisation: a day takes seconds.
pub fn command(workspace: &Workspace, args: &[&str]) -> Command {
    let mut command = workspace.cargo(&["run", "--quiet", "--locked", "--package", "sim", "--"]);
    command.args(args);
    command
}
