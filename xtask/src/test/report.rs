//! How the steps ended and how long they took.

use std::fmt::Write;
use std::time::Duration;

use crate::stopwatch::spoken;

/// The end of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It held.
    Passed(Duration),
    /// It did not.
    Failed(Duration),
    /// A step it needs failed; counts as failed.
    Blocked,
}

/// All ends so far.
#[derive(Default)]
pub struct Report(Vec<(&'static str, Outcome)>);

impl Report {
    /// One more end.
    pub fn add(&mut self, name: &'static str, outcome: Outcome) {
        self.0.push((name, outcome));
    }

    /// The first of `needs` that did not pass.
    pub fn blocks(&self, needs: &[&'static str]) -> Option<&'static str> {
        needs
            .iter()
            .copied()
            .find(|need| !self.0.iter().any(|(name, outcome)| name == need && matches!(outcome, Outcome::Passed(_))))
    }

    /// Steps that held.
    pub fn passed(&self) -> usize {
        self.0.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Passed(_))).count()
    }

    /// Steps that did not.
    pub fn failed(&self) -> usize {
        self.0.len() - self.passed()
    }

    /// One line a step and the sum.
    pub fn table(&self) -> String {
        let mut text = String::from("\n  step          result   time\n");
        let mut total = Duration::ZERO;
        for (name, outcome) in &self.0 {
            let (word, took) = match outcome {
                Outcome::Passed(took) => ("passed", Some(*took)),
                Outcome::Failed(took) => ("FAILED", Some(*took)),
                Outcome::Blocked => ("not run", None),
            };
            total += took.unwrap_or_default();
            let _ = writeln!(text, "  {name:<13} {word:<8} {}", took.map_or("–".to_owned(), spoken));
        }
        let _ = writeln!(text, "  {:<13} {:<8} {}", "all", "", spoken(total));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blocked_step_counts_as_failed() {
        let mut report = Report::default();
        report.add("build", Outcome::Failed(Duration::from_secs(3)));
        assert_eq!(report.blocks(&["build"]), Some("build"));
        report.add("e2e", Outcome::Blocked);
        report.add("format", Outcome::Passed(Duration::from_secs(61)));
        assert_eq!(report.blocks(&["format"]), None);
        assert_eq!((report.passed(), report.failed()), (1, 2));
        assert!(report.table().contains("not run") && report.table().contains("1 min 04 s"));
    }
}
