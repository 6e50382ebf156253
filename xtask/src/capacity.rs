//! `cargo xtask capacity`: the centre the first customers asked for, on the release program: twenty agents who talk, ten customers who
//! wait, thirty recordings, two of the agents in real browsers, six with encrypted telephones; beside them calls that come, are held, handed
//! on, parked and supervised, and go.

use crate::program;
use crate::stop::Stop;
use crate::tools::{self, Purpose};
use crate::workspace::Workspace;

/// For how long.
#[derive(clap::Args)]
pub struct Args {
    /// Minutes with everybody on the line.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub minutes: u32,
}

/// Builds and runs it; what it took is written into the log and, as JSON, into `capacity.json` in the folder of the logs.
pub fn run(workspace: &Workspace, stop: &Stop, args: &Args) -> anyhow::Result<bool> {
    tools::ensure(workspace, stop, Purpose::Test)?;
    tools::install_web_packages(workspace, stop)?;
    let log = workspace.fresh_log("capacity");
    program::must_run("building the web client", &mut workspace.npm(&["run", "build"]), &log, stop)?;
    let packages = ["build", "--release", "--locked", "--package", "server", "--package", "testphone", "--bins"];
    program::must_run("building the server", &mut workspace.cargo(&packages), &log, stop)?;
    let mut command = workspace.npm(&["run", "e2e:capacity"]);
    command
        .env("CARGO_TARGET_DIR", &workspace.target)
        .env("CALLISTO_PROFILE", "release")
        .env("CALLISTO_REPORT", log.with_file_name("capacity.json"))
        .env("CALLISTO_MINUTES", args.minutes.to_string());
    Ok(program::run("twenty talk, ten wait, others are handed on, all recorded", &mut command, &log, stop)?.0)
}
