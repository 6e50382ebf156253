//! `cargo xtask sim SEED` replays one simulated centre exactly; the test runs many seeds beside each other.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context;

use crate::program::{self, Running};
use crate::say::{self, Progress};
use crate::stop::Stop;
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

/// Seeds of a test: the unit tests of `sim` run the first twenty, and the first ten of a world that fails.
pub const SMOKE: [Batch; 2] = [
    Batch { faults: true, seeds: 11..=210, time_max: Duration::from_secs(60) },
    Batch { faults: false, seeds: 21..=220, time_max: Duration::from_secs(60) },
];
/// Seeds of a long test.
pub const LONG: [Batch; 2] = [
    Batch { faults: true, seeds: 11..=1_010, time_max: Duration::from_secs(20 * 60) },
    Batch { faults: false, seeds: 21..=10_020, time_max: Duration::from_secs(40 * 60) },
];

/// Seeds to run, and the time after which no further one is begun.
pub struct Batch {
    /// In a world that fails too.
    pub faults: bool,
    pub seeds: RangeInclusive<u64>,
    pub time_max: Duration,
}

/// Runs the simulator on one seed; what it says goes straight to the terminal.
pub fn replay(workspace: &Workspace, stop: &Stop, seed: u64, faults: bool) -> anyhow::Result<bool> {
    let mut command = workspace.cargo(&["run", "--quiet", "--locked", "--package", "sim", "--"]);
    command.args(arguments(seed, faults));
    let status = command.stdin(Stdio::null()).status().context("cannot start cargo")?;
    Ok(status.success() && !stop.is_asked())
}

fn arguments(seed: u64, faults: bool) -> Vec<String> {
    faults.then(|| "faults".to_owned()).into_iter().chain([seed.to_string()]).collect()
}

/// Builds the simulator by itself and runs batches, all of them although one failed.
pub fn build_and_run(workspace: &Workspace, stop: &Stop, batches: &[Batch]) -> anyhow::Result<bool> {
    let mut build = workspace.cargo(&["build", "--locked", "--package", "sim"]);
    program::must_run("building the simulator", &mut build, &workspace.fresh_log("sim-build"), stop)?;
    let mut good = true;
    for batch in batches {
        good &= many(workspace, stop, batch)?;
    }
    Ok(good)
}

/// Runs the built simulator on many seeds, as many at once as there are cores; names the seeds that failed.
fn many(workspace: &Workspace, stop: &Stop, batch: &Batch) -> anyhow::Result<bool> {
    let program = workspace.target.join("debug").join("sim");
    let at_once = std::thread::available_parallelism().map_or(1, usize::from);
    let title = if batch.faults { "simulated centres in a world that fails" } else { "simulated centres" };
    let mut progress = Progress::start(title);
    let watch = Stopwatch::start();
    let mut waiting = batch.seeds.clone();
    let mut running: Vec<(u64, PathBuf, Running)> = Vec::new();
    let (mut done, mut failed) = (0_u64, Vec::new());
    loop {
        while running.len() < at_once && watch.elapsed() < batch.time_max && !stop.is_asked() {
            let Some(seed) = waiting.next() else { break };
            let log = workspace.fresh_log(&format!("sim-{seed}"));
            let run = Running::start(Command::new(&program).args(arguments(seed, batch.faults)), &log)?;
            running.push((seed, log, run));
        }
        if running.is_empty() || stop.is_asked() {
            break;
        }
        let mut still = Vec::new();
        for (seed, log, mut run) in running {
            match run.ended()? {
                None => still.push((seed, log, run)),
                Some(status) => {
                    done += 1;
                    if status.success() {
                        let _ = std::fs::remove_file(log);
                    } else {
                        failed.push((seed, log));
                    }
                }
            }
        }
        running = still;
        progress.tick();
        program::pause();
    }
    progress.finish(failed.is_empty() && !stop.is_asked());
    for (seed, log) in &failed {
        let flag = if batch.faults { " --faults" } else { "" };
        say::line(format_args!("  seed {seed} broke an invariant; replay it with `cargo xtask sim {seed}{flag}`"));
        program::show_tail(log);
    }
    let all = batch.seeds.clone().count();
    say::line(format_args!("  {done} of {all} seeds ran, {} failed", failed.len()));
    Ok(done > 0 && failed.is_empty() && !stop.is_asked())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A simulator that finds something at one seed.
    fn workspace(root: &std::path::Path, bad: u64) -> Workspace {
        let program = root.join("target/debug/sim");
        std::fs::create_dir_all(program.parent().unwrap()).unwrap();
        std::fs::write(&program, format!("#!/bin/sh\necho \"seed $1\"; test \"$1\" != {bad}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        Workspace { root: root.to_owned(), target: root.join("target") }
    }

    #[test]
    fn one_bad_seed_fails_the_batch_and_leaves_its_log() {
        let root = tempfile::tempdir().unwrap();
        let workspace = workspace(root.path(), 5);
        let batch = |seeds| Batch { faults: false, seeds, time_max: Duration::from_secs(30) };
        assert!(many(&workspace, &Stop::default(), &batch(1..=4)).unwrap());
        assert!(!many(&workspace, &Stop::default(), &batch(4..=6)).unwrap());
        assert!(workspace.log("sim-5").exists() && !workspace.log("sim-4").exists());
    }

    #[test]
    fn nothing_run_is_nothing_shown() {
        let root = tempfile::tempdir().unwrap();
        let batch = Batch { faults: false, seeds: 1..=4, time_max: Duration::ZERO };
        assert!(!many(&workspace(root.path(), 5), &Stop::default(), &batch).unwrap());
    }
}
