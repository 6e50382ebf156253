//! Other programs: started in a process group of their own, written to a log, ended as a whole group.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::say::{self, Progress};
use crate::stop::Stop;
use crate::stopwatch::Stopwatch;

/// How long a program may take to end itself before it is killed.
const GRACE: Duration = Duration::from_secs(15);
/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// How much of a log is shown when its program failed.
const TAIL_LINES: usize = 80;
/// How much of the end of a log is read for that.
const TAIL_BYTES_MAX: i64 = 64 * 1024;

/// A running program and everything it starts.
pub struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts it with its output at the end of `log` and nothing to read.
    pub fn start(command: &mut Command, log: &Path) -> anyhow::Result<Running> {
        let name = command.get_program().to_string_lossy().into_owned();
        if let Some(parent) = log.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let out = File::options()
            .create(true)
            .append(true)
            .open(log)
            .with_context(|| format!("cannot write the log {}", log.display()))?;
        let err = out.try_clone()?;
        let child = command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        Ok(Running { child, name })
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        self.child.try_wait().with_context(|| format!("cannot watch {}", self.name))
    }

    /// Asks the whole group to end, and kills what does not.
    pub fn end(&mut self) {
        self.signal(Signal::TERM);
        let watch = Stopwatch::start();
        while watch.elapsed() < GRACE {
            if !matches!(self.child.try_wait(), Ok(None)) {
                // The leader is gone; what it left behind in its group goes too.
                self.signal(Signal::KILL);
                return;
            }
            pause();
        }
        self.signal(Signal::KILL);
        let _ = self.child.wait();
    }

    fn signal(&self, signal: Signal) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.end();
        }
    }
}

/// Waits one look.
pub fn pause() {
    std::thread::sleep(LOOK);
}

/// Runs a program to its end beside a moving line. `Ok(false)` when it failed; its last lines are shown.
pub fn run(title: &str, command: &mut Command, log: &Path, stop: &Stop) -> anyhow::Result<(bool, Duration)> {
    let mut progress = Progress::start(title);
    let mut running = Running::start(command, log)?;
    let status = loop {
        if let Some(status) = running.ended()? {
            break status;
        }
        if stop.is_asked() {
            running.end();
            progress.finish(false);
            bail!("stopped while at: {title}");
        }
        progress.tick();
        pause();
    };
    let took = progress.finish(status.success());
    if !status.success() {
        show_tail(log);
    }
    Ok((status.success(), took))
}

/// Like [`run`], for steps that nothing can follow without.
pub fn must_run(title: &str, command: &mut Command, log: &Path, stop: &Stop) -> anyhow::Result<()> {
    let (passed, _) = run(title, command, log, stop)?;
    if !passed {
        bail!("{title}: failed; the whole output is in {}", log.display());
    }
    Ok(())
}

/// What a program prints, when it succeeds.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where `name` is found on the search path.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = crate::workspace::environment("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// The last lines of a log.
pub fn show_tail(log: &Path) {
    let text = tail_of(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(TAIL_LINES);
    say::line(format_args!("  ──── last lines of {}", log.display()));
    for line in lines.iter().skip(from) {
        say::line(format_args!("  │ {line}"));
    }
    say::line("  ────");
}

fn tail_of(log: &Path) -> std::io::Result<String> {
    let mut file = File::open(log)?;
    let length = i64::try_from(file.metadata()?.len()).unwrap_or(i64::MAX);
    file.seek(SeekFrom::End(-length.min(TAIL_BYTES_MAX)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ending_takes_the_children_along() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("log");
        // The shell waits for a child of its own; both must be gone afterwards.
        let mut command = Command::new("sh");
        command.args(["-c", "cat /dev/zero > /dev/null & echo $! && wait"]);
        let mut running = Running::start(&mut command, &log).unwrap();
        let child = loop {
            let text = std::fs::read_to_string(&log).unwrap();
            if let Ok(pid) = text.trim().parse::<u32>() {
                break pid;
            }
            std::thread::yield_now();
        };
        running.end();
        assert!(running.ended().unwrap().is_some());
        // A killed process takes a moment to leave, and may stay as a zombie where nobody collects it.
        let is_gone = || {
            let stat = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
            stat.is_empty() || stat.contains(") Z ") || stat.contains(") X ")
        };
        let watch = Stopwatch::start();
        while !is_gone() {
            assert!(watch.elapsed() < GRACE, "the child lives on");
            std::thread::yield_now();
        }
    }

    #[test]
    fn failure_is_told_apart_from_success() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("log");
        let stop = Stop::default();
        assert!(run("good", Command::new("sh").args(["-c", "exit 0"]), &log, &stop).unwrap().0);
        assert!(!run("bad", Command::new("sh").args(["-c", "exit 3"]), &log, &stop).unwrap().0);
    }
}
