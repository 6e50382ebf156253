//! The questions of the bench. Aims come from a peer measured on a machine of this kind, see `docs/operations/performance.md`.

use std::time::Duration;

use super::centre::Centre;
use super::farm::{Farm, Order};
use super::table::{Figures, short};
use super::{process, rings, talk};
use crate::program;
use crate::say;
use crate::stop::Stop;
use crate::workspace::Workspace;

/// One question.
pub struct Scenario {
    pub name: &'static str,
    pub title: &'static str,
    pub run: fn(&Workspace, &Stop, &mut Figures) -> anyhow::Result<()>,
}

/// All of them, in the order of the table.
pub const ALL: [Scenario; 9] = [
    Scenario { name: "start", title: "start, idle memory, size", run: start },
    Scenario { name: "signalling", title: "calls answered by the flow", run: signalling },
    Scenario { name: "bridged", title: "bridged calls with RTP", run: talk::bridged },
    Scenario { name: "recorded", title: "bridged and recorded calls with RTP", run: talk::recorded },
    Scenario { name: "mixed", title: "calls of three voices with RTP", run: talk::mixed },
    Scenario { name: "queue", title: "queue entry to ring, 1,000 agents with SIP phones", run: rings::queue },
    Scenario { name: "browser", title: "queue entry to ring, 1,000 agents in browsers", run: rings::browser },
    Scenario {
        name: "free",
        title: "agent free to next ring, 1,000 agents, more calls than they can take",
        run: rings::free,
    },
    Scenario { name: "floor", title: "the floor in virtual time", run: floor },
];

const IDLE_RSS_MAX_MB: f64 = 80.0;
const START_MAX_S: f64 = 1.0;

fn start(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    // The first start makes the data; what an operator waits for is every later one. Both are told.
    let centre = Centre::start(workspace, 0)?;
    figures.at_most("Start to healthy, fresh example data", centre.ready_after.as_secs_f64(), START_MAX_S, "s");
    let order = Order { to: centre.hotline(), calls: 1, rate: 10, hold_ms: 500, ..Order::default() };
    let call = Farm::start(workspace, &centre, &order)?.figures()?;
    figures.note("First call: INVITE to 200", format!("{} ms", call["answer_ms"]["max"]));
    std::thread::sleep(Duration::from_secs(5));
    let cpu = process::cpu_percent(centre.pid(), Duration::from_secs(5))?;
    let megabytes = process::rss_kib(centre.pid())? as f64 / 1_024.0;
    figures.at_most("Idle resident memory", megabytes, IDLE_RSS_MAX_MB, "MB");
    figures.note("Idle CPU", format!("{} % of a core", short(cpu)));
    let size = std::fs::metadata(workspace.target.join("release/callisto"))?.len();
    figures.note("Size of the program", format!("{} MB", short(size as f64 / 1_048_576.0)));
    Ok(())
}

fn signalling(workspace: &Workspace, stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    let centre = Centre::start(workspace, 0)?;
    let mut held = 0;
    for rate in [50, 100, 200, 300, 400, 500, 700, 1_000] {
        if stop.is_asked() {
            break;
        }
        let calls = u64::from(rate) * 10;
        let order = Order { to: centre.hotline(), calls, rate, hold_ms: 1_000, ..Order::default() };
        let before = process::cpu(centre.pid())?;
        let result = Farm::start(workspace, &centre, &order)?.figures()?;
        let cost = (process::cpu(centre.pid())? - before).as_secs_f64() * 1_000.0 / calls as f64;
        let failed = result["failed"].as_u64().unwrap_or(calls);
        let (again, p99) = (&result["retransmissions"], &result["answer_ms"]["p99"]);
        figures.note(
            format!("{rate} calls/s for 10 s, 1 s each, hearing the greeting"),
            format!("{failed} failed, {again} repeated, 200 after p99 {p99} ms, {} CPU s per 1,000", short(cost)),
        );
        if failed > 0 {
            break;
        }
        held = rate;
    }
    figures.note("Calls a second without failure", format!("{held}"));
    Ok(())
}

fn floor(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    let mut command = std::process::Command::new(workspace.target.join("release/floor-rate"));
    let Some(text) = program::output_of(&mut command) else { anyhow::bail!("floor-rate failed") };
    for line in text.lines() {
        let (what, value) = line.split_once(": ").unwrap_or((line, ""));
        figures.note(what, value);
    }
    say::line(format_args!(""));
    Ok(())
}
