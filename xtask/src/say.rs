//! What people read: plain lines, and a moving line where there is a terminal to move it on.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::stopwatch::{Stopwatch, spoken};

/// How often a long step says that it is still at it where nothing can move.
const HEARTBEAT: Duration = Duration::from_secs(60);

/// One line on standard output. A closed pipe is not our problem.
pub fn line(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Why the task failed, with its causes below each other.
pub fn problem(error: &anyhow::Error) {
    let mut stderr = std::io::stderr().lock();
    let _ = writeln!(stderr, "\nxtask: {error}");
    for cause in error.chain().skip(1) {
        let _ = writeln!(stderr, "  because: {cause}");
    }
}

/// One step in work.
pub struct Progress {
    title: String,
    watch: Stopwatch,
    bar: Option<ProgressBar>,
    beats: u32,
}

impl Progress {
    /// Says that the step began.
    pub fn start(title: &str) -> Progress {
        let moving = std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
        let bar = moving.then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("  {spinner} {msg} {elapsed:.dim}") {
                bar.set_style(style);
            }
            bar.set_message(title.to_owned());
            bar
        });
        if bar.is_none() {
            line(format_args!("  … {title}"));
        }
        Progress { title: title.to_owned(), watch: Stopwatch::start(), bar, beats: 0 }
    }

    /// Called now and then while the step runs.
    pub fn tick(&mut self) {
        match &self.bar {
            Some(bar) => bar.tick(),
            None if self.watch.elapsed() >= HEARTBEAT * (self.beats + 1) => {
                self.beats += 1;
                line(format_args!("    still at it: {} ({})", self.title, spoken(self.watch.elapsed())));
            }
            None => {}
        }
    }

    /// Says how it ended; returns how long it took.
    pub fn finish(self, passed: bool) -> Duration {
        let took = self.watch.elapsed();
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let mark = if passed { "ok  " } else { "FAIL" };
        line(format_args!("  {mark} {}  {}", self.title, spoken(took)));
        took
    }
}
