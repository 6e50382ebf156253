//! The workshop: everything a developer or a build machine asks of this repository, behind `cargo xtask`.
//!
//! Start reading at [`Task`]. `demo` runs the product, `test` proves it, `tidy` holds the rules of `ARCHITECTURE.md`,
//! `generate` writes `docs/generated`, `sim` replays one simulated day. No product crate depends on this one.

mod bench;
mod capacity;
mod crash;
mod demo;
mod generate;
mod program;
mod say;
mod sim;
mod stop;
mod stopwatch;
mod test;
mod tidy;
mod tools;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use crate::stop::Stop;
use crate::workspace::Workspace;

/// Build, run and check Callisto.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Build everything and run a centre with example data on this machine.
    Demo(demo::Args),
    /// Run every check: format, lints, tidy, unit tests, simulation, web client, end to end.
    Test(test::Args),
    /// Check the rules of the house on the tree.
    Tidy,
    /// Write docs/generated and the web client's generated files.
    Generate {
        /// Change nothing; fail when a file is not up to date.
        #[arg(long)]
        check: bool,
    },
    /// Kill the server at every place it names, with real calls, and judge what is left.
    Crash(crash::Args),
    /// Measure the release program: calls, sound, queue, start. Some minutes on an idle machine.
    Bench(bench::Args),
    /// Twenty agents talk and ten customers wait, all recorded, on the release program, for some minutes.
    Capacity(capacity::Args),
    /// Replay the simulation of a whole centre from one seed.
    Sim {
        /// The seed.
        seed: u64,
        /// In a world that fails: slow disk, failing carriers, dying telephones, kills of the node.
        #[arg(long)]
        faults: bool,
    },
}

fn main() -> ExitCode {
    let task = Task::parse();
    match perform(task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say::problem(&error);
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<bool> {
    let stop = Stop::on_signals()?;
    let workspace = Workspace::find()?;
    match task {
        Task::Demo(args) => demo::run(&workspace, &stop, args).map(|()| true),
        Task::Test(args) => test::run(&workspace, &stop, args),
        Task::Tidy => tidy::run(&workspace),
        Task::Generate { check } => generate::run(&workspace, &stop, check),
        Task::Crash(args) => crash::run(&workspace, &stop, &args),
        Task::Sim { seed, faults } => sim::replay(&workspace, &stop, seed, faults),
        Task::Capacity(args) => capacity::run(&workspace, &stop, &args),
        Task::Bench(args) => bench::run(&workspace, &stop, &args),
    }
}
