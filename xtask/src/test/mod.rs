//! `cargo xtask test`: everything that must hold before a change is kept, in an order that tells bad news early.
//!
//! `plan` lists the steps, `report` adds them up. A step that fails does not stop the others, except those that need
//! what it makes.

mod plan;
mod report;

use crate::program;
use crate::say;
use crate::stop::Stop;
use crate::tools::{self, Purpose};
use crate::workspace::Workspace;

use plan::{Action, Step};
use report::{Outcome, Report};

/// Flags of the test.
#[derive(clap::Args)]
pub struct Args {
    /// Also what takes long: more seeds of the simulation, long end-to-end runs.
    #[arg(long)]
    pub long: bool,
}

/// Runs every step; `false` when one failed.
pub fn run(workspace: &Workspace, stop: &Stop, args: Args) -> anyhow::Result<bool> {
    tools::ensure(workspace, stop, if args.long { Purpose::LongTest } else { Purpose::Test })?;
    let mut report = Report::default();
    for step in plan::steps(workspace, args.long) {
        let outcome = match report.blocks(&step.needs) {
            Some(needed) => {
                say::line(format_args!("  skip {}: it needs {needed}", step.name));
                Outcome::Blocked
            }
            None => perform(workspace, stop, &step)?,
        };
        report.add(step.name, outcome);
    }
    say::line(report.table());
    say::line(format_args!("{} passed, {} failed", report.passed(), report.failed()));
    Ok(report.failed() == 0)
}

fn perform(workspace: &Workspace, stop: &Stop, step: &Step) -> anyhow::Result<Outcome> {
    let log = workspace.fresh_log(step.name);
    let watch = crate::stopwatch::Stopwatch::start();
    let passed = match &step.action {
        Action::Program(make) => program::run(step.title, &mut make(workspace), &log, stop)?.0,
        Action::Inside(task) => {
            say::line(format_args!("  … {}", step.title));
            let result = task(workspace, stop);
            if stop.is_asked() {
                result?;
                anyhow::bail!("stopped while at: {}", step.title);
            }
            let passed = result.unwrap_or_else(|error| {
                say::problem(&error);
                false
            });
            let mark = if passed { "ok  " } else { "FAIL" };
            say::line(format_args!("  {mark} {}  {}", step.title, crate::stopwatch::spoken(watch.elapsed())));
            passed
        }
    };
    Ok(if passed { Outcome::Passed(watch.elapsed()) } else { Outcome::Failed(watch.elapsed()) })
}
