//! `callisto doctor`: looks at the configuration and at the machine, and says what to do. Changes nothing.

mod disk;
mod files;
mod finding;
mod machine;
mod names;
mod numbers;
mod ports;
mod tls;
mod trunks;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::config::Config;
use finding::{Finding, Level};

/// What to look at.
#[derive(Args)]
pub struct Doctor {
    /// The configuration file.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// For programs: one JSON array of findings.
    #[arg(long)]
    json: bool,
}

/// Looks at everything; the exit code is 1 when something will not work.
pub fn run(doctor: &Doctor) -> anyhow::Result<ExitCode> {
    let findings = examine(&doctor.config);
    if doctor.json {
        super::say(&serde_json::to_string_pretty(&findings)?);
    } else {
        findings.iter().for_each(|finding| super::say(&finding.line()));
        super::say(&format!("\n{}", summary(&findings)));
    }
    let worst = findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Ok);
    Ok(if worst == Level::Fail { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn examine(path: &Path) -> Vec<Finding> {
    let config = match Config::read(path) {
        Ok(config) => config,
        Err(error) => {
            let advice = "correct the file; `callisto init DIR` writes one to begin with";
            return vec![Finding::fail("config", format!("{error:#}"), advice)];
        }
    };
    let mut findings = vec![Finding::ok("config", format!("{} is in order", path.display()))];
    findings.extend(files::examine(&config));
    findings.extend(disk::examine(&config));
    findings.extend(ports::examine(&config));
    findings.extend(machine::examine(&config));
    findings.extend(tls::examine(&config));
    findings.push(numbers::examine(&config));
    findings.extend(trunks::examine(&config));
    findings.extend(names::examine(&config));
    findings
}

fn summary(findings: &[Finding]) -> String {
    let count = |level| findings.iter().filter(|finding| finding.level == level).count();
    match (count(Level::Fail), count(Level::Warn)) {
        (0, 0) => "All is well.".to_owned(),
        (0, warnings) => format!("It will work; {warnings} to look at."),
        (failures, warnings) => format!("{failures} will not work; {warnings} more to look at."),
    }
}
