//! `cargo xtask bench`: figures of the release program under real SIP and RTP, into `docs/operations/performance.md`.
//!
//! Every scenario starts a server of its own in an empty directory. `centre` is that server, `process` reads what it costs, `farm` drives
//! callers, phones and browsers, `scenarios` are the questions, those about sound in `talk` and those about rings in `rings`, `table` puts the
//! answers down.

mod centre;
mod disk;
mod farm;
mod process;
mod rings;
mod scenarios;
mod table;
mod talk;

use crate::program;
use crate::say;
use crate::stop::Stop;
use crate::tools::{self, Purpose};
use crate::workspace::Workspace;

use table::Figures;

/// Flags of the bench.
#[derive(clap::Args)]
pub struct Args {
    /// Only these scenarios: start, signalling, bridged, recorded, mixed, queue, browser, free, floor.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<String>,
    /// Write the table into docs/operations/performance.md; needs every scenario.
    #[arg(long, conflicts_with = "only")]
    write: bool,
    /// Measure the release programs as they lie in the target directory.
    #[arg(long, conflicts_with = "write")]
    as_built: bool,
}

/// Builds, measures, tells.
pub fn run(workspace: &Workspace, stop: &Stop, args: &Args) -> anyhow::Result<bool> {
    if !args.as_built {
        build(workspace, stop)?;
    }
    let mut figures = Figures::of_this_machine();
    for scenario in scenarios::ALL {
        if args.only.is_empty() || args.only.iter().any(|name| name == scenario.name) {
            say::line(format_args!("  … {}", scenario.title));
            (scenario.run)(workspace, stop, &mut figures)?;
        }
        if stop.is_asked() {
            anyhow::bail!("stopped");
        }
    }
    say::line(format_args!("\n{}", figures.markdown()));
    if args.write {
        figures.write(workspace)?;
    }
    Ok(figures.all_reached())
}

fn build(workspace: &Workspace, stop: &Stop) -> anyhow::Result<()> {
    tools::ensure(workspace, stop, Purpose::Demo)?;
    for package in ["server", "testphone", "sim"] {
        // The simulator switches on features of the engine that the server must not have: one build each.
        let mut build = workspace.cargo(&["build", "--release", "--locked", "--package", package, "--bins"]);
        program::must_run(&format!("release build: {package}"), &mut build, &workspace.fresh_log("bench-build"), stop)?;
    }
    Ok(())
}
