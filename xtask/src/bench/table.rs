//! The table of a run.

use std::fmt::Write as _;

use anyhow::Context;

use crate::workspace::Workspace;

const BEGIN: &str = "<!-- bench: begin -->";
const END: &str = "<!-- bench: end -->";

/// One figure of a run.
struct Row {
    what: String,
    value: String,
    aim: String,
    reached: Option<bool>,
}

/// Everything a run measured.
pub struct Figures {
    machine: String,
    rows: Vec<Row>,
}

impl Figures {
    /// No figures yet; the machine is named by its processor and cores.
    pub fn of_this_machine() -> Figures {
        let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Figures { machine: format!("{}, {cores} cores", model.trim_start_matches([' ', '\t', ':'])), rows: Vec::new() }
    }

    /// A figure without an aim.
    pub fn note(&mut self, what: impl Into<String>, value: impl Into<String>) {
        let (what, value) = (what.into(), value.into());
        crate::say::line(format_args!("    {what}: {value}"));
        self.rows.push(Row { what, value, aim: String::new(), reached: None });
    }

    /// A figure that must not be above `limit`.
    pub fn at_most(&mut self, what: impl Into<String>, value: f64, limit: f64, unit: &str) {
        let (what, shown, aim) =
            (what.into(), format!("{} {unit}", short(value)), format!("≤ {} {unit}", short(limit)));
        crate::say::line(format_args!("    {what}: {shown} ({aim})"));
        self.rows.push(Row { what, value: shown, aim, reached: Some(value <= limit) });
    }

    /// So many of `all`, of which there must be none.
    pub fn none(&mut self, what: impl Into<String>, count: u64, all: u64) {
        let (what, value) = (what.into(), format!("{count} of {all}"));
        crate::say::line(format_args!("    {what}: {value} (0)"));
        // Where nothing was counted, nothing was shown.
        self.rows.push(Row { what, value, aim: "0".to_owned(), reached: Some(count == 0 && all > 0) });
    }

    /// Whether every aim was reached.
    pub fn all_reached(&self) -> bool {
        self.rows.iter().all(|row| row.reached != Some(false))
    }

    /// The table.
    pub fn markdown(&self) -> String {
        let mut text = format!("Machine: {}\n\n| What | Measured | Aim | Reached |\n|---|---|---|---|\n", self.machine);
        for row in &self.rows {
            let reached = match row.reached {
                Some(true) => "yes",
                Some(false) => "**no**",
                None => "",
            };
            let _ = writeln!(text, "| {} | {} | {} | {reached} |", row.what, row.value, row.aim);
        }
        text
    }

    /// Puts the table between the marks of the document.
    pub fn write(&self, workspace: &Workspace) -> anyhow::Result<()> {
        let path = workspace.root.join("docs/operations/performance.md");
        let old = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(std::fs::write(path, replaced(&old, &self.markdown()).context("the marks of the table are gone")?)?)
    }
}

fn replaced(document: &str, table: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{table}{END}{after}"))
}

/// Three figures that count.
pub fn short(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else if value >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_between_the_marks_changes() {
        let document = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        assert_eq!(replaced(&document, "new\n").unwrap(), format!("before\n{BEGIN}\nnew\n{END}\nafter\n"));
        assert_eq!(replaced("no marks", "new"), None);
    }

    #[test]
    fn none_of_nothing_is_not_reached() {
        let mut figures = Figures::of_this_machine();
        figures.none("lost", 0, 10);
        assert!(figures.all_reached());
        figures.none("lost", 0, 0);
        assert!(!figures.all_reached() && figures.markdown().contains("| lost | 0 of 10 | 0 | yes |"));
    }

    #[test]
    fn one_missed_aim_is_told() {
        let mut figures = Figures::of_this_machine();
        figures.at_most("a", 1.0, 2.0, "s");
        assert!(figures.all_reached());
        figures.at_most("b", 3.0, 2.0, "s");
        assert!(!figures.all_reached() && figures.markdown().contains("| b | 3.00 s | ≤ 2.00 s | **no** |"));
    }
}
