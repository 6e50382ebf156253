//! `cargo xtask crash`: the server killed at every place it names, at several moments each, with real calls and a real browser.
//!
//! The long test runs it in full, the short one a sample (`web/e2e/crash.e2e.ts`).

use crate::program;
use crate::stop::Stop;
use crate::tools::{self, Purpose};
use crate::workspace::Workspace;

/// Which places, how often.
#[derive(clap::Args)]
pub struct Args {
    /// Only this place; all of them if not given.
    pub place: Option<String>,
    /// Moments at each place.
    #[arg(long, default_value_t = 3)]
    pub seeds: u32,
}

/// Builds what is killed and kills it.
pub fn run(workspace: &Workspace, stop: &Stop, args: &Args) -> anyhow::Result<bool> {
    tools::ensure(workspace, stop, Purpose::Test)?;
    tools::install_web_packages(workspace, stop)?;
    let log = workspace.fresh_log("crash");
    program::must_run("building the web client", &mut workspace.npm(&["run", "build"]), &log, stop)?;
    let mut build = workspace.build_programs();
    program::must_run("building the server", &mut build, &log, stop)?;
    let mut command = workspace.npm(&["run", "e2e:crash"]);
    command.env("CARGO_TARGET_DIR", &workspace.target).env("CALLISTO_CRASH_SEEDS", args.seeds.to_string());
    if let Some(place) = &args.place {
        command.env("CALLISTO_CRASH_POINT", place);
    }
    Ok(program::run("the server is killed at every place", &mut command, &log, stop)?.0)
}
